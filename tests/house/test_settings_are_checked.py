"""A setting that is wrong stops the process with a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from service import settings
from service.settings import RateLimit, SettingsError

KEY = "A" * 43 + "="

ENOUGH = {
    "DATABASE_URL": "postgresql://rewards_service@localhost/rewards",
    "REDIS_URL": "redis://localhost:6379/0",
    "FIELD_KEYS": f"2026b:{KEY},2026a:{KEY}",
    "INDEX_KEY": KEY,
    "AUDIT_KEY": KEY,
}


def test_five_settings_are_enough() -> None:
    """Two stores and three keys are needed; everything else has a default."""
    read = settings.read(ENOUGH)
    assert read.migration_database_url == read.database_direct_url == read.database_url
    direct = "postgresql://rewards_service@server/rewards"
    assert settings.read({**ENOUGH, "DATABASE_DIRECT_URL": direct}).migration_database_url == direct
    assert [key.id for key in read.field_keys] == ["2026b", "2026a"]
    assert read.rate_limit == RateLimit(12_000, 60)


@pytest.mark.parametrize("name", sorted(ENOUGH))
def test_a_missing_setting_is_named_with_both_ways_to_give_it(name: str) -> None:
    """An operator reads which setting is missing, and that a file will do."""
    with pytest.raises(SettingsError, match=rf"{name} is not set\. Set it, or {name}_FILE"):
        settings.read({key: value for key, value in ENOUGH.items() if key != name})


def test_a_setting_can_be_given_as_a_file(tmp_path: Path) -> None:
    """Secrets come as files, which end with a newline."""
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="ascii")
    without = {name: value for name, value in ENOUGH.items() if name != "INDEX_KEY"}
    assert settings.read({**without, "INDEX_KEY_FILE": str(tmp_path / "key")}) == settings.read(ENOUGH)


def test_a_setting_and_its_file_together_are_refused() -> None:
    """Which of the two would win is nothing that one should have to know."""
    with pytest.raises(SettingsError, match="PORT and PORT_FILE are both set"):
        settings.read({**ENOUGH, "PORT": "1", "PORT_FILE": "port"})


def test_a_file_that_cannot_be_read_or_is_empty_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(SettingsError, match=r"none, which cannot be read .* Name a readable text file"):
        settings.read({**ENOUGH, "PORT_FILE": str(tmp_path / "none")})
    (tmp_path / "empty").write_text(" \n", encoding="ascii")
    with pytest.raises(SettingsError, match="empty, which is empty"):
        settings.read({**ENOUGH, "PORT_FILE": str(tmp_path / "empty")})


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DATABASE_URL", "mysql://localhost", "Write postgresql://"),
        ("MIGRATION_DATABASE_URL", "localhost", "Write postgresql://"),
        ("DATABASE_DIRECT_URL", "localhost", "Write postgresql://"),
        ("BACKUP_DATABASE_URL", "localhost", "Write postgresql://"),
        ("BACKUP_FOLDER", "backups", "Write one such as /var/backups/rewards"),
        ("BACKUP_EVERY_H", "721", "from 0 to 720"),
        ("BACKUP_KEEP", "0", "from 1 to 1000"),
        ("DATABASE_CONNECT_S_MAX", "0", "from 0.5 to 60"),
        ("DATABASE_ACQUIRE_S_MAX", "never", "from 0.5 to 60"),
        ("DATABASE_STATEMENT_S_MAX", "601", "from 1 to 600"),
        ("REDIS_URL", "localhost:6379", "Write redis://"),
        ("FIELD_KEYS", KEY, "Write for example 2026a:"),
        ("FIELD_KEYS", f"A KEY:{KEY}", "1 to 16 of a-z"),
        ("FIELD_KEYS", "a:c2hvcnQ=", "openssl rand -base64 32"),
        ("FIELD_KEYS", f"a:{KEY},a:{KEY}", "Give each key its own"),
        ("INDEX_KEY", "not base64!", "openssl rand -base64 32"),
        ("AUDIT_KEY", "not base64!", "openssl rand -base64 32"),
        ("AUDIT_KEY_OTHER", "not base64!", "openssl rand -base64 32"),
        ("PORT", "65536", "from 0 to 65535"),
        ("PORT", "eighty", "from 0 to 65535"),
        ("PORT", "-1", "from 0 to 65535"),
        ("WEB_WORKERS", "0", "from 1 to 64"),
        ("WEB_WORKERS", "2.0", "from 1 to 64"),
        ("DATABASE_CONNECTIONS_MAX", "201", "from 1 to 200"),
        ("REQUEST_BYTES_MAX", "1023", "from 1024 to 1073741824"),
        ("BATCH_ITEMS_MAX", "10001", "from 1 to 10000"),
        ("RATE_LIMIT", "600", "600/60"),
        ("RATE_LIMIT", "0/60", "600/60"),
        ("IDEMPOTENCY_WAIT_S_MAX", "61", "from 0 to 60"),
        ("IDEMPOTENCY_WAIT_S_MAX", "nan", "from 0 to 60"),
        ("IDEMPOTENCY_KEEP_DAYS", "0", "from 1 to 3650"),
        ("RETENTION_DAYS", "-1", "from 0 to 36500"),
        ("CLOCK_SKEW_S_MAX", "86401", "from 0 to 86400"),
        ("CLOCK_OFFSET_S", "315360001", "from -315,360,000 to 315,360,000"),
        ("CLOCK_OFFSET_S", "2028-02-29", "is not a whole number of seconds"),
        ("WEBHOOK_ALLOW_LOOPBACK", "perhaps", "neither yes nor no"),
        ("SMTP_URL", "mail.example.org", "neither off nor a mail server"),
        ("MAIL_FROM", "Rewards <a@example.org>", "not a mail address"),
        ("TEXT_GATEWAY_URL", "http://gateway.example.org", "neither off nor an address"),
        ("WEBHOOK_ALLOW_PRIVATE", "10.0.0.0/8", "neither yes nor no"),
        ("WEBHOOK_DEADLINE_S_MAX", "0.5", "from 1 to 60"),
        ("WEBHOOK_DEADLINE_S_MAX", "61", "from 1 to 60"),
        ("WEBHOOK_CONNECT_S_MAX", "0", "from 0.1 to 30"),
        ("WEBHOOK_READ_S_MAX", "61", "from 0.1 to 60"),
        ("WEBHOOK_ANSWER_BYTES_MAX", "65537", "from 0 to 65536"),
        ("WORKER_METRICS_PORT", "metrics", "from 0 to 65535"),
        ("TRACES_URL", "collector:4318", "neither off nor an address with a path"),
        ("METRICS_PORT", "70000", "from 0 to 65535"),
        ("CONNECTIONS_MAX", "1", "from 64 to 100000"),
        ("REQUESTS_AT_ONCE_MAX", "7", "from 8 to 10000"),
        ("REQUESTS_WAITING_MAX", "-1", "from 0 to 100000"),
        ("REQUEST_WAIT_S_MAX", "0", "from 0.1 to 60"),
        ("UNFINISHED_REQUESTS_MAX", "0", "from 1 to 10000"),
        ("REQUEST_HEAD_S_MAX", "0", "from 0.5 to 300"),
        ("REQUEST_IDLE_S_MAX", "soon", "from 0.5 to 300"),
        ("STREAMS_PER_CALLER_MAX", "0", "from 1 to 100000"),
        ("PUBLIC_URL", "rewards.example.org", "Write for example https://"),
        ("OIDC_ISSUER", "http://login.example.org", "begins with https://"),
        ("OIDC_CLINIC", "ours", "Write the id"),
        ("OIDC_ROLES", "nurses=nurse", "theirs=ours"),
        ("OIDC_SECOND_FACTOR", "mfa,,otp", "empty word"),
        ("SECOND_FACTOR_ROLES", "manager,nurse", "names a role that there is not"),
        ("LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("LOG_FORMAT", "xml", "json, console"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(name: str, value: str, remedy: str) -> None:
    """The message begins with the setting's name and ends with what to write."""
    with pytest.raises(SettingsError, match=f"^{name} is wrong: .*{remedy}"):
        settings.read({**ENOUGH, name: value})


def test_a_rate_limit_is_requests_per_seconds() -> None:
    """`600/60` is six hundred requests in any minute, for each key on each route."""
    assert settings.read({**ENOUGH, "RATE_LIMIT": "600/60"}).rate_limit == RateLimit(600, per_s=60)


def test_the_clock_is_shifted_on_an_embedded_store_alone() -> None:
    """What is recorded under a shifted clock has its false time for ever, so a real database has none."""
    shifted = {**ENOUGH, "CLOCK_OFFSET_S": "-86400"}
    servers = ("@localhost/rewards", "/rewards?host=/run/postgresql", "/rewards?host=localhost", "/rewards")
    for server in servers:
        with pytest.raises(SettingsError, match=r"embedded store, .*Unset CLOCK_OFFSET_S\."):
            settings.read({**shifted, "DATABASE_URL": f"postgresql://{server}"})
        same = {**shifted, "CLOCK_OFFSET_S": "0", "DATABASE_URL": f"postgresql://{server}"}
        assert settings.read(same).clock_offset_s == 0
    for sockets in ("/srv/clinic/.rewards/sockets", "/tmp/rewards-sockets-a1"):  # noqa: S108  only named
        url = f"postgresql://rewards_owner@/rewards?host={sockets}"
        assert settings.read({**shifted, "DATABASE_URL": url}).clock_offset_s == -86_400


def test_no_receiver_inside_is_spoken_to_unless_a_setting_says_so() -> None:
    """The usual words for yes and no are understood; without any the answer is no."""
    read = settings.read(ENOUGH)
    assert (read.webhook_allow_loopback, read.webhook_allow_private) == (False, False)
    for word, meant in (
        ("yes", True),
        ("TRUE", True),
        ("on", True),
        ("1", True),
        ("no", False),
        ("0", False),
    ):
        assert settings.read({**ENOUGH, "WEBHOOK_ALLOW_LOOPBACK": word}).webhook_allow_loopback is meant


def test_no_key_and_no_faulty_key_is_ever_printed() -> None:
    """Neither the settings' own form nor a refusal shows what was given as a key."""
    secret = "c2VjcmV0" * 5
    with pytest.raises(SettingsError) as refused:
        settings.read({**ENOUGH, "INDEX_KEY": secret})
    assert secret not in str(refused.value)
    printed = repr(settings.read(ENOUGH))
    assert KEY not in printed
    assert r"\x00" not in printed


def test_the_mail_password_is_not_printed() -> None:
    """A printed setting shows neither the password in the address nor the gateway's key."""
    read = settings.read(
        {**ENOUGH, "SMTP_URL": "smtps://me:hush@mail.example.org", "TEXT_GATEWAY_KEY": "hush"}
    )
    assert read.smtp_url == "smtps://me:hush@mail.example.org"
    assert "hush" not in repr(read)
