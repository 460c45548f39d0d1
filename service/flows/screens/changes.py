"""Follow what changes: what an open page has missed since it last looked, for many pages in one transaction.

Opening a page is a reading of the record and told to the audit trail, once; what the page is sent while it
stays open is that same reading going on.
"""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from schemas.books import Transfer
from schemas.people import Language
from schemas.receipts import BalanceSheet
from service.core.live import Mark, marks
from service.core.refusals import Refused, refused
from service.flows.ledger.statements import transfer_of
from service.flows.perform import Act, Done
from service.store import charts, ledger, live, participants
from service.store.database.pool import Database, Tx
from service.store.live import Changes


class ToFollow(Struct, frozen=True):
    """One page of a participant's, where it stands, and the language that it speaks."""

    participant: UUID
    mark: Mark
    language: Language


class Followed(Struct, frozen=True):
    """Changes that a page has missed: transfers with the marks after them, and how things are now.

    `steps` grows with every fact on record, so that what earned nothing is seen too.
    """

    transfers: tuple[Transfer, ...]
    marks: tuple[Mark | None, ...]
    mark: Mark
    sheet: BalanceSheet
    steps: int
    more: bool


class Opened(Struct, frozen=True):
    """A page that was opened: how it goes on, and what it missed."""

    language: Language
    missed: Followed


class Follower:
    """Looks for the news of many pages at once."""

    def __init__(self, database: Database) -> None:
        """Look into a database."""
        self._database = database

    async def participants(self, clinic: UUID, pages: Sequence[ToFollow]) -> list[Followed]:
        """Changes that each page of one clinic's participants has missed."""
        async with self._database.transaction(clinic) as tx:
            return await _followed(tx, pages)

    async def clinic(self, clinic: UUID, places: Sequence[int]) -> list[Changes]:
        """Whose records changed after each place in the audit trail, which most pages share."""
        async with self._database.transaction(clinic) as tx:
            found = {seq: await live.changes(tx, seq) for seq in set(places)}
        return [found[seq] for seq in places]


async def open_participant(
    act: Act, participant: UUID, language: Language | None, mark: Mark | None
) -> Done[Opened] | Refused:
    """Open a page of one participant, which goes on from a mark or begins now."""
    person = await charts.person(act, participant)
    own = None if person is None else await participants.language(act, person.id)
    if person is None or own is None:
        return refused("not_found.participant")
    participant = person.id
    speaks = language or own
    if mark is None:
        start = Mark(await live.latest(act, participant), 0)
        (news,) = await live.after(act, [(participant, start)])
        mark = Mark(start.last, len(news.recent))
    (missed,) = await _followed(act, [ToFollow(participant, mark, speaks)])
    act.audit("stream.read", participant, participant)
    return Done(Opened(speaks, missed))


async def open_clinic(act: Act, seq: int | None) -> Done[int]:
    """Open a page of the whole clinic, which goes on from a place in the audit trail or begins now."""
    act.audit("stream.read")
    end = await live.end_of_trail(act)
    # A place that was never reached was not given by us.
    return Done(end if seq is None else min(seq, end))


async def _followed(tx: Tx, pages: Sequence[ToFollow]) -> list[Followed]:
    found = await live.after(tx, [(page.participant, page.mark) for page in pages])
    people = {page.participant for page in pages}
    sheets = await ledger.sheets(tx, people)
    steps = await live.steps(tx, people)
    out = []
    for page, news in zip(pages, found, strict=True):
        after, mark = marks(page.mark, news.recent, [line.id for line in news.lines])
        shown = [await transfer_of(tx, line, page.language) for line in news.lines]
        who = page.participant
        more = len(news.lines) >= live.LINES_MAX
        out.append(Followed(tuple(shown), tuple(after), mark, sheets[who], steps[who], more))
    return out
