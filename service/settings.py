# long: every setting is a field with its sentence
"""Every setting of the service: read once from the environment, checked, and frozen.

Each setting `NAME` can also be given as `NAME_FILE`, the path of a file that holds it, which is how
container platforms hand over secrets. A setting that is wrong stops the process before it serves
anything, with a sentence that names the setting, what was found and what to do.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from schemas.staff import StaffRole
from service.embedded.place import is_embedded
from service.parsers import (
    PARSERS,
    STAFF_ROLES,
    AuditKey,
    FieldKey,
    IndexKey,
    LogFormat,
    LogLevel,
    RateLimit,
    Secret,
)
from service.tracing import is_installed

__all__ = [
    "PARSERS",
    "AuditKey",
    "FieldKey",
    "IndexKey",
    "LogFormat",
    "LogLevel",
    "RateLimit",
    "Secret",
    "Settings",
    "SettingsError",
    "read",
    "text_of",
]


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it, what was found and the remedy."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a process; the docstring of each field gives its unit."""

    database_url: Secret
    """DATABASE_URL: the PostgreSQL that holds what must not be lost, as the role rewards_service."""

    database_direct_url: Secret
    """DATABASE_DIRECT_URL: the same without a pooler between, to hear by; default DATABASE_URL."""

    migration_database_url: Secret
    """MIGRATION_DATABASE_URL: the same as its owner, for `rewards migrate`; default DATABASE_DIRECT_URL."""

    backup_database_url: Secret
    """BACKUP_DATABASE_URL: the same as who may read all of it, to back up; default MIGRATION_DATABASE_URL."""

    redis_url: Secret
    """REDIS_URL: the Redis or Valkey that holds what may be lost; `rediss://` with a password and TLS."""

    field_keys: tuple[FieldKey, ...]
    """FIELD_KEYS: keys of personal fields, `id:base64` by commas; the first encrypts, all of them decrypt."""

    index_key: IndexKey
    """INDEX_KEY: the key of the blind indexes, base64 of 32 bytes; only a move changes it."""

    audit_key: AuditKey
    """AUDIT_KEY: the key of the audit trail, base64 of 32 bytes; `rewards keys rotate` changes it."""

    @property
    def form_key(self) -> bytes:
        """The key of what forms and the set-up carry: derived, so that INDEX_KEY itself signs nothing."""
        return hmac.digest(bytes(self.index_key), b"rewards: forms and set-up, 1", sha256)

    audit_key_other: AuditKey | None = None
    """AUDIT_KEY_OTHER: while that is changed, the key to come or the one before; read, and not written."""

    host: str = "127.0.0.1"
    """HOST: the address that the web processes listen on."""

    port: int = 8000
    """PORT: the TCP port that they listen on, 0 to 65535; 0 takes any free one."""

    web_workers: int = 1
    """WEB_WORKERS: how many web processes `rewards serve` starts, 1 to 64."""

    metrics_port: int = 0
    """METRICS_PORT: the TCP port of HOST at which `rewards serve` gives its metrics; 0 for none."""

    connections_max: int = 4096
    """CONNECTIONS_MAX: the connections that one web process serves, 64 to 100,000; beyond, health alone."""

    requests_at_once_max: int = 512
    """REQUESTS_AT_ONCE_MAX: the requests that one web process works on at once, 8 to 10,000."""

    requests_waiting_max: int = 4096
    """REQUESTS_WAITING_MAX: how many may wait for that, 0 to 100,000; of more, the oldest is answered 503."""

    request_wait_s_max: float = 5.0
    """REQUEST_WAIT_S_MAX: how long one may wait for that before it is answered 503, in seconds, 0.1 to 60."""

    unfinished_requests_max: int = 200
    """UNFINISHED_REQUESTS_MAX: the requests that one address may have sent in part, 1 to 10,000."""

    request_head_s_max: float = 10.0
    """REQUEST_HEAD_S_MAX: how long the head of a request may take to arrive, in seconds, 0.5 to 300."""

    request_idle_s_max: float = 10.0
    """REQUEST_IDLE_S_MAX: how long nothing of a request's body may arrive, in seconds, 0.5 to 300."""

    database_connections_max: int = 8
    """DATABASE_CONNECTIONS_MAX: connections to PostgreSQL per process, 1 to 200."""

    database_connect_s_max: float = 3.0
    """DATABASE_CONNECT_S_MAX: how long a host may take to let a request in, in seconds, 0.5 to 60."""

    database_acquire_s_max: float = 5.0
    """DATABASE_ACQUIRE_S_MAX: how long a request waits for a connection, in seconds, 0.5 to 60."""

    database_statement_s_max: float = 6.0
    """DATABASE_STATEMENT_S_MAX: how long a statement of a request may take, in seconds, 1 to 600."""

    streams_max: int = 1000
    """STREAMS_MAX: how many streams of live news one web process holds open, 0 to 100,000."""

    streams_per_caller_max: int = 20
    """STREAMS_PER_CALLER_MAX: how many one session holds, 1 to 100,000; a key ten times as many."""

    request_bytes_max: int = 16 * 1024 * 1024
    """REQUEST_BYTES_MAX: the largest request body taken, in bytes, 1 KiB to 1 GiB."""

    batch_items_max: int = 10_000
    """BATCH_ITEMS_MAX: the most events that one batch may hold, 1 to 10,000 items."""

    rate_limit: RateLimit | None = RateLimit(12_000, 60)
    """RATE_LIMIT: `requests/seconds` for each key on each route, such as 600/60; `off` for none."""

    idempotency_wait_s_max: float = 5.0
    """IDEMPOTENCY_WAIT_S_MAX: how long a repeat waits for the first request's answer, in seconds, 0 to 60."""

    idempotency_keep_days: int = 1
    """IDEMPOTENCY_KEEP_DAYS: how long a key that moved no value is kept, in days, 1 to 3650."""

    seed_rotate_days: int = 30
    """SEED_ROTATE_DAYS: the days after which a used seed of draws is revealed, 0 to 3650; 0 never."""

    clock_skew_s_max: int = 300
    """CLOCK_SKEW_S_MAX: how far in the future an event's time may lie, in seconds, 0 to 86400."""

    clock_offset_s: int = 0
    """CLOCK_OFFSET_S: how far the clock is ahead of the machine's, in seconds, at most 10 years; in tests."""

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

    retention_days: int = 0
    """RETENTION_DAYS: how long a record is kept after its last entry before it may be erased, 0 to 36500."""

    backup_folder: Path | None = None
    """BACKUP_FOLDER: the folder that backups are kept in, on another disk than the database; or off."""

    backup_every_h: int = 24
    """BACKUP_EVERY_H: how often the worker makes one where there is a folder, in hours, 0 to 720; 0 never."""

    backup_keep: int = 14
    """BACKUP_KEEP: how many backups are kept that were checked, 1 to 1000; older ones are removed."""

    notice_subscribers_at_once: int = 32
    """NOTICE_SUBSCRIBERS_AT_ONCE: how many subscribers one worker delivers to at once, 1 to 1000."""

    notice_posts_at_once: int = 8
    """NOTICE_POSTS_AT_ONCE: how many notices of one subscriber are out at once, 1 to 64."""

    notice_lease_s: float = 15.0
    """NOTICE_LEASE_S: how long a subscriber waits for another worker when its own died, 1 to 300 s."""

    notice_poll_s: float = 1.0
    """NOTICE_POLL_S: how often the worker looks for notices unless it is nudged, 0.05 to 60 s."""

    worker_metrics_port: int = 0
    """WORKER_METRICS_PORT: the TCP port of HOST at which a worker gives metrics and health; 0 for none."""

    traces_url: Secret | None = None
    """TRACES_URL: where spans go, by OTLP over HTTP, such as http://collector:4318/v1/traces; or off."""

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

    oidc_second_factor: tuple[str, ...] = ("mfa", "otp", "hwk")
    """OIDC_SECOND_FACTOR: words of `amr` or `acr` that say that a second factor was shown."""

    second_factor_roles: tuple[StaffRole, ...] = ("manager", "auditor")
    """SECOND_FACTOR_ROLES: roles of staff who sign in with a second factor only, by commas; or off."""

    log_level: LogLevel = "info"
    """LOG_LEVEL: the least severe thing that is logged: debug, info, warning or error."""

    log_format: LogFormat = "json"
    """LOG_FORMAT: json, one object a line, for machines; console for a person."""


SAME_AS: Final = {
    "DATABASE_DIRECT_URL": "database_url",
    "MIGRATION_DATABASE_URL": "database_direct_url",
    "BACKUP_DATABASE_URL": "migration_database_url",
}
"""Which setting before it stands in for one that is not given."""


def read(environment: Mapping[str, str]) -> Settings:
    """Read all settings from an environment, such as `os.environ`.

    Raises:
        SettingsError: a setting is missing, malformed or out of its bounds, its file cannot be read, or the
            clock is shifted on a database that is not an embedded one.
    """
    given: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        name = field.name.upper()
        text = text_of(environment, name)
        if text is not None:
            given[field.name] = _parsed(name, text)
        elif name in SAME_AS:
            given[field.name] = given[SAME_AS[name]]
        elif field.required:
            raise SettingsError(
                f"{name} is not set. Set it, or {name}_FILE to the path of a file that holds it."
            )
    made = Settings(**given)
    if made.clock_offset_s != 0 and not is_embedded(made.database_url):
        # What is recorded has its false time for ever: the ledger and the audit trail take nothing back.
        raise SettingsError(
            "CLOCK_OFFSET_S shifts the clock for tests and rehearsals on an embedded store, and DATABASE_URL "
            "names another. Unset CLOCK_OFFSET_S."
        )
    if made.traces_url is not None and not is_installed():
        raise SettingsError(
            "TRACES_URL asks for spans, and what sends them is not installed. Install the extra `otel` "
            "(pip install 'rewards[otel]'), or set TRACES_URL to off."
        )
    return made


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
