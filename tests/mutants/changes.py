"""Small changes of the code, each of which some test has to notice.

A change stands for a slip of a hand: a limit by one, a condition turned round, a guard left out, a lock not
taken, a rule of the schema dropped. Places where a change says nothing are left out: annotations, docstrings,
and what is only logged.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COMPARISONS = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"), ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
}  # fmt: skip  # table: what stands, and what is put there
SUMS = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.FloorDiv: ("//", "*"),
    ast.Mod: ("%", "*"),
}
LOGGED = re.compile(r"(?:_?log(?:ger)?|self\._log)\.")
SQL_WORDS = {
    r"\bfor (?:no key )?update(?: of \w+)?(?: skip locked| nowait)?": "", r"\bfor share(?: of \w+)?": "",
    r"\bskip locked": "", r"\bnot exists\b": "exists", r"(?<!not )\bexists\b": "not exists",
    r"\bis not null\b": "is null", r"\bis null\b": "is not null", r"\bdesc\b": "asc",
    r" <= ": " < ", r" >= ": " > ", r" < ": " <= ", r" > ": " >= ", r" <> ": " = ",
    r"\bgreatest\b": "least", r"\bleast\b": "greatest",
    r"\bunion all\b": "union", r"\bleft join\b": "join",
}  # fmt: skip  # table: what stands in a query, and what is put there
_FLAT = r"[^()\n;]"
SQL_CONDITION = re.compile(
    rf"(?<!\S)(?:and|or) (?:{_FLAT}|\({_FLAT}*(?:\({_FLAT}*\){_FLAT}*)*\))+?(?=\s+(?:and|or)\b|\s*[\n;)]|$)"
)
"""A condition that is one of several, with brackets of up to two floors in it, on one line."""
SQL_BETWEEN = re.compile(r"\bbetween \S+ $")
RULE = re.compile(
    r"^(?:    |alter table \w+ add )constraint (\w+) (check|unique|exclude|foreign key)\b", re.MULTILINE
)
TABLE = re.compile(r"^(?:create table|alter table) (\w+)", re.MULTILINE)
INDEX = re.compile(r"^create unique index (\w+) on (\w+)", re.MULTILINE)
POLICY = re.compile(r"^create policy (\w+) on (\w+)", re.MULTILINE)
TRIGGER = re.compile(r"^create (?:constraint )?trigger (\w+)[^;]*? on (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Change:
    """One change of a file: the characters from `start` to `end` become `new`.

    `line` counts from 1. `place` is the function or the query that it lies in, `said` the change in words, so
    that place and words together name it while lines come and go. A change of the schema has a
    `statement`, which stands in a migration after all others, and changes no characters.
    """

    path: str
    line: int
    place: str
    said: str
    start: int = 0
    end: int = 0
    new: str = ""
    statement: str = ""

    @property
    def name(self) -> str:
        """The change without its line, as the list of equivalents names it."""
        return f"{self.path} | {self.place} | {self.said}"

    def of(self, text: str) -> str:
        """The file's text with the change in it."""
        return text[: self.start] + self.new + text[self.end :]


def changes_of(root: Path, path: str) -> list[Change]:
    """Every change of one file, in the file's order; of equal ones in one place the later are numbered."""
    text = (root / path).read_text(encoding="utf-8")
    if path.endswith("schema.sql"):
        found = list(_of_schema(path, text))
    elif path.endswith(".sql"):
        found = list(_of_queries(path, text))
    else:
        found = sorted(_Python(path, text).found, key=lambda one: (one.start, one.said))
    seen: dict[str, int] = {}
    named = []
    for one in found:
        seen[one.name] = nth = seen.get(one.name, 0) + 1
        named.append(one if nth == 1 else _numbered(one, nth))
    return named


def _numbered(one: Change, nth: int) -> Change:
    return Change(
        one.path, one.line, one.place, f"{one.said} ({nth})", one.start, one.end, one.new, one.statement
    )


class _Python(ast.NodeVisitor):
    """The changes of a Python file."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.found: list[Change] = []
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._places: list[str] = []
        self._lines = text.splitlines()
        self.visit(ast.parse(text))

    def _at(self, line: int, column: int) -> int:
        """Where a place lies: the parser counts bytes, a text counts characters."""
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._at(node.lineno, node.col_offset), self._at(node.end_lineno, node.end_col_offset)

    def _add(self, line: int, span: tuple[int, int], new: str, said: str) -> None:
        place = ".".join(self._places) or "module"
        self.found.append(Change(self.path, line, place, said, *span, new))

    def _swap(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Put another word where one stands between two operands; brackets may stand there too."""
        start, end = self._span(left)[1], self._span(right)[0]
        between = self.text[start:end]
        found = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", between) if old.isalpha() else None
        at = found.start() if found else between.find(old)
        if at < 0:
            return
        around = " ".join(f"{ast.unparse(left)[-40:]} {old} {ast.unparse(right)[:40]}".split())
        self._add(right.lineno, (start + at, start + at + len(old)), new, f"{around}: {new}")

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Go into a class; its fields' defaults stay."""
        self._places.append(node.name)
        for one in node.body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                self.visit(one)
        self._places.pop()

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._places.append(node.name)
        for one in node.body:
            self.visit(one)
        self._places.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Go into a function's body."""
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """Go into a function's body."""
        self._function(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Leave the annotation alone."""
        if node.value is not None and self._places:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Turn a comparison, or move its limit by one."""
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            self._swap(left, right, *COMPARISONS[type(op)])
            left = right
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """Make `or` of `and`, and `and` of `or`."""
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._swap(left, right, old, new)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Make another sum of a sum; of texts only what is a sum of texts too."""
        texts = any(
            isinstance(one, ast.JoinedStr) or (isinstance(one, ast.Constant) and isinstance(one.value, str))
            for one in (node.left, node.right)
        )
        if type(node.op) in SUMS and not texts:
            self._swap(node.left, node.right, *SUMS[type(node.op)])
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """Leave out a `not`."""
        if isinstance(node.op, ast.Not):
            start, _ = self._span(node)
            said = " ".join(ast.unparse(node).split())[:80]
            self._add(node.lineno, (start, start + len("not")), "", f"{said}: without not")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Turn a truth, and move a number by one."""
        if isinstance(node.value, bool):
            self._add(node.lineno, self._span(node), str(not node.value), f"{node.value}: {not node.value}")
        elif isinstance(node.value, int) and self._places:
            self._add(node.lineno, self._span(node), str(node.value + 1), f"{node.value}: {node.value + 1}")

    def visit_If(self, node: ast.If) -> None:
        """Leave out a guard: an `if` that only refuses, leaves or goes on."""
        if isinstance(node.body[-1], ast.Return | ast.Raise | ast.Continue | ast.Break) and not node.orelse:
            said = " ".join(ast.unparse(node.test).split())[:80]
            self._add(node.lineno, self._span(node.test), "False", f"if {said}: never")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """Leave out a call whose result nobody takes."""
        if isinstance(node.value, ast.Constant):
            return
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and not LOGGED.match(ast.unparse(call)):
            said = " ".join(ast.unparse(node).split())[:80]
            self._add(node.lineno, self._span(node), "pass", f"{said}: left out")
            self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """Leave out what is added."""
        said = " ".join(ast.unparse(node).split())[:80]
        self._add(node.lineno, self._span(node), "pass", f"{said}: left out")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Take the greater for the lesser."""
        other = {"min": "max", "max": "min", "any": "all", "all": "any"}
        if isinstance(node.func, ast.Name) and node.func.id in other:
            said = " ".join(ast.unparse(node).split())[:80]
            self._add(
                node.lineno, self._span(node.func), other[node.func.id], f"{said}: {other[node.func.id]}"
            )
        self.generic_visit(node)


def _of_queries(path: str, text: str) -> Iterator[Change]:
    """The changes of a file of queries."""
    blocks = [
        (found.start(), found[1]) for found in re.finditer(r"^-- (?:name|part): (\w+)", text, re.MULTILINE)
    ]
    comments = [found.span() for found in re.finditer(r"--.*", text)]

    def change(span: tuple[int, int], new: str, said: str) -> Change | None:
        if any(start <= span[0] < end for start, end in comments):
            return None
        place = next((name for at, name in reversed(blocks) if at <= span[0]), "head")
        return Change(path, text.count("\n", 0, span[0]) + 1, place, said, *span, new)

    for pattern, new in SQL_WORDS.items():
        for found in re.finditer(pattern, text):
            line = text[text.rfind("\n", 0, found.start()) + 1 : text.find("\n", found.end())].strip()[:80]
            if one := change(found.span(), new, f"{line}: {new.strip() or 'nothing'} for {found[0].strip()}"):
                yield one
    for found in SQL_CONDITION.finditer(text):
        one = change(found.span(), "", f"{found[0][:80]}: left out")
        if one and not SQL_BETWEEN.search(text, 0, found.start()):
            yield one


def _of_schema(path: str, text: str) -> Iterator[Change]:
    """The changes of the schema: each of its rules dropped."""
    tables = [(found.start(), found[1]) for found in TABLE.finditer(text)]

    def change(at: int, table: str, name: str, statement: str, what: str) -> Change:
        return Change(
            path, text.count("\n", 0, at) + 1, table, f"{what} {name}: dropped", statement=statement
        )

    for found in RULE.finditer(text):
        table = next(name for at, name in reversed(tables) if at <= found.start())
        yield change(
            found.start(),
            table,
            found[1],
            f"alter table {table} drop constraint {found[1]} cascade;",
            found[2],
        )
    for found in INDEX.finditer(text):
        yield change(found.start(), found[2], found[1], f"drop index {found[1]};", "unique index")
    for found in POLICY.finditer(text):
        statement = f"alter policy {found[1]} on {found[2]} using (true);"
        if found[1].endswith("_own_clinic"):
            yield change(found.start(), found[2], found[1], statement, "policy")
    for found in TRIGGER.finditer(text):
        yield change(found.start(), found[2], found[1], f"drop trigger {found[1]} on {found[2]};", "trigger")
