"""Days drawn by lot in an audit pack: its checker works each out, and names whatever is not so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from checker.draws import days_hold
from checker.folder import opened
from schemas.packs import PackScope
from service.flows.draws.seeds import rotate_seeds
from service.flows.visits.record_missed import record_missed
from tests.flows.packing import Row, checked, packed, rewrite
from tests.flows.test_drawn_days import enrolled, mornings
from tests.flows.test_missed import at

if TYPE_CHECKING:
    from pathlib import Path

    from tests.flows.conftest import Scene

FAULTS: tuple[tuple[str, Callable[[Row], object]], ...] = (
    ("its seed draws slip", lambda row: row.update(slip=row["slip"] % 5 + 1, drawn=row["slip"] % 5 < 2)),
    ("its program wants", lambda row: row.update(wanted=5, drawn=True)),
    ("says otherwise", lambda row: row.update(drawn=not row["drawn"])),
    ("its program wants", lambda row: row.update(days=row["days"][1:])),
    ("its program wants", lambda row: row.update(target="else")),
    ("its enrollment or program", lambda row: row.update(version=9)),
    ("before its seed was committed", lambda row: row.update(drawn_at="2020-01-01T00:00:00+00:00")),
)


async def test_the_checker_works_drawn_days_out_and_names_each_lie(scene: Scene, tmp_path: Path) -> None:
    """While the seed is secret it says that they wait; a missed visit of such a day holds too."""
    one = await enrolled(scene)
    await mornings(scene, range(1, 5))
    scene.clock.now = at(8)
    assert await record_missed(scene.database, scene.clinic) == 2
    scope = PackScope(one.participant)
    await packed(scene.database, scene.actor("auditor"), scope, tmp_path / "secret")
    status, said = checked(tmp_path / "secret")
    assert status == 0, said
    assert "are of a seed that is still secret" in said
    await scene.value(rotate_seeds)
    folder = tmp_path / "shown"
    await packed(scene.database, scene.actor("auditor"), scope, folder)
    status, said = checked(folder)
    assert status == 0, said
    assert "days drawn by lot follow from their seeds" in said
    honest = (folder / "drawn_days.ndjson").read_bytes()
    for expected, lie in FAULTS:

        def first(rows: list[Row], lie: Callable[[Row], object] = lie) -> list[Row]:
            lie(rows[0])
            return rows

        rewrite(folder, "drawn_days", first)
        found = " ".join(f"{fault}" for fault in days_hold(opened(folder)))
        assert expected in found, (expected, found)
        (folder / "drawn_days.ndjson").write_bytes(honest)
