"""Short words for what tests of audit packs do: make one, unpack it, check it as an auditor would, tamper."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zipfile import ZipFile

import pytest

from schemas.caps import NewCap
from schemas.draws import NewHat
from schemas.events import NewEvent
from schemas.packs import PackMade, PackScope
from schemas.people import NewEnrollment
from schemas.program import Bowl, Draws, Hat, Phase, Program, Target, Tier
from schemas.proposals import NewManualAward
from service.core.actors import Actor
from service.flows.draws.hats import draw_names
from service.flows.draws.seeds import rotate_seeds
from service.flows.ledger.caps import set_cap
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Done
from service.flows.programs.programs import publish_program
from service.flows.trail.packs import make_pack
from service.flows.visits.record_events import Recorded, ToRecord
from service.store.database.cipher import TrailKey
from tests.flows.drawing import drawing
from tests.flows.histories import CALIFORNIA, START, History

if TYPE_CHECKING:
    from service.store.database.pool import Database
    from tests.flows.conftest import Scene

Row = dict[str, Any]
MIXED = Bowl("mixed", (Tier("a coin", 1, value=100), Tier("a pen", 1, category="learning")))
GROUP = Program(
    "group",
    "Group",
    "points",
    12,
    (
        Target(
            "group",
            "attendance",
            (Phase(weeks=(1, 12), earn=Draws(3, 0, bowl="mixed")),),
            hat=Hat(2, "mixed"),
        ),
        Target("test", "test", (Phase(weeks=(1, 12), earn=Draws(1, 0, bowl="mixed")),)),
    ),
    bowls=(MIXED,),
)


NOW = datetime(2026, 7, 6, 17, tzinfo=UTC)


class Packed:
    """A clinic with something of everything in it, and a person whom it all happened to."""

    def __init__(self, scene: Scene, person: UUID, california: UUID, group: UUID) -> None:
        self.scene = scene
        self.person = person
        self.california = california
        self.group = group


@pytest.fixture
async def clinic(scene: Scene) -> Packed:
    """Give a clinic with visits, corrections, draws of two seeds, a hat, a cap and an award by hand."""
    scene.clock.now = NOW
    person = await scene.participant("P-77", "Ana Doe")
    for program in (CALIFORNIA, GROUP):
        await scene.value(partial(publish_program, program=program))
    cap = NewCap("month", "usd", 3000, START, "What the clinic can pay.")
    await scene.value(lambda act: set_cap(act, cap))
    new = NewEnrollment(person, "california", START, funding="state")
    history = History(scene, await scene.value(lambda act: open_enrollment(act, new)))
    await history.visits("negative", "negative", "positive", "negative", "negative", "negative")
    await history.correct(2, "lab_overturn", "positive")
    await history.correct(3, "excuse")
    beside = await scene.participant("P-78")
    people = [
        await scene.value(partial(open_enrollment, new=NewEnrollment(one, "group", START)))
        for one in (person, beside)
    ]
    at = history.at(1)
    for enrolled in people:
        event = NewEvent("attended", at, enrollment=enrolled.id, target="group")
        (answer,) = await scene.recorder.record(scene.clinic, [ToRecord(scene.actor("front_desk"), event)])
        assert isinstance(answer, Recorded)
    hat = NewHat("group", "group", at.date())
    await scene.value(lambda act: draw_names(act, hat))
    mine = people[0].id
    await scene.value(drawing(person, 2, mine, "mixed"))
    await scene.value(rotate_seeds)
    await scene.value(drawing(person, 1, mine, "mixed"))
    award = NewManualAward(person, "usd", 500, "Kind to others.")
    made = await scene.value(lambda act: propose_manual_award(act, award), "clinician")
    await scene.value(lambda act: approve_manual_award(act, made.id))
    return Packed(scene, person, history.enrollment.id, mine)


async def of_person(clinic: Packed, folder: Path, *, names: bool = False) -> Path:
    """Make the pack of the one person, and unpack it."""
    scope = PackScope(clinic.person, names=names)
    await packed(clinic.scene.database, clinic.scene.actor("auditor"), scope, folder)
    return folder


async def packed(database: Database, actor: Actor, scope: PackScope, folder: Path) -> PackMade:
    """Make a pack and unpack it."""
    body = BytesIO()
    made = await make_pack(database, actor, scope, body)
    assert isinstance(made, Done), made
    with ZipFile(body) as archive:
        archive.extractall(folder)
    return made.value


def checked(folder: Path, *words: str) -> tuple[int, str]:
    """Run the checker as an auditor would: no site packages, no folder but its own; its code and words."""
    command = [sys.executable, "-I", "-S", str(folder / "check.py"), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, cwd="/")
    assert done.stderr == ""
    return done.returncode, done.stdout


def rows(folder: Path, table: str) -> list[Row]:
    """Read a table of a pack."""
    return [json.loads(line) for line in (folder / f"{table}.ndjson").read_text("utf-8").splitlines()]


def rewrite(folder: Path, table: str, change: Callable[[list[Row]], Iterable[Row]]) -> None:
    """Change the rows of a table."""
    path = folder / f"{table}.ndjson"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(json.dumps(row) + "\n" for row in change(rows)), encoding="utf-8")


def signed_anew(folder: Path, audit_key: bytes) -> None:
    """Make the manifest and its signature fit what was changed, as who has the key could."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for name, said in list(manifest["files"].items()):
        if not (folder / name).exists():
            del manifest["files"][name]
        else:
            said["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    trail = TrailKey(audit_key)
    said = {
        "public_key": trail.public_key().hex(),
        "signature": trail.sign(f"rewards audit pack\n{digest}".encode()).hex(),
    }
    (folder / "signature.json").write_text(json.dumps(said), encoding="utf-8")
