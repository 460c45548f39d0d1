"""Texts and mails that carry a sign-in code, or tell of a change; nothing in them gives the program away."""

from typing import Final, Literal

from msgspec import Struct

from schemas.people import Language
from service.core.catalogs import ByLanguage, by_language

Channel = Literal["text", "email"]

SUBJECTS: Final[ByLanguage[str]] = by_language("messages.subjects", "Your code")
TEXTS: Final[ByLanguage[str]] = by_language(
    "messages.texts", "Your sign-in code is {code}. It works for 10 minutes. Do not share it."
)


class Message(Struct, frozen=True):
    """A text or a mail, and where it goes."""

    channel: Channel
    to: str
    subject: str
    text: str


def code_message(channel: Channel, to: str, code: str, language: Language) -> Message:
    """The message that brings somebody a code."""
    return Message(channel, to, SUBJECTS[language], TEXTS[language].format(code=code))


CHANGED: Final[ByLanguage[tuple[str, str]]] = by_language(
    "messages.changed",
    (
        "Your contact details",
        "Your contact details were changed. If you did not ask for that, please tell us.",
    ),
)


def changed_message(channel: Channel, to: str, language: Language) -> Message:
    """The message by which somebody learns at an address of theirs that they are reached elsewhere now."""
    return Message(channel, to, *CHANGED[language])


INVITED: Final[ByLanguage[tuple[str, str]]] = by_language(
    "messages.invited",
    (
        "Your account at {clinic}",
        "Choose your password for {clinic}: {link}\nThe link works once, for three days.",
    ),
)


def invitation_message(to: str, link: str, clinic: str, language: Language) -> Message:
    """The mail that brings a member of staff the link to choose their password by."""
    subject, text = INVITED[language]
    return Message("email", to, subject.format(clinic=clinic), text.format(clinic=clinic, link=link))


RECOVERED: Final[ByLanguage[tuple[str, str]]] = by_language(
    "messages.recovered",
    (
        "Your password at {clinic}",
        (
            "Choose a new password for {clinic}: {link}\nThe link works once, for 30 minutes. "
            "If you did not ask for it, do nothing: your password stays as it is."
        ),
    ),
)


def recovery_message(to: str, link: str, clinic: str, language: Language) -> Message:
    """The mail that brings a member of staff who forgot their password the link to choose another by."""
    subject, text = RECOVERED[language]
    return Message("email", to, subject.format(clinic=clinic), text.format(clinic=clinic, link=link))


PASSWORD_CHANGED: Final[ByLanguage[tuple[str, str]]] = by_language(
    "messages.password_changed",
    (
        "Your password was changed",
        (
            "Your password was changed by a link that came to this address, and you were signed out "
            "everywhere. If that was not you, tell a manager of your clinic now."
        ),
    ),
)


def password_changed_message(to: str, language: Language) -> Message:
    """The mail by which a member of staff learns that their password was changed by a link."""
    return Message("email", to, *PASSWORD_CHANGED[language])


def channel_of(typed: str) -> Channel:
    """Whether an address is for mail or for texts."""
    return "email" if "@" in typed else "text"
