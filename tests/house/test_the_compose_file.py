"""The compose file: its secrets are made by its head, and both stores speak TLS and ask who it is."""

from __future__ import annotations

import re
import stat
import subprocess
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from service import settings

DEPLOY: Final = Path(__file__).resolve().parents[2] / "deploy"
TEXT: Final = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: Final[dict[str, Any]] = yaml.safe_load(TEXT)
SERVICES: Final[dict[str, Any]] = COMPOSE["services"]
OURS: Final = ("migrate", "web", "worker")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the secrets as the head of the file says."""
    place = tmp_path_factory.mktemp("deploy")
    lines = re.findall(r"(?m)^#   (.+)$", TEXT.split("# And a file pages.env")[0])
    done = subprocess.run(
        ["/bin/bash", "-euc", "\n".join(lines)],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return place / "secrets"


def file_of(made: Path, path: str) -> str:
    """Give what stands in a secret's file."""
    return (made / path.removeprefix("/run/secrets/")).read_text(encoding="utf-8").strip()


def value_after(words: list[str], name: str) -> str:
    """Give the word that follows an option."""
    return words[words.index(name) + 1]


def test_every_secret_is_made_by_the_head_and_the_folder_is_private(made: Path) -> None:
    """And whoever uses one is given it."""
    assert {Path(one["file"]).name for one in COMPOSE["secrets"].values()} <= {
        one.name for one in made.iterdir()
    }
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    for name, service in SERVICES.items():
        said = yaml.safe_dump({key: part for key, part in service.items() if key != "secrets"})
        assert set(re.findall(r"/run/secrets/([a-z_]+)", said)) <= set(service["secrets"]), name
        assert set(service["secrets"]) <= set(COMPOSE["secrets"]), name


@pytest.mark.parametrize("name", OURS)
def test_the_service_reads_its_settings_and_checks_whom_it_speaks_to(made: Path, name: str) -> None:
    """Every store by TLS, its certificate and name checked, with a password that no setting's form shows."""
    given = SERVICES[name]["environment"]
    read = settings.read({key: value.replace("/run/secrets", str(made)) for key, value in given.items()})
    trusted = set(SERVICES[name]["secrets"])
    for url in (read.database_url, read.migration_database_url):
        parts = urlsplit(url)
        asked = parse_qs(parts.query)
        assert (parts.hostname, asked["sslmode"]) == ("postgres", ["verify-full"])
        assert asked["sslrootcert"][0].removeprefix("/run/secrets/") in trusted
        assert parts.password
    parts = urlsplit(read.redis_url)
    assert (parts.scheme, parts.hostname) == ("rediss", "valkey")
    assert parse_qs(parts.query)["ssl_ca_certs"][0].removeprefix("/run/secrets/") in trusted
    assert parts.password == file_of(made, "valkey_password")
    assert parts.password not in repr(read)


def test_nobody_logs_in_as_the_superuser(made: Path) -> None:
    """The service as itself and `migrate` as the owner besides, each by a password of its own."""
    logins: dict[str, str] = {}
    for name in OURS:
        given = SERVICES[name]["environment"]
        read = settings.read({key: value.replace("/run/secrets", str(made)) for key, value in given.items()})
        own, owner = urlsplit(read.database_url), urlsplit(read.migration_database_url)
        assert own.username == "rewards_service"
        assert owner.username == ("rewards_owner" if name == "migrate" else "rewards_service")
        logins |= {str(one.username): str(one.password) for one in (own, owner)}
    superuser = file_of(made, "postgres_password")
    assert len({*logins.values(), superuser}) == 3
    given_it = [name for name, service in SERVICES.items() if "postgres_password" in service["secrets"]]
    assert given_it == ["postgres"]
    (makes,) = re.findall(r"(?m)^create role rewards_owner (.+) password", (DEPLOY / "owner.sh").read_text())
    assert makes == "login createrole createdb"


def test_valkey_takes_tls_alone_and_of_whom_it_does_not_know_a_ping(made: Path) -> None:
    """No plain port; the users are those of the file, and the one without a password does nothing."""
    words = SERVICES["valkey"]["command"]
    assert (value_after(words, "--port"), value_after(words, "--tls-port")) == ("0", "6379")
    users = file_of(made, value_after(words, "--aclfile")).splitlines()
    assert users[0] == "user default on nopass -@all +ping"
    assert [user.split()[1] for user in users] == ["default", "rewards"]
    assert "--tls" in SERVICES["valkey"]["healthcheck"]["test"]


def test_postgresql_takes_tls_alone_with_a_key_that_it_may_have() -> None:
    """From outside its container nobody is let in without; its key is a copy that is its own."""
    service = SERVICES["postgres"]
    assert "--ssl=on" in service["command"]
    (hba,) = [one.removeprefix("--hba_file=") for one in service["command"] if one.startswith("--hba_file=")]
    assert f"./pg_hba.conf:{hba}:ro" in service["volumes"]
    kept = [line.split() for line in (DEPLOY / "pg_hba.conf").read_text(encoding="utf-8").splitlines()]
    assert [line[0] for line in kept if line[0] != "#"] == ["local", "hostssl"]
    key = re.search(r"install -o postgres -m 600 /run/secrets/tls_key (\S+)", " ".join(service["entrypoint"]))
    assert key is not None
    assert f"--ssl_key_file={key[1]}" in service["command"]


def test_the_worker_is_asked_whether_it_is_ready() -> None:
    """At the port that it is told, which is another than the web's, and none is reached from outside."""
    worker, web = SERVICES["worker"], SERVICES["web"]
    port = worker["environment"]["WORKER_METRICS_PORT"]
    assert f"http://127.0.0.1:{port}/readyz" in worker["healthcheck"]["test"][-1]
    compile(worker["healthcheck"]["test"][-1], "healthcheck", "exec")
    assert port not in {web["environment"]["METRICS_PORT"], "8000", "0"}


def test_only_the_web_processes_are_reached_from_outside_and_only_from_this_machine() -> None:
    """The stores have no port outside their network."""
    assert {name: one["ports"] for name, one in SERVICES.items() if "ports" in one} == {
        "web": ["127.0.0.1:8000:8000"]
    }
