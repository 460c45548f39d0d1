"""The settings and their documentation say the same, in both directions."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import msgspec

from service import settings
from service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "deploy" / "service.env.example"

NAMES = {field.name.upper() for field in msgspec.structs.fields(Settings)}


def example() -> dict[str, str]:
    """Read the example as it reads with every setting in force, `NAME_FILE` counted as `NAME`."""
    found = re.findall(r"(?m)^#?([A-Z][A-Z0-9_]*)=(.*)$", EXAMPLE.read_text(encoding="utf-8"))
    return {name.removesuffix("_FILE"): value for name, value in found}


def test_every_setting_stands_in_the_example_and_nothing_else_does() -> None:
    """An operator who reads `service.env.example` has read about every setting there is."""
    assert set(example()) == NAMES


def test_every_setting_in_the_example_has_a_comment_above_it() -> None:
    """A name alone does not say what it is for, or in which unit it is given."""
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    bare = [block for block in blocks if not re.match(r"# \S.*\n(# \S.*\n)*#?[A-Z][A-Z0-9_]*=\S+$", block)]
    assert bare == []


def test_the_defaults_in_the_example_are_the_real_ones() -> None:
    """A commented-out setting shows exactly what the service does without it."""
    needed = {
        "DATABASE_URL": "postgresql://rewards_service@localhost/rewards",
        "DATABASE_DIRECT_URL": "postgresql://rewards_service@localhost/rewards",
        "MIGRATION_DATABASE_URL": "postgresql://rewards_service@localhost/rewards",
        "BACKUP_DATABASE_URL": "postgresql://rewards_service@localhost/rewards",
        "REDIS_URL": "redis://localhost:6379/0",
        "FIELD_KEYS": "one:" + "A" * 43 + "=",
        "INDEX_KEY": "A" * 43 + "=",
        "AUDIT_KEY": "A" * 43 + "=",
    }
    shown = {name: value for name, value in example().items() if name not in needed}
    assert settings.read({**shown, **needed}) == settings.read(needed)


def test_every_setting_has_a_parser_and_a_docstring_that_begins_with_its_name() -> None:
    """The table of parsers, the fields and their words cannot drift apart."""
    assert set(settings.PARSERS) == NAMES
    documented = re.findall(r'(?m)^    """([A-Z][A-Z0-9_]*): \S', inspect.getsource(Settings))
    assert set(documented) == NAMES


def test_every_setting_stands_on_the_operators_page_and_nothing_else_does() -> None:
    """The table of settings in `docs/operations.md` is whole."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = text.partition("<!-- printed: settings -->")[2].partition("<!-- end -->")[0]
    assert set(re.findall(r"(?m)^\| `([A-Z][A-Z0-9_]*)` \|", table)) == NAMES
