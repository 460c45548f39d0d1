"""A forgotten password: a link by mail, once and for a while, that gets nobody around a second factor."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import Message as Mail
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler

from service.core.access.messages import Message
from service.core.access.places import Place
from service.flows.access.recoveries import AGAIN_AFTER, ASKED_MAX, PLACE_ASKED_MAX, may_ask, send_recovery
from service.flows.access.send_code import Senders
from service.store import messages_out
from tests import tls
from tests.web.conftest import answering, environment_of, free_port, open_database, start_server
from tests.web.entering import sent
from tests.web.test_invitations import choose, invited
from tests.web.test_signin_staff import browser, hired, sign_in

if TYPE_CHECKING:
    from service.embedded import Stores
    from tests.web.conftest import Clinic, Server

__all__ = ["browser"]
ANOTHER = "seven quiet otters"


class Box:
    """Keeps the mails that are sent through it."""

    def __init__(self) -> None:
        """Begin empty."""
        self.mails: list[Message] = []
        self.senders: Senders = {"email": self.keep}

    async def keep(self, message: Message) -> None:
        """Keep one."""
        self.mails.append(message)

    async def asked(self, server: Server, email: str) -> str | None:
        """Ask for a link, and give the path of the one that came, if one did."""
        before = len(self.mails)
        await send_recovery(server.database, self.senders, lambda token: f"https://here/join/{token}", email)
        if len(self.mails) == before:
            return None
        found = re.search(r"https://here(/join/cmi_\S+)", self.mails[-1].text)
        assert found is not None
        return urlsplit(found[1]).path


@pytest.fixture
async def elsewhere(server: Server) -> AsyncIterator[httpx.AsyncClient]:
    """Another browser, without anybody's cookies."""
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as client:
        yield client


async def test_a_link_opens_a_new_password_once_and_ends_every_session(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient, elsewhere: httpx.AsyncClient
) -> None:
    """Until it is used the old password goes on; its owner is told afterwards."""
    who = await hired(server, clinic)
    assert (await sign_in(elsewhere, who.email)).status_code == 303
    box = Box()
    path = await box.asked(server, who.email.upper())
    assert path is not None
    assert box.mails[0].to == who.email
    assert (await elsewhere.get("/desk")).status_code == 200
    done = await choose(browser, path, ANOTHER)
    assert (done.status_code, done.headers["location"]) == (303, "/desk")
    assert (await elsewhere.get("/desk")).status_code == 303
    assert (await sign_in(elsewhere, who.email)).status_code == 401
    assert (await sign_in(elsewhere, who.email, ANOTHER)).status_code == 303
    async with httpx.AsyncClient(base_url=server.url, verify=tls.CONTEXT) as third:
        assert (await third.get(path)).status_code == 404
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute("update messages_out set next_at = $1", tx.now)
        told = [one for _, one in await messages_out.take(tx, 20) if one.to == who.email]
    assert [one.subject for one in told] == ["Your password was changed"]
    for deed in ("staff.recovery_sent", "staff.invitation_used"):
        (told_of,) = (await clinic.get("/v1/audit", deed=deed)).json()["items"]
        assert told_of["subject"] == str(who.id)


async def test_a_second_factor_is_asked_for_after_the_link(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """A mailbox alone lets nobody in as a manager."""
    who = await hired(server, clinic, "manager")
    path = await Box().asked(server, who.email)
    assert path is not None
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute(
            "update clinics set second_factor_needed = true where clinic_id = $1", UUID(clinic.id)
        )
    done = await choose(browser, path, ANOTHER)
    assert done.headers["location"] == "/sign-in/second"
    assert (await browser.get("/desk")).headers["location"] == "/?to=/desk"


async def test_the_answer_is_the_same_for_an_address_that_is_unknown(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """To the page, which says nothing of who works here; what is no address is said."""
    who = await hired(server, clinic)
    answers = [
        await sent(browser, "/sign-in/code", "/sign-in/forgot", email=email)
        for email in (who.email, "nobody@example.org")
    ]
    assert [(one.status_code, one.headers["location"]) for one in answers] == [
        (303, "/sign-in/forgot?sent=true")
    ] * 2
    wrong = await sent(browser, "/sign-in/code", "/sign-in/forgot", email="Fay")
    assert wrong.status_code == 422
    assert await Box().asked(server, "nobody@example.org") is None


async def test_a_link_is_sent_to_no_account_that_has_no_password_or_is_disabled(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """One of an identity provider gets no password by the back door; a manager's link of before stays."""
    who = await invited(clinic)
    assert await Box().asked(server, who["email"]) is None
    assert (await browser.get(who["path"])).status_code == 200
    of_a_provider = f"clinician.{UUID(clinic.id).hex}@clinic.example"
    assert await Box().asked(server, of_a_provider) is None
    out = await hired(server, clinic, "clinician")
    await clinic.client().patch(f"/v1/staff/{out.id}", json={"disabled": True}, headers={"if-match": "*"})
    assert await Box().asked(server, out.email) is None


async def test_asking_again_ends_no_link_under_its_owner_s_hands(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient
) -> None:
    """For five minutes the first one is the only one; after half an hour it opens nothing."""
    who = await hired(server, clinic)
    box = Box()
    first = await box.asked(server, who.email)
    assert first is not None
    assert await box.asked(server, who.email) is None
    assert (await browser.get(first)).status_code == 200
    later = await open_database(server.settings)
    before = later.clock
    later.clock = lambda: before() + AGAIN_AFTER + timedelta(minutes=1)
    await send_recovery(later, box.senders, lambda token: f"https://here/join/{token}", who.email)
    await later.close()
    assert len(box.mails) == 2
    assert (await browser.get(first)).status_code == 404


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 404)])
async def test_a_link_opens_nothing_after_half_an_hour(
    server: Server, clinic: Clinic, browser: httpx.AsyncClient, minutes: int, status: int
) -> None:
    """Nobody asked for another meanwhile: it is over by itself."""
    who = await hired(server, clinic)
    box = Box()
    earlier = await open_database(server.settings)
    now = earlier.clock
    earlier.clock = lambda: now() - timedelta(minutes=minutes)
    await send_recovery(earlier, box.senders, lambda token: f"https://here/join/{token}", who.email)
    await earlier.close()
    found = re.search(r"https://here(/join/cmi_\S+)", box.mails[0].text)
    assert found is not None
    assert (await browser.get(found[1])).status_code == status


class Inbox(MailHandler):
    """Keeps what comes to a mail server."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.texts: list[str] = []

    def handle_message(self, message: Mail) -> None:
        """Keep one."""
        body = message.get_payload(decode=True)
        assert isinstance(body, bytes)
        self.texts.append(body.decode())


@pytest.mark.parametrize("public", ["http://rewards.example.org", None])
async def test_a_link_never_names_the_address_that_somebody_unknown_asked_at(
    stores: Stores, server: Server, clinic: Clinic, served_database: str, public: str | None
) -> None:
    """Who asks chooses the host of the request, and would be brought the link: the settings say where to."""
    who = await hired(server, clinic)
    inbox, mail_port, port = Inbox(), free_port(), free_port()
    post = Controller(inbox, hostname="127.0.0.1", port=mail_port)
    post.start()
    environment = {
        **environment_of(stores, served_database),
        "METRICS_PORT": "0",
        "SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        **({} if public is None else {"PUBLIC_URL": public}),
    }
    process = start_server(environment, port)
    try:
        await answering(f"http://127.0.0.1:{port}", process)
        asked_at = {"host": "thief.example", "origin": public or "https://thief.example"}
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, headers=asked_at, verify=tls.CONTEXT) as thief:
            word = re.search(r'name="csrf" value="(\w+)"', (await thief.get("/sign-in/code")).text)
            assert word is not None
            cookie = "; ".join(f"{name}={value}" for name, value in thief.cookies.items())
            form = {"email": who.email, "csrf": word[1]}
            answer = await thief.post("/sign-in/forgot", data=form, headers={"cookie": cookie})
            assert answer.headers["location"] == "/sign-in/forgot?sent=true"
            # Nor does a manager bring a colleague's link to a server of their own.
            new = {"email": f"new.{clinic.id}@clinic.example", "role": "manager"}
            key = {"authorization": f"Bearer {clinic.keys['manager']}"}
            made = (await thief.post("/v1/staff", json=new, headers=key)).json()
            assert (made["invitation"]["url"] is None) is (public is not None)
            for _ in range(600 if public else 100):
                if inbox.texts:
                    break
                await asyncio.sleep(0.05 if public else 0.01)
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 30)
        post.stop()
    async with server.database.transaction(UUID(clinic.id)) as tx:
        await tx.connection.execute("update messages_out set next_at = $1", tx.now)
        queued = [one.text for _, one in await messages_out.take(tx, 20) if one.to == new["email"]]
    for texts in (inbox.texts, queued):
        assert [f"{public}/join/cmi_" in one for one in texts] == ([] if public is None else [True])


async def test_asking_is_limited_by_address_and_by_place(server: Server) -> None:
    """What one place asks takes nothing from what another asks for other addresses."""
    one, other = Place("198.51.100.7"), Place("203.0.113.9")
    asked = [await may_ask(server.database, "busy@example.org", one) for _ in range(ASKED_MAX + 1)]
    assert asked == [True] * ASKED_MAX + [False]
    for number in range(PLACE_ASKED_MAX):
        await may_ask(server.database, f"a{number}@example.org", one)
    assert not await may_ask(server.database, "fresh@example.org", one)
    assert await may_ask(server.database, "fresh@example.org", other)
