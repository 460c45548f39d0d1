"""Who is in care at the demo's clinic, in which program, since when, and how it went; all of it invented.

A person's visits are those that the program expects from the start day to yesterday. Each goes well, save
those that are named here by their number: from 1 for the first visit, from -1 for the last.
"""

from collections.abc import Mapping

from msgspec import Struct

from schemas.people import Language
from schemas.program import Cap, Hat, Ladder, OnFailure, Phase, Program, Recovery, Target, Visits


class Stay(Struct, frozen=True):
    """One enrollment: the program, how many days ago it began, and by target the visits that went otherwise.

    `closed_days_ago` is the day on which it was closed, with the reason; where another stay follows, it went
    on to that one. `ends_in_days` is the planned end.
    """

    program: str
    days_ago: int
    otherwise: Mapping[str, Mapping[int, str]] = {}
    closed_days_ago: int | None = None
    reason: str = ""
    funding: str | None = None
    ends_in_days: int | None = None


class Person(Struct, frozen=True):
    """One participant and their stays."""

    reference: str
    name: str
    stays: tuple[Stay, ...]
    language: Language = "en"


AT_A_CAP = Program(
    name="walk-in-groups",
    title="Walk-in groups (at most $100 in all)",
    unit="usd",
    weeks=12,
    targets=(
        Target(
            name="walk-in-group",
            behavior="attendance",
            visits=Visits(per_week=2),
            phases=(
                Phase(
                    weeks=(1, 12),
                    earn=Ladder(start=300, step=50, every=2, max=800),
                    on_failure=OnFailure(reset=True, recovery=Recovery(after=2, pays="next", to="due")),
                ),
            ),
        ),
    ),
    caps=(Cap(per="enrollment", amount=10_000),),
    source="Invented for the demo: the clinic has set aside $100 a person.",
)
"""A program with a low cap, so that somebody has reached it."""

EVENING_GROUP = Program(
    name="evening-group",
    title="Evening group (name in the hat)",
    unit="usd",
    weeks=12,
    targets=(
        Target(
            name="evening-group",
            behavior="attendance",
            visits=Visits(per_week=2),
            phases=(Phase(weeks=(1, 12), earn=Ladder(start=100, step=25, max=400)),),
            hat=Hat(),
        ),
    ),
    source="Invented for the demo: those who come have their names in the hat, and half of them are drawn.",
)
"""A group in which names are drawn."""

NOT_RECORDED = ""
"""Somebody was expected and nothing was recorded: the service records the visit as missed."""

COUNTY = "county-fund"
"""A funder that caps what it pays."""

CALIFORNIA = "california-recovery-incentives"
TEST = "stimulant-negative"

CAST: tuple[Person, ...] = (
    Person("MRN-1001", "Maya Torres", (Stay(CALIFORNIA, 58, funding=COUNTY),), "es"),
    # Just reset: the last visit was the first positive after many negatives.
    Person("MRN-1002", "Daniel Brooks", (Stay(CALIFORNIA, 37, {TEST: {-1: "positive"}}),)),
    # Recovering: one negative since the reset; one more, and the next is paid at the earlier step.
    Person("MRN-1003", "Aisha Rahman", (Stay(CALIFORNIA, 51, {TEST: {4: "excused", -2: "positive"}}),)),
    # At a cap: the visits still count, and earn nothing more.
    Person("MRN-1004", "Samuel Okafor", (Stay(AT_A_CAP.name, 78),)),
    Person(
        "MRN-1005",
        "Grace Lindholm",
        (Stay("higgins-1993-vouchers", 40, {"cocaine-negative": {10: "positive"}}),),
    ),
    Person(
        "MRN-1006", "Victor Petrov", (Stay("higgins-1991-vouchers", 30, {"cocaine-negative": {6: "missed"}}),)
    ),
    Person("MRN-1007", "Hannah Weiss", (Stay("silverman-1996-vouchers", 26),)),
    Person(
        "MRN-1008",
        "Andre Baptiste",
        (Stay("budney-2006-cannabis", 60, {"cannabis-negative": {5: "positive"}}),),
    ),
    Person(
        "MRN-1009",
        "Lucia Fernandez",
        (Stay("carroll-2002-naltrexone-low", 33, {"naltrexone-dose": {7: "missed"}}),),
        "es",
    ),
    # Draws waiting to be drawn.
    Person("MRN-1010", "Walter Nguyen", (Stay("veterans-prize-draws", 44, {TEST: {6: "positive"}}),)),
    Person("MRN-1011", "Irene Kowalski", (Stay("miedar-prize-draws", 34),)),
    Person(
        "MRN-1012",
        "Tomas Silva",
        (Stay("xpmi-attendance-draws", 54, {"session-attended": {4: "rescheduled"}}),),
        "es",
    ),
    Person(
        "MRN-1013",
        "Naomi Clark",
        (
            Stay(
                "iop-six-weeks",
                27,
                {
                    "group-therapy": {5: "absent", 9: "excused"},
                    "cbt-homework": {3: "partial"},
                    "mutual-help": {4: "not_verified"},
                },
            ),
        ),
    ),
    # Six weeks done, and now the step down.
    Person(
        "MRN-1014",
        "Peter Haddad",
        (
            Stay("iop-six-weeks", 70, {"group-therapy": {2: "late"}}, 28, "Completed the six weeks"),
            Stay("iop-step-down", 27),
        ),
    ),
    Person(
        "MRN-1015",
        "Elena Moreau",
        (Stay("matrix-16-weeks", 47, {"urine-test": {5: "positive"}, "relapse-prevention": {6: "absent"}}),),
    ),
    # Left early: closed, and all that was earned stays.
    Person(
        "MRN-1016",
        "Jonas Ekberg",
        (Stay(CALIFORNIA, 65, {TEST: {3: "missed"}}, 30, "Moved to another county"),),
    ),
    # New: among any four days one is a Monday or a Thursday, so there is a first visit.
    Person("MRN-1017", "Ruth Castellano", (Stay(CALIFORNIA, 4),), "es"),
    # Two weeks of missed visits; the last one lies on a day on which the clinic was closed.
    Person(
        "MRN-1018", "Owen Price", (Stay(CALIFORNIA, 37, {TEST: dict.fromkeys((3, 4, 7, 8), NOT_RECORDED)}),)
    ),
    # The group whose names are in the hat.
    Person("MRN-1019", "Carmen Ruiz", (Stay(EVENING_GROUP.name, 24, ends_in_days=60),), "es"),
    Person("MRN-1020", "Leon Fischer", (Stay(EVENING_GROUP.name, 24, {"evening-group": {5: "absent"}}),)),
    Person("MRN-1021", "Amara Diallo", (Stay(EVENING_GROUP.name, 10),)),
    # One in each of the other published schedules.
    Person("MRN-1022", "Oskar Lindqvist", (Stay("higgins-1994-vouchers", 16),)),
    Person(
        "MRN-1023", "Beatriz Campos", (Stay("workplace-vouchers", 13, {"workday": {4: "positive"}}),), "es"
    ),
    Person("MRN-1024", "Henry Adeyemi", (Stay("recovery-incentives-by-week", 25),)),
    Person("MRN-1025", "Katrin Vogel", (Stay("barnett-2017-alcohol-sensor", 9),)),
    Person("MRN-1026", "Luis Ortega", (Stay("romanowich-2015-escalating", 12),), "es"),
    Person("MRN-1027", "Sadie Monroe", (Stay("romanowich-2015-fixed", 12),)),
    Person("MRN-1028", "Yusuf Demir", (Stay("dougherty-2015-alcohol-sensor", 24),)),
    Person("MRN-1029", "Clara Jensen", (Stay("heil-2008-pregnancy", 23),)),
    Person("MRN-1030", "Emmanuel Osei", (Stay("hptn-065-viral-suppression", 99),)),
    Person("MRN-1031", "Greta Albers", (Stay("volpp-2009-smoking", 40),)),
    Person("MRN-1032", "Noah Feldman", (Stay("halpern-2015-individual", 30),)),
    Person("MRN-1033", "Rosa Villanueva", (Stay("ctn-0006-prize-draws", 17),), "es"),
    Person("MRN-1034", "Ines Navarro", (Stay("dallery-2007-breath-tests", 10),), "es"),
    Person("MRN-1035", "Calvin Brandt", (Stay("washington-montana-stimulants", 19),)),
    Person("MRN-1036", "Ida Holm", (Stay("delaware-stimulants", 23, {TEST: {5: "missed"}}),)),
    Person("MRN-1037", "Marco Bellini", (Stay("delaware-opioids", 36),)),
    Person("MRN-1038", "Paula Reyes", (Stay("petry-hat-bowl", 20),), "es"),
    Person("MRN-1039", "Sven Aaltonen", (Stay("iop-four-weeks", 12, {"group-therapy": {2: "late"}}),)),
    Person("MRN-1040", "Luna Castillo", (Stay("iop-adolescents", 15),), "es"),
    Person("MRN-1041", "Dana Whitfield", (Stay("drawn-test-days", 18),)),
)
"""Everybody, in the order in which they came."""
