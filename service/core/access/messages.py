"""Texts and mails that carry a sign-in code, or tell of a change; nothing in them gives the program away."""

from typing import Final, Literal

from msgspec import Struct

from schemas.people import Language

Channel = Literal["text", "email"]

SUBJECTS: Final[dict[Language, str]] = {"en": "Your code", "es": "Tu código"}
TEXTS: Final[dict[Language, str]] = {
    "en": "Your sign-in code is {code}. It works for 10 minutes. Do not share it.",
    "es": "Tu código es {code}. Sirve 10 minutos. No lo compartas.",
}


class Message(Struct, frozen=True):
    """A text or a mail, and where it goes."""

    channel: Channel
    to: str
    subject: str
    text: str


def code_message(channel: Channel, to: str, code: str, language: Language) -> Message:
    """The message that brings somebody a code."""
    return Message(channel, to, SUBJECTS[language], TEXTS[language].format(code=code))


CHANGED: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        "Your contact details",
        "Your contact details were changed. If you did not ask for that, please tell us.",
    ),
    "es": ("Tus datos de contacto", "Se cambiaron tus datos de contacto. Si no lo pediste, avísanos."),
}


def changed_message(channel: Channel, to: str, language: Language) -> Message:
    """The message by which somebody learns at an address of theirs that they are reached elsewhere now."""
    return Message(channel, to, *CHANGED[language])


INVITED: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        "Your account at {clinic}",
        "Choose your password for {clinic}: {link}\nThe link works once, for three days.",
    ),
    "es": (
        "Tu cuenta en {clinic}",
        "Elige tu contraseña para {clinic}: {link}\nEl enlace sirve una vez, por tres días.",
    ),
}


def invitation_message(to: str, link: str, clinic: str, language: Language) -> Message:
    """The mail that brings a member of staff the link to choose their password by."""
    subject, text = INVITED[language]
    return Message("email", to, subject.format(clinic=clinic), text.format(clinic=clinic, link=link))


def channel_of(typed: str) -> Channel:
    """Whether an address is for mail or for texts."""
    return "email" if "@" in typed else "text"
