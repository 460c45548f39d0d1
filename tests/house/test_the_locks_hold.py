"""The locks hold what the project asks for, with hashes, and agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS: Final = {
    "requirements.lock": ("embedded", "dev", "build"),
    "image.lock": ("build",),
    "tools.lock": ("deploy", "otel"),
}
"""Each lock, and what it holds beside what the service itself needs."""


def locked(name: str) -> dict[str, str]:
    """Read the versions that a lock names."""
    text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==([^ ;\\]+)", text))


def asked(*extras: str) -> set[str]:
    """Give the names of what the project asks for, as a lock spells them."""
    wanted = [*PROJECT["dependencies"]]
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    return {re.split(r"[\[><=~! ]", one)[0].lower().replace("_", "-") for one in wanted}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_all_that_is_asked_for_and_every_entry_has_a_hash(name: str) -> None:
    """What was added to the project and not locked would not be installed."""
    assert asked(*LOCKS[name]) <= set(locked(name))
    entries = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / "deploy" / name).read_text(encoding="utf-8"))
    assert [one.splitlines()[0] for one in entries if one.strip() and "--hash=sha256:" not in one] == []


@pytest.mark.parametrize("name", [name for name in LOCKS if name != "requirements.lock"])
def test_no_lock_has_another_version_than_the_first(name: str) -> None:
    """They are installed into one environment, and the image runs what was tested."""
    first, other = locked("requirements.lock"), locked(name)
    assert {one: other[one] for one in other.keys() & first.keys()} == {
        one: first[one] for one in other.keys() & first.keys()
    }


def test_every_extra_is_in_a_lock() -> None:
    """The Makefile locks them by name."""
    assert {extra for extras in LOCKS.values() for extra in extras} == set(PROJECT["optional-dependencies"])
