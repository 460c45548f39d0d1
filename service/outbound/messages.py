"""Sends mail by SMTP and texts by an HTTP gateway, and shows both on the screen in the demo."""

import ssl
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
import httpx

from service.core.access.messages import Channel, Message
from service.settings import Settings

SEND_S_MAX: Final = 15.0
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
SUBMISSION_PORT: Final = 587
SECURE_PORT: Final = 465
REFUSALS: Final = (
    aiosmtplib.SMTPConnectError,
    aiosmtplib.SMTPResponseException,
    aiosmtplib.SMTPRecipientsRefused,
    ConnectionRefusedError,
)
"""Faults of a mail server by which it surely did not take a mail."""
NEVER_HANDED_OVER: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)
TRY_LATER: Final = frozenset({429, 503})
"""Answers by which a gateway asks to be asked again later: it took nothing."""


class NotSentError(Exception):
    """A message was not taken; its text names the kind of fault and nothing of the message.

    It was `surely` not taken where it was never handed over, or was answered with a refusal; otherwise an
    answer is missing, and it may be on its way all the same.
    """

    def __init__(self, fault: str, *, surely: bool = False) -> None:
        """Name the kind of fault."""
        super().__init__(fault)
        self.surely = surely


class Sender(Protocol):
    """Sends one message."""

    async def __call__(self, message: Message) -> None:
        """Send it.

        Raises NotSentError where it is not taken.
        """


def senders_of(settings: Settings) -> dict[Channel, Sender]:
    """The ways to send that the settings give; none for what is not set up."""
    if settings.show_messages:
        return {"text": show, "email": show}
    ways: dict[Channel, Sender] = {}
    if settings.smtp_url is not None:
        ways["email"] = MailSender(settings.smtp_url, settings.mail_from)
    if settings.text_gateway_url is not None:
        ways["text"] = TextSender(settings.text_gateway_url, settings.text_gateway_key)
    return ways


async def show(message: Message) -> None:
    """Show a message on the screen instead of sending it: a demo has nobody to send to."""
    sys.stderr.write(f"A {message.channel} to {message.to}: {message.text}\n")
    sys.stderr.flush()


class MailSender:
    """Sends mail over `smtps://` or `smtp://`, which is raised to TLS except on this machine itself."""

    def __init__(self, url: str, sender: str) -> None:
        """Take the server's address, with user and password where it asks for them."""
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._secure = parts.scheme == "smtps"
        self._port = parts.port or (SECURE_PORT if self._secure else SUBMISSION_PORT)
        self._user = None if parts.username is None else unquote(parts.username)
        self._password = None if parts.password is None else unquote(parts.password)
        self._sender = sender

    async def __call__(self, message: Message) -> None:
        """Send one mail.

        Raises NotSentError where the server does not take it.
        """
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, message.to, message.subject
        mail["Date"] = formatdate(usegmt=True)
        mail["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        is_near = self._host in LOOPBACK
        try:
            await aiosmtplib.send(
                mail,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._secure,
                start_tls=None if is_near or self._secure else True,
                tls_context=ssl.create_default_context(),
                timeout=SEND_S_MAX,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise NotSentError(type(error).__name__, surely=isinstance(error, REFUSALS)) from error


class TextSender:
    """Hands texts to a gateway: a POST of `{"to", "text"}` as JSON, with a bearer key."""

    def __init__(self, url: str, key: str | None) -> None:
        """Take the gateway's address and our key for it."""
        self._url = url
        self._headers = {} if key is None else {"authorization": f"Bearer {key}"}

    async def __call__(self, message: Message) -> None:
        """Send one text.

        Raises NotSentError where the gateway does not take it.
        """
        body = {"to": message.to, "text": message.text}
        try:
            async with httpx.AsyncClient(timeout=SEND_S_MAX, follow_redirects=False) as client:
                answer = await client.post(self._url, json=body, headers=self._headers)
        except httpx.HTTPError as error:
            raise NotSentError(type(error).__name__, surely=isinstance(error, NEVER_HANDED_OVER)) from error
        if not answer.is_success:
            # Behind a gateway that speaks of a fault of its own, or of no answer, it may have gone through.
            surely = answer.status_code in TRY_LATER or not answer.is_server_error
            raise NotSentError(str(answer.status_code), surely=surely)
