# long: one parser for each kind of setting, and the table that names them
"""The text of a setting becomes its value; a parser raises ValueError with what it found and the remedy."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args
from urllib.parse import urlsplit
from uuid import UUID

from schemas.staff import StaffRole

KEY_BYTES: Final = 32
"""The length of an encryption key and of the index key, in bytes: AES-256 and HMAC-SHA256 take 32."""

CLOCK_OFFSET_S_MAX: Final = 315_360_000
"""Ten years of 365 days: how far the clock may be turned, in seconds."""

YES: Final = frozenset({"yes", "true", "on", "1"})
NO: Final = frozenset({"no", "false", "off", "0"})

STAFF_ROLES: Final[tuple[StaffRole, ...]] = get_args(StaffRole)

LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["json", "console"]


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


class AuditKey(bytes):
    """The key of the audit trail, which does not show itself when printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show nothing of the key, so that a printed setting never prints it."""
        return "AuditKey(...)"


class Secret(str):
    """A word that does not show itself when printed."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Show nothing of it, so that a printed setting never prints it."""
        return "Secret(...)"


def _database_url(text: str) -> Secret:
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValueError("it does not begin with postgresql://. Write postgresql://user@host/database.")
    return Secret(text)


def _redis_url(text: str) -> Secret:
    if urlsplit(text).scheme not in {"redis", "rediss", "unix"}:
        raise ValueError("it does not begin with redis://, rediss:// or unix://. Write redis://host:6379/0.")
    return Secret(text)


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


def _traces_url(text: str) -> Secret | None:
    if text == "off":
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path in {"", "/"}:
        raise ValueError(
            "it is neither off nor an address with a path. Write one such as http://collector:4318/v1/traces."
        )
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


def _some_roles(text: str) -> tuple[StaffRole, ...]:
    if text == "off":
        return ()
    named = {part.strip() for part in text.split(",")}
    if not named <= set(STAFF_ROLES):
        raise ValueError(
            f"{text!r} names a role that there is not. Write some of {', '.join(STAFF_ROLES)}, or off."
        )
    return tuple(role for role in STAFF_ROLES if role in named)


def _words(text: str) -> tuple[str, ...]:
    words = tuple(part.strip() for part in text.split(","))
    if not all(words):
        raise ValueError(f"{text!r} holds an empty word. Write words by commas, such as mfa,otp.")
    return words


def _secret(text: str) -> Secret | None:
    return None if text == "off" else Secret(text)


def _folder(text: str) -> Path | None:
    if text == "off":
        return None
    if not Path(text).is_absolute():
        raise ValueError(f"{text!r} is neither off nor a whole path. Write one such as /var/backups/rewards.")
    return Path(text)


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


def _audit_key(text: str) -> AuditKey:
    return AuditKey(_key(text))


def _other_audit_key(text: str) -> AuditKey | None:
    return None if text == "off" else _audit_key(text)


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


def _offset(text: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text) or abs(int(text)) > CLOCK_OFFSET_S_MAX:
        most = f"{CLOCK_OFFSET_S_MAX:,}"
        raise ValueError(f"{text!r} is not a whole number of seconds from -{most} to {most}. Write one.")
    return int(text)


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
    "DATABASE_DIRECT_URL": _database_url,
    "MIGRATION_DATABASE_URL": _database_url,
    "BACKUP_DATABASE_URL": _database_url,
    "REDIS_URL": _redis_url,
    "FIELD_KEYS": _field_keys,
    "INDEX_KEY": _index_key,
    "AUDIT_KEY": _audit_key,
    "AUDIT_KEY_OTHER": _other_audit_key,
    "HOST": str,
    "PORT": _whole(0, 65_535),
    "WEB_WORKERS": _whole(1, 64),
    "METRICS_PORT": _whole(0, 65_535),
    "CONNECTIONS_MAX": _whole(64, 100_000),
    "REQUESTS_AT_ONCE_MAX": _whole(8, 10_000),
    "REQUESTS_WAITING_MAX": _whole(0, 100_000),
    "REQUEST_WAIT_S_MAX": _seconds(0.1, 60),
    "UNFINISHED_REQUESTS_MAX": _whole(1, 10_000),
    "REQUEST_HEAD_S_MAX": _seconds(0.5, 300),
    "REQUEST_IDLE_S_MAX": _seconds(0.5, 300),
    "DATABASE_CONNECTIONS_MAX": _whole(1, 200),
    "DATABASE_CONNECT_S_MAX": _seconds(0.5, 60),
    "DATABASE_ACQUIRE_S_MAX": _seconds(0.5, 60),
    "DATABASE_STATEMENT_S_MAX": _seconds(1, 600),
    "STREAMS_MAX": _whole(0, 100_000),
    "STREAMS_PER_CALLER_MAX": _whole(1, 100_000),
    "REQUEST_BYTES_MAX": _whole(1024, 2**30),
    "BATCH_ITEMS_MAX": _whole(1, 10_000),
    "RATE_LIMIT": _rate_limit,
    "IDEMPOTENCY_WAIT_S_MAX": _seconds(0, 60),
    "IDEMPOTENCY_KEEP_DAYS": _whole(1, 3650),
    "SEED_ROTATE_DAYS": _whole(0, 3650),
    "CLOCK_SKEW_S_MAX": _whole(0, 86_400),
    "CLOCK_OFFSET_S": _offset,
    "WEBHOOK_ALLOW_LOOPBACK": _yes_or_no,
    "WEBHOOK_ALLOW_PRIVATE": _yes_or_no,
    "WEBHOOK_DEADLINE_S_MAX": _seconds(1, 60),
    "WEBHOOK_CONNECT_S_MAX": _seconds(0.1, 30),
    "WEBHOOK_READ_S_MAX": _seconds(0.1, 60),
    "WEBHOOK_ANSWER_BYTES_MAX": _whole(0, 65_536),
    "NOTICES_KEEP_DAYS": _whole(14, 3650),
    "RETENTION_DAYS": _whole(0, 36500),
    "BACKUP_FOLDER": _folder,
    "BACKUP_EVERY_H": _whole(0, 720),
    "BACKUP_KEEP": _whole(1, 1000),
    "NOTICE_SUBSCRIBERS_AT_ONCE": _whole(1, 1000),
    "NOTICE_POSTS_AT_ONCE": _whole(1, 64),
    "NOTICE_LEASE_S": _seconds(1, 300),
    "NOTICE_POLL_S": _seconds(0.05, 60),
    "WORKER_METRICS_PORT": _whole(0, 65_535),
    "TRACES_URL": _traces_url,
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
    "OIDC_SECOND_FACTOR": _words,
    "SECOND_FACTOR_ROLES": _some_roles,
    "LOG_LEVEL": _one_of(*get_args(LogLevel)),
    "LOG_FORMAT": _one_of(*get_args(LogFormat)),
}
"""How the text of each setting becomes its value; each raises ValueError with the remedy."""
