# long: every setting stands in one file with its words, its default and its parser, and there are many
"""Every setting of the service: read once from the environment, checked, and frozen.

Each setting `NAME` can also be given as `NAME_FILE`, the path of a file that holds it, which is how
container platforms hand over secrets. A setting that is wrong stops the process before it serves
anything, with a sentence that names the setting, what was found and what to do.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args
from urllib.parse import urlsplit
from uuid import UUID

import msgspec

from schemas.staff import StaffRole

KEY_BYTES: Final = 32
"""The length of an encryption key and of the index key, in bytes: AES-256 and HMAC-SHA256 take 32."""

YES: Final = frozenset({"yes", "true", "on", "1"})
NO: Final = frozenset({"no", "false", "off", "0"})

STAFF_ROLES: Final[tuple[StaffRole, ...]] = get_args(StaffRole)

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["json", "console"]


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it, what was found and the remedy."""


class FieldKey(NamedTuple):
    """One key that encrypts personal fields, with the id that is stored beside what it encrypted."""

    id: str
    key: bytes

    def __repr__(self) -> str:
        """Show the id alone, so that a printed setting never prints a key."""
        return f"FieldKey(id={self.id!r})"


class RateLimit(NamedTuple):
    """How many requests one key may make to one route within so many seconds."""

    requests: int
    per_s: int


class IndexKey(bytes):
    """The key of the blind indexes, which does not show itself when printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show nothing of the key, so that a printed setting never prints it."""
        return "IndexKey(...)"


class Secret(str):
    """A word that does not show itself when printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show nothing of it, so that a printed setting never prints it."""
        return "Secret(...)"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the process was told at its start; the docstring of each field gives its unit."""

    database_url: str
    """DATABASE_URL: the PostgreSQL that holds what must not be lost, as the service's role or its owner."""

    migration_database_url: str
    """MIGRATION_DATABASE_URL: the same as its owner, for `rewards migrate`; default DATABASE_URL."""

    redis_url: str
    """REDIS_URL: the Redis or Valkey that holds what may be lost."""

    field_keys: tuple[FieldKey, ...]
    """FIELD_KEYS: keys of personal fields, `id:base64` by commas; the first encrypts, all of them decrypt."""

    index_key: IndexKey
    """INDEX_KEY: the key of the blind indexes, base64 of 32 bytes; it cannot change without a rebuild."""

    host: str = "127.0.0.1"
    """HOST: the address that the web processes listen on."""

    port: int = 8000
    """PORT: the TCP port that they listen on, 0 to 65535; 0 takes any free one."""

    web_workers: int = 1
    """WEB_WORKERS: how many web processes `rewards serve` starts, 1 to 64."""

    database_connections_max: int = 8
    """DATABASE_CONNECTIONS_MAX: connections to PostgreSQL per process, 1 to 200."""

    streams_max: int = 1000
    """STREAMS_MAX: how many streams of live news one web process holds open, 0 to 100,000."""

    request_bytes_max: int = 16 * 1024 * 1024
    """REQUEST_BYTES_MAX: the largest request body taken, in bytes, 1 KiB to 1 GiB."""

    batch_items_max: int = 10_000
    """BATCH_ITEMS_MAX: the most events that one batch may hold, 1 to 10,000 items."""

    rate_limit: RateLimit | None = None
    """RATE_LIMIT: `requests/seconds` for each key on each route, such as 600/60; `off` for none."""

    idempotency_wait_s_max: float = 5.0
    """IDEMPOTENCY_WAIT_S_MAX: how long a repeat waits for the first request's answer, in seconds, 0 to 60."""

    idempotency_keep_days: int = 7
    """IDEMPOTENCY_KEEP_DAYS: how long a key that moved no value is kept, in days, 1 to 3650."""

    seed_rotate_days: int = 30
    """SEED_ROTATE_DAYS: the days after which a used seed of draws is revealed, 0 to 3650; 0 never."""

    clock_skew_s_max: int = 300
    """CLOCK_SKEW_S_MAX: how far in the future an event's time may lie, in seconds, 0 to 86400."""

    webhook_allow_loopback: bool = False
    """WEBHOOK_ALLOW_LOOPBACK: whether notices may go to this machine, http included; for demos and tests."""

    webhook_allow_private: bool = False
    """WEBHOOK_ALLOW_PRIVATE: whether notices may go to private addresses, such as 10.0.0.0/8."""

    webhook_deadline_s_max: float = 20.0
    """WEBHOOK_DEADLINE_S_MAX: how long one attempt to deliver a notice may take, in seconds, 1 to 60."""

    webhook_connect_s_max: float = 5.0
    """WEBHOOK_CONNECT_S_MAX: how long connecting may take, TLS included, in seconds, 0.1 to 30."""

    webhook_read_s_max: float = 10.0
    """WEBHOOK_READ_S_MAX: how long a receiver may be silent within an attempt, in seconds, 0.1 to 60."""

    webhook_answer_bytes_max: int = 4096
    """WEBHOOK_ANSWER_BYTES_MAX: how much of a receiver's answer is read and kept, in bytes, 0 to 64 KiB."""

    notices_keep_days: int = 90
    """NOTICES_KEEP_DAYS: how long notices, deliveries and attempts are kept, in days, 14 to 3650."""

    notice_subscribers_at_once: int = 32
    """NOTICE_SUBSCRIBERS_AT_ONCE: how many subscribers one worker delivers to at once, 1 to 1000."""

    notice_posts_at_once: int = 8
    """NOTICE_POSTS_AT_ONCE: how many notices of one subscriber are out at once, 1 to 64."""

    notice_lease_s: float = 15.0
    """NOTICE_LEASE_S: how long a subscriber waits for another worker when its own died, 1 to 300 s."""

    notice_poll_s: float = 1.0
    """NOTICE_POLL_S: how often the worker looks for notices unless it is nudged, 0.05 to 60 s."""

    public_url: str | None = None
    """PUBLIC_URL: the address at which browsers reach the pages, without a path; or as-asked."""

    smtp_url: Secret | None = None
    """SMTP_URL: the mail server that sends codes, smtps://user:password@host:465 or smtp://; or off."""

    mail_from: str = "rewards@localhost"
    """MAIL_FROM: the address that mails with codes come from."""

    text_gateway_url: Secret | None = None
    """TEXT_GATEWAY_URL: where texts are posted to, as JSON with `to` and `text`, over HTTPS; or off."""

    text_gateway_key: Secret | None = None
    """TEXT_GATEWAY_KEY: the bearer key for that gateway; or off."""

    show_messages: bool = False
    """SHOW_MESSAGES: whether texts and mails are shown on the screen and not sent; for demos."""

    oidc_issuer: str | None = None
    """OIDC_ISSUER: the identity provider by which staff sign in too, as it names itself; or off."""

    oidc_client_id: str = "rewards"
    """OIDC_CLIENT_ID: what we are called there."""

    oidc_client_secret: Secret | None = None
    """OIDC_CLIENT_SECRET: what we prove that by; or off."""

    oidc_clinic: UUID | None = None
    """OIDC_CLINIC: the id of the clinic whose staff it knows; or off."""

    oidc_role_claim: str = "role"
    """OIDC_ROLE_CLAIM: the claim of the id token, a text or a list of texts, that says the role."""

    oidc_roles: tuple[tuple[str, StaffRole], ...] = tuple((role, role) for role in STAFF_ROLES)
    """OIDC_ROLES: which words of that claim are which role, `theirs=ours` by commas; the first counts."""

    log_level: LogLevel = "info"
    """LOG_LEVEL: the least severe thing that is logged: debug, info, warning or error."""

    log_format: LogFormat = "json"
    """LOG_FORMAT: json, one object a line, for machines; console for a person."""


def read(environment: Mapping[str, str]) -> Settings:
    """Read all settings from an environment, such as `os.environ`.

    Raises:
        SettingsError: a setting is missing, malformed or out of its bounds, or its file cannot be read.
    """
    given: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        name = field.name.upper()
        text = text_of(environment, name)
        if text is not None:
            given[field.name] = _parsed(name, text)
        elif name == "MIGRATION_DATABASE_URL":
            given[field.name] = given["database_url"]
        elif field.required:
            raise SettingsError(
                f"{name} is not set. Set it, or {name}_FILE to the path of a file that holds it."
            )
    return Settings(**given)


def text_of(environment: Mapping[str, str], name: str) -> str | None:
    """Give a setting's text, from `NAME` or from the file that `NAME_FILE` names; None when it is unset.

    An empty value counts as unset, because that is how compose files and unit files say "not given".

    Raises:
        SettingsError: both are given, or the file cannot be read or is empty.
    """
    value, path = environment.get(name, "").strip(), environment.get(f"{name}_FILE", "").strip()
    if value and path:
        raise SettingsError(f"{name} and {name}_FILE are both set. Set only one of them.")
    if not path:
        return value or None
    try:
        content = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as why:
        raise SettingsError(
            f"{name}_FILE names {path}, which cannot be read ({why}). Name a readable text file."
        ) from why
    if not content:
        raise SettingsError(f"{name}_FILE names {path}, which is empty. Put the value of {name} into it.")
    return content


def _parsed(name: str, text: str) -> object:
    try:
        return PARSERS[name](text)
    except ValueError as why:
        raise SettingsError(f"{name} is wrong: {why}") from why


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValueError("it does not begin with postgresql://. Write postgresql://user@host/database.")
    return text


def _redis_url(text: str) -> str:
    if urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("it does not begin with redis://, rediss:// or unix://. Write redis://host:6379/0.")
    return text


def _public_url(text: str) -> str | None:
    if text == "as-asked":
        return None
    parts = urlsplit(text)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.netloc
        or parts.path not in {"", "/"}
        or parts.query
    ):
        raise ValueError(
            "it is neither as-asked nor an address without a path. Write for example https://rewards.example.org."
        )
    return text.rstrip("/")


def _smtp_url(text: str) -> Secret | None:
    if text == "off":
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("it is neither off nor a mail server. Write smtps://user:password@host:465.")
    return Secret(text)


def _gateway_url(text: str) -> Secret | None:
    if text == "off":
        return None
    parts = urlsplit(text)
    near = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme != "https" and not (near and parts.scheme == "http"):
        raise ValueError("it is neither off nor an address that begins with https://. Write one.")
    return Secret(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text):
        raise ValueError(f"{text!r} is not a mail address. Write one such as rewards@clinic.example.org.")
    return text


def _issuer(text: str) -> str | None:
    if text == "off":
        return None
    parts = urlsplit(text)
    is_here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme not in ({"https", "http"} if is_here else {"https"}) or not parts.netloc or parts.query:
        raise ValueError("it is neither off nor an address that begins with https://. Write one.")
    return text


def _clinic_id(text: str) -> UUID | None:
    if text == "off":
        return None
    try:
        return UUID(text)
    except ValueError as why:
        raise ValueError("it is neither off nor a clinic's id. Write the id that was printed.") from why


def _roles(text: str) -> tuple[tuple[str, StaffRole], ...]:
    found = []
    for part in text.split(","):
        theirs, equals, ours = part.strip().rpartition("=")
        if not equals or not theirs or ours not in STAFF_ROLES:
            raise ValueError(
                f"{part!r} is not theirs=ours. Write for example nurses=front_desk,leads=manager."
            )
        found.append((theirs, ours))
    return tuple(found)


def _secret(text: str) -> Secret | None:
    return None if text == "off" else Secret(text)


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(
            f"a key is not base64 of {KEY_BYTES} bytes. Make one with: openssl rand -base64 {KEY_BYTES}"
        )
    return key


def _index_key(text: str) -> IndexKey:
    return IndexKey(_key(text))


def _field_keys(text: str) -> tuple[FieldKey, ...]:
    keys = []
    for part in text.split(","):
        key_id, colon, key = part.strip().partition(":")
        if not colon or not re.fullmatch(r"[a-z0-9_-]{1,16}", key_id):
            raise ValueError(
                "a key is not written id:base64, with an id of 1 to 16 of a-z, 0-9, _ and -. "
                "Write for example 2026a:<base64 of 32 bytes>."
            )
        keys.append(FieldKey(key_id, _key(key)))
    if len({key.id for key in keys}) != len(keys):
        raise ValueError("two keys have the same id. Give each key its own.")
    return tuple(keys)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text) or not least <= int(text) <= most:
            raise ValueError(f"{text!r} is not a whole number from {least} to {most}. Write one.")
        return int(text)

    return parse


def _seconds(least: float, most: int) -> Callable[[str], float]:
    def parse(text: str) -> float:
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) or not least <= float(text) <= most:
            raise ValueError(f"{text!r} is not a number of seconds from {least} to {most}. Write one.")
        return float(text)

    return parse


def _rate_limit(text: str) -> RateLimit | None:
    if text == "off":
        return None
    written = re.fullmatch(r"([1-9][0-9]{0,6})/([1-9][0-9]{0,4})", text)
    if written is None:
        raise ValueError(f"{text!r} is neither off nor requests/seconds. Write for example 600/60.")
    return RateLimit(int(written[1]), int(written[2]))


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in words:
            raise ValueError(f"{text!r} is none of {', '.join(words)}. Write one of them.")
        return text.lower()

    return parse


def _yes_or_no(text: str) -> bool:
    word = text.lower()
    if word not in YES | NO:
        raise ValueError(f"{text!r} is neither yes nor no. Write one of them.")
    return word in YES


PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    "DATABASE_URL": _database_url,
    "MIGRATION_DATABASE_URL": _database_url,
    "REDIS_URL": _redis_url,
    "FIELD_KEYS": _field_keys,
    "INDEX_KEY": _index_key,
    "HOST": str,
    "PORT": _whole(0, 65_535),
    "WEB_WORKERS": _whole(1, 64),
    "DATABASE_CONNECTIONS_MAX": _whole(1, 200),
    "STREAMS_MAX": _whole(0, 100_000),
    "REQUEST_BYTES_MAX": _whole(1024, 2**30),
    "BATCH_ITEMS_MAX": _whole(1, 10_000),
    "RATE_LIMIT": _rate_limit,
    "IDEMPOTENCY_WAIT_S_MAX": _seconds(0, 60),
    "IDEMPOTENCY_KEEP_DAYS": _whole(1, 3650),
    "SEED_ROTATE_DAYS": _whole(0, 3650),
    "CLOCK_SKEW_S_MAX": _whole(0, 86_400),
    "WEBHOOK_ALLOW_LOOPBACK": _yes_or_no,
    "WEBHOOK_ALLOW_PRIVATE": _yes_or_no,
    "WEBHOOK_DEADLINE_S_MAX": _seconds(1, 60),
    "WEBHOOK_CONNECT_S_MAX": _seconds(0.1, 30),
    "WEBHOOK_READ_S_MAX": _seconds(0.1, 60),
    "WEBHOOK_ANSWER_BYTES_MAX": _whole(0, 65_536),
    "NOTICES_KEEP_DAYS": _whole(14, 3650),
    "NOTICE_SUBSCRIBERS_AT_ONCE": _whole(1, 1000),
    "NOTICE_POSTS_AT_ONCE": _whole(1, 64),
    "NOTICE_LEASE_S": _seconds(1, 300),
    "NOTICE_POLL_S": _seconds(0.05, 60),
    "PUBLIC_URL": _public_url,
    "SMTP_URL": _smtp_url,
    "MAIL_FROM": _address,
    "TEXT_GATEWAY_URL": _gateway_url,
    "TEXT_GATEWAY_KEY": _secret,
    "SHOW_MESSAGES": _yes_or_no,
    "OIDC_ISSUER": _issuer,
    "OIDC_CLIENT_ID": str,
    "OIDC_CLIENT_SECRET": _secret,
    "OIDC_CLINIC": _clinic_id,
    "OIDC_ROLE_CLAIM": str,
    "OIDC_ROLES": _roles,
    "LOG_LEVEL": _one_of(*get_args(LogLevel)),
    "LOG_FORMAT": _one_of(*get_args(LogFormat)),
}
"""How the text of each setting becomes its value; each raises ValueError with the remedy."""
