"""A code by mail or text: sent by real ways to whoever has the address, and tried again later."""

from __future__ import annotations

import re
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler

from service.core.access.messages import Message
from service.core.access.places import Place
from service.flows.access.send_code import SENDS_MAX, Senders, may_send, send_code, send_queued
from service.outbound.messages import MailSender, NotSentError, TextSender
from service.store.database.pool import Database
from tests.texting import Gateway
from tests.web.conftest import free_port, open_database
from tests.web.entering import browser_of, sent, typed

if TYPE_CHECKING:
    from email.message import Message as Mail

    from tests.web.conftest import Clinic, Server

CODE = re.compile(r"[3-9A-Y]{4}-[3-9A-Y]{4}")


class Mailbox(MailHandler):
    """Keeps the mails that it takes."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.mails: list[Mail] = []

    def handle_message(self, message: Mail) -> None:
        """Keep one."""
        self.mails.append(message)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, MailSender]]:
    """Run a real mail server on this machine, and give a sender to it."""
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, MailSender(f"smtp://127.0.0.1:{port}", "rewards@clinic.example.org")
    controller.stop()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Run a real gateway on this machine."""
    made = Gateway()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def texts_to(gateway: Gateway) -> TextSender:
    """The way to a gateway."""
    return TextSender(f"http://127.0.0.1:{gateway.server_port}/send", "a-key")


@pytest.fixture
async def later(server: Server) -> AsyncIterator[Database]:
    """Give the database as it is a minute from now."""
    database = await open_database(server.settings)
    clock = database.clock
    database.clock = lambda: clock() + timedelta(seconds=60)
    yield database
    await database.close()


async def test_a_mail_brings_a_code_and_does_not_tell_the_program(
    clinic: Clinic, server: Server, mailbox: tuple[Mailbox, MailSender]
) -> None:
    """In the person's language, however the address is typed; an unknown address gets none."""
    box, sender = mailbox
    address = f"rosa@{clinic.id}.example.org"
    await clinic.post("/v1/participants", {"reference": "A-1", "email": address, "language": "es"})
    await send_code(server.database, {"email": sender}, address.upper())
    await send_code(server.database, {"email": sender}, f"nobody@{clinic.id}.example.org")
    await send_code(server.database, {}, address)
    [mail] = box.mails
    subject = str(make_header(decode_header(mail["subject"])))
    assert (mail["to"], subject) == (address, "Tu código")
    words = bytes(mail.get_payload(decode=True)).decode()
    found = CODE.search(words)
    assert found
    assert not re.search("reward|recomp|clinic|program|premio", words.lower())
    async with browser_of(server) as phone:
        assert (await typed(phone, found[0])).status_code == 303


async def test_a_text_that_did_not_go_is_sent_by_the_worker(
    clinic: Clinic, server: Server, gateway: Gateway, later: Database
) -> None:
    """The gateway was away for a moment; afterwards nothing is left to send."""
    number = f"+1 619 {int(clinic.id[-7:], 16) % 10**7:07}"
    await clinic.post("/v1/participants", {"reference": "A-1", "phone": number})
    gateway.refuses = 1
    senders: Senders = {"text": texts_to(gateway)}
    await send_code(server.database, senders, number.removeprefix("+1 "))
    assert gateway.taken == []
    assert await send_queued(server.database, senders, UUID(clinic.id)) == 0
    assert await send_queued(later, senders, UUID(clinic.id)) == 1
    assert await send_queued(later, senders, UUID(clinic.id)) == 0
    [(key, body)] = gateway.taken
    assert (key, body["to"]) == ("Bearer a-key", number)
    assert re.fullmatch(
        rf"Your sign-in code is {CODE.pattern}\. It works for 10 minutes\. Do not share it\.", body["text"]
    )
    trail = (await clinic.get("/v1/audit", limit=100)).text
    assert "code.queued" in trail
    assert number not in trail


async def test_queued_messages_are_encrypted_in_the_database(
    clinic: Clinic, server: Server, gateway: Gateway
) -> None:
    """Neither where it goes nor the code."""
    number = f"+1 619 {int(clinic.id[-7:], 16) % 10**7:07}"
    await clinic.post("/v1/participants", {"reference": "A-1", "phone": number})
    gateway.refuses = 9
    await send_code(server.database, {"text": texts_to(gateway)}, number)
    async with server.database.transaction(UUID(clinic.id)) as tx:
        [row] = await tx.connection.fetch("select body from messages_out")
    assert number.encode() not in row["body"]
    assert b"code" not in row["body"]


async def test_an_address_is_sent_few_codes(clinic: Clinic, server: Server) -> None:
    """However it is spelled, and from wherever it is asked."""
    number = f"619 {int(clinic.id[-7:], 16) % 10**7:07}"
    spelled = [number, f"+1 {number}", number.replace(" ", "-"), number]
    assert [await may_send(server.database, one, Place(f"{clinic.id} {one}")) for one in spelled] == [
        at < SENDS_MAX for at in range(4)
    ]


async def test_a_way_that_is_not_there_says_so(gateway: Gateway) -> None:
    """A refusal and a closed port are faults that name nothing of the message."""
    message = Message("text", "619 555 0100", "Your code", "Your code is K7Q4-M9XD.")
    gateway.refuses = 1
    with pytest.raises(NotSentError, match=r"^503$"):
        await texts_to(gateway)(message)
    with pytest.raises(NotSentError) as fault:
        await MailSender(f"smtp://127.0.0.1:{free_port()}", "a@example.org")(message)
    assert "K7Q4" not in str(fault.value)


async def test_without_a_sender_the_page_points_to_the_desk(server: Server) -> None:
    """It offers no form that would do nothing; what is sent to it all the same is answered neutrally."""
    async with browser_of(server) as phone:
        assert "front desk" in (await phone.get("/sign-in/send")).text
        answer = await sent(phone, "/sign-in/code", "/sign-in/send", to="somebody@example.org")
        assert answer.headers["location"] == "/sign-in/code?sent=1"
        assert "on its way" in (await phone.get(answer.headers["location"])).text
