"""Erasures as they are proposed and settled, and the words that they put in place of others."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec.structs import replace

from schemas.erasures import Erasure
from schemas.proposals import ProposalStatus
from schemas.receipts import Receipt
from service.core.access.display_codes import CHANCE_BYTES, display_code
from service.core.erasing import ERASED, tomb
from service.core.identifiers import OWN_SYSTEM, Number
from service.store import drafts
from service.store.charts import Person
from service.store.database.pool import Tx
from service.store.idempotency import ANSWER
from service.store.receipts import pack, unpack
from service.store.whole_records import SEALED, Line

REASON = "erasures.reason"
REFUSAL = "erasures.refusal"
"""The fields that the words of an erasure are sealed as."""

IDS: Final = {
    "events": "event_id",
    "event_additions": "addition_id",
    "corrections": "correction_id",
    "enrollment_moves": "enrollment_id",
    "enrollments": "enrollment_id",
    "manual_awards": "manual_award_id",
    "openings": "opening_id",
    "departures": "departure_id",
    "redemption_changes": "redemption_change_id",
    "inbound_messages": "message_id",
    "merges": "merge_id",
    "unmerges": "merge_id",
    "consents": "consent_id",
    "releases": "release_id",
    "restrictions": "restriction_id",
    "emergencies": "emergency_id",
    "second_looks": "second_look_id",
}
"""The tables whose words are erased, with the column of a row's id."""
DIGESTED: Final = frozenset(
    {
        "events.note",
        "events.evidence",
        "event_additions.note",
        "event_additions.evidence",
        "corrections.reason",
        "inbound_messages.body",
    }
)
"""Words of which a digest was made: their keyed hash stays in their place."""
KEPT: Final = frozenset({"inbound_messages.why"})
"""Words of the service itself: why a message waited, by its catalog."""
STAYING: Final[Mapping[str, str]] = {
    "reward_codes.code": "what was given, which its seller may ask about; it is nobody's name",
    "provider_orders.link": "what was given, which its provider may ask about; it is nobody's name",
    "erasures.reason": "why somebody was erased, for whoever asks later",
    "erasures.refusal": "why somebody was not",
    "sessions.agent": "goes with the ways in",
    "guardian_consents.guardian": "goes with its row",
    "screenings.answers": "goes with its row",
    "screenings.exception": "goes with its row",
    "submissions.said": "goes with its row: what it was verified as is an event",
    "submissions.answer": "goes with its row",
    "submissions.picture": "goes with its row",
}
"""Sealed words of a record that stay, or go otherwise, and why."""
ANSWERED: Final = frozenset({"reference", "value", "display_code", "text", "words"})
"""What else says who somebody is, or has their words, in the answer to a request, beside the names of sealed
columns."""
ROWS_GO: Final = frozenset({"submissions", "screenings", "guardian_consents"})
"""Tables of which a person's rows are taken away whole; first answers may hold words of theirs still."""

ANSWERS_AHEAD: Final = 500

_receipt = msgspec.json.Decoder(Receipt)
_encode = msgspec.json.Encoder().encode


async def insert(tx: Tx, new: Erasure, person: Person) -> None:
    """Write a proposal."""
    await tx.run(
        "erasures/insert",
        erasure_id=new.id,
        participant_id=new.participant,
        charts=person.charts,
        reason=tx.cipher.seal(tx.clinic, REASON, new.reason),
        proposed_by=new.proposed_by,
    )


async def find(tx: Tx, erasure: UUID) -> Erasure | None:
    """One erasure by id."""
    row = await tx.row("erasures/find", erasure_id=erasure)
    return None if row is None else _erasure(tx, row)


async def before(tx: Tx, last: UUID, rows_max: int, status: ProposalStatus | None) -> list[Erasure]:
    """Erasures proposed before `last`, newest first."""
    if status is None:
        rows = await tx.rows("erasures/list", before=last, limit=rows_max)
    else:
        rows = await tx.rows("erasures/list_of_status", before=last, limit=rows_max, status=status)
    return [_erasure(tx, row) for row in rows]


async def settle(
    tx: Tx, erasure: UUID, person: Person, status: ProposalStatus, by: UUID, refusal: str | None = None
) -> None:
    """Write down who approved or refused it; with the approval, in this act alone, words can be erased."""
    await tx.run(
        "erasures/settle",
        erasure_id=erasure,
        charts=person.charts,
        status=status,
        settled_by=by,
        refusal=None if refusal is None else tx.cipher.seal(tx.clinic, REFUSAL, refusal),
    )


def counted(found: Iterable[Line]) -> dict[str, int]:
    """How many words of each place would be erased, names and numbers among them."""
    counts: dict[str, int] = defaultdict(int)
    for one in found:
        places = {f"{one.kind}.{name}" for name in one.sealed if one.kind in {*IDS, "participants"}}
        for place in places - KEPT:
            counts[place] += 1
        if one.kind == "identifiers":
            counts["identifiers.value"] += 1
        if one.kind == "participants":
            counts["participants.reference"] += 1
        if one.kind == "events" and one.columns.get("reference") is not None:
            counts["events.reference"] += 1
        is_open_session = one.kind == "sessions" and one.columns.get("revoked_at") is None
        if is_open_session or one.kind in {"pins", "passkeys", "sign_in_codes"}:
            counts[one.kind] += 1
    return dict(sorted(counts.items()))


async def erase(tx: Tx, erasure: UUID, person: Person, found: Sequence[Line]) -> None:
    """Put other words in place of a person's, and numbers that say nothing in place of theirs."""
    words: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for one in found:
        for name, opened in one.sealed.items() if one.kind in IDS else ():
            place = f"{one.kind}.{name}"
            if place in KEPT:
                continue
            words[place].append((one.raw[IDS[one.kind]], _in_place(tx, place, opened)))
        if one.kind == "events" and one.columns.get("reference") is not None:
            kept = _receipt.decode(unpack(bytes.fromhex(one.raw["receipt"][2:])))
            bare = replace(kept, event=replace(kept.event, reference=None))
            words["events.receipt"].append((one.raw["event_id"], pack(_encode(bare))))
    for place, put in words.items():
        await tx.value(
            "erasures/erase_words",
            erasure_id=erasure,
            place=place,
            ids=[UUID(row) for row, _ in put],
            words=[word for _, word in put],
        )
    await tx.value("erasures/erase_references", erasure_id=erasure)
    await _erase_numbers(tx, erasure, person, found)
    await _erase_answers(tx, person, found)
    await tx.run("erasures/close_doors", charts=person.charts)
    await drafts.drop_all(tx)


async def _erase_answers(tx: Tx, person: Person, found: Sequence[Line]) -> None:
    """Put the mark in place of a person's words in first answers, which repeated requests are given."""
    charts = [str(chart).encode() for chart in person.charts]
    names = {name for columns in SEALED.values() for name in columns} | ANSWERED
    said = {
        text
        for one in found
        for name, text in one.columns.items()
        if name in names
        and isinstance(text, str)
        and (one.kind in ROWS_GO or f"{one.kind}.{name}" not in STAYING)
    }
    changed: list[tuple[Record, bytes]] = []
    async for row in tx.each("erasures/answers", ahead=ANSWERS_AHEAD):
        body = tx.cipher.open(tx.clinic, ANSWER, row["answer"])
        if any(chart in body for chart in charts):
            bare = _encode(_without(msgspec.json.decode(body), names, said))
            if bare != body:
                changed.append((row, tx.cipher.seal(tx.clinic, ANSWER, bare)))
    for row, answer in changed:
        await tx.run("erasures/answer_again", actor_id=row["actor_id"], key=row["key"], answer=answer)


def _without(value: Any, names: Collection[str], said: Collection[str]) -> Any:  # noqa: ANN401  JSON
    """An answer with the mark where some names have somebody's words."""
    if isinstance(value, list):
        return [_without(one, names, said) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: ERASED if name in names and isinstance(one, str) and one in said else _without(one, names, said)
        for name, one in value.items()
    }


async def _erase_numbers(tx: Tx, erasure: UUID, person: Person, found: Sequence[Line]) -> None:
    rows = [one.raw for one in found if one.kind == "identifiers"]
    numbers = [_number(row) for row in rows]
    await tx.value(
        "erasures/erase_numbers",
        erasure_id=erasure,
        identifier_id=[UUID(row["identifier_id"]) for row in rows],
        value=[number.value for number in numbers],
        key=[number.key for number in numbers],
        near=[number.near for number in numbers],
    )
    own = {
        row["participant_id"]: number.value
        for row, number in zip(rows, numbers, strict=True)
        if row["system"] == OWN_SYSTEM and row["ends_on"] is None and row["withdrawn_at"] is None
    }
    for chart in person.charts:
        await tx.run(
            "erasures/blank_person",
            participant_id=chart,
            reference=own[str(chart)],
            display_code=display_code(secrets.token_bytes(CHANCE_BYTES)),
        )


def _number(row: dict[str, str]) -> Number:
    """The number that stands in place of another: made of the row's own id, which says nothing of anybody."""
    return Number.of(row["system"], f"erased-{row['identifier_id']}")


def _in_place(tx: Tx, place: str, opened: bytes) -> bytes:
    """What stands in place of words, sealed: a mark, with the keyed hash where a digest was made of them."""
    if place in DIGESTED:
        return tx.cipher.seal(tx.clinic, place, tomb(tx.cipher.blind(tx.clinic, place, opened)))
    return tx.cipher.seal(tx.clinic, place, ERASED)


def _erasure(tx: Tx, row: Record) -> Erasure:
    return Erasure(
        row["erasure_id"],
        row["participant_id"],
        tx.cipher.open_text(tx.clinic, REASON, row["reason"]) or "",
        cast("ProposalStatus", row["status"]),
        row["proposed_at"],
        row["proposed_by"],
        row["settled_at"],
        row["settled_by"],
        tx.cipher.open_text(tx.clinic, REFUSAL, row["refusal"]),
    )
