"""AUDIT_KEY is changed while real servers serve; afterwards the old key is good for nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from tests import tls
from tests.walks.test_serve import serving

if TYPE_CHECKING:
    from tests.walks.conftest import Environment, Given, Run

NEW = "Q" * 43 + "="


def test_the_audit_key_is_changed_while_requests_are_served(
    own_database: str, given: Given, rewards: Run, tmp_path: Path
) -> None:
    """What was signed before verifies afterwards by the new key alone; with the old one nothing starts."""
    old = given(own_database)
    reading = {**old, "AUDIT_KEY_OTHER": NEW}
    both = {**old, "AUDIT_KEY": NEW, "AUDIT_KEY_OTHER": old["AUDIT_KEY"]}
    new = {**old, "AUDIT_KEY": NEW}
    clinic = made(rewards, old, "clinic", "create", "--name", "N", "--timezone", "UTC")["id"]
    key = made(rewards, old, "key", "create", "--clinic", clinic, "--role", "manager")["key"]

    def write(url: str) -> None:
        answer = httpx.post(
            f"{url}/v1/participants",
            json={"reference": str(uuid4())},
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid4())},
            verify=tls.CONTEXT,
            timeout=30,
        )
        assert answer.status_code == httpx.codes.CREATED, answer.text

    early, late = tmp_path / "early.json", tmp_path / "late.json"
    with serving(old) as (_, url):
        write(url)
    rewards("audit", "checkpoint", "--clinic", clinic, "--out", str(early), environment=old)
    with serving(reading) as (_, before):
        with serving(both) as (_, after):
            for url in (before, after, before):
                write(url)
            assert rewards("verify", environment=both).returncode == 0
            changes = [made(rewards, both, "keys", "rotate")["chains"] for _ in range(2)]
            assert changes == [1, 0]
            for url in (after, before, after):
                write(url)
        assert rewards("verify", environment=reading, check=False).returncode != 0
    with serving(new) as (_, url):
        write(url)
    rewards("audit", "checkpoint", "--clinic", clinic, "--out", str(late), environment=new)
    for checkpoint in (early, late):
        assert rewards("verify", "--checkpoint", str(checkpoint), environment=new).returncode == 0
    for environment in (old, reading):
        refused = rewards("serve", "--port", "0", "--json", environment=environment, check=False)
        assert "AUDIT_KEY is another" in refused.stdout + refused.stderr
        assert refused.returncode != 0


def made(rewards: Run, environment: Environment, *words: str) -> dict[str, Any]:
    """Run a command that says what it made."""
    said: dict[str, Any] = json.loads(rewards(*words, "--json", environment=environment).stdout)
    return said
