"""Every reason for a refusal is worded in both languages, and told with what its sentence is about."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from schemas.problem import Code
from service.core.words.refusals.catalog import SENTENCES, SPOKEN
from service.web.words import WORDS

ROOT = Path(__file__).resolve().parents[2]
SERVICE = ROOT / "service"
CODES = frozenset(get_args(Code))

AT = {
    "refused": 0,
    "fault": 1,
    "_Doubt": 1,
    "_RefusedError": 1,
    "Refused": 0,
}
"""What makes refusals and faults, each with the place of the reason among its arguments."""
OF_THE_FAULT = frozenset({"place", "fault"})
"""Placeholders that a refusal's first fault fills."""
MAKERS = {"service/core/refusals.py", "service/web/pages/framework/page_refusal.py"}
"""Where those are written, which pass on what they are given."""


class Told(NamedTuple):
    """One place of the code that gives a reason, with the names of the values that it gives."""

    where: str
    reason: re.Pattern[str]
    values: frozenset[str] | None


def told() -> Iterator[Told]:
    """Find every place that gives a reason; one that is put together stands for all that it can become."""
    for path in sorted(SERVICE.rglob("*.py")):
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        if name not in MAKERS and "from service.core.refusals import" in text:
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AT:
                    yield from _told(node, node.func.id, f"{name}:{node.lineno}")


def _told(node: ast.Call, maker: str, where: str) -> Iterator[Told]:
    given = node.args[AT[maker]]
    values = None
    if maker != "Refused" and all(one.arg is not None for one in node.keywords):
        values = frozenset(one.arg for one in node.keywords if one.arg is not None)
    for reason in _reasons(given):
        yield Told(where, reason, values)


def _reasons(node: ast.expr) -> Iterator[re.Pattern[str]]:
    match node:
        case ast.Constant(value=str(text)):
            yield re.compile(re.escape(text))
        case ast.JoinedStr():
            parts = (
                re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[a-z_]+"
                for one in node.values
            )
            yield re.compile("".join(parts))
        case ast.Call():
            for one in node.args:
                yield from _reasons(one)
        case ast.IfExp():
            yield from _reasons(node.body)
            yield from _reasons(node.orelse)
        case _:
            # A name: what it can be is written as a text of its own nearby, and counts as used there.
            return


TOLD = list(told())
OWN = re.compile(r'page_refusal\(\s*("[a-z_]+",\s*"[a-z_.]+")')
"""A page's own refusal: the code and the text's key."""


def holes(text: str) -> set[str]:
    """Name what a sentence is about."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_a_reason_is_in_the_catalog_and_given_its_values() -> None:
    """A reason without a sentence, or a sentence without its number, would be found by whoever is refused."""
    wrong = []
    for one in TOLD:
        found = [reason for reason in SENTENCES if one.reason.fullmatch(reason)]
        wrong += [f"{one.where}: {one.reason.pattern} is no reason"] if not found else []
        wrong += [
            f"{one.where}: {reason} is about {sorted(wanted)}, and told with {sorted(one.values)}"
            for reason in found
            if one.values is not None
            and (wanted := holes(SENTENCES[reason].english) - OF_THE_FAULT) != one.values
        ]
    assert wrong == []


def test_a_reason_says_to_people_no_more_than_to_programs() -> None:
    """People need not be told all that a program is told."""
    for reason, sentence in SENTENCES.items():
        assert sentence.english.strip() == sentence.english != "", reason
        assert holes(sentence.on_pages) <= holes(sentence.english), reason


@pytest.mark.parametrize("reason", sorted(one for one in SENTENCES if one.partition(".")[0] in CODES))
def test_a_refusal_says_to_people_what_to_do_and_blames_nobody(reason: str) -> None:
    """What is wrong in one sentence and the remedy in another, or both in one with a semicolon."""
    text = SPOKEN["es"][reason]
    assert "{fault}" in text or len(re.findall(r"[.;?]( |$)", text)) >= 2, text
    assert not re.search(r"violation|illegal|fall[oó]\b(?! de nuestro lado)|inv[aá]lid|incumpl", text.lower())
    assert not re.search(r"\busted\b|\bencargad[oa]s?\b|(?<!personal )\bclínico\b", text.lower()), text


def test_every_reason_is_told_somewhere() -> None:
    """A sentence that nobody can meet is translated and reviewed for nobody."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SERVICE.rglob("*.py")
        if "words" not in path.relative_to(SERVICE).parts
    )
    quoted = set(re.findall(r'"([a-z_0-9]+(?:\.[a-z_0-9]+)?)"', text))
    shapes = {f"shape.{word}" for word in quoted}
    used = {
        reason
        for reason in SENTENCES
        if reason in quoted | shapes or any(one.reason.fullmatch(reason) for one in TOLD)
    }
    assert set(SENTENCES) - used == set()


def test_a_page_s_own_refusal_has_a_text_of_the_pages() -> None:
    """Its reason is a code with a text's key, which the catalog does not have."""
    found = [
        (str(path.relative_to(ROOT)), *re.findall(r'"([^"]+)"', call))
        for path in sorted((SERVICE / "web").rglob("*.py"))
        for call in re.findall(
            r'page_refusal\(\s*("[a-z_]+",\s*"[a-z_.]+")', path.read_text(encoding="utf-8")
        )
    ]
    assert found
    for where, code, key in found:
        assert (code in CODES, key in WORDS, f"{code}.{key}" in SENTENCES) == (True, True, False), where


def test_no_program_reads_prose() -> None:
    """What msgspec says is read in one place; what was refused is known by its reason."""
    prose = re.compile(r"Expected `|Object (?:missing|contains)|Invalid (?:enum|RFC)|in str\((?:error|why)\)")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted(SERVICE.rglob("*.py"))
        if "words" not in path.relative_to(SERVICE).parts and prose.search(path.read_text(encoding="utf-8"))
    ]
    assert found == ["service/core/shape_faults.py"]
