"""The books of one participant worked out again: from the facts to awards, transfers and balances.

Everything here is compared with what the rules say today of the facts on record. The first place where the
two differ is a `Mismatch`: the table, the row, what it should say and what it says.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from schemas.ids import Id
from service.core.calendar import local_day
from service.core.compiled import Rules
from service.core.corrections import PastFact, came, standing, stands
from service.core.ledger import Posted, SlotKey
from service.core.quantities import ONE
from service.core.rules import fact_of, fold
from service.core.state import WELCOME_FACT, Decision, Fact
from service.core.verify.books import (
    BalanceRow,
    EnrollmentBooks,
    EventRow,
    Mismatch,
    ParticipantBooks,
    RedemptionRow,
    TransferRow,
)
from service.core.verify.checking_gifts import of_gifts
from service.core.verify.checking_order import corrections_and_moves, effects, last_number, out_of_order
from service.core.verify.checking_transfers import of_transfers
from service.core.verify.checking_visits import of_visits

ACCOUNTS = ("issued", "available", "held", "given", "merged")
"""Every account that a transfer can be between."""


def mismatches(books: ParticipantBooks, zone: tzinfo) -> Iterator[Mismatch]:
    """Every place where one participant's books do not agree, the cause before what follows from it."""
    for enrollment in books.enrollments:
        yield from _of_enrollment(enrollment, zone)
    yield from of_transfers(books, zone)
    yield from _of_redemptions(books)
    yield from of_gifts(books, zone)
    yield from _of_balances(books)


def accounts(transfers: Iterable[TransferRow]) -> dict[str, dict[str, int]]:
    """The accounts of each unit as the sums of transfers: what came in, less what went out."""
    sums: dict[str, dict[str, int]] = {}
    for one in transfers:
        unit = sums.setdefault(one.unit, dict.fromkeys(ACCOUNTS, 0))
        unit[one.source] -= one.amount
        unit[one.destination] += one.amount
    return sums


def _of_enrollment(books: EnrollmentBooks, zone: tzinfo) -> Iterator[Mismatch]:
    ids = {"enrollment_id": str(books.id)}
    if books.rules is None:
        yield Mismatch("programs", ids, "a published version that can be read", "none")
        return
    rules = books.rules
    past: list[PastFact] = []
    corrections = [one.past for one in books.corrections]
    for event in books.events:
        own = [one for one in corrections if one.event == event.id]
        found = _event(books, rules, event, zone, is_withdrawn=stands(event.id, event.outcome, own) is None)
        if isinstance(found, Mismatch):
            yield found
            return
        past.append(PastFact(event.id, found, event.by))
    if mismatch := out_of_order(books):
        yield mismatch
        return
    yield from corrections_and_moves(books, past)
    facts = [one.fact for one in standing(past, corrections)]
    state, decisions = fold(rules, books.starts_on, facts)
    yield from of_visits(books, past, [one.fact for one in came(past, corrections)], zone)
    yield from effects(books, past, decisions)
    yield from _postings(books, decisions)
    last = last_number(books)
    if books.facts is None:
        yield Mismatch("checkpoints", ids, "a checkpoint", "none")
    elif books.facts != last:
        yield Mismatch("checkpoints", ids, f"facts = {last}", f"facts = {books.facts}")
    elif books.state != state:
        yield Mismatch("checkpoints", ids, f"the state after {last} facts: {state}", f"{books.state}")


def _event(
    books: EnrollmentBooks, rules: Rules, event: EventRow, zone: tzinfo, *, is_withdrawn: bool
) -> Fact | Mismatch:
    """An event as a fact; one that is withdrawn may lie after the enrollment's last day."""
    ids = {"event_id": str(event.id), "enrollment_id": str(books.id)}
    day = local_day(event.at, zone)
    if event.participant != books.participant:
        return Mismatch(
            "events", ids, f"participant_id = {books.participant}", f"participant_id = {event.participant}"
        )
    if event.digest != event.content:
        return Mismatch("events", ids, f"digest = {event.content.hex()}", f"digest = {event.digest.hex()}")
    if event.answered != event.id:
        return Mismatch("events", ids, "a receipt for this event", f"a receipt for {event.answered}")
    if event.target not in rules.place_of:
        return Mismatch("events", ids, f"a target of {rules.program.name}", f"target = {event.target}")
    if event.outcome not in rules.targets[rules.place_of[event.target]].effects:
        return Mismatch("events", ids, f"an outcome of {event.target}", f"outcome = {event.outcome}")
    is_after = books.closed_on is not None and day > books.closed_on
    if day < books.starts_on or (is_after and not is_withdrawn):
        return Mismatch(
            "events", ids, f"a day from {books.starts_on} to {books.closed_on or 'today'}", f"{day}"
        )
    fact = fact_of(
        rules,
        event.no,
        event.target,
        event.outcome,
        event.at,
        day,
        books.starts_on,
        event.expected_on,
        quantity=event.quantity or ONE,
    )
    if event.week != fact.week:
        return Mismatch("events", ids, f"program_week = {fact.week}", f"program_week = {event.week}")
    return fact


def _postings(books: EnrollmentBooks, decisions: Mapping[int, Decision]) -> Iterator[Mismatch]:
    event_of = {event.no: event.id for event in books.events}
    last = last_number(books)
    posted: dict[SlotKey, Posted] = {}
    for award in books.awards:
        ids = {"award_id": str(award.id), "enrollment_id": str(books.id), "fact_no": str(award.fact_no)}
        if award.participant != books.participant:
            yield Mismatch(
                "awards",
                ids,
                f"participant_id = {books.participant}",
                f"participant_id = {award.participant}",
            )
        if award.fact_no != WELCOME_FACT and award.fact_no not in event_of:
            yield Mismatch("awards", ids, "the fact_no of an event", f"fact_no = {award.fact_no}")
        if award.event != event_of.get(award.fact_no):
            yield Mismatch(
                "awards", ids, f"event_id = {event_of.get(award.fact_no)}", f"event_id = {award.event}"
            )
        if not award.fact_no <= award.cause_no <= last:
            yield Mismatch(
                "awards",
                ids,
                f"cause_no from {award.fact_no} to {last}",
                f"cause_no = {award.cause_no}",
            )
        key: SlotKey = (award.fact_no, award.slot, award.unit)  # type: ignore[assignment]  # compared, not trusted
        before = posted.get(key, Posted())
        posted[key] = Posted(
            before.amount + award.amount,
            before.overpaid + award.overpaid,
            before.unrecovered + award.unrecovered,
            before.withheld + award.withheld,
        )
    due: dict[SlotKey, int] = {
        (no, award.slot, award.unit): award.amount
        for no, decision in decisions.items()
        for award in decision.awards
    }
    yield from _settled(books, due, posted, event_of)


def _settled(
    books: EnrollmentBooks,
    due: Mapping[SlotKey, int],
    posted: Mapping[SlotKey, Posted],
    event_of: Mapping[int, Id],
) -> Iterator[Mismatch]:
    """Each slot whose postings do not agree with the rules, or hold back less than nothing."""
    for key in sorted(due.keys() | posted.keys()):
        found = posted.get(key, Posted())
        if due.get(key, 0) != found.settled or found.withheld < 0:
            ids = {"enrollment_id": str(books.id), "fact_no": str(key[0]), "slot": key[1], "unit": key[2]}
            if key[0] in event_of:
                ids["event_id"] = str(event_of[key[0]])
            yield Mismatch(
                "awards",
                ids,
                f"{due.get(key, 0)} by the rules",
                f"{found.settled} posted, {found.withheld} withheld",
            )


PATHS: Mapping[str, tuple[tuple[tuple[str, str], ...], ...]] = {
    "held": ((("available", "held"),),),
    "given": ((("available", "held"), ("held", "given")), (("available", "given"),)),
    "canceled": ((("available", "held"), ("held", "available")),),
    "ordered": ((("available", "held"),),),
    "awaiting_provider": ((("available", "held"),),),
    "awaiting_funds": ((("available", "held"),),),
    "failed": ((("available", "held"),),),
    "reversed": ((("available", "held"), ("held", "given")),),
    "taken back": (
        (("available", "held"), ("held", "given"), ("given", "available")),
        (("available", "given"), ("given", "available")),
    ),
}
"""The transfers that each status of a redemption may have come by; what was taken back is canceled.

What a failed order returns and what a provider refunds have causes of their own.
"""


def _of_redemptions(books: ParticipantBooks) -> Iterator[Mismatch]:
    for one in books.redemptions:
        ids = {"redemption_id": str(one.id), "participant_id": str(books.id)}
        own = [t for t in books.transfers if t.cause == "redemption" and t.cause_id == one.id]
        steps = sorted((t.source, t.destination) for t in own)
        status = "taken back" if one.taken_back else one.status
        ways = [sorted(way) for way in PATHS[status]]
        if one.taken_back and one.status != "canceled":
            yield Mismatch("redemptions", ids, "status = canceled, for it was taken back", one.status)
        if steps not in ways:
            yield Mismatch("redemptions", ids, f"{status} by {_ways(ways)}", _ways([steps]))
        for transfer in own:
            if (transfer.amount, transfer.unit) != (one.amount, one.unit):
                found = f"transfer {transfer.id} of {transfer.amount} {transfer.unit}"
                yield Mismatch("redemptions", ids, f"{one.amount} {one.unit}", found)
        yield from _of_returns(one, ids, books.transfers)
        codes = one.quantity if one.kind == "code" and one.status == "given" else 0
        if one.codes != codes:
            yield Mismatch("redemptions", ids, f"{codes} code(s) given with it", f"{one.codes}")
        void = one.replaced + (one.quantity if one.taken_back else 0) if one.kind == "code" else 0
        if one.void != void:
            yield Mismatch("redemptions", ids, f"{void} void code(s)", f"{one.void}")


def _of_returns(
    one: RedemptionRow, ids: dict[str, str], transfers: Iterable[TransferRow]
) -> Iterator[Mismatch]:
    """What a failed order returned, once and whole, and what a provider refunded, by its sum."""
    own = [t for t in transfers if t.cause_id == one.id and t.cause in {"order_failed", "refund"}]
    failed = [t.amount for t in own if t.cause == "order_failed"]
    expected = [one.amount] if one.status == "failed" else []
    if failed != expected:
        yield Mismatch(
            "redemptions", ids, f"{one.status}: {expected} returned for a failed order", f"{failed}"
        )
    refunded = sum(t.amount for t in own if t.cause == "refund")
    if refunded != one.refunded:
        yield Mismatch("redemptions", ids, f"{one.refunded} refunded", f"{refunded} refunded by transfers")
    if any(t.unit != one.unit for t in own):
        yield Mismatch("redemptions", ids, f"returned in {one.unit}", "returned in another unit")


def _ways(ways: Iterable[Iterable[tuple[str, str]]]) -> str:
    said = (" and ".join(f"{source} to {destination}" for source, destination in way) for way in ways)
    return ", or ".join(way or "no transfer" for way in said)


def _of_balances(books: ParticipantBooks) -> Iterator[Mismatch]:
    for chart in books.charts or (books.id,):
        own = [one for one in books.transfers if one.participant == chart]
        yield from _of_accounts(chart, own, [row for row in books.balances if row.participant == chart])


def _of_accounts(
    chart: Id, transfers: Iterable[TransferRow], balances: Iterable[BalanceRow]
) -> Iterator[Mismatch]:
    sums = accounts(transfers)
    rows = {row.unit: row for row in balances}
    for unit in sorted(sums.keys() | rows.keys()):
        account = sums.get(unit, {})
        available, held, given = (account.get(name, 0) for name in ("available", "held", "given"))
        # What came from another chart, or went there, was issued under that one.
        earned = -account.get("issued", 0) - account.get("merged", 0)
        expected = BalanceRow(chart, unit, available, held, given, earned)
        found = rows.get(unit, BalanceRow(chart, unit, 0, 0, 0, 0))
        ids = {"participant_id": str(chart), "unit": unit}
        if found != expected:
            yield Mismatch("balances", ids, _balance(expected), _balance(found))
        elif found.available + found.held + found.given != found.earned:
            yield Mismatch("balances", ids, "available + held + given = earned", _balance(found))


def _balance(row: BalanceRow) -> str:
    return f"available {row.available}, held {row.held}, given {row.given}, earned {row.earned}"
