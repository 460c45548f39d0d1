"""Reward providers over HTTP: set up in Manage, ordered in the portal, and shown there and at the desk."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from schemas.providers import NewProviderAccount
from service.commands.provider import ask_accounts, tell
from service.commands.speech import CommandError, Exit
from service.flows.perform import Done, perform
from service.flows.providers.accounts import add_account
from service.flows.setup.clinics import operator
from service.store import provider_accounts
from tests.flows.conftest import Clock, Scene
from tests.flows.ordering import ACCESS, LOOPBACK, Ordering
from tests.provider_stand_in import TremendousStandIn
from tests.web.conftest import assert_problem
from tests.web.manage import Manage, manage, text_of
from tests.web.portal import Someone, sends, someone

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]

TANGO = {"provider": "tango", "platform": "P", "api_key": "secret-key", "customer": "C", "account": "A"}


@pytest.fixture
async def shop(server: Server, clinic: Clinic) -> AsyncIterator[Ordering]:
    """Give a clinic's account with a stand-in of Tremendous, which this test serves as a worker does."""
    there = await TremendousStandIn().start()
    made = Ordering(Scene(server.database, Clock(), UUID(clinic.id)), "tremendous", there)
    new = NewProviderAccount("Cards", ACCESS["tremendous"], "sandbox", there.url, warn_below=10_000)
    added = await perform(
        server.database, operator(UUID(clinic.id)), lambda act: add_account(act, new, LOOPBACK)
    )
    assert isinstance(added, Done)
    made.account = added.value.id
    try:
        await made.round()
        yield made
    finally:
        made.client.close()
        await there.stop()


async def card(clinic: Clinic, shop: Ordering, **more: Any) -> str:  # noqa: ANN401  fields
    """Allow the grocery store, and put a card of it on the shelf."""
    products = (await clinic.get(f"/v1/providers/{shop.account}/products")).json()["items"]
    grocery = next(one for one in products if one["reference"] == "GROCERY01")
    path = f"/v1/providers/{shop.account}/products/{grocery['id']}"
    assert (await clinic.post(path, {"allowed": True})).json()["allowed"] is True
    new = {"name": "Grocery card", "unit": "usd", "price": 1000, "kind": "provider", "category": "gift-cards"}
    made = await clinic.post("/v1/rewards", {**new, "product": grocery["id"], **more})
    assert made.status_code == 201, made.text
    assert made.json()["face"] == 1000
    reward: str = made.json()["id"]
    return reward


async def rich(server: Server, clinic: Clinic) -> Someone:
    """Give somebody who has earned twenty dollars, and opens their portal."""
    who = await someone(server, clinic)
    await who.comes()
    await who.comes()
    return who


async def test_an_account_is_added_without_ever_showing_its_keys(clinic: Clinic) -> None:
    """Neither the answer, the list nor the trail has them; an address inside is refused."""
    new = {"name": "Cards", "access": TANGO, "environment": "sandbox", "webhook_secret": "hush-hush"}
    made = await clinic.post("/v1/providers", new)
    assert made.status_code == 201, made.text
    assert made.json()["address"] == "https://integration-api.tangocard.com/raas/v2"
    path = f"/v1/providers/{made.json()['id']}"
    shown = made.text + (await clinic.get("/v1/providers")).text + (await clinic.get(path)).text
    shown += (await clinic.get("/v1/audit")).text
    assert "secret-key" not in shown
    assert "hush" not in shown
    inside = await clinic.post("/v1/providers", {**new, "address": "https://10.0.0.1/raas"})
    assert_problem(inside, 422, "url_not_allowed")
    changed = await clinic.client("manager").patch(
        path, json={"warn_below": 5}, headers={"if-match": made.headers["etag"]}
    )
    assert changed.json()["warn_below"] == 5
    stale = await clinic.client("manager").patch(
        path, json={"warn_below": 6}, headers={"if-match": made.headers["etag"]}
    )
    assert_problem(stale, 412, "precondition_failed")


async def test_a_reward_is_ordered_in_the_portal_and_its_link_shown_there_and_at_the_desk(
    server: Server, clinic: Clinic, shop: Ordering, manage: Manage
) -> None:
    """On its way at first; then a link to open, which stands in no list of the API."""
    who = await rich(server, clinic)
    reward = await card(clinic, shop)
    async with who.browser() as browser:
        choose = await browser.get(f"/portal/rewards/{reward}")
        assert "You get a link" in text_of(choose.text)
        got = await sends(browser, f"/portal/rewards/{reward}", f"/portal/rewards/{reward}", once=uuid4().hex)
        place = got.headers["location"]
        waiting = await browser.get(place)
        assert "It is on its way" in text_of(waiting.text)
        assert "Cancel and get $10.00 back" in text_of(waiting.text)
        home = text_of((await browser.get("/portal")).text)
        assert "On the way to you Grocery card On its way" in home
        await shop.round()
        redemption = place.rsplit("/", 1)[1]
        link = shop.there.orders[redemption].link
        shown = await browser.get(place)
        assert f'href="{link}"' in shown.text
        spanish = await browser.get(place, headers={"accept-language": "es"})
        assert link in spanish.text
        listed = await browser.get("/portal/redemptions")
        assert link not in listed.text
    desk = await (await manage.as_role("front_desk")).get(f"/desk/people/{who.id}/rewards")
    assert link in desk.text
    assert "/replace" not in desk.text
    one = (await clinic.get(f"/v1/redemptions/{redemption}", "front_desk")).json()
    assert (one["status"], one["link"]) == ("given", link)
    assert (await clinic.get(f"/v1/redemptions/{redemption}", "auditor")).json()["link"] is None
    assert link not in (await clinic.get("/v1/redemptions")).text
    statement = (await clinic.get(f"/v1/participants/{who.id}/statement")).json()["items"]
    assert statement[0]["sentence"] == "Grocery card handed over: $10.00."


async def test_what_fails_comes_back_and_says_so_kindly(
    server: Server, clinic: Clinic, shop: Ordering
) -> None:
    """In the portal and in the statement, with a cause of its own."""
    who = await rich(server, clinic)
    reward = await card(clinic, shop)
    asked = await clinic.post(
        "/v1/redemptions", {"participant": who.id, "reward": reward}, idempotency_key=uuid4().hex
    )
    assert asked.json()["status"] == "ordered"
    shop.there.rejects = True
    await shop.round()
    async with who.browser() as browser:
        page = text_of((await browser.get(f"/portal/redemptions/{asked.json()['id']}")).text)
        assert "It could not be delivered" in page
        assert "You have $10.00 back in your balance." in page
        for path in ("/portal", "/portal/history", "/portal/redemptions"):
            assert (await browser.get(path)).status_code == 200
    (last, *_) = (await clinic.get(f"/v1/participants/{who.id}/statement")).json()["items"]
    assert (last["cause"], last["sentence"]) == (
        "order_failed",
        "Grocery card could not be delivered. You have $10.00 back.",
    )


async def test_an_order_that_was_sent_is_called_back_from_the_page_of_hand_overs(
    server: Server, clinic: Clinic, shop: Ordering, manage: Manage
) -> None:
    """It says that the provider is asked, and in the end that it was paid back."""
    who = await rich(server, clinic)
    reward = await card(clinic, shop)
    asked = await clinic.post(
        "/v1/redemptions", {"participant": who.id, "reward": reward}, idempotency_key=uuid4().hex
    )
    redemption = asked.json()["id"]
    shop.there.state = "pending"
    await shop.round()
    page = await manage.get("/manage/redemptions?status=awaiting_provider")
    assert "Call it back" in text_of(page.text)
    sent = await manage.post(f"/manage/redemptions/{redemption}/cancel", {})
    assert sent.headers["location"].endswith("done=called_back")
    assert "asked to cancel it" in text_of((await manage.get(sent.headers["location"])).text)
    await shop.round()
    assert (await clinic.get(f"/v1/redemptions/{redemption}")).json()["status"] == "failed"


# long: one walk over the pages, in which each step needs the one before
async def test_the_pages_of_providers_do_everything_without_a_script(shop: Ordering, manage: Manage) -> None:
    """Add, see, allow, make a reward, change; what is forbidden has no button, nor has an auditor."""
    form = {
        "name": "Tango cards",
        **TANGO,
        "environment": "sandbox",
        "warn_below": "250",
        "once": str(uuid4()),
    }
    added = await manage.post("/manage/providers", form)
    assert added.status_code == 303, text_of(added.text)
    one = await manage.get(added.headers["location"])
    assert "Tango cards" in text_of(one.text)
    assert "secret-key" not in one.text
    assert "not asked yet" in text_of(one.text)
    wrong = await manage.post("/manage/providers", {**form, "api_key": "", "once": str(uuid4())})
    assert wrong.status_code == 422
    page = await manage.get(f"/manage/providers/{shop.account}")
    said = text_of(page.text)
    assert "never: alcohol" in said
    assert "never: cash" in said
    (allow,) = re.findall(r'action="(/manage/providers/[^"]+/products/[^"]+)"', page.text)
    assert (await manage.post(allow, {"allowed": "yes"})).status_code == 303
    product = allow.rsplit("/", 1)[1]
    offer = {
        "product": product,
        "name": "Grocery card",
        "category": "gift-cards",
        "price": "25",
        "unit": "usd",
    }
    made = await manage.post(f"/manage/providers/{shop.account}/rewards", {**offer, "once": str(uuid4())})
    assert made.headers["location"].startswith("/manage/shelf/"), text_of(made.text)
    assert "link of a provider" in text_of((await manage.get(made.headers["location"])).text)
    assert "link of a provider" in text_of((await manage.get("/manage/shelf")).text)
    beyond = await manage.post(
        f"/manage/providers/{shop.account}/rewards", {**offer, "price": "9000", "once": str(uuid4())}
    )
    assert "from $5.00 to $500.00" in text_of(beyond.text)
    async with shop.scene.database.transaction(shop.scene.clinic) as tx:
        await provider_accounts.note_balance(tx, shop.account, 9_999)
    assert "providers to look at" in text_of((await manage.get("/manage")).text)
    low = text_of((await manage.get(f"/manage/providers/{shop.account}")).text)
    assert "It holds less than you wanted" in low
    edit = {"revision": "1", "name": "Gift cards", "warn_below": "100", "active": "yes"}
    assert (await manage.post(f"/manage/providers/{shop.account}", edit)).status_code == 303
    stale = await manage.post(f"/manage/providers/{shop.account}", edit)
    assert "Someone changed this account" in text_of(stale.text)
    auditor = await (await manage.as_role("auditor")).get(f"/manage/providers/{shop.account}")
    assert auditor.status_code == 200
    assert "Make a reward" not in text_of(auditor.text)
    assert (await (await manage.as_role("clinician")).get("/manage/providers")).status_code == 403
    spanish = await (await manage.as_role("manager")).get(
        "/manage/providers", headers={"accept-language": "es"}
    )
    assert spanish.status_code == 200


async def test_a_check_says_why_an_account_does_not_answer(
    clinic: Clinic, shop: Ordering, manage: Manage
) -> None:
    """This server may not speak to this machine: the guard that holds for notices holds here."""
    checked = (await clinic.post(f"/v1/providers/{shop.account}/check", {})).json()
    assert (checked["ok"], checked["fault"]) == (False, "address")
    page = await manage.post(f"/manage/providers/{shop.account}/check", {})
    assert "may not be spoken to" in text_of(page.text)
    assert_problem(await clinic.post(f"/v1/providers/{uuid4()}/check", {}), 404, "not_found")


async def test_a_notice_without_its_signature_is_answered_like_an_unknown_account(
    clinic: Clinic, shop: Ordering
) -> None:
    """Nobody learns by it whether there is such an account."""
    notice = {"event": "ORDERS.CANCELED", "payload": {}}
    for account in (shop.account, uuid4()):
        answer = await clinic.post(f"/v1/provider-notices/{account}", notice)
        assert_problem(answer, 401, "unauthenticated")


async def test_the_command_asks_each_account_and_says_what_it_answers(
    server: Server, clinic: Clinic, shop: Ordering, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line an account; where one does not answer as it should, the exit code is that of refused items."""
    found = await ask_accounts(server.settings, UUID(clinic.id), None)
    assert tell(found, as_json=True) == Exit.REFUSED
    answer = {"account": str(shop.account), "name": "Cards", "ok": False, "fault": "address"}
    assert json.loads(capsys.readouterr().out) == answer | {"balance": None, "products": None}
    settings = replace(server.settings, webhook_allow_loopback=True)
    found = await ask_accounts(settings, UUID(clinic.id), shop.account)
    assert tell(found, as_json=False) == Exit.DONE
    assert "Cards (tremendous): holds $1,000.00, 3 products." in capsys.readouterr().out
    with pytest.raises(CommandError, match="no such account"):
        await ask_accounts(settings, UUID(clinic.id), uuid4())
    assert tell([], as_json=False) == Exit.DONE
    assert shop.there.orders == {}
