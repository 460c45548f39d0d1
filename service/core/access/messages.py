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


RECOVERED: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        "Your password at {clinic}",
        (
            "Choose a new password for {clinic}: {link}\nThe link works once, for 30 minutes. "
            "If you did not ask for it, do nothing: your password stays as it is."
        ),
    ),
    "es": (
        "Tu contraseña en {clinic}",
        (
            "Elige una contraseña nueva para {clinic}: {link}\nEl enlace sirve una vez, por 30 minutos. "
            "Si no lo pediste, no hagas nada: tu contraseña sigue igual."
        ),
    ),
}


def recovery_message(to: str, link: str, clinic: str, language: Language) -> Message:
    """The mail that brings a member of staff who forgot their password the link to choose another by."""
    subject, text = RECOVERED[language]
    return Message("email", to, subject.format(clinic=clinic), text.format(clinic=clinic, link=link))


PASSWORD_CHANGED: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        "Your password was changed",
        (
            "Your password was changed by a link that came to this address, and you were signed out "
            "everywhere. If that was not you, tell a manager of your clinic now."
        ),
    ),
    "es": (
        "Se cambió tu contraseña",
        (
            "Se cambió tu contraseña con un enlace que llegó a este correo, y se cerraron tus sesiones. "
            "Si no fue cosa tuya, avisa ahora a la gerencia de tu clínica."
        ),
    ),
}


def password_changed_message(to: str, language: Language) -> Message:
    """The mail by which a member of staff learns that their password was changed by a link."""
    return Message("email", to, *PASSWORD_CHANGED[language])


def channel_of(typed: str) -> Channel:
    """Whether an address is for mail or for texts."""
    return "email" if "@" in typed else "text"
