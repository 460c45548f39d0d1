"""The portal over HTTP: what it shows, what can be done there, and whose it is."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from service.web.pages.framework import static
from tests import clock
from tests.web.manage import Manage, manage
from tests.web.portal import on_shelf, sends, someone, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]

WEIGHT_MAX = 60_000


async def test_the_first_page_says_what_there_is_and_what_comes_next(server: Server, clinic: Clinic) -> None:
    """The balance, today's gain, and the next amount as the API says it."""
    who = await someone(server, clinic)
    await who.comes()
    second = await who.comes()
    async with who.browser() as browser:
        page = await browser.get("/portal")
    said = text_of(page.text)
    assert "$20.00" in said
    assert "+$20.00 today" in said
    assert second["outlook"][0]["next"] == [{"unit": "usd", "amount": 1150}]
    assert "Your next negative test is worth $11.50" in said
    assert "2 in a row. After every 2 in a row, the amount goes up by $1.50." in said
    assert "<title>Rewards</title>" in page.text


async def test_after_a_miss_the_portal_shows_the_balance_and_the_recovery(
    server: Server, clinic: Clinic
) -> None:
    """The steps are those that the rules then pay."""
    who = await someone(server, clinic)
    for _ in range(2):
        await who.comes()
    await who.comes("positive")
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal")).text)
        assert "Thanks for coming in. No reward for today's visit. Your next negative test is worth" in said
        assert "2 in a row and you are back at $11.50" in said
        steps = re.search(r"back at \$11\.50(.*?)Your steps", said)
        assert steps
        assert re.findall(r"\$[\d.]+", steps[1]) == ["$10.00", "$10.00", "$11.50"]
        paid = [(await who.comes())["total"][0]["amount"] for _ in range(3)]
    assert paid == [1000, 1000, 1150]


async def test_a_closed_enrollment_says_once_that_all_of_it_stays(server: Server, clinic: Clinic) -> None:
    """Not once a target, and nothing of it is promised any more."""
    who = await someone(server, clinic)
    noon = (clock.now() - timedelta(days=2)).replace(hour=17)
    await who.comes(occurred_at=noon.isoformat())
    one = (await clinic.get("/v1/enrollments", participant=who.id)).json()["items"][0]["id"]
    body = {"reason": "Moved away", "on": noon.date().isoformat()}
    closed = await clinic.post(f"/v1/enrollments/{one}/close", body)
    assert closed.status_code == 200, closed.text
    async with who.browser() as browser:
        said = text_of((await browser.get("/portal")).text)
    assert said.count("You are no longer in this program.") == 1
    assert "$10.00" in said
    assert "is worth" not in said


async def test_amounts_are_hidden_on_the_server(server: Server, clinic: Clinic) -> None:
    """Wherever they stand: balance, ladder, table, sentences, shelf; and shown again on request."""
    who = await someone(server, clinic)
    await who.comes()
    await who.comes("positive")
    await who.comes("attended", "attendance")
    await on_shelf(clinic)
    async with who.browser() as browser:
        assert "$10.00" in (await browser.get("/portal")).text
        hidden = await sends(browser, "/portal", "/portal/amounts", hide="1")
        assert hidden.status_code == 303
        for path in ("/portal", "/portal/history", "/portal/now"):
            page = (await browser.get(path)).text
            assert "•••" in page
            assert not re.search(r"\$\d|\d draws?\b", text_of(page)), path
        await sends(browser, "/portal", "/portal/amounts", hide="0")
        assert "$10.00" in (await browser.get("/portal")).text


async def test_a_draw_shows_its_slips_and_a_form_sent_twice_draws_once(
    server: Server, clinic: Clinic
) -> None:
    """Two draws, two dollars; the same form again leads to the same slips."""
    who = await someone(server, clinic)
    await who.comes("attended", "attendance")
    async with who.browser() as browser:
        page = (await browser.get("/portal")).text
        asked = dict(re.findall(r'name="(enrollment|bowl|once)" value="([^"]+)"', page))
        first = await sends(browser, "/portal", "/portal/draws", count="2", **asked)
        again = await sends(browser, "/portal", "/portal/draws", count="2", **asked)
        assert first.status_code == 303, first.text
        assert first.headers["location"] == again.headers["location"]
        said = text_of((await browser.get(first.headers["location"])).text)
        assert (said.count("Small prize"), "+$2.00" in said) == (2, True)
        more = await sends(browser, "/portal", "/portal/draws", count="2", once="other")
        assert "Nothing was taken" in more.text
    assert (await clinic.get(f"/v1/participants/{who.id}/draws")).json()["items"][0]["count"] == 2


async def test_a_reward_is_asked_for_once_and_can_be_thought_better_of(
    server: Server, clinic: Clinic
) -> None:
    """What is left is said first; the price is set aside, and comes back."""
    who = await someone(server, clinic)
    await who.comes()
    reward = await on_shelf(clinic)
    async with who.browser() as browser:
        asked = (await browser.get(f"/portal/rewards/{reward}")).text
        assert "$2.00" in asked
        once = re.search(r'name="once" value="([^"]+)"', asked)
        assert once
        path = f"/portal/rewards/{reward}"
        got = await sends(browser, path, path, once=once[1])
        again = await sends(browser, path, path, once=once[1])
        assert got.headers["location"] == again.headers["location"]
        where = got.headers["location"]
        assert "Ask for it at the desk" in (await browser.get(where)).text
        assert "$2.00" in (await browser.get("/portal")).text
        refused = await sends(browser, "/portal", path, once="another")
        assert (refused.status_code, "Nothing was taken" in refused.text) == (409, True)
        await sends(browser, where, f"{where}/cancel")
        assert "Canceled" in (await browser.get(where)).text
        assert "$10.00" in (await browser.get("/portal")).text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("Up to $20.00 can be given this year, and $10.00 of it is left.", "Nothing was taken", "desk"),
        ),
        ("es", ("Este año se puede dar hasta $20.00 y quedan $10.00.", "No se descontó nada", "recepción")),
    ],
)
async def test_a_cap_that_is_reached_is_said_kindly(
    server: Server, clinic: Clinic, language: str, words: tuple[str, ...]
) -> None:
    """What is left and until when, that nothing was taken, and whom to ask; the balance is as it was."""
    who = await someone(server, clinic, language=language)
    await who.comes()
    cap = {"per": "year", "unit": "usd", "amount": 2000, "starts_on": "2026-01-01", "reason": "The county."}
    await clinic.post("/v1/caps", cap)
    reward = await on_shelf(clinic, fair_value=5000)
    async with who.browser() as browser:
        path = f"/portal/rewards/{reward}"
        refused = await sends(browser, path, path, once="one")
        assert refused.status_code == 409
        said = text_of(refused.text)
        assert all(word in said for word in words), said
        assert "$10.00" in text_of((await browser.get("/portal")).text)


async def test_a_code_is_its_owner_s_and_nobody_else_s(server: Server, clinic: Clinic) -> None:
    """It is shown again as often as they like; another person's session finds nothing there."""
    who, other = await someone(server, clinic), await someone(server, clinic, "P-2")
    await who.comes()
    await who.comes("attended", "attendance")
    reward = await on_shelf(clinic, "Gift code", kind="code")
    await clinic.post(f"/v1/rewards/{reward}/codes", {"codes": ["SECRET-1"]})
    async with who.browser() as mine, other.browser() as theirs:
        path = f"/portal/rewards/{reward}"
        got = await sends(mine, path, path, once="one")
        where = got.headers["location"]
        assert "SECRET-1" in (await mine.get(where)).text
        assert "Gift code" in (await mine.get("/portal/redemptions")).text
        drawn = await sends(mine, "/portal", "/portal/draws", count="1", once="x")
        for address in (where, drawn.headers["location"]):
            assert (await mine.get(address)).status_code == 200
            answer = await theirs.get(address)
            assert (answer.status_code, "SECRET" in answer.text) == (404, False)
        assert (await sends(theirs, "/portal", f"{where}/cancel")).status_code == 404
        assert "Gift code" not in (await theirs.get("/portal/redemptions")).text
        gone = await sends(mine, "/portal", path, once="two")
        assert "That one ran out" in gone.text


async def test_signing_out_ends_the_portal_session(server: Server, clinic: Clinic) -> None:
    """Without a session it leads to the front door; after leaving, the old cookie opens nothing."""
    who = await someone(server, clinic)
    async with httpx.AsyncClient(base_url=server.url) as anyone:
        for path in ("/portal", "/portal/now", "/portal/stream", "/portal/history", "/portal/redemptions"):
            assert (await anyone.get(path)).status_code == 303
    async with who.browser() as browser:
        left = await sends(browser, "/portal", "/portal/leave")
        assert left.headers["location"] == "/portal/left"
        page = (await browser.get("/portal/left")).text
        assert "<title>All closed</title>" in page
        assert "Rewards" not in text_of(page)
    async with who.browser() as old:
        assert (await old.get("/portal")).status_code == 303


async def test_a_pin_is_offered_until_they_say_not_now(server: Server, clinic: Clinic) -> None:
    """On their own device alone, and only to whoever has none."""
    who = await someone(server, clinic)
    async with who.browser() as browser:
        assert "Sign in next time without a card" in (await browser.get("/portal")).text
        await sends(browser, "/portal", "/portal/later")
        assert "Sign in next time without a card" not in (await browser.get("/portal")).text
    async with who.browser() as browser:
        await sends(browser, "/portal/key", "/portal/key", pin="739154", again="739154")
        assert "Sign in next time without a card" not in (await browser.get("/portal")).text
    kiosk = await someone(server, clinic, "P-9", kind="kiosk")
    async with kiosk.browser() as browser:
        assert "Sign in next time without a card" not in (await browser.get("/portal")).text


async def test_the_tablet_s_session_goes_back_to_the_tablet(server: Server, clinic: Clinic) -> None:
    """It says Done, offers no other place, and forgets what was chosen."""
    who = await someone(server, clinic, kind="kiosk")
    async with who.browser() as browser:
        page = (await browser.get("/portal")).text
        assert 'class="portal kiosk"' in page
        assert "/portal/key" not in page
        done = await sends(browser, "/portal", "/portal/leave")
        assert done.headers["location"] == "/kiosk"
        forgotten = ", ".join(done.headers.get_list("set-cookie"))
        assert all(name in forgotten for name in ("cmr_session", "cmr_language", "cmr_hidden"))


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_first_page_is_light(server: Server, clinic: Clinic, language: str) -> None:
    """With the stylesheet, the scripts and the picture, packed as they are sent."""
    who = await someone(server, clinic, language=language)
    for _ in range(6):
        await who.comes()
    for number in range(12):
        await on_shelf(clinic, f"Reward {number}", price=500 + 400 * number)
    async with who.browser() as browser:
        page = await browser.get("/portal")
        assert ("Tu saldo" in page.text) == (language == "es")
        names = ["app.css", "app.js", "portal.js", "offline.js", "icon.svg", "icon-192.png"]
        parts = [static.address(name) for name in names]
        weight = len(page.content)
        for address in parts:
            assert address in page.text
            plain = (await browser.get(address)).content
            weight += min(len(plain), len(gzip.compress(plain, 9)))
        for path in ("/service-worker.js", "/offline", "/app.webmanifest?language=en"):
            found = await browser.get(path)
            assert found.status_code == 200
            weight += int(found.headers["content-length"])
    assert weight < WEIGHT_MAX


async def test_after_a_visit_without_a_reward_the_team_s_number_is_there(
    server: Server, clinic: Clinic, manage: Manage
) -> None:
    """A manager sets it; after a visit that earned it stands beside the next visits, without one nowhere."""
    who = await someone(server, clinic)
    await who.comes("positive")
    async with who.browser() as browser:
        assert "tel:" not in (await browser.get("/portal")).text
        wrong = await manage.post("/manage/phone", {"phone": "call us"})
        assert (wrong.status_code, 'id="phone-fault"' in wrong.text) == (422, True)
        assert (await manage.post("/manage/phone", {"phone": "(619) 555-0100"})).status_code == 303
        assert 'href="tel:619555-0100"' in (await browser.get("/portal")).text
        assert "Want to talk?" in (await browser.get("/portal")).text
        await who.comes("negative")
        page = (await browser.get("/portal")).text
        assert ("Want to talk?" in page, page.count("tel:")) == (False, 1)
        await manage.post("/manage/phone", {"phone": ""})
        await who.comes("positive")
        assert "tel:" not in (await browser.get("/portal")).text
