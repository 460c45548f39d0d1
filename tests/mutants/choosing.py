"""Which tests are asked about a change: those that run its line, the quickest of each file first."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from tests.mutants.changes import Change

SECONDS_MAX = 60.0
"""How long the tests of one change may take together, as they took without it."""
TESTS_MAX = 400
_BLOCK = re.compile(r"^-- (?:name|part): (\w+)", re.MULTILINE)


@dataclass
class Covering:
    """What was written down of a run of the tests."""

    root: Path
    seconds: dict[str, float] = field(default_factory=dict)
    lines: dict[str, dict[int, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    _callers: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path, folder: Path) -> Covering:
        """Join what each process of the run wrote."""
        found = cls(root)
        for path in sorted(folder.glob("*.json")):
            said = json.loads(path.read_text(encoding="utf-8"))
            names = [name for name, _ in said["tests"]]
            found.seconds.update(dict(said["tests"]))
            for file, lines in said["lines"].items():
                for line, by in lines.items():
                    found.lines[file][int(line)].update(names[number] for number in by)
        return found

    def tests_of(self, change: Change) -> list[str]:
        """The tests to ask, by their ids, in the order in which to ask them."""
        if change.statement:
            tests = self._of_table(change.place, change.said)
        elif change.path.endswith(".sql"):
            tests = self._of_queries([(Path(change.path).stem, change.place)])
        else:
            tests = self.lines.get(change.path, {}).get(change.line, set())
        return self._in_order(tests)

    def _in_order(self, tests: set[str]) -> list[str]:
        """The quickest test of each file, then the next of each, while there is time."""
        by_file: dict[str, list[str]] = defaultdict(list)
        for test in sorted(tests, key=lambda one: (self.seconds.get(one, 0.0), one)):
            by_file[test.partition("::")[0]].append(test)
        chosen: list[str] = []
        left_s = SECONDS_MAX
        for turn in zip_longest(*sorted(by_file.values(), key=lambda some: self.seconds.get(some[0], 0.0))):
            for test in turn:
                if test is not None and len(chosen) < TESTS_MAX and self.seconds.get(test, 0.0) <= left_s:
                    chosen.append(test)
                    left_s -= self.seconds.get(test, 0.0)
        return chosen

    def _of_queries(self, blocks: list[tuple[str, str]]) -> set[str]:
        """The tests that call some queries; of a part or a head, those that call any query of the file."""
        tests: set[str] = set()
        for noun, block in blocks:
            exact = self._lines_that_say(f"{noun}/{block}")
            for path, line in exact or self._lines_that_say(f"{noun}/"):
                # A call over several lines is written down under the line that it begins on.
                for near in range(line - 2, line + 1):
                    tests |= self.lines.get(path, {}).get(near, set())
        return tests

    def _lines_that_say(self, words: str) -> list[tuple[str, int]]:
        if not self._callers:
            for path in sorted((self.root / "service").rglob("*.py")):
                inside = str(path.relative_to(self.root))
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    for found in re.findall(r'"(\w+/\w+)"', line):
                        self._callers.setdefault(found, []).append((inside, number))
        if words.endswith("/"):
            return [
                place for said, places in self._callers.items() if said.startswith(words) for place in places
            ]
        return self._callers.get(words, [])

    def _of_table(self, table: str, said: str) -> set[str]:
        """The tests that write to a table, and those that say its name or the rule's."""
        rule = said.removesuffix(": dropped").rpartition(" ")[2]
        writes = re.compile(rf"\b(?:insert into|update|delete from) {table}\b")
        blocks = []
        for path in sorted((self.root / "service/store/sql").glob("*.sql")):
            parts = _BLOCK.split(path.read_text(encoding="utf-8"))
            blocks += [
                (path.stem, name)
                for name, text in zip(parts[1::2], parts[2::2], strict=True)
                if writes.search(text)
            ]
        named = [
            str(path.relative_to(self.root))
            for path in (self.root / "tests").rglob("test_*.py")
            if re.search(rf"\b(?:{table}|{rule})\b", path.read_text(encoding="utf-8"))
        ]
        return self._of_queries(blocks) | {one for one in self.seconds if one.partition("::")[0] in named}
