"""Files of events: the same line is the same event, and neither order nor splitting changes an award."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from schemas.corrections import NewCorrection
from schemas.events import NewEvent
from service.flows.imports import import_events
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import ToRecord
from tests.flows.conftest import paid
from tests.flows.importing import (
    CASES,
    HEAD,
    NOW,
    bring,
    case,
    earned,
    kept,
    line,
    pieces,
    publish,
)

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


@pytest.fixture(autouse=True)
async def _california(scene: Scene) -> None:
    scene.clock.now = NOW
    await publish(scene)


cases = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")


@cases
async def test_added_note_is_known_already_and_offered_as_an_addition(scene: Scene) -> None:
    """Nothing is paid again; applied, it stands beside the event, and is offered no more."""
    assert (await bring(scene, case("09a-first-export.csv"))).counts.recorded == 1
    again = await bring(scene, case("09b-with-note.csv"))
    assert (again.counts.known, again.counts.to_add, again.counts.added) == (1, 1, 0)
    applied = await bring(scene, case("09b-with-note.csv"), corrections="apply")
    assert (applied.counts.known, applied.counts.to_add, applied.counts.added) == (1, 0, 1)
    last = await bring(scene, case("09b-with-note.csv"), corrections="apply")
    assert (last.counts.known, last.counts.added) == (1, 0)
    assert await earned(scene, "B09-1") == [1000]


@cases
async def test_other_outcome_is_a_conflict_with_the_correction_offered(scene: Scene) -> None:
    """Applied, the $10.00 stay paid, recorded as overpaid, and the next negative is worth $10.00."""
    await bring(scene, case("09a-first-export.csv"))
    offered = await bring(scene, case("09c-outcome-corrected.csv"))
    assert offered.refused == {2: "already_recorded.line"}
    why = offered.results[2].why
    assert why is not None
    assert (why.values["recorded"], why.values["outcome"]) == ("negative", "positive")
    assert (offered.counts.to_correct, offered.results[2].offers) == (1, "correction")
    applied = await bring(scene, case("09c-outcome-corrected.csv"), corrections="apply")
    assert (applied.counts.corrected, applied.counts.refused) == (1, 0)
    assert await earned(scene, "B09-1") == [1000]
    assert await kept(scene, "B09-1") == (1000, 0)
    assert (await bring(scene, case("09c-outcome-corrected.csv"))).counts.known == 1
    # An old export does not undo what was corrected since.
    assert (await bring(scene, case("09a-first-export.csv"), corrections="apply")).counts.known == 1
    await bring(scene, HEAD + line("B09-1", "2026-03-05"))
    assert await earned(scene, "B09-1") == [2000]


async def test_corrections_stand_in_the_order_of_time_among_new_lines(scene: Scene) -> None:
    """What comes after the corrected visit is worked out once, and not paid too much first."""
    await bring(scene, HEAD + line("C-1", "2026-03-02") + line("C-1", "2026-03-05"))
    text = (
        HEAD + line("C-1", "2026-03-12") + line("C-1", "2026-03-05", "positive") + line("C-1", "2026-03-09")
    )
    brought = await bring(scene, text, corrections="apply")
    assert (brought.counts.corrected, brought.counts.recorded) == (1, 2)
    # $10.00 and $10.00, of which one is overpaid, then $10.00 from the first rung and $10.00 after it.
    assert (await earned(scene, "C-1"), await kept(scene, "C-1")) == ([4000], (1000, 0))


@cases
async def test_newest_first_gives_the_same_as_by_time_however_it_is_split(scene: Scene) -> None:
    """$113.50, with nothing overpaid: line by line, in halves, shuffled."""
    by_time = case("50a-by-time.csv")
    head, *lines = by_time.splitlines(keepends=True)
    chance = random.Random(50)
    shuffled = [*lines]
    chance.shuffle(shuffled)
    ways = {
        "B50-T": [by_time],
        "B50-N": [case("50b-newest-first.csv")],
        "B50-1": [head + one for one in reversed(lines)],
        "B50-2": [head + "".join(lines[6:]), head + "".join(lines[:6])],
        "B50-3": [head + one for one in shuffled],
        "B50-4": pieces(head + "".join(shuffled), [3, 4, 9]),
    }
    for who, parts in ways.items():
        for part in parts:
            assert (await bring(scene, part.replace("B50-T", who))).refused == {}
        assert (who, await earned(scene, who), await kept(scene, who)) == (who, [11350], (0, 0))


async def test_lines_of_one_person_in_several_batches_are_one_transaction(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the awards, the corrections and the books of one batch."""
    monkeypatch.setattr(import_events, "BATCH_LINES", 3)
    days = [f"2026-03-{day:02}" for day in (2, 5, 9, 12, 16, 19, 23, 26)]
    await bring(scene, HEAD + "".join(line("B-1", day) for day in days))
    assert await earned(scene, "B-1") == [2 * (1000 + 1150 + 1300 + 1450)]
    changed = "".join(line("B-1", day, "positive") for day in (days[1], days[6])) + line("B-1", "2026-03-30")
    applied = await bring(scene, HEAD + changed, corrections="apply")
    assert (applied.counts.corrected, applied.counts.recorded) == (2, 1)


async def test_any_order_splitting_and_repetition_ends_in_the_same_awards(scene: Scene) -> None:
    """Twenty-five histories, each brought by time, and once more in pieces of any order."""
    chance = random.Random(7)
    days = [f"2026-{3 + n // 8:02}-{2 + n % 8 * 3:02}" for n in range(24)]
    for number in range(25):
        outcomes = [chance.choice(("negative", "negative", "positive", "missed", "excused")) for _ in days]
        own = [line("H", day, outcome) for day, outcome in zip(days, outcomes, strict=True)]
        whole, split = f"W-{number}", f"S-{number}"
        await bring(scene, HEAD + "".join(own).replace("H,", f"{whole},"))
        again = [*own, *(one.replace(",\n", f",note {n}\n") for n, one in enumerate(chance.sample(own, 6)))]
        chance.shuffle(again)
        for part in pieces(HEAD + "".join(again), sorted(chance.sample(range(1, 30), 4))):
            brought = await bring(scene, part.replace("H,", f"{split},"))
            assert brought.counts.refused == 0
        sums = await earned(scene, whole, split)
        assert (sums[0], await kept(scene, split)) == (sums[1], (0, 0))


async def test_preview_says_what_the_deed_does_and_leaves_nothing(scene: Scene) -> None:
    """Each line's award with its reasons, who is new, what is refused; the counts are those of the deed."""
    text = (
        HEAD
        + line("P-2", "2026-03-05")
        + line("P-1", "2026-03-02")
        + line("P-1", "2026-03-09", "no such")
        + line("P-1", "2026-03-05")
        + line("P-1", "2026-03-09")
        + "P-1,stimulant-negative,negative,yesterday,,,\n"
    )
    tried = await bring(scene, text, is_preview=True)
    assert await earned(scene, "P-1", "P-2") == [-1, -1]
    sums = {no: [award.amount for award in one.awards] for no, one in tried.results.items()}
    assert sums == {2: [1000], 3: [1000], 4: [], 5: [1000], 6: [1150], 7: []}
    assert {no for no, one in tried.results.items() if one.is_new} == {2, 3}
    assert tried.results[3].awards[0].reasons
    done = await bring(scene, text)
    assert (done.counts, done.refused) == (tried.counts, tried.refused)
    assert (done.counts.recorded, done.counts.refused, done.counts.people) == (4, 2, 2)
    assert await earned(scene, "P-1", "P-2") == [3150, 1000]


async def test_withdrawn_event_is_not_brought_back_by_its_file(scene: Scene) -> None:
    """What somebody took out stays out."""
    text = HEAD + line("X-1", "2026-03-02")
    await bring(scene, text)
    async with scene.database.transaction(scene.clinic) as tx:
        event = await tx.connection.fetchval("select event_id from events where clinic_id = $1", scene.clinic)
    await scene.value(lambda act: correct_event(act, event, NewCorrection("entry_error", "Not hers.")))
    assert (await bring(scene, text)).counts.known == 1
    assert await earned(scene, "X-1") == [0]


async def test_award_of_the_desk_keeps_to_the_policy_when_a_file_lowers_it(scene: Scene) -> None:
    """Only what an import posted is taken back: $1.50 of the third visit stay, recorded as overpaid."""
    early = HEAD + line("D-1", "2026-03-02") + line("D-1", "2026-03-05")
    await bring(scene, early + early.replace("D-1", "D-2").removeprefix(HEAD))
    event = NewEvent(
        "negative", datetime(2026, 3, 9, 17, 30, tzinfo=UTC), participant_reference="D-1", behavior="test"
    )
    (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
    assert paid(answer) == 1150
    await bring(scene, HEAD + line("D-2", "2026-03-09"))
    await bring(scene, HEAD + line("D-1", "2026-03-06", "positive") + line("D-2", "2026-03-06", "positive"))
    assert await earned(scene, "D-1", "D-2") == [3150, 3000]
    assert (await kept(scene, "D-1"), await kept(scene, "D-2")) == ((150, 0), (0, 0))


async def test_added_note_of_a_line_with_a_reference_is_known_too(scene: Scene) -> None:
    """And under the reference of somebody else's visit it is a conflict."""
    head = HEAD.replace("note", "note,reference")

    def referenced(who: str, note: str) -> str:
        return line(who, "2026-03-02", note=note).replace("\n", ",LAB-1\n")

    await bring(scene, head + referenced("R-1", ""))
    again = await bring(scene, head + referenced("R-1", "a note"))
    assert (again.counts.known, again.counts.to_add) == (1, 1)
    other = await bring(scene, head + referenced("R-2", ""))
    assert other.refused == {2: "reference_conflict.event"}
    assert other.counts.to_correct == 1
    applied = await bring(scene, head + referenced("R-2", ""), corrections="apply")
    assert (applied.counts.corrected, await earned(scene, "R-2")) == (1, [1000])


async def test_two_outcomes_of_one_moment_in_one_file_are_a_conflict(scene: Scene) -> None:
    """The line that comes first is recorded."""
    brought = await bring(scene, HEAD + line("T-1", "2026-03-02") + line("T-1", "2026-03-02", "positive"))
    assert (brought.counts.recorded, brought.refused) == (1, {3: "already_recorded.line"})


async def test_second_visit_of_a_day_is_refused_unless_it_is_said_to_be_another(scene: Scene) -> None:
    """As everywhere: one visit is one event."""
    later = line("A-1", "2026-03-02").replace("T09:30", "T14:00")
    brought = await bring(scene, HEAD + line("A-1", "2026-03-02") + later)
    assert brought.refused == {3: "already_recorded"}
    head = HEAD.replace("note", "note,another")
    said = await bring(scene, head + later.replace("\n", ",yes\n"))
    assert (said.counts.recorded, await earned(scene, "A-1")) == (1, [2000])
