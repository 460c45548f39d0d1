"""Cards that staff load by hand, on pages: set up, asked for, loaded at the desk, shown, and paid back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.web.conftest import assert_problem
from tests.web.manage import Manage, manage, text_of
from tests.web.portal import sends, someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]


async def card(manage: Manage) -> tuple[str, str]:
    """Set up cards that staff load, and put one on the shelf; the account's page, and the reward."""
    form = {"name": "Our cards", "provider": "by_hand", "environment": "production", "once": str(uuid4())}
    added = await manage.post("/manage/providers", form)
    assert added.status_code == 303, text_of(added.text)
    page = added.headers["location"].partition("?")[0]
    said = text_of((await manage.get(page)).text)
    assert "Nobody is asked" in said
    assert "Ask it now" not in said
    wrong = {"name": "Liquor store", "least": "5", "most": "100", "once": str(uuid4())}
    refused = await manage.post(f"{page}/products", wrong)
    assert "never on the shelf" in text_of(refused.text)
    made = await manage.post(f"{page}/products", {**wrong, "name": "Grocery card", "once": str(uuid4())})
    assert made.headers["location"].endswith("done=card_added"), text_of(made.text)
    shown = await manage.get(page)
    (product,) = re.findall(r'<option value="([^"]+)" >Grocery card', shown.text)
    offer = {
        "product": product,
        "name": "Grocery card",
        "category": "gift-cards",
        "price": "10",
        "unit": "usd",
    }
    put = await manage.post(f"{page}/rewards", {**offer, "once": str(uuid4())})
    assert put.headers["location"].startswith("/manage/shelf/"), text_of(put.text)
    assert "in use" in text_of((await manage.get("/manage/providers")).text)
    return page, put.headers["location"].rsplit("/", 1)[1].partition("?")[0]


# long: one walk over the pages, in which each step needs the one before
async def test_a_card_is_asked_for_in_the_portal_loaded_at_the_desk_and_paid_back(
    server: Server, clinic: Clinic, manage: Manage
) -> None:
    """Everybody sees how it stands: who asked, who works at the desk, and over the API."""
    _, reward = await card(manage)
    who = await someone(server, clinic)
    await who.comes()
    await who.comes()
    async with who.browser() as browser:
        choose = text_of((await browser.get(f"/portal/rewards/{reward}")).text)
        assert "The clinic puts it on a card for you" in choose
        assert "link" not in choose
        got = await sends(browser, f"/portal/rewards/{reward}", f"/portal/rewards/{reward}", once=uuid4().hex)
        place = got.headers["location"]
        redemption = place.rsplit("/", 1)[1]
        waits = text_of((await browser.get(place)).text)
        assert "The clinic will put it on a card for you" in waits
        assert "Cancel and get $10.00 back" in waits
        work = text_of((await manage.get("/desk/work", "front_desk")).text)
        assert re.search(r"To hand over 1\b", work)
        desk = await manage.get("/desk/handover", "front_desk")
        assert "Cards to load" in text_of(desk.text)
        assert 'value="10.00"' in desk.text
        listed = (await clinic.get("/v1/cards-to-load", "front_desk")).json()["items"]
        assert [one["id"] for one in listed] == [redemption]
        path = f"/desk/handover/{redemption}/card"
        for form, says in (
            ({"status": "loaded", "card": "4111111111111111"}, "Never write down a whole card number"),
            ({"status": "loaded", "card": "4711", "amount": "10,000"}, "amount"),
            ({"status": "loaded", "card": "4711", "amount": "10.01"}, "At most $10.00"),
        ):
            wrong = await manage.post(path, form, "front_desk")
            assert wrong.status_code == 422
            assert says in text_of(wrong.text)
        done = await manage.post(path, {"status": "loaded", "card": "4711", "amount": "8"}, "front_desk")
        assert done.headers["location"] == "/desk/handover?done=done_loaded"
        assert "Loaded, and on record" in text_of((await manage.get(done.headers["location"])).text)
        shown = text_of((await browser.get(place)).text)
        assert "$8.00 was put on the card 4711." in shown
        assert "$2.00 of it came back" in shown
        spanish = await browser.get(place, headers={"accept-language": "es"})
        assert "4711" in spanish.text
    given = await manage.get(f"/desk/people/{who.id}/rewards", "front_desk")
    assert "Card: 4711" in text_of(given.text)
    assert "paid-back" not in given.text
    back = f"/desk/people/{who.id}/rewards/{redemption}/paid-back"
    assert "paid-back" in (await manage.get(f"/desk/people/{who.id}/rewards")).text
    refused = await manage.post(back, {"amount": "9", "once": str(uuid4())})
    assert "At most $8.00" in text_of(refused.text)
    told = await manage.post(back, {"amount": "8", "once": str(uuid4())})
    assert told.headers["location"].endswith("done=came_back"), text_of(told.text)
    one = (await clinic.get(f"/v1/redemptions/{redemption}", "front_desk")).json()
    assert (one["status"], one["refunded"], one["card"]) == ("reversed", 1000, None)


async def test_a_card_is_told_of_over_the_api(server: Server, clinic: Clinic, manage: Manage) -> None:
    """By who hands rewards over; once, and not by who reads alone."""
    _, reward = await card(manage)
    who = await someone(server, clinic)
    await who.comes()
    asked = await clinic.post(
        "/v1/redemptions", {"participant": who.id, "reward": reward}, idempotency_key=uuid4().hex
    )
    path = f"/v1/redemptions/{asked.json()['id']}/card"
    told = {"status": "loaded", "card": "CARD-17"}
    assert_problem(await clinic.post(path, told, role="auditor"), 403, "forbidden")
    assert_problem(await clinic.post(path, {"status": "loaded"}, role="front_desk"), 422, "invalid")
    done = await clinic.post(path, told, role="front_desk")
    assert (done.status_code, done.json()["status"], done.json()["card"]) == (200, "given", "CARD-17")
    assert_problem(await clinic.post(path, told, role="front_desk"), 409, "already_settled")
    assert_problem(await clinic.post(path, {"status": "refunded"}, role="front_desk"), 403, "forbidden")
    assert_problem(await clinic.post(f"/v1/redemptions/{uuid4()}/card", told), 404, "not_found")
    balance = (await clinic.get(f"/v1/participants/{who.id}/balance")).json()["balances"][0]
    assert (balance["available"], balance["held"], balance["given"]) == (0, 0, 1000)
