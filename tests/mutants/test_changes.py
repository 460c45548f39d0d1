"""The changes that `make mutants` tries: what they are, that each can be made, and which tests are asked."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutants.changes import Change, changes_of
from tests.mutants.choosing import Covering
from tests.mutants.run import EQUIVALENTS, FLOORS, ROOT, equivalents

CODE = '''
"""A page of code with a change of each kind."""

LIMIT = 5


def paid(amount: int, cap: int | None = 3, *, is_open: bool) -> int:
    """Pay 1 at most."""
    if cap is None and not is_open:
        return 0
    log.info("paid", amount=7)
    kept.append("1")
    amount += 2
    return min(amount, cap or amount - LIMIT)
'''
QUERIES = """
-- name: take
-- One that waits; not for update.
select code_id from codes
where clinic_id = :clinic and given_at is null
order by code_id desc
limit 1
for update skip locked;
"""
SCHEMA = """
create table codes (
    code_id uuid not null,
    constraint codes_key primary key (code_id),
    constraint codes_value_is_positive check (value > 0)
);
create unique index codes_once on codes (code) where given_at is null;
create policy codes_own_clinic on codes using (clinic_id = (select current_setting('app.clinic')::uuid));
"""


def said(root: Path, path: str, text: str) -> list[tuple[str, str]]:
    """Where each change of a text lies, and what it is."""
    (root / path).write_text(text, encoding="utf-8")
    return sorted((one.place, one.said) for one in changes_of(root, path))


def test_the_changes_of_code_are_its_limits_guards_and_calls(tmp_path: Path) -> None:
    """Annotations, defaults, docstrings and what is logged stay."""
    assert said(tmp_path, "code.py", CODE) == [
        ("paid", "0: 1"),
        ("paid", "2: 3"),
        ("paid", "amount += 2: left out"),
        ("paid", "amount - LIMIT: +"),
        ("paid", "cap is None and not is_open: or"),
        ("paid", "cap is None: is not"),
        ("paid", "cap or amount - LIMIT: and"),
        ("paid", "if cap is None and (not is_open): never"),
        ("paid", "kept.append('1'): left out"),
        ("paid", "min(amount, cap or amount - LIMIT): max"),
        ("paid", "not is_open: without not"),
    ]


def test_the_changes_of_a_query_are_its_locks_conditions_and_order(tmp_path: Path) -> None:
    """Comments stay."""
    assert said(tmp_path, "codes.sql", QUERIES) == [
        ("take", "and given_at is null: left out"),
        ("take", "for update skip locked;: nothing for for update skip locked"),
        ("take", "for update skip locked;: nothing for skip locked"),
        ("take", "order by code_id desc: asc for desc"),
        ("take", "where clinic_id = :clinic and given_at is null: is not null for is null"),
    ]


def test_the_changes_of_the_schema_are_its_rules(tmp_path: Path) -> None:
    """Each rule is dropped in a migration after all others; primary keys stay."""
    assert said(tmp_path, "schema.sql", SCHEMA) == [
        ("codes", "check codes_value_is_positive: dropped"),
        ("codes", "policy codes_own_clinic: dropped"),
        ("codes", "unique index codes_once: dropped"),
    ]


def test_every_change_of_the_service_can_be_read() -> None:
    """One that no interpreter reads would be noticed by any test, and say nothing."""
    for path in sorted((ROOT / "service/core").rglob("*.py")) + sorted(
        (ROOT / "service/flows").rglob("*.py")
    ):
        text = path.read_text(encoding="utf-8")
        changes = changes_of(ROOT, str(path.relative_to(ROOT)))
        for one in changes[:: max(len(changes) // 5, 1)]:
            assert one.of(text) != text
            ast.parse(one.of(text))


def test_a_change_is_asked_of_the_tests_that_run_its_line(tmp_path: Path) -> None:
    """The quickest test of each file comes first; a query's are those that run the line that calls it."""
    (tmp_path / "service").mkdir()
    (tmp_path / "service/store.py").write_text('\n\nrow = tx.row("codes/take")\n', encoding="utf-8")
    written = {
        "tests": [["a.py::slow", 9.0], ["a.py::quick", 1.0], ["b.py::one", 2.0], ["b.py::other", 3.0]],
        "lines": {"service/x.py": {"4": [0, 1, 2]}, "service/store.py": {"3": [3]}},
    }
    (tmp_path / "only.json").write_text(json.dumps(written), encoding="utf-8")
    covering = Covering.read(tmp_path, tmp_path)
    assert covering.tests_of(Change("service/x.py", 4, "x", "0: 1")) == [
        "a.py::quick",
        "b.py::one",
        "a.py::slow",
    ]
    assert covering.tests_of(Change("service/x.py", 5, "x", "0: 1")) == []
    assert covering.tests_of(Change("service/store/sql/codes.sql", 9, "take", "asc for desc")) == [
        "b.py::other"
    ]


def test_every_equivalent_is_a_change_of_today_s_code_and_has_its_reason() -> None:
    """A line whose code is gone is to go as well."""
    listed = equivalents(EQUIVALENTS.read_text(encoding="utf-8"))
    for name, reason in listed.items():
        path = name.partition(" | ")[0]
        assert name in {one.name for one in changes_of(ROOT, path)}, name
        assert len(reason.split()) >= 5, name
    assert all(any(ROOT.glob(glob.replace("/*", "/**/*"))) for globs in FLOORS.values() for glob in globs)


@pytest.mark.slow
def test_a_change_that_no_test_notices_is_told_from_one_that_a_test_notices(tmp_path: Path) -> None:
    """In a small tree of its own: the limit is tested, the other number is not."""
    made = tmp_path / "tree"
    for name in ("tests/mutants", "tests/core", "service/core"):
        (made / name).mkdir(parents=True)
    for name in ("service", "service/core"):
        (made / name / "__init__.py").touch()
    for name in ("changes", "choosing", "covering", "run"):
        (made / f"tests/mutants/{name}.py").write_text(
            (ROOT / f"tests/mutants/{name}.py").read_text(), encoding="utf-8"
        )
    (made / "tests/mutants/equivalents.txt").write_text("", encoding="utf-8")
    code = "def paid(cap: int) -> tuple[bool, int]:\n    return cap > 3, 7\n"
    (made / "pytest.ini").write_text(
        "[pytest]\naddopts = --import-mode=importlib\nasyncio_default_fixture_loop_scope = session\n",
        encoding="utf-8",
    )
    (made / "service/core/paid.py").write_text(code, encoding="utf-8")
    test = [
        "from service.core.paid import paid",
        "",
        "",
        "def test_the_limit():",
        "    assert not paid(3)[0]",
    ]
    test.append("    assert paid(4)[0]")
    (made / "tests/core/test_paid.py").write_text("\n".join(test), encoding="utf-8")
    order = [sys.executable, "-m", "tests.mutants.run", "--floors", "core", "--only", "service/core/paid.py"]
    ended = subprocess.run(
        [*order, "--processes", "1"],
        cwd=made,
        env={"PYTHONPATH": str(made)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "survived: service/core/paid.py:2\n    service/core/paid.py | paid | 7: 8" in ended.stdout
    assert "core      2 of 3 noticed (67%; at least 97%)" in ended.stdout
