"""Start days in a file: which enrollments they name, open and close, and which of them fit nothing."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from service.core.dated_episodes import AskedLine, KnownEpisode, Opening, Plan, plan

PROGRAM = "vouchers"
ONE = UUID(int=1)
TWO = UUID(int=2)


def day(text: str) -> date:
    """A day of 2026."""
    return date.fromisoformat(f"2026-{text}")


def line(place: int, starts: str, on: str, program: str | None = PROGRAM) -> AskedLine:
    """A line of a file."""
    return AskedLine(place, program, day(starts), day(on))


def reasons(found: Plan) -> dict[int, str]:
    """Why lines are refused, by place."""
    return {place: why.reason for place, why in found.refusals.items()}


def test_one_start_day_is_one_enrollment() -> None:
    """It has no last day: nothing follows it."""
    found = plan([], [line(0, "03-02", "03-02"), line(1, "03-02", "03-05")], enrolls=True)
    assert found.openings == (Opening(PROGRAM, day("03-02"), None),)
    assert (set(found.opened), found.refusals, found.closings) == ({0, 1}, {}, ())


def test_two_start_days_are_two_enrollments_and_the_first_ends_the_day_before_the_second() -> None:
    """Each line lies in the one that it names."""
    lines = [line(0, "06-01", "06-03"), line(1, "03-02", "03-05")]
    found = plan([], lines, enrolls=True)
    first, second = found.openings
    assert (first.starts_on, first.last_day) == (day("03-02"), day("05-31"))
    assert (second.starts_on, second.last_day) == (day("06-01"), None)
    assert (found.opened[0], found.opened[1]) == (second, first)


def test_later_start_day_closes_the_open_enrollment_on_record() -> None:
    """On the day before, or on its planned last day where that comes first."""
    known = KnownEpisode(ONE, PROGRAM, day("03-02"), latest=day("03-30"))
    (closing,) = plan([known], [line(0, "06-01", "06-03")], enrolls=True).closings
    assert (closing.enrollment, closing.last_day, closing.next_start) == (ONE, day("05-31"), day("06-01"))
    planned = KnownEpisode(ONE, PROGRAM, day("03-02"), ends_on=day("04-30"))
    (closing,) = plan([planned], [line(0, "06-01", "06-03")], enrolls=True).closings
    assert closing.last_day == day("04-30")


def test_earlier_start_day_opens_an_enrollment_that_is_over_already() -> None:
    """The open one on record stays as it is."""
    known = KnownEpisode(ONE, PROGRAM, day("06-01"), latest=day("06-10"))
    found = plan([known], [line(0, "03-02", "03-05"), line(1, "06-01", "06-11")], enrolls=True)
    assert found.openings == (Opening(PROGRAM, day("03-02"), day("05-31")),)
    assert (found.closings, found.known) == ((), {1: ONE})


def test_start_day_whose_event_lies_in_a_later_enrollment_is_placed_nowhere() -> None:
    """The other line goes in; nothing is opened for this one, in whichever order they stand."""
    first, second = line(0, "11-05", "11-05"), line(1, "11-02", "11-09")
    for lines in ([first, second], [second, first]):
        found = plan([], lines, enrolls=True)
        assert found.openings == (Opening(PROGRAM, day("11-05"), None),)
        assert reasons(found) == {1: "outside_enrollment.starts_differ"}
    known = KnownEpisode(ONE, PROGRAM, day("11-05"), latest=day("11-05"))
    found = plan([known], [second], enrolls=True)
    assert (found.openings, reasons(found)) == ((), {1: "outside_enrollment.starts_differ"})


def test_start_day_in_the_midst_of_what_is_on_record_opens_nothing() -> None:
    """Whether the enrollment is open with later events, or closed on a later day."""
    for known in (
        KnownEpisode(ONE, PROGRAM, day("03-02"), latest=day("03-30")),
        KnownEpisode(ONE, PROGRAM, day("03-02"), closed_on=day("03-30")),
    ):
        found = plan([known], [line(0, "03-12", "04-03")], enrolls=True)
        assert (found.openings, found.closings) == ((), ())
        assert reasons(found) == {0: "outside_enrollment.starts_differ"}


def test_one_mistyped_start_day_does_not_end_the_enrollment_of_many_lines() -> None:
    """The lines of the other go on beyond it."""
    lines = [line(no, "03-02", f"03-{3 + no:02}") for no in range(20)]
    found = plan([], [*lines, line(20, "03-12", "03-12")], enrolls=True)
    assert found.openings == (Opening(PROGRAM, day("03-02"), None),)
    assert reasons(found) == {20: "outside_enrollment.starts_differ"}


def test_without_enrolling_a_start_day_must_be_on_record() -> None:
    """Nothing is opened; whoever has no enrollment at all is left to the recording."""
    known = KnownEpisode(ONE, PROGRAM, day("03-02"))
    found = plan([known], [line(0, "03-02", "03-05"), line(1, "03-03", "03-05")], enrolls=False)
    assert found.known == {0: ONE}
    assert reasons(found) == {1: "outside_enrollment.starts_differ"}
    assert plan([], [line(0, "03-02", "03-05")], enrolls=False) == Plan((), (), {}, {}, {})


def test_line_without_a_program_names_the_only_enrollment_of_its_start_day() -> None:
    """With two of them it is left to its target; with none it cannot be enrolled."""
    known = [KnownEpisode(ONE, PROGRAM, day("03-02")), KnownEpisode(TWO, "draws", day("03-09"))]
    found = plan(known, [line(0, "03-09", "03-10", None), line(1, "04-01", "04-02", None)], enrolls=True)
    assert found.known == {0: TWO}
    assert set(reasons(found)) == {1}
    both = [KnownEpisode(ONE, PROGRAM, day("03-02")), KnownEpisode(TWO, "draws", day("03-02"))]
    assert plan(both, [line(0, "03-02", "03-10", None)], enrolls=True) == Plan((), (), {}, {}, {})


DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 31))
LINES = st.lists(st.tuples(st.sampled_from([date(2026, 1, 5), date(2026, 2, 2), date(2026, 2, 20)]), DAYS))


@given(LINES, st.randoms(use_true_random=False))
def test_enrollments_follow_from_the_lines_in_any_order_and_never_overlap(
    pairs: list[tuple[date, date]], chance: object
) -> None:
    """Every opened enrollment covers the lines that were given to it."""
    lines = [AskedLine(place, PROGRAM, start, on) for place, (start, on) in enumerate(pairs)]
    found = plan([], lines, enrolls=True)
    shuffled = [*lines]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = plan([], shuffled, enrolls=True)
    assert (again.openings, again.opened, again.refusals) == (found.openings, found.opened, found.refusals)
    for before, after in pairwise(found.openings):
        assert before.last_day == after.starts_on - timedelta(days=1)
    for place, opening in found.opened.items():
        assert opening.starts_on == lines[place].starts_on <= lines[place].day
        assert opening.last_day is None or lines[place].day <= opening.last_day
    assert set(found.opened) | set(found.refusals) == {one.place for one in lines}
    assert {opening.starts_on for opening in found.openings} == {o.starts_on for o in found.opened.values()}
