"""The demo's passwords and keys stand in one file: without it, no second clinic is made beside the first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.commands.demo import known_or_made
from service.commands.speech import CommandError, Exit
from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic

if TYPE_CHECKING:
    from service.store.database.pool import Database


@pytest.mark.parametrize("content", [None, "", '{"clinic": 1}'], ids=["gone", "empty", "another's"])
async def test_a_demo_whose_keys_are_gone_says_so_and_makes_no_second_clinic(
    own_service: Database, tmp_path: Path, content: str | None
) -> None:
    """Seen: it made another one, and wrote over the keys of the first."""
    made = await create_clinic(own_service, "The demo", "America/New_York")
    assert isinstance(made, Done)
    kept = tmp_path / "demo.json"
    if content is not None:
        kept.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=r"demo\.json.*Put it back, or begin anew with --fresh") as refused:
        await known_or_made(own_service, kept)
    assert (refused.value.exit_code, refused.value.code) == (Exit.USAGE, "keys_wrong")
    assert await own_service.clinics() == [made.value.id]
    assert (kept.read_text(encoding="utf-8") if kept.exists() else None) == content
