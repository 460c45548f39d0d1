"""Which deeds of one person are asked about, and who may hand out what came of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from schemas.people import Role
from schemas.program import Unit
from schemas.second_looks import SecondPersonRules
from service.core.actors import Actor
from service.core.persons import Hands
from service.core.refusals import refused
from service.core.second_looks import (
    BOUNDS,
    Opened,
    Recorded,
    another_hands_out,
    deeds_alone,
    may_hand_out,
    of_one_known,
    rules_held,
)

ZONE = ZoneInfo("America/Los_Angeles")
CLINIC, ANNA, BEN, WHO = (UUID(int=number) for number in (7, 8, 9, 10))
NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
EVERYBODY: tuple[Role, ...] = ("front_desk", "clinician", "manager", "integration")
RULES = SecondPersonRules(EVERYBODY)


def visit(
    days_before: float,
    cents: int = 250,
    *,
    by: UUID = ANNA,
    role: str | None = "front_desk",
    no: int = 1,
    is_success: bool = True,
) -> Recorded:
    """Somebody recorded a visit now that was some days ago."""
    earned: dict[Unit, int] = {"usd": cents}
    return Recorded(UUID(int=100 + no), by, role, is_success, NOW - timedelta(days=days_before), NOW, earned)


@pytest.mark.parametrize(
    ("recorded", "kinds"),
    [
        (visit(14), []),
        (visit(15), ["recorded_late"]),
        (visit(15, 0), ["recorded_late"]),
        (visit(15, 0, is_success=False), []),
        (visit(15, 100, is_success=False), ["recorded_late"]),
        (visit(15, role="manager"), ["recorded_late"]),
        (visit(15, role="integration"), ["recorded_late"]),
        (visit(15, role=None), []),
        (visit(0, 20_000), []),
        (visit(0, 20_001), ["recorded_much"]),
        (visit(15, 20_001), ["recorded_late", "recorded_much"]),
    ],
)
def test_visits_are_asked_about_when_recorded_late_or_for_much(recorded: Recorded, kinds: list[str]) -> None:
    """From the fifteenth day, from the first cent above $200.00, of the roles that the rules name."""
    assert [one.kind for one in deeds_alone(RULES, [recorded], [], ZONE)] == kinds


def test_a_day_s_sum_is_one_person_s() -> None:
    """Two people who record $150.00 each pass no bound of one; one person who records both does."""
    two = [visit(0, 15_000), visit(0, 15_000, by=BEN, no=2)]
    assert deeds_alone(RULES, two, [], ZONE) == ()
    (found,) = deeds_alone(RULES, [visit(0, 15_000), visit(0, 15_000, no=2)], [], ZONE)
    assert (found.kind, found.by, found.unit, found.amount) == ("recorded_much", ANNA, "usd", 30_000)


@pytest.mark.parametrize(("days", "kinds"), [(30, []), (31, ["enrolled_late"])])
def test_enrollments_are_asked_about_when_opened_late(days: int, kinds: list[str]) -> None:
    """From the thirty-first day after their first."""
    opened = Opened(UUID(int=99), ANNA, "front_desk", date(2026, 11, 29) - timedelta(days=days), NOW)
    assert [one.kind for one in deeds_alone(RULES, [], [opened], ZONE)] == kinds


@pytest.mark.parametrize(
    ("role", "kinds"), [("front_desk", ["welcomed_again"]), ("manager", ["welcomed_again"])]
)
def test_a_second_welcome_is_asked_about(role: str, kinds: list[str]) -> None:
    """It is paid for no behavior, whoever opens it."""
    welcome: dict[Unit, int] = {"usd": 500}
    opened = Opened(
        UUID(int=99), ANNA, role, date(2026, 11, 29), NOW, is_again=True, welcome=welcome, welcomes=welcome
    )
    assert [one.kind for one in deeds_alone(RULES, [], [opened], ZONE)] == kinds


@pytest.mark.parametrize(
    ("unit", "whole", "kinds"),
    [
        ("usd", 10_000, []),
        ("usd", 10_001, ["welcomed_much"]),
        ("points", 10_001, ["welcomed_much"]),
        ("draw", 100, []),
        ("draw", 101, ["welcomed_much"]),
    ],
)
def test_welcomes_of_a_day_are_asked_about_beyond_a_bound(unit: Unit, whole: int, kinds: list[str]) -> None:
    """The enrollment that goes over it, whoever it is for; none is without a welcome."""
    day = date(2026, 11, 29)
    opened = Opened(UUID(int=99), ANNA, "front_desk", day, NOW, welcome={unit: 10}, welcomes={unit: whole})
    found = deeds_alone(RULES, [], [opened], ZONE)
    assert [(one.kind, one.unit, one.amount) for one in found] == [(kind, unit, whole) for kind in kinds]
    assert deeds_alone(RULES, [], [replace(opened, welcome={})], ZONE) == ()


def test_bounds_that_are_none_ask_nothing() -> None:
    """Each of them by itself."""
    rules = SecondPersonRules(record_within_days=None, enroll_within_days=None, recorded_usd_max=None)
    opened = Opened(UUID(int=99), ANNA, "front_desk", date(2020, 1, 1), NOW)
    assert deeds_alone(rules, [visit(900, 99_999)], [opened], ZONE) == ()


PERSON = Hands(frozenset({ANNA}), frozenset({"anna@harbor.example"}), is_person=True)
OTHER = Hands(frozenset({BEN}), frozenset({"ben@harbor.example"}), is_person=True)
KEY_OF_PERSON = Hands(frozenset({WHO, ANNA}), PERSON.mailboxes, is_person=False)
KEY_OF_OTHER = Hands(frozenset({WHO, BEN}), OTHER.mailboxes, is_person=False)
KEY_OF_NOBODY = Hands(frozenset({WHO}), frozenset(), is_person=False)
OWN = "second_person_needed.own"


@pytest.mark.parametrize(
    ("did", "gives", "reason"),
    [
        (PERSON, PERSON, OWN),
        (KEY_OF_PERSON, PERSON, OWN),
        (PERSON, KEY_OF_PERSON, OWN),
        (PERSON, OTHER, None),
        (KEY_OF_PERSON, OTHER, None),
        (PERSON, KEY_OF_OTHER, "second_person_needed.key"),
        (KEY_OF_NOBODY, OTHER, "second_person_needed.unknown"),
        (PERSON, None, "second_person_needed.desk"),
    ],
)
def test_another_person_hands_out(did: Hands, gives: Hands | None, reason: str | None) -> None:
    """Neither whoever did it alone, by whichever key, nor a key, nor the participant."""
    refusal = another_hands_out([(did, refused(OWN))], gives)
    assert (refusal and refusal.reason) == reason
    assert another_hands_out([], gives) is None


@pytest.mark.parametrize(
    ("role", "unit", "amount", "given", "is_refused"),
    [
        ("front_desk", "usd", 25_000, 0, False),
        ("front_desk", "usd", 25_001, 0, True),
        ("front_desk", "usd", 1, 25_000, True),
        ("clinician", "points", 25_001, 0, True),
        ("front_desk", "draw", 99_999, 0, False),
        ("manager", "usd", 25_001, 0, True),
    ],
)
def test_one_person_hands_out_so_much_a_day(
    role: str, unit: Unit, amount: int, given: int, is_refused: bool
) -> None:
    """$250.00 to one participant, with what they gave before on that day."""
    actor = Actor(CLINIC, BEN, role)  # type: ignore[arg-type]  # the parameters are roles
    refusal = may_hand_out(RULES, actor, unit, amount, given)
    assert (refusal is not None) == is_refused
    assert refusal is None or refusal.reason == "second_person_needed.much"


def test_a_correction_of_what_was_handed_out_already_is_asked_about() -> None:
    """It stays out, and the visit could be recorded anew and paid again."""
    taken = replace(visit(0, 0, is_success=False), spent={"usd": 1_000})
    (found,) = deeds_alone(RULES, [taken], [], ZONE)
    assert (found.kind, found.unit, found.amount) == ("withdrew_spent", "usd", 1_000)


def test_whom_one_person_alone_knows_is_asked_about_beyond_a_day_s_bound_in_all() -> None:
    """A little each day comes to much; a program's word is another's, and the rules say whose counts."""
    days = [visit(0, 10_000), visit(1, 10_000, no=2), visit(2, -9_000, no=3)]
    assert of_one_known(RULES, days) == ()
    # The one recorded last is named.
    (found,) = of_one_known(RULES, [*days, visit(3, 1, no=4)])
    assert (found.kind, found.amount, found.id) == ("recorded_much", 20_001, UUID(int=104))
    assert of_one_known(RULES, [*days, visit(3, 1, role="integration", no=4)]) == ()
    assert of_one_known(replace(RULES, roles=("clinician",)), [*days, visit(3, 1, no=4)]) == ()


def test_two_persons_hand_out_more() -> None:
    """A manager hands out more where another person set it aside; nobody of another role does."""
    for role, is_refused in (("manager", False), ("front_desk", True)):
        actor = Actor(CLINIC, BEN, role)  # type: ignore[arg-type]  # these are roles
        assert (may_hand_out(RULES, actor, "usd", 99_999, 0, is_set_aside=True) is not None) == is_refused


LOOSE = SecondPersonRules(
    ("front_desk",), None, 99, 99_999, overturn_own=True, new_address_hours=None, set_at=NOW
)
STRICT = SecondPersonRules(("manager",), 3, 3, 1, set_at=NOW)


def test_what_somebody_set_themselves_loosens_nothing_for_them() -> None:
    """Of the settings since another person's the strictest holds in each point; others have the newest."""
    first = SecondPersonRules(set_at=NOW)
    assert rules_held([(LOOSE, True)]) == first, "a new clinic's rules are nobody's own"
    assert rules_held([(LOOSE, False), (STRICT, True)]) == LOOSE
    assert rules_held([(LOOSE, True)], settled_by=NOW) == LOOSE
    held = rules_held([(LOOSE, True), (STRICT, True), (LOOSE, False)])
    assert (held.record_within_days, held.enroll_within_days, held.recorded_usd_max) == (3, 3, 1)
    assert set(held.roles) == {"front_desk", "manager"}
    assert (held.overturn_own, held.new_address_hours) == (False, 48)


def test_every_bound_is_among_those_that_are_compared() -> None:
    """A bound that is added later is a bound for whoever set it, too."""
    said = {name for name in RULES.__struct_fields__ if name.endswith(("_max", "_days"))}
    assert said == set(BOUNDS)
