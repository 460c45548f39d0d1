"""Euros, yen and dinars beside dollars in one clinic: over the API, in portal, desk and Manage."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from service.core.words.sentences import money
from tests import clock, tls
from tests.web.manage import Manage, manage, signed_in
from tests.web.portal import on_shelf, someone, text_of

if TYPE_CHECKING:
    from schemas.program import Unit
    from tests.web.conftest import Clinic, Server
    from tests.web.portal import Someone

__all__ = ["manage"]

AMOUNT = 1234
MONEY: tuple[Unit, ...] = ("usd", "eur", "jpy", "kwd")


def program(unit: str) -> dict[str, Any]:
    """A program that pays in a unit, and draws of a bowl in that unit."""
    phase = {"weeks": [1, 12], "earn": {"type": "flat", "amount": AMOUNT}}
    draws = {"weeks": [1, 12], "earn": {"type": "draws", "start": 1, "step": 0, "bowl": "own"}}
    return {
        "name": "steps" if unit == "usd" else f"in-{unit}",
        "title": f"Steps in {unit}",
        "unit": unit,
        "weeks": 12,
        "targets": [
            {"name": f"test-{unit}", "behavior": "test", "phases": [phase]},
            {"name": f"group-{unit}", "behavior": "attendance", "phases": [draws]},
        ],
        "bowls": [{"name": "own", "tiers": [{"name": "some", "slips": 1, "value": 250}]}],
        "caps": [{"per": "year", "amount": AMOUNT + 100}],
    }


async def everywhere(server: Server, clinic: Clinic) -> tuple[Someone, dict[str, str]]:
    """Enroll one person in a program of each currency, who succeeded once in each; gives their events too."""
    who = await someone(server, clinic, program=program("usd"))
    at, starts = clock.earlier_today(), (clock.now() - timedelta(days=3)).date().isoformat()
    for unit in MONEY[1:]:
        made = await clinic.post("/v1/programs", program(unit))
        assert made.status_code == 201, made.text
        new = {"participant": who.id, "program": f"in-{unit}", "starts_on": starts}
        assert (await clinic.post("/v1/enrollments", new)).status_code == 201
    events: dict[str, str] = {}
    for unit in MONEY:
        fact = {"participant": who.id, "target": f"test-{unit}", "outcome": "negative"}
        fact["occurred_at"] = at.isoformat()
        answer = await clinic.post("/v1/events", fact)
        assert answer.status_code == 201, answer.text
        assert answer.json()["total"] == [{"unit": unit, "amount": AMOUNT}]
        events[unit] = answer.json()["event"]["id"]
    return who, events


async def balances(clinic: Clinic, who: Someone) -> dict[str, int]:
    """Read what somebody can spend in each unit."""
    sheet = (await clinic.get(f"/v1/participants/{who.id}/balance")).json()
    return {one["unit"]: one["available"] for one in sheet["balances"]}


async def test_each_currency_goes_its_way_over_the_api(server: Server, clinic: Clinic) -> None:
    """Record, balance, redeem, draw within the program's cap, correct, and the statement of one unit."""
    who, events = await everywhere(server, clinic)
    assert await balances(clinic, who) == dict.fromkeys(MONEY, AMOUNT)
    yen = await on_shelf(clinic, "Ticket", unit="jpy", price=1000)
    redemption = {"participant": who.id, "reward": yen, "quantity": 1}
    bought = await clinic.post("/v1/redemptions", redemption, idempotency_key=str(uuid4()))
    assert (bought.status_code, bought.json()["unit"], bought.json()["amount"]) == (201, "jpy", 1000), (
        bought.text
    )
    again = await clinic.post("/v1/redemptions", redemption, idempotency_key=str(uuid4()))
    assert (again.status_code, again.json()["code"]) == (422, "insufficient_balance")
    assert "¥" in again.json()["detail"]
    fact = {
        "participant": who.id,
        "target": "group-eur",
        "outcome": "attended",
        "occurred_at": clock.earlier_today().isoformat(),
    }
    assert (await clinic.post("/v1/events", fact)).status_code == 201
    drawn = await clinic.post(f"/v1/participants/{who.id}/draws", {"count": 1}, idempotency_key=str(uuid4()))
    assert drawn.status_code == 201, drawn.text
    prize = drawn.json()["draws"][0]["prize"]
    assert (prize["unit"], prize["amount"], prize["clipped"]) == ("eur", 100, 150)
    undone = await clinic.post(
        f"/v1/events/{events['kwd']}/corrections", {"kind": "entry_error", "reason": "Another person's."}
    )
    assert undone.status_code == 201, undone.text
    assert await balances(clinic, who) == {
        "usd": AMOUNT, "draw": 0, "eur": AMOUNT + 100, "jpy": AMOUNT - 1000, "kwd": 0,
    }  # fmt: skip  # table: what is left in each unit
    page = (await clinic.get(f"/v1/participants/{who.id}/statement", unit="kwd")).json()
    assert [(one["unit"], one["amount"]) for one in page["items"]] == [("kwd", AMOUNT), ("kwd", AMOUNT)]


async def test_what_is_no_unit_is_refused_with_what_to_write(clinic: Clinic) -> None:
    """In a program and in a cap."""
    answer = await clinic.post("/v1/programs", program("eur") | {"unit": "EUR"})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], "did you mean `eur`" in error["detail"]) == ("$.unit", True)
    cap = {"per": "year", "unit": "euro", "amount": 1, "starts_on": "2026-01-01", "reason": "The funder's."}
    answer = await clinic.post("/v1/caps", cap)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], "such as eur" in error["detail"]) == ("$.unit", True)


async def test_pages_show_each_currency_by_itself(server: Server, clinic: Clinic, manage: Manage) -> None:
    """The portal and the desk each balance, Manage each sum, and files the digits of each."""
    who, _ = await everywhere(server, clinic)
    shown = [money(AMOUNT, unit, "en").replace("\u00a0", " ") for unit in MONEY]
    async with who.browser() as browser:
        portal = text_of((await browser.get("/portal")).text)
        statement = text_of((await browser.get("/portal/statement")).text)
    assert [one for one in shown if one not in portal] == []
    assert [one for one in shown if one not in statement] == []
    desk = httpx.AsyncClient(
        base_url=server.url,
        cookies={"cmr_session": await signed_in(server, clinic.id, "front_desk")},
        verify=tls.CONTEXT,
    )
    async with desk:
        page = text_of((await desk.get(f"/desk/people/{who.id}")).text)
    assert [one for one in shown if one not in page] == []
    report = text_of((await manage.get("/manage/reports")).text)
    assert [one for one in shown if one not in report] == []
    assert "Earned by week in Euro (EUR)" in report
    file = await manage.get("/manage/reports/paid.csv")
    rows = {row["unit"]: row["credited"] for row in csv.DictReader(io.StringIO(file.text.lstrip("\ufeff")))}
    assert rows == {"usd": "12.34", "eur": "12.34", "jpy": "1234", "kwd": "1.234"}
    for path in (
        "/manage",
        "/manage/reports/progress",
        "/manage/caps",
        "/manage/shelf",
        "/manage/programs/in-kwd",
    ):
        assert (await manage.get(path)).status_code == 200, path


async def test_manage_takes_amounts_in_the_digits_of_their_currency(clinic: Clinic, manage: Manage) -> None:
    """A cap of so many dinars with three digits, a reward in yen with none; what does not fit is told."""
    form = {
        "per": "year",
        "unit": "kwd",
        "amount": "1.250",
        "starts_on": "2026-01-01",
        "reason": "The funder's.",
    }
    answer = await manage.post("/manage/caps", form | {"once": uuid4().hex})
    assert answer.status_code == 303, text_of(answer.text)
    (cap,) = (await clinic.get("/v1/caps")).json()["items"]
    assert (cap["unit"], cap["amount"]) == ("kwd", 1250)
    reward = {
        "name": "Ticket",
        "unit": "jpy",
        "price": "800",
        "fair_value": "900",
        "kind": "item",
        "category": "fun",
    }
    assert (await manage.post("/manage/shelf", reward | {"once": uuid4().hex})).status_code == 303
    (item,) = (await clinic.get("/v1/rewards")).json()["items"]
    assert (item["unit"], item["price"], item["fair_value"]) == ("jpy", 800, 900)
    refused = await manage.post("/manage/shelf", reward | {"price": "8.50", "once": uuid4().hex})
    assert refused.status_code >= 400
    assert "¥900" in text_of((await manage.get("/manage/shelf")).text)
