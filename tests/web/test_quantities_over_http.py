"""Hours on an event, over the API and at the desk: paid, shown, compared, corrected and read again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import clock
from tests.web.desk import csrf_of, tap, today
from tests.web.test_desk_recording import seat

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

PROGRAM: dict[str, Any] = {
    "name": "work",
    "title": "Work by the hour",
    "unit": "usd",
    "weeks": 12,
    "targets": [
        {
            "name": "work",
            "behavior": "activity",
            "visits": {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
            "phases": [
                {"weeks": [1, 12], "earn": {"type": "rate", "amount": 800, "per": "hour", "max": 4000}}
            ],
        },
        {
            "name": "group",
            "behavior": "attendance",
            "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 100}}],
        },
    ],
}
DAY = timedelta(days=1)
NOW = clock.now().replace(microsecond=0)


async def enrolled(clinic: Clinic) -> dict[str, Any]:
    """Enroll somebody three days ago."""
    made = await clinic.post("/v1/programs", PROGRAM)
    assert made.status_code == 201, made.text
    person = (await clinic.post("/v1/participants", {"reference": "MRN-1", "name": "Maria Lopez"})).json()
    new = {"participant": person["id"], "program": "work", "starts_on": (today() - 3 * DAY).isoformat()}
    opened = await clinic.post("/v1/enrollments", new)
    assert opened.status_code == 201, opened.text
    return {**person, "enrollment": opened.json()["id"]}


def event(who: dict[str, Any], days: int = 2, **also: Any) -> dict[str, Any]:  # noqa: ANN401  fields
    """Make a day of work some days ago."""
    at = (NOW - days * DAY).isoformat()
    said = {"enrollment": who["enrollment"], "target": "work", "outcome": "verified", "occurred_at": at}
    return {**said, **also}


async def test_hours_are_paid_shown_and_part_of_what_an_event_is(clinic: Clinic) -> None:
    """A repeat is the same event; other hours at that moment or under that reference are a conflict."""
    who = await enrolled(clinic)
    done = await clinic.post("/v1/events", event(who, quantity=3.25, reference="w-1"))
    assert done.status_code == 201, done.text
    receipt = done.json()
    assert (receipt["total"], receipt["event"]["quantity"]) == ([{"unit": "usd", "amount": 2600}], 3.25)
    assert [one["text"] for one in receipt["awards"][0]["reasons"]] == [
        "3.25 hours: $26.00.",
        "Activity: $8.00 per hour.",
    ]
    again = await clinic.post("/v1/events", event(who, quantity=3.25))
    assert (again.status_code, again.text) == (200, done.text)
    for code, also in (
        ("already_recorded", {"quantity": 4}),
        ("already_recorded", {}),
        ("reference_conflict", {"quantity": 4, "reference": "w-1"}),
        ("reference_conflict", {"reference": "w-1"}),
    ):
        refused = await clinic.post("/v1/events", event(who, **also))
        assert (refused.status_code, refused.json()["code"]) == (409, code)
        assert refused.json()["event"]["quantity"] == 3.25
        assert code == "reference_conflict" or "verified (3.25) is on record" in refused.json()["detail"]
    read = (await clinic.get(f"/v1/events/{receipt['event']['id']}")).json()
    listed = (await clinic.get("/v1/events", enrollment=who["enrollment"])).json()["items"]
    assert [read["event"]["quantity"], *(one["quantity"] for one in listed)] == [3.25, 3.25]


async def test_without_hours_it_is_one_and_one_may_be_said(clinic: Clinic) -> None:
    """The two are one event; nothing else is shown where nothing was said."""
    who = await enrolled(clinic)
    first = await clinic.post("/v1/events", event(who, reference="w-1"))
    assert (first.status_code, first.json()["total"][0]["amount"]) == (201, 800)
    assert "quantity" not in first.json()["event"]
    again = await clinic.post("/v1/events", event(who, quantity=1, reference="w-1"))
    assert (again.status_code, again.text) == (200, first.text)
    more = await clinic.post("/v1/events", event(who, quantity=2))
    assert more.status_code == 409
    assert "verified (1) is on record" in more.json()["detail"]


async def test_other_hours_are_corrected_by_a_corrected_report(clinic: Clinic) -> None:
    """The first is withdrawn and taken back, the second recorded: $26.00 becomes $16.00."""
    who = await enrolled(clinic)
    await clinic.post("/v1/events", event(who, quantity=3.25, reference="w-1"))
    done = await clinic.post("/v1/events", event(who, quantity=2, reference="w-1", corrects=True))
    assert done.status_code == 201, done.text
    assert (done.json()["event"]["quantity"], done.json()["balances"][0]["available"]) == (2.0, 1600)
    listed = (await clinic.get("/v1/events", enrollment=who["enrollment"])).json()["items"]
    assert [(one["quantity"], one.get("withdrawn")) for one in listed] == [(2.0, None), (3.25, True)]


async def test_a_late_day_folds_all_hours_again(clinic: Clinic) -> None:
    """What was paid stays as it was: each event keeps its hours when the facts are read again."""
    who = await enrolled(clinic)
    await clinic.post("/v1/events", event(who, 1, quantity=5.5))
    late = (await clinic.post("/v1/events", event(who, 2, quantity=0.25))).json()
    assert (late["total"], late["adjustments"]) == ([{"unit": "usd", "amount": 200}], [])
    assert late["balances"][0]["available"] == 4200


async def test_a_quantity_that_cannot_be_is_refused_with_the_remedy(clinic: Clinic) -> None:
    """Finer than hundredths, none at all, and where nothing is counted."""
    who = await enrolled(clinic)
    for also, reason in (
        (
            {"quantity": 1.001},
            "quantity has more than two decimals; round it as the clinic does, such as 3.25.",
        ),
        (
            {"quantity": 2, "target": "group", "outcome": "attended"},
            "Target `group` counts no quantity; leave",
        ),
        ({"quantity": 0}, ">= 0.01"),
        ({"quantity": -1}, ">= 0.01"),
        ({"quantity": 1_000_001}, "<= 1000000.0"),
    ):
        refused = await clinic.post("/v1/events", event(who, **also))
        assert refused.status_code == 422
        assert reason.replace(",", "") in refused.text.replace(",", ""), refused.text


async def test_the_desk_asks_how_much_and_shows_it(server: Server, clinic: Clinic) -> None:
    """In the panel alone: the list, which asks nothing, does not offer it."""
    who = await enrolled(clinic)
    async with await seat(server, clinic) as desk:
        page = await desk.get(f"/desk?person={who['id']}")
        assert "Hours <small" in page.text
        assert "earns $8.00 per hour" in page.text
        assert "work activity" not in page.text
        data = tap(csrf_of(page), who["enrollment"], "verified", target="work", quantity="2.5")
        answer = await desk.post(f"/desk/people/{who['id']}/record", data=data)
        assert answer.status_code == 303
        after = await desk.get(f"/desk?person={who['id']}")
        assert "$20.00" in after.text
        data = tap(csrf_of(after), who["enrollment"], "verified", target="work", quantity="3")
        asked = await desk.post(f"/desk/people/{who['id']}/record", data=data)
        assert asked.status_code == 409
        assert '<input type="hidden" name="quantity" value="3.0">' in asked.text
        times = "\N{MULTIPLICATION SIGN}"
        assert f"recorded Verified {times} 2.5 on" in asked.text
        assert f"Is Verified {times} 3 another visit" in asked.text
        kept = tap(csrf_of(asked), who["enrollment"], "verified", target="work", quantity="3")
        kept_asked = await desk.post(f"/desk/people/{who['id']}/undecided", data=kept)
        assert f"recorded Verified {times} 2.5 on" in kept_asked.text
    async with await seat(server, clinic, "clinician") as clinician:
        whole = await clinician.get(f"/desk/people/{who['id']}")
        assert "\N{MULTIPLICATION SIGN} 2.5" in whole.text
