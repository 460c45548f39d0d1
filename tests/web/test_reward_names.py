"""Rewards in both languages, with a drawing: at the API, on the shelf's pages, and for whoever gets one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from service.core.pictures import OF_CATEGORY, PICTURES
from tests.web.conftest import assert_problem
from tests.web.manage import manage
from tests.web.portal import on_shelf, sends, someone, text_of

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server
    from tests.web.manage import Manage

__all__ = ["manage"]
BOTH = {"en": "Coffee card", "es": "Tarjeta de café"}


async def read(clinic: Clinic, reward: str) -> dict[str, Any]:
    """Read a reward over the API."""
    found: dict[str, Any] = (await clinic.get(f"/v1/rewards/{reward}")).json()
    return found


async def test_a_name_is_taken_in_both_languages_or_once_for_both(clinic: Clinic) -> None:
    """The answer has the English one, and both beside it; a change to one text takes the other away."""
    warm = {"en": "Warm", "es": "Caliente"}
    reward = await on_shelf(clinic, "Coffee", names=BOTH, descriptions=warm, picture="coffee")
    found = await read(clinic, reward)
    assert (found["name"], found["names"], found["descriptions"]) == (
        "Coffee card",
        BOTH,
        {"en": "Warm", "es": "Caliente"},
    )
    assert (found["description"], found["picture"]) == ("Warm", "coffee")
    change = {"name": "Mug", "picture": None}
    path, etag = f"/v1/rewards/{reward}", {"if-match": "*"}
    changed = await clinic.client("manager").patch(path, json=change, headers=etag)
    assert changed.status_code == 200, changed.text
    found = await read(clinic, reward)
    assert (found["name"], found["names"], found["picture"]) == ("Mug", None, None)
    assert found["descriptions"] == {"en": "Warm", "es": "Caliente"}


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"names": {"en": "Mug"}}, "invalid", "$.names.es"),
        ({"names": {"en": "Mug", "es": ""}}, "invalid", "$.names.es"),
        ({"names": {"en": "Mug", "es": "Taza", "fr": "Tasse"}}, "invalid", "$.names.fr"),
        ({"names": {"en": "Mug", "es": "Una cerveza"}}, "category_not_allowed", "$.name"),
        ({"descriptions": {"en": "Nice", "es": "Con vino"}}, "category_not_allowed", "$.description"),
        ({"picture": "skull"}, "invalid", "$.picture"),
    ],
)
async def test_what_one_language_lacks_or_may_not_say_is_named(
    clinic: Clinic, change: dict[str, Any], code: str, pointer: str
) -> None:
    """The forbidden words are looked for in both."""
    new = {"name": "Mug", "unit": "usd", "price": 800, "kind": "item", "category": "food"} | change
    refused = await clinic.post("/v1/rewards", new)
    assert_problem(refused, 422, code)
    assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]


async def test_everybody_reads_it_in_the_language_of_their_page(server: Server, clinic: Clinic) -> None:
    """On the shelf, when it is asked for, in the history and on the statement."""
    who = await someone(server, clinic, language="es")
    await who.comes()
    reward = await on_shelf(clinic, names=BOTH)
    async with who.browser() as browser:
        page = await browser.get(f"/portal/rewards/{reward}")
        assert "¿Quieres pedir Tarjeta de café?" in text_of(page.text)
        once = re.search(r'name="once" value="([^"]+)"', page.text)
        assert once is not None
        await sends(browser, f"/portal/rewards/{reward}", f"/portal/rewards/{reward}", once=once[1])
        for path in ("/portal", "/portal/redemptions", "/portal/statement", "/portal/history"):
            said = text_of((await browser.get(path)).text)
            assert "Tarjeta de café" in said, path
            assert "Coffee card" not in said, path
        await sends(browser, "/portal", "/language", language="en")
        assert "Coffee card" in text_of((await browser.get("/portal/statement")).text)


async def test_the_shelf_says_which_rewards_lack_spanish_and_its_form_takes_it(manage: Manage) -> None:
    """Until somebody fills it in."""
    await on_shelf(manage.clinic)
    assert "No Spanish name" in (await manage.get("/manage/shelf")).text
    (reward,) = re.findall(r'href="/manage/shelf/([0-9a-f-]{36})"', (await manage.get("/manage/shelf")).text)
    form = {
        "name": "Coffee card",
        "name_es": "Tarjeta de café",
        "price": "8.00",
        "unit": "usd",
        "category": "food",
        "active": "yes",
        "revision": "1",
        "picture": "coffee",
    }
    done = await manage.post(f"/manage/shelf/{reward}", form)
    assert done.status_code == 303, done.text
    assert "No Spanish name" not in (await manage.get("/manage/shelf")).text
    found = await read(manage.clinic, reward)
    assert (found["names"], found["picture"]) == (BOTH, "coffee")


def test_every_category_s_drawing_is_one_of_ours() -> None:
    """Each is drawn, and each drawing has a name in words."""
    assert set(OF_CATEGORY.values()) <= set(PICTURES)
