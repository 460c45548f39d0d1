"""One enrollment's order of arrival worked out again: its events, corrections and moves."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from service.core.compiled import Rules
from service.core.corrections import PastFact, judge, standing
from service.core.rules import fold
from service.core.state import Decision
from service.core.verify.books import CorrectionRow, EnrollmentBooks, Mismatch
from service.core.words.refusals.catalog import in_english


def last_number(books: EnrollmentBooks) -> int:
    """The last number given in an enrollment's order of arrival."""
    return len(books.events) + len(books.corrections) + len(books.moves)


def out_of_order(books: EnrollmentBooks) -> Mismatch | None:
    """The first number that is missing or given twice; they count from 1 without gaps."""
    numbers = sorted(
        (no, table, ids)
        for no, table, ids in (
            *((one.no, "events", str(one.id)) for one in books.events),
            *((one.past.no, "corrections", str(one.past.id)) for one in books.corrections),
            *((one.no, "enrollment_moves", str(books.id)) for one in books.moves),
        )
    )
    for place, (no, table, row) in enumerate(numbers, start=1):
        if no != place:
            ids = {"id": row, "enrollment_id": str(books.id)}
            return Mismatch(table, ids, f"fact_no = {place}", f"fact_no = {no}")
    return None


def corrections_and_moves(books: EnrollmentBooks, past: Sequence[PastFact]) -> Iterator[Mismatch]:
    """Every move that leads astray, and every correction that is not what it says or could not be made."""
    version = books.moves[0].from_version if books.moves else books.version
    for move in books.moves:
        ids = {"enrollment_id": str(books.id), "fact_no": str(move.no)}
        if move.from_version != version or move.to_version not in books.rules_of:
            expected = f"a move from version {version} to a published one"
            yield Mismatch(
                "enrollment_moves", ids, expected, f"from {move.from_version} to {move.to_version}"
            )
        version = move.to_version
    if version != books.version:
        ids = {"enrollment_id": str(books.id)}
        yield Mismatch("enrollments", ids, f"version = {version}", f"version = {books.version}")
    for place, row in enumerate(books.corrections):
        yield from _of_correction(books, past, place, row)


def _of_correction(
    books: EnrollmentBooks, past: Sequence[PastFact], place: int, row: CorrectionRow
) -> Iterator[Mismatch]:
    one = row.past
    ids = {"correction_id": str(one.id), "enrollment_id": str(books.id)}
    if row.participant != books.participant:
        expected = f"participant_id = {books.participant}"
        yield Mismatch("corrections", ids, expected, f"participant_id = {row.participant}")
    if row.digest != row.content:
        yield Mismatch("corrections", ids, f"digest = {row.content.hex()}", f"digest = {row.digest.hex()}")
    if row.told != row.digest.hex():
        expected = "an audit entry that says its digest"
        yield Mismatch("corrections", ids, expected, row.told or "none")
    event = next((fact for fact in past if fact.event == one.event and fact.fact.no < one.no), None)
    before = [other.past for other in books.corrections[:place] if other.past.event == one.event]
    known = {one.event, *(other.id for other in before)}
    if event is None or one.about not in known:
        yield Mismatch("corrections", ids, "an earlier event or correction of the enrollment", str(one.about))
        return
    if one.closure is not None:
        # A visit that somebody had moved was missed on the day of its event.
        due = None if event.fact.expected_on is None else event.fact.day
        if due is None or row.closed is None or not row.closed[0] <= due <= row.closed[1]:
            expected = f"a closure over the missed visit's day, {due}"
            yield Mismatch("corrections", ids, expected, f"closure_id = {one.closure}, {row.closed}")
    rules = rules_at(books, one.no)
    # Who corrected is left out: the program's rule on second persons is held when it happens.
    refusal = judge(rules, _by(books, rules, event), before, one, one.id)
    if refusal is not None:
        yield Mismatch("corrections", ids, "a correction that could be made", in_english(refusal))


def rules_at(books: EnrollmentBooks, no: int) -> Rules:
    """The rules that held when number `no` was given."""
    version = books.version
    for move in reversed(books.moves):
        if move.no > no:
            version = move.from_version
    return books.rules_of[version]


def effects(
    books: EnrollmentBooks, past: Sequence[PastFact], decisions: Mapping[int, Decision]
) -> Iterator[Mismatch]:
    """Every event whose effect is neither what the rules say now nor what they said when it was recorded."""
    for event in books.events:
        now = decisions.get(event.no)
        if now is not None and event.effect == now.effect:
            continue
        expected = _said(books, past, event.no)
        if event.effect != expected:
            ids = {"event_id": str(event.id), "enrollment_id": str(books.id)}
            yield Mismatch("events", ids, f"effect = {expected}", f"effect = {event.effect}")


def _said(books: EnrollmentBooks, past: Sequence[PastFact], no: int) -> str:
    """The effect of an event by what was on record when it was recorded, and by the version of that time."""
    rules = rules_at(books, no)
    known = [_by(books, rules, one) for one in past if one.fact.no <= no]
    corrections = [one.past for one in books.corrections if one.past.no < no]
    stands = [one.fact for one in standing(known, corrections)]
    return fold(rules, books.starts_on, stands)[1][no].effect


def _by(books: EnrollmentBooks, rules: Rules, one: PastFact) -> PastFact:
    """A fact with its target's place in the rules of another version."""
    now = books.rules or rules
    name = now.program.targets[one.fact.target].name
    return replace(one, fact=replace(one.fact, target=rules.place_of[name]))
