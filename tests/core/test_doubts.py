"""The notes of the check: each with a program that has it and one that has not, and silenced where meant."""

from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec import convert
from msgspec.structs import replace

import schemas
from schemas.program import Meant, Program
from service.core.authoring.doubts import NOTES
from service.core.authoring.programs import check, decode, digest, warnings
from service.core.words.refusals.catalog import for_people, in_english

LADDER = {"type": "ladder", "start": 1000, "step": 150, "max": 2650}
FLAT = {"type": "flat", "amount": 1000}
RATE = {"type": "rate", "amount": 800, "per": "hour"}
DRAWS = {"type": "draws", "start": 1, "step": 1, "max": 8}
RESET = {"reset": True}
TWICE = {"per_week": 2, "missed_after_hours": 24}
FILES = sorted((Path(schemas.__path__[0]) / "programs").glob("*.yaml"))


def program(*phases: dict[str, Any], **parts: Any) -> Program:  # noqa: ANN401  any part of a document
    """Make a program of one target of 12 weeks; parts of the program are told by their names."""
    top: dict[str, Any] = {
        key: parts.pop(key) for key in ("caps", "unit", "welcome", "meant", "bowls") if key in parts
    }
    target = {"name": "test", "behavior": "test", "visits": TWICE, "phases": phases, **parts}
    made: dict[str, Any] = {"name": "a", "title": "A", "unit": "usd", "weeks": 12, "targets": [target], **top}
    return convert(made, Program)


def phase(earn: dict[str, Any], weeks: tuple[int, int] = (1, 12), **parts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Make a phase whose misses reset."""
    return {"weeks": weeks, "earn": earn, "on_failure": RESET, **parts}


SOUND = program(phase(LADDER))
PAIRS = [
    ("program.no_reset", program(phase(LADDER, on_failure={})), SOUND),
    (
        "program.no_reset",
        program(phase({"type": "table", "values": [1, 2]}, on_failure={})),
        program(phase(FLAT, on_failure={})),
    ),
    (
        "program.no_reset",
        program(phase(DRAWS, on_failure={})),
        program(phase(DRAWS | {"step": 0}, on_failure={})),
    ),
    ("program.never_missed", program(phase(LADDER), visits={"per_week": 2}), SOUND),
    (
        "program.never_missed",
        program(phase(LADDER, visits={"weekdays": ["mon"]})),
        program(phase(LADDER), visits={"per_day": 2}),
    ),
    (
        "program.gap",
        program(phase(FLAT, (1, 4)), phase(FLAT, (6, 12))),
        program(phase(FLAT, (1, 5)), phase(FLAT, (6, 12))),
    ),
    (
        "program.goes_on",
        program(phase(LADDER, (1, 6)), phase(LADDER | {"start": 500}, (7, 12))),
        program(phase(LADDER, (1, 6)), phase(LADDER, (7, 12))),
    ),
    (
        "program.goes_on",
        program(phase(FLAT, (1, 6)), phase(LADDER, (7, 12))),
        program(phase(FLAT, (1, 6)), phase(LADDER, (7, 12), begin="anew")),
    ),
    ("program.large", program(phase(FLAT | {"amount": 10_001})), program(phase(FLAT | {"amount": 10_000}))),
    (
        "program.large",
        program(phase(LADDER | {"max": 12_000, "step": 9500})),
        program(phase(FLAT | {"amount": 10_001}), unit="points"),
    ),
    (
        "program.apart",
        program(phase(FLAT | {"amount": 10}), welcome=1000),
        program(phase(FLAT | {"amount": 11}), welcome=1000),
    ),
    (
        "program.cap_twice",
        program(phase(FLAT), caps=[{"per": "week", "amount": 1900}, {"per": "week", "amount": 2000}]),
        program(phase(FLAT), caps=[{"per": "week", "amount": 1900}]),
    ),
    (
        "program.cap_unreached",
        program(phase(FLAT), caps=[{"per": "year", "amount": 24_001}]),
        program(phase(FLAT), caps=[{"per": "year", "amount": 24_000}]),
    ),
    (
        "program.cap_unreached",
        program(phase(FLAT), caps=[{"per": "week", "amount": 2001}]),
        program(phase(FLAT), caps=[{"per": "event", "amount": 1000}]),
    ),
    (
        "program.cap_unreached",
        program(phase(FLAT), caps=[{"per": "event", "amount": 1001}]),
        program(phase(DRAWS), caps=[{"per": "event", "amount": 1001}]),
    ),
    (
        "program.caps_clip",
        program(phase(FLAT), caps=[{"per": "year", "amount": 21_000}]),
        program(phase(FLAT), caps=[{"per": "year", "amount": 21_600}]),
    ),
    (
        "program.caps_clip_welcome",
        program(phase(FLAT), welcome=5000, caps=[{"per": "day", "amount": 1000}]),
        program(phase(FLAT), welcome=1000, caps=[{"per": "day", "amount": 1000}]),
    ),
    (
        "program.limit_unreached",
        program(phase(FLAT), limit={"per_week": 8}),
        program(phase(FLAT), limit={"per_week": 7}),
    ),
    (
        "program.limit_unreached",
        program(phase(FLAT), limit={"count": 85, "per": "enrollment"}),
        program(phase(FLAT), limit={"count": 84, "per": "enrollment"}),
    ),
    (
        "program.bonus_unreached",
        program(phase(FLAT), bonuses=[{"type": "week", "successes": 3, "amount": 500}]),
        program(phase(FLAT), bonuses=[{"type": "week", "successes": 2, "amount": 500}]),
    ),
    (
        "program.bonus_unreached",
        program(phase(FLAT), bonuses=[{"type": "run", "every": 25, "amount": 500}]),
        program(phase(FLAT), bonuses=[{"type": "run", "every": 24, "amount": 500}]),
    ),
    (
        "program.bonus_unreached",
        program(phase(FLAT), bonuses=[{"type": "total", "at": [10, 25], "amount": 500}]),
        program(phase(FLAT), bonuses=[{"type": "total", "at": [10, 24], "amount": 500}]),
    ),
    (
        "program.bonus_lost",
        program(phase(FLAT), bonuses=[{"type": "run", "every": 3, "amount": 500, "weeks": [13, 14]}]),
        program(phase(FLAT), bonuses=[{"type": "run", "every": 3, "amount": 500, "weeks": [12, 14]}]),
    ),
    ("program.draws_cost", program(phase(DRAWS)), program(phase(FLAT))),
    ("program.unbounded", program(phase(RATE)), program(phase(RATE | {"max": 3200}))),
    (
        "program.unbounded",
        program(phase(LADDER | {"per": "hour"})),
        program(phase(LADDER | {"per": "hour"}), caps=[{"per": "day", "amount": 3200}]),
    ),
]


@pytest.mark.parametrize(("reason", "doubtful", "sound"), PAIRS)
def test_note_is_made_of_what_is_hardly_meant_and_not_of_its_neighbor(
    reason: str, doubtful: Program, sound: Program
) -> None:
    """It keeps nothing out, is worded in both languages, and is silent where the author means it."""
    assert check(doubtful) == check(sound) == ()
    found = [one for one in warnings(doubtful) if one.reason == reason]
    assert len(found) == 1
    assert in_english(found[0])
    assert for_people(found[0], "en")
    assert for_people(found[0], "es") != for_people(found[0], "en")
    assert reason not in {one.reason for one in warnings(sound)}
    if reason in NOTES:
        meant = replace(doubtful, meant=(NOTES[reason],))
        assert reason not in {one.reason for one in warnings(meant)}


def test_every_note_that_can_be_meant_has_its_pair() -> None:
    """Each word that a document can write in `meant` silences a note that is tried above."""
    assert {NOTES[reason] for reason, _, _ in PAIRS if reason in NOTES} == set(get_args(Meant))


@pytest.mark.parametrize(
    ("doubtful", "pointer"),
    [
        (program(phase(LADDER, (1, 52))), "$.targets[0].phases[0].weeks"),
        (
            program(phase(FLAT, on_failure={"recovery": {"after": 1, "pays": "next", "to": "due"}})),
            "$.targets[0].phases[0].on_failure.recovery",
        ),
        (program(phase(FLAT), visits={"missed_after_hours": 4}), "$.targets[0].visits"),
        (
            program(phase(FLAT), visits={"per_week": 5, "min_days_between": 3, "missed_after_hours": 4}),
            "$.targets[0].visits.min_days_between",
        ),
        (
            program(phase(FLAT, visits=TWICE | {"per_week": 3}), limit={"per_week": 2}),
            "$.targets[0].phases[0].weeks",
        ),
    ],
)
def test_what_has_no_effect_is_accepted_with_a_note(doubtful: Program, pointer: str) -> None:
    """A program is not kept out for it, but its author is told."""
    assert check(doubtful) == ()
    assert [one.pointer for one in warnings(doubtful)] == [pointer]


def test_caps_say_how_much_they_leave_unpaid_and_from_which_visit_on() -> None:
    """24 visits of $10.00 under $200.00: the 21st is the first that is clipped."""
    (note,) = warnings(program(phase(FLAT), caps=[{"per": "year", "amount": 20_000}]))
    assert in_english(note) == "leave $40.00 of $240.00 unpaid, from visit 21 of test in week 11 on"


def test_cost_of_draws_is_told_as_expected_and_at_the_most() -> None:
    """The veterans' program: 164 draws, $363.75 expected, and $100.00 each at the most."""
    (note,) = warnings(program(phase(DRAWS)))
    said = "who succeeds every time has 164 draws: $363.75 in prizes on average, $16,400.00 at the most"
    assert in_english(note) == said


def test_what_an_author_means_is_no_part_of_the_digest() -> None:
    """It changes nothing that is earned, so it makes no new version."""
    made = program(phase(DRAWS))
    assert digest(replace(made, meant=("draws_cost",))) == digest(made)


@pytest.mark.parametrize("path", FILES, ids=[one.stem for one in FILES])
def test_check_is_quiet_about_every_shipped_program(path: Path) -> None:
    """Whoever starts from one of them has nothing to explain away."""
    found = decode(path.read_bytes(), yaml=True)
    assert isinstance(found, Program)
    assert warnings(found) == ()
