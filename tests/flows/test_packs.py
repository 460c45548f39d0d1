"""Audit packs: what is in them, who makes them, and that the checker inside finds nothing in a true one."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from uuid import UUID

import msgspec
import pytest

from schemas.checkpoints import Checkpoints
from schemas.notices import PART_2_NOTICE
from schemas.packs import PackScope
from schemas.people import Role
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.draws.seeds import rotate_seeds
from service.flows.people.accounting import AccountingFilter, list_accounting
from service.flows.screens.audit import AuditFilter, read_audit
from service.flows.trail.packs import MAY_PACK, make_pack
from service.flows.verify.verify import verify
from tests.flows.histories import START
from tests.flows.packing import NOW, Packed, checked, clinic, of_person, packed, rows

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

__all__ = ["clinic"]


async def test_packs_of_every_scope_hold(clinic: Packed, tmp_path: Path) -> None:
    """A person's whole ledger, a program, a period, and several together: the checker finds nothing."""
    scopes = (
        PackScope(clinic.person),
        PackScope(program="group"),
        PackScope(since=START, until=NOW.date()),
        PackScope(clinic.person, "california", START, START),
    )
    for place, scope in enumerate(scopes):
        folder = tmp_path / str(place)
        made = await packed(clinic.scene.database, clinic.scene.actor("auditor"), scope, folder)
        code, words = checked(folder, "--key", made.public_key)
        assert code == 0, words
        assert "Everything in this pack holds." in words
        assert made.enrollments == (2, 2, 3, 1)[place]
    assert "draw(s) are of a seed that is still secret" in checked(tmp_path / "0")[1]


async def test_a_draw_is_checked_once_its_seed_is_revealed(clinic: Packed, tmp_path: Path) -> None:
    """Of a seed in use a pack has the commitment alone; a later pack has the seed, and fits."""
    folder = await of_person(clinic, tmp_path / "before")
    secret = [row for row in rows(folder, "seeds") if row["revealed_seed"] is None]
    assert len(secret) == 1
    await clinic.scene.value(rotate_seeds)
    folder = await of_person(clinic, tmp_path / "after")
    (known,) = [row for row in rows(folder, "seeds") if row["seed"] == secret[0]["seed"]]
    assert hashlib.sha256(bytes.fromhex(known["revealed_seed"])).hexdigest() == secret[0]["commitment"]
    assert checked(folder)[0] == 0


async def test_names_are_in_it_only_where_they_are_asked_for(clinic: Packed, tmp_path: Path) -> None:
    """Without, no file has a name or a reference of anybody; with, people and staff are called by theirs."""
    without = await of_person(clinic, tmp_path / "without")
    told = b"".join(path.read_bytes() for path in without.rglob("*") if path.is_file())
    for word in (b"Ana Doe", b"P-77", b"Kind to others", b"The lab called"):
        assert word not in told
    named = await of_person(clinic, tmp_path / "named", names=True)
    assert [(row["name"], row["reference"]) for row in rows(named, "people")] == [("Ana Doe", "P-77")]
    assert checked(named)[0] == 0


async def test_making_a_pack_is_told_and_accounted_for(clinic: Packed, tmp_path: Path) -> None:
    """The trail says which pack it was; everybody in it has it in the accounting of what was told of them."""
    scope = PackScope(program="group", recipient="State auditor")
    made = await packed(clinic.scene.database, clinic.scene.actor("auditor"), scope, tmp_path / "pack")
    manifest = (tmp_path / "pack" / "manifest.json").read_bytes()
    assert PART_2_NOTICE in manifest.decode()
    trail = await clinic.scene.value(lambda act: read_audit(act, AuditFilter(deed="audit.packed"), Page(5)))
    (entry,) = trail.items
    assert entry.detail["manifest"] == made.manifest == hashlib.sha256(manifest).hexdigest()
    assert entry.actor == clinic.scene.actor("auditor").id
    told = await clinic.scene.value(
        lambda act: list_accounting(act, clinic.person, Page(5), AccountingFilter())
    )
    assert [(one.how, one.what, one.recipient) for one in told.items][:1] == [
        ("export", "audit.packed", "State auditor")
    ]
    verdict = await verify(clinic.scene.database, clinic.scene.clinic, lambda _what, _more: None)
    assert verdict is not None
    assert verdict.fault is None


async def test_the_checkpoint_of_a_pack_is_one_that_verify_takes(clinic: Packed, tmp_path: Path) -> None:
    """Who holds the pack can have the clinic's own trail held to it later."""
    folder = await of_person(clinic, tmp_path / "pack")
    held = msgspec.json.decode((folder / "checkpoint.json").read_bytes(), type=Checkpoints).checkpoints
    verdict = await verify(clinic.scene.database, clinic.scene.clinic, lambda _what, _more: None, held)
    assert verdict is not None
    assert verdict.fault is None


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        (PackScope(), "invalid"),
        (PackScope(since=START), "invalid"),
        (PackScope(since=START, until=START - timedelta(days=1)), "invalid"),
        (PackScope(UUID(int=9)), "not_found"),
        (PackScope(program="nothing"), "not_found"),
    ],
)
async def test_a_pack_of_nothing_is_refused(scene: Scene, scope: PackScope, code: str) -> None:
    """What is asked for must be somebody's, and a period has two ends."""
    made = await make_pack(scene.database, scene.actor("auditor"), scope, BytesIO())
    assert isinstance(made, Refused)
    assert made.code == code


async def test_only_managers_and_auditors_make_packs(clinic: Packed) -> None:
    """Whoever works at the desk is refused, and so is a pack that is larger than may be waited for."""
    for role in sorted(set(get_args(Role)) - MAY_PACK):
        made = await make_pack(
            clinic.scene.database, clinic.scene.actor(role), PackScope(clinic.person), BytesIO()
        )
        assert isinstance(made, Refused)
        assert made.code == "forbidden"
    many = await make_pack(
        clinic.scene.database, clinic.scene.actor(), PackScope(program="group"), BytesIO(), most=1
    )
    assert isinstance(many, Refused)
    assert many.reason == "invalid.pack_too_large"
