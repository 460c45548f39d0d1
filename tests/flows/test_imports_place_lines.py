"""Files of events: each line lies in the enrollment that its start day names, and nobody is made by guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.importing import (
    CALIFORNIA,
    CASES,
    HEAD,
    NOW,
    bring,
    case,
    earned,
    episodes,
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
async def test_two_episodes_by_their_start_days(scene: Scene) -> None:
    """$20.00 each; the first ended the day before the second began, whichever file came first."""
    text = case("25-two-episodes.csv")
    head, *lines = text.splitlines(keepends=True)
    for who, parts in (
        ("B25-1", [text]),
        ("B25-2", [head + "".join(lines[2:]), head + "".join(lines[:2])]),
        ("B25-3", [head + one for one in (lines[3], lines[0], lines[2], lines[1])]),
    ):
        for part in parts:
            brought = await bring(scene, part.replace("B25-1", who))
            assert brought.refused == {}
        assert await earned(scene, who) == [4000]
        assert await episodes(scene, who) == [("2025-01-06", "2026-02-01"), ("2026-02-02", None)]


@cases
async def test_start_day_that_differs_is_said_and_placed_nowhere(scene: Scene) -> None:
    """In one file or in two."""
    text = case("48-starts-differ.csv")
    brought = await bring(scene, text)
    assert (brought.counts.recorded, brought.refused) == (1, {3: "outside_enrollment.starts_differ"})
    assert await episodes(scene, "B48-1") == [("2026-11-05", None)]
    first, second = (part.replace("B48-1", "B48-2") for part in pieces(text, [1]))
    await bring(scene, first)
    assert (await bring(scene, second)).refused == {2: "outside_enrollment.starts_differ"}
    assert await episodes(scene, "B48-2") == [("2026-11-05", None)]
    without = await bring(scene, second, enrolls=False)
    assert without.refused == {2: "outside_enrollment.starts_differ"}


async def test_nobody_is_made_for_a_line_that_cannot_be_recorded(scene: Scene) -> None:
    """A mistyped outcome, target or program, or a day before the start: no participant, no enrollment."""
    text = (
        HEAD
        + line("N-1", "2026-03-05", "no such")
        + line("N-2", "2026-03-01")
        + line("N-3", "2026-03-05").replace("stimulant-negative", "nothing")
        + line("N-4", "2026-03-05").replace(CALIFORNIA, "nowhere")
        + line("N-5", "2027-03-05")
    )
    brought = await bring(scene, text)
    assert {no: reason.split(".")[0] for no, reason in brought.refused.items()} == {
        2: "outcome_not_allowed",
        3: "outside_enrollment",
        4: "unknown_target",
        5: "unknown_program",
        6: "event_in_future",
    }
    assert await earned(scene, "N-1", "N-2", "N-3", "N-4", "N-5") == [-1] * 5


async def test_line_without_a_start_day_goes_where_another_line_enrolls(scene: Scene) -> None:
    """Whether it comes before or after."""
    text = HEAD + line("W-1", "2026-03-05", starts_on="") + line("W-1", "2026-03-02")
    assert (await bring(scene, text)).refused == {}
    alone = await bring(scene, HEAD + line("W-2", "2026-03-05", starts_on=""))
    assert alone.refused == {2: "not_enrolled.line"}


async def test_later_start_day_closes_the_enrollment_on_record_unless_it_goes_on_beyond(scene: Scene) -> None:
    """Only where the file says so, and never before what is recorded of it."""
    await bring(scene, HEAD + line("L-1", "2026-03-02"))
    brought = await bring(scene, HEAD + line("L-1", "2026-06-02", starts_on="2026-06-01"))
    assert (brought.counts.opened, brought.counts.closed) == (1, 1)
    assert await episodes(scene, "L-1") == [("2026-03-02", "2026-05-31"), ("2026-06-01", None)]
    await bring(scene, HEAD + line("L-2", "2026-03-02") + line("L-2", "2026-06-09"))
    brought = await bring(scene, HEAD + line("L-2", "2026-06-02", starts_on="2026-06-01"))
    assert brought.refused == {2: "outside_enrollment.starts_differ"}
    assert await episodes(scene, "L-2") == [("2026-03-02", None)]


async def test_numbers_that_differ_as_by_a_slip_are_two_people_and_are_named(scene: Scene) -> None:
    """However each is written: capitals and blanks make nobody else."""
    await bring(scene, HEAD + line("0004711", "2026-03-02") + line("ab-1", "2026-03-02"))
    brought = await bring(scene, HEAD + line("4711", "2026-03-02") + line("AB-1", "2026-03-05"))
    assert (brought.counts.people, brought.counts.near) == (1, 1)
    assert brought.results[2].near == ("0004711",)
    assert await earned(scene, "0004711", "4711", "ab-1") == [1000, 1000, 2000]
