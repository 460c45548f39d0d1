"""What an open page is sent by a stream, and where it stands."""

from collections import deque
from uuid import UUID

from msgspec.structs import asdict

from schemas.books import Transfer
from schemas.live import Changed, RedemptionMoved
from service.core.live import event_name, status_after, written
from service.flows.screens.changes import Followed, Opened, ToFollow
from service.web.http.resources import Resources
from service.web.http.streaming import event

SENT_MAX = 512
"""How many transfers a stream remembers to have sent: one that is found again is not sent again."""


class ParticipantPage:
    """One open page of a participant's: where it stands, and what it was sent."""

    def __init__(self, resources: Resources, clinic: UUID, participant: UUID, opened: Opened) -> None:
        """Begin where it was opened."""
        self._follow = resources.followed
        self._clinic = clinic
        self._participant = participant
        self._language = opened.language
        self._mark = opened.missed.mark
        self._steps = -1
        self._sent: deque[UUID] = deque(maxlen=SENT_MAX)

    async def look(self) -> bytes:
        """New changes as server-sent events."""
        out = b""
        while True:
            asked = ToFollow(self._participant, self._mark, self._language)
            news = await self._follow.ask(self._clinic, asked)
            out += self.news(news)
            if not news.more:
                return out

    def news(self, news: Followed) -> bytes:
        """Transfers that were not sent yet, and the balance after them."""
        out = b""
        for transfer, mark in zip(news.transfers, news.marks, strict=True):
            if transfer.id in self._sent:
                continue
            self._sent.append(transfer.id)
            out += event(
                event_name(transfer.cause), _shown(transfer), None if mark is None else written(mark)
            )
        self._mark = news.mark
        if out or news.steps != self._steps:
            self._steps = news.steps
            out += event("balance", news.sheet, written(news.mark))
        return out


class ClinicPage:
    """One open page of a whole clinic's: where it stands in the audit trail."""

    def __init__(self, resources: Resources, clinic: UUID, seq: int) -> None:
        """Begin where it was opened."""
        self._follow = resources.changed
        self._clinic = clinic
        self._seq = seq
        self.first = event("changed", Changed(()), str(seq))
        """Names nobody: it says from where the stream goes on."""

    async def look(self) -> bytes:
        """Whose records changed, as server-sent events."""
        out = b""
        while True:
            found = await self._follow.ask(self._clinic, self._seq)
            self._seq = found.seq
            if found.participants or found.of_several:
                out += event("changed", Changed(found.participants, found.of_several), str(found.seq))
            if not found.more:
                return out


def _shown(transfer: Transfer) -> Transfer:
    if event_name(transfer.cause) != "redemption":
        return transfer
    return RedemptionMoved(**asdict(transfer), status=status_after(transfer.cause, transfer.destination))
