"""Forms do something only when our own page in the same browser sends them; each of these is wrong once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests import clock
from tests.web.test_every_page_is_guarded import signed_in

if TYPE_CHECKING:
    from tests.web.conftest import Clinic, Server

PATH = "/manage/closures"


async def sent(server: Server, clinic: Clinic, word: str | None = None, **headers: str) -> int:
    """Send a form that closes the clinic for a day, with a right word unless another is given."""
    browser, right = await signed_in(server, clinic, "manager")
    day = (clock.today() + timedelta(days=10)).isoformat()
    form = {"first_day": day, "last_day": day, "reason": "New Year"}
    async with browser:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await browser.post(
            PATH, data={**form, "csrf": right if word is None else word}, headers=named
        )
    return answer.status_code


async def closures(clinic: Clinic) -> int:
    """Count the closures on record."""
    return len((await clinic.get("/v1/closures")).json()["items"])


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
    ids=str,
)
async def test_right_word_from_elsewhere_does_nothing(
    server: Server, clinic: Clinic, headers: dict[str, str]
) -> None:
    """Somebody else's page does not send it, even if it knew the word."""
    assert await sent(server, clinic, **headers) == 403
    assert await closures(clinic) == 0


@pytest.mark.parametrize("word", ["", "0" * 40, "é"])
async def test_wrong_word_from_here_does_nothing(server: Server, clinic: Clinic, word: str) -> None:
    """From the right origin."""
    assert await sent(server, clinic, word, origin=clinic.url) == 403
    assert await closures(clinic) == 0


@pytest.mark.parametrize("headers", [{}, {"sec_fetch_site": "same-origin"}])
async def test_right_word_from_here_is_heeded(
    server: Server, clinic: Clinic, headers: dict[str, str]
) -> None:
    """With the origin of our pages, or where a browser says only that it is ours."""
    named = headers or {"origin": clinic.url}
    assert await sent(server, clinic, **named) == 303
    assert await closures(clinic) == 1


async def test_every_page_says_where_its_forms_may_go_and_who_may_frame_it(clinic: Clinic) -> None:
    """To us, and nobody; over HTTPS cookies are for this host alone and no script reads them."""
    for path in ("/", "/sign-in/code", "/kiosk/start"):
        answer = await clinic.client().get(path, headers={"host": "rewards.example.org"})
        policy = answer.headers["content-security-policy"]
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-frame-options"] == "DENY"
        for cookie in answer.headers.get_list("set-cookie"):
            assert cookie.startswith("__Host-"), cookie
            assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; ")), cookie
    answer = await clinic.client().get("/v1/closures")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "form-action 'none'" in answer.headers["content-security-policy"]
