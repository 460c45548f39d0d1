"""Notices to subscribers: made from an operation's effects, as the log keeps them, and as they are sent."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import Struct

from schemas.ids import Id
from schemas.notices import (
    PART_2_NOTICE,
    SHAPES,
    AwardPosted,
    BalanceChanged,
    CapReached,
    Carried,
    EventRecorded,
    Logged,
    NoticeType,
    RedemptionTold,
    Told,
)
from schemas.program import Unit
from schemas.receipts import Balance, RecordedEvent
from schemas.shelf import Redemption, RedemptionStatus
from service.core.episode import Decided
from service.core.ledger import Credit, Paid
from service.core.recording import event_of

_encode = msgspec.json.Encoder().encode
_log = msgspec.json.Decoder(tuple[Logged, ...])

KIND_OF_STATUS: Final[Mapping[RedemptionStatus, NoticeType]] = {
    "held": "redemption.held",
    "given": "redemption.given",
    "canceled": "redemption.canceled",
    "ordered": "redemption.ordered",
    "failed": "redemption.failed",
    "reversed": "redemption.reversed",
}
"""What subscribers are told of; what an order waits for meanwhile is the clinic's own affair."""


class Notice(Struct, frozen=True, omit_defaults=True):
    """One thing told, as the log keeps it: its fields are those of `Logged`."""

    type: NoticeType
    data: Told
    participant: Id | None = None
    subscriber: Id | None = None


def recorded(decided: Decided, event: RecordedEvent, award_ids: Iterable[Id]) -> Iterator[Notice]:
    """Notices of a recorded event, besides the balances after it."""
    told = EventRecorded(event.id, event.enrollment, event.occurred_at, event.recorded_at)
    yield Notice("event.recorded", told, event.participant)
    yield from posted(decided, event.id, award_ids)


def posted(decided: Decided, event: Id | None, award_ids: Iterable[Id]) -> Iterator[Notice]:
    """Notices of a decision's postings that move something; `event` is the one recorded, if one was."""
    episode = decided.episode
    for award_id, posting in zip(award_ids, decided.postings, strict=True):
        if posting.amount:
            about = event_of(decided, posting, event)
            told = AwardPosted(award_id, posting.kind, posting.unit, posting.amount, episode.id, about)
            yield Notice("award.posted", told, episode.participant)


def credited(wanted: Sequence[Credit], paid: Sequence[Paid]) -> Iterator[Notice]:
    """Notices of paid credits: each of which something was paid."""
    for credit, part in zip(wanted, paid, strict=True):
        if part.amount and credit.cause in {"manual", "prize", "hat"}:
            told = AwardPosted(credit.cause_id, credit.cause, credit.unit, part.amount, credit.enrollment)
            yield Notice("award.posted", told, credit.participant)


def balances(changed: Mapping[tuple[Id, Unit], Balance]) -> Iterator[Notice]:
    """Notices of an operation's transfers in the end: each balance that they changed, once."""
    for (participant, _), now in changed.items():
        told = BalanceChanged(now.unit, now.available, now.held, now.given, now.earned)
        yield Notice("balance.changed", told, participant)


def redemption(now: Redemption) -> Notice:
    """The notice of a redemption as it stands by now."""
    told = RedemptionTold(now.id, now.reward, now.quantity, now.unit, now.amount)
    return Notice(KIND_OF_STATUS[now.status], told, now.participant)


def cap_reached(cap: Id, participant: Id, period: str, percent: int) -> Notice:
    """The notice of reaching a part of a cap."""
    return Notice("cap.reached", CapReached(cap, period, percent), participant)


def logged(notices: Sequence[Notice]) -> bytes:
    """The notices of one transaction as its row in the log keeps them."""
    return _encode(notices)


def read_log(body: bytes) -> tuple[Logged, ...]:
    """The notices of one row of the log.

    Raises msgspec.MsgspecError where it holds something else.
    """
    return _log.decode(body)


def is_for(notice: Logged, subscriber: Id, types: Collection[str]) -> bool:
    """Whether a subscriber who asked for some types is told a notice."""
    return notice.type in types if notice.subscriber is None else notice.subscriber == subscriber


def sent_body(notice: Logged, at: datetime, sequence: int) -> bytes:
    """The bytes that a subscriber is sent, the same at each attempt.

    Their form is that of Standard Webhooks 1.0, "Payload structure". `at` is when it was done, `sequence` the
    subscriber's own number of it, from 1.
    """
    about = b"" if notice.participant is None else b'"participant":"%b",' % str(notice.participant).encode()
    # The data's own fields go on where ours end: it is never empty.
    return b'{"type":"%b","timestamp":%b,"data":{"sequence":%d,"notice":%b,%b%b}' % (
        notice.type.encode(),
        _encode(at.astimezone(UTC)),
        sequence,
        _encode(PART_2_NOTICE),
        about,
        bytes(notice.data)[1:],
    )


def fault_of_logged(body: bytes, at: datetime) -> str | None:
    """The mismatch of one row of the log; None where its notices are right, and thin."""
    try:
        found = read_log(body)
    except msgspec.MsgspecError as why:
        return f"no notices ({why})"
    faults = (fault_of_sent(sent_body(one, at, 1), one.type, 1, one.participant) for one in found)
    return next((fault for fault in faults if fault is not None), None if found else "no notice at all")


def fault_of_sent(body: bytes, kind: NoticeType, sequence: int, participant: Id | None) -> str | None:
    """The mismatch of the bytes that a subscriber is sent; None where they are right, and thin."""
    try:
        whole = msgspec.json.decode(body, type=dict[str, object])
        data = msgspec.convert(whole.get("data"), dict[str, object])
        shape = SHAPES[kind]
        msgspec.convert(data, shape)
    except msgspec.MsgspecError as why:
        return f"no notice ({why})"
    fields = {*Carried.__struct_fields__, *shape.__struct_fields__}
    extra = sorted({*whole, *data} - fields - {"type", "timestamp", "data"})
    if extra:
        return f"fields beside those of {kind}: {', '.join(extra)}"
    about = None if participant is None else str(participant)
    said = (whole.get("type"), data.get("sequence"), data.get("notice"), data.get("participant"))
    return None if said == (kind, sequence, PART_2_NOTICE, about) else "a notice of something else"
