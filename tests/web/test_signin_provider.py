"""Signing in by an identity provider on this machine: there and back, and what is not let through."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock  # type: ignore[import-untyped]
import pytest

from service.settings import read
from tests import clock, tls
from tests.web.conftest import (
    Clinic,
    Server,
    answering,
    environment_of,
    free_port,
    make_clinic,
    open_database,
    start_server,
)
from tests.web.test_signin_staff import PASSWORD, hired, sign_in

if TYPE_CHECKING:
    from schemas.staff import StaffRole
    from service.embedded import Stores


class Given(NamedTuple):
    """A server, the clinic whose staff the provider knows, and this test's people.

    These have their addresses at `domain`; on the staff were those of `before`, by their ids.
    """

    server: Server
    clinic: Clinic
    domain: str
    before: frozenset[str]

    def sub(self, name: str) -> str:
        """Give what the provider calls somebody."""
        return f"{name}@{self.domain}"


def people(domain: str) -> dict[str, dict[str, object]]:
    """Everybody whom the provider knows at a domain, and what it says of them."""
    return {
        "nurse": {
            "email": f"nurse@{domain}",
            "email_verified": True,
            "name": "Ana Ruiz",
            "groups": ["all", "nurses"],
        },
        "lead": {"email": f"lead@{domain}", "groups": ["leads"], "amr": ["pwd", "otp"]},
        "chief": {"email": f"chief@{domain}", "groups": ["leads"], "amr": ["pwd"]},
        "stranger": {"email": f"stranger@{domain}", "groups": ["cooks"]},
        "nameless": {"groups": ["nurses"]},
        # Known to the provider from long ago, from now, and from nobody says when.
        "old": {"email": f"old@{domain}", "groups": ["leads"], "amr": ["otp"], "auth_time": 1_000_000_000},
        "new": {
            "email": f"new@{domain}",
            "groups": ["leads"],
            "amr": ["otp"],
            "auth_time": int((clock.now() + timedelta(minutes=5)).timestamp()),
        },
        "unsaid": {"email": f"unsaid@{domain}", "groups": ["leads"], "amr": ["otp"], "auth_time": None},
    }


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Run a provider, and give its issuer."""
    with oidc_provider_mock.run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(scope="module")
async def started(
    stores: Stores, served_database: str, provider: str
) -> AsyncIterator[tuple[Server, Clinic]]:
    """Serve a clinic whose staff the provider knows."""
    environment = environment_of(stores, served_database)
    settings = read(environment)
    opened = await open_database(settings)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    clinic = await make_clinic(opened, url)
    told = {
        "OIDC_ISSUER": provider,
        "OIDC_CLIENT_ID": "us",
        "OIDC_CLIENT_SECRET": "ours",
        "OIDC_CLINIC": clinic.id,
        "OIDC_ROLE_CLAIM": "groups",
        "OIDC_ROLES": "leads=manager,nurses=front_desk",
        # As where nothing is said.
        "SECOND_FACTOR_ROLES": "manager,auditor",
    }
    process = start_server({**environment, **told}, port)
    try:
        await answering(url, process)
        yield Server(url, settings, opened), clinic
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 20)
        await clinic.close()
        await opened.close()


@pytest.fixture
async def service(started: tuple[Server, Clinic], provider: str) -> Given:
    """Let the provider know people whom no other test has."""
    domain = f"{secrets.token_hex(4)}.example"
    async with httpx.AsyncClient(base_url=provider, verify=tls.CONTEXT) as there:
        for name, claims in people(domain).items():
            assert (await there.put(f"/users/{name}@{domain}", json=claims)).is_success
    before = frozenset(one["id"] for one in await everybody(started[1]))
    return Given(*started, domain, before)


async def gone(browser: httpx.AsyncClient, sub: str, to: str = "", again: str = "") -> str:
    """Go to the provider, say who one is there, and give the address that it leads back to."""
    params = {"to": to, "again": again}
    left = await browser.get(
        "/sign-in/provider", params={name: value for name, value in params.items() if value}
    )
    assert left.status_code == 303
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    async with httpx.AsyncClient(verify=tls.CONTEXT) as there:
        answer = await there.post(left.headers["location"], data={"sub": sub})
    return str(answer.headers["location"])


async def test_a_provider_sign_in_gets_the_claimed_role(
    service: Given,
) -> None:
    """The account is made at the first sign-in, found at the second, and one without a role is not let in."""
    server, domain = service.server, service.domain
    for sub, to, came in (
        ("nurse", "/account", "/account"),
        ("nurse", "", "/desk"),
        ("lead", "//evil.example", "/desk"),
    ):
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
            assert "/sign-in/provider" in (await browser.get("/")).text
            back = await browser.get(await gone(browser, service.sub(sub), to))
            assert (back.status_code, back.headers["location"]) == (303, came)
            assert (await browser.get("/account")).status_code == 200
    staff = await of_provider(service)
    assert [(one["email"], one["role"]) for one in staff] == [
        (f"lead@{domain}", "manager"),
        (f"nurse@{domain}", "front_desk"),
    ]
    for sub, words in (("stranger", "no role here yet"), ("nameless", "has no email")):
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
            back = await browser.get(await gone(browser, service.sub(sub)))
            assert back.status_code == 403
            assert words in back.text
            assert "cmr_session" not in browser.cookies


@pytest.mark.parametrize("sub", ["old", "new", "unsaid"])
async def test_a_login_that_the_provider_remembers_is_no_fresh_proof(service: Given, sub: str) -> None:
    """It opens a session, which is asked again before it makes a key; only who was asked there passes."""
    server = service.server
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        back = await browser.get(await gone(browser, service.sub(sub)))
        assert (back.status_code, back.headers["location"]) == (303, "/desk")
        made = await browser.post("/manage/keys", data=await fields_of(browser, "/manage/staff"))
        assert (made.status_code, "Is it you?" in made.text) == (
            (200, False) if sub == "new" else (403, True)
        )
        back = await browser.get(await gone(browser, service.sub(sub), "/manage/staff", again="yes"))
        if sub == "new":
            assert (back.status_code, back.headers["location"]) == (303, "/manage/staff")
        else:
            assert back.status_code == 403
            assert "did not ask who you are" in back.text


async def fields_of(browser: httpx.AsyncClient, page: str) -> dict[str, str]:
    """Give the hidden field that forms of a page carry, and what a key is asked for with."""
    found = re.search(r'name="csrf" value="([^"]+)"', (await browser.get(page)).text)
    assert found is not None
    return {"csrf": found[1], "role": "auditor", "label": "Nightly"}


async def everybody(clinic: Clinic) -> list[dict[str, Any]]:
    """Give all staff of a clinic."""
    answer = (await clinic.get("/v1/staff", limit=200)).json()
    assert answer["next_cursor"] is None
    return cast("list[dict[str, Any]]", answer["items"])


async def of_provider(given: Given) -> list[dict[str, Any]]:
    """Give the staff who came in by this test."""
    return [one for one in await everybody(given.clinic) if one["id"] not in given.before]


async def test_a_role_that_needs_a_second_factor_shows_it_there_or_here(
    service: Given,
) -> None:
    """By the provider's own word, or by digits of ours; with a password too, and for a program."""
    server, clinic = service.server, service.clinic
    for sub, came in (("lead", "/desk"), ("chief", "/sign-in/second")):
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
            back = await browser.get(await gone(browser, service.sub(sub)))
            assert (back.status_code, back.headers["location"]) == (303, came), sub
            assert ("cmr_session" in browser.cookies) is (sub == "lead")
    for role, came in (
        ("manager", "/sign-in/second"),
        ("auditor", "/sign-in/second"),
        ("clinician", "/desk"),
    ):
        who = await hired(server, clinic, cast("StaffRole", role))
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
            assert (await sign_in(browser, who.email)).headers["location"] == came
            asked = {"email": who.email, "password": PASSWORD}
            status = (await browser.post("/v1/sessions", json=asked)).status_code
            assert status == (201 if role == "clinician" else 403)


async def test_a_provider_redirect_works_only_in_the_browser_that_began_it(
    service: Given,
) -> None:
    """Another browser, another state, another issuer, a code a second time: none of them comes in."""
    server = service.server
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        back = await gone(browser, service.sub("nurse"))
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as thief:
            assert (await thief.get(back)).status_code == 403
        way = dict(browser.cookies)
        for spoiled in (
            re.sub(r"state=[^&]+", "state=another", back),
            f"{back}&iss=https://evil.example",
            re.sub(r"code=[^&]+", "code=another", back),
        ):
            async with httpx.AsyncClient(base_url=server.url, cookies=way, verify=tls.CONTEXT) as same:
                assert (await same.get(spoiled)).status_code in {403, 502}
                assert "cmr_session" not in same.cookies
        assert (await browser.get(back)).status_code == 303
        async with httpx.AsyncClient(base_url=server.url, cookies=way, verify=tls.CONTEXT) as again:
            assert (await again.get(back)).status_code == 502


async def test_an_account_is_linked_by_a_verified_address_alone(service: Given) -> None:
    """Whoever can write any address at the provider does not become somebody else here."""
    server, clinic, domain, _ = service
    for sub, verified in (("nurse", True), ("lead", False)):
        new = {"email": f"{sub}@{domain}", "role": "auditor"}
        assert (await clinic.post("/v1/staff", new)).status_code == 201
        async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
            back = await browser.get(await gone(browser, service.sub(sub)))
            assert back.status_code == (303 if verified else 403), sub
    roles = {one["email"]: one["role"] for one in await of_provider(service)}
    assert roles == {f"nurse@{domain}": "front_desk", f"lead@{domain}": "auditor"}


async def test_a_disabled_account_is_refused_at_provider_sign_in(service: Given) -> None:
    """The clinic's own word counts."""
    server, clinic = service.server, service.clinic
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        await browser.get(await gone(browser, service.sub("nurse")))
    one = (await of_provider(service))[0]
    changed = await clinic.client().patch(
        f"/v1/staff/{one['id']}", json={"disabled": True}, headers={"if-match": "*"}
    )
    assert changed.status_code == 200
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        assert (await browser.get(await gone(browser, service.sub("nurse")))).status_code == 403
    who = await hired(server, clinic)
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as browser:
        assert (await sign_in(browser, who.email)).status_code == 303
