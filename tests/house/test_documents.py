"""The pages say what is so: printed parts are fresh, links lead somewhere, commands exist."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs.printing import PAGES, printed
from docs.printing.commands import leaves
from service.commands.arguments import parser
from service.worker import CHORES
from tests.house.markdown import ROOT, anchors, code_lines, links, name_of, pages, text_of

README_LINES_MAX = 150
LINE_CHARACTERS_MAX = 200

COMMAND = re.compile(r"^(?:\$ )?(?:.*\| )?(?:\.venv/bin/)?rewards ((?!is )[a-z-].*)$")
MAKE = re.compile(r"^make ([a-z]+)\b")
PLACE = re.compile(r"^(?:\.ci|checker|deploy|docs|migrations|schemas|service|tests)/[\w./-]*$")
STAND_INS = re.compile(r"NOUN|ROOM|NNNN|NAME")


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=name_of)
def test_printed_parts_of_a_page_are_fresh(path: Path) -> None:
    """Tables and the answers of examples are what the code says; `python -m docs.printing` prints them."""
    text = text_of(path)
    assert text == printed(text), f"{name_of(path)} is stale; run python -m docs.printing"


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_links_lead_to_files_and_headings_that_exist(path: Path) -> None:
    """A reader who follows a link inside the project arrives."""
    dead = []
    for link in links(text_of(path)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / unquote(name)).resolve() if name else path
        if not target.exists() or (anchor and anchor not in anchors(text_of(target))):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_commands_shown_exist_with_their_options(path: Path) -> None:
    """What is typed from a page is understood by the command line."""
    known = {tuple(one.prog.split()[1:]): options(one) for one in leaves(parser())}
    wrong = [
        said[1]
        for line in code_lines(text_of(path))
        if (said := COMMAND.match(line.strip())) and not understood(said[1], known)
    ]
    assert wrong == []


def options(one: argparse.ArgumentParser) -> set[str]:
    """The options of one command."""
    return set(one._option_string_actions)  # noqa: SLF001  argparse shows no other way


def understood(said: str, known: dict[tuple[str, ...], set[str]]) -> bool:
    """Whether the words after `rewards` begin with a command and name only options that it has."""
    words = [word.strip("[]\\") for word in re.split(r"[#|]", said, maxsplit=1)[0].split()]
    if words and words[0].startswith("--"):
        return words[0] in {"--help", "--version"}
    for length in (2, 1):
        found = known.get(tuple(words[:length]))
        if found is not None:
            given = {word.split("=")[0] for word in words[length:] if word.startswith("--")}
            return given <= found
    return False


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_words_for_make_exist(path: Path) -> None:
    """`make WORD` is a target of the Makefile."""
    phony = re.search(r"(?m)^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert phony
    shown = {said[1] for line in code_lines(text_of(path)) if (said := MAKE.match(line.strip()))}
    assert shown - set(phony[1].split()) == set()


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_places_shown_exist(path: Path) -> None:
    """A file or folder that a page names is there; NOUN and the like stand for a name to choose."""
    gone = [
        line
        for line in code_lines(text_of(path))
        if PLACE.match(line) and not STAND_INS.search(line) and not (ROOT / line).exists()
    ]
    assert gone == []


def test_every_chore_of_the_worker_is_on_its_page() -> None:
    """Whoever is told of a chore by name finds what it does, how often, and by which settings."""
    page = (PAGES / "operations.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"(?m)^\| `([a-z_]+)` \| (\d+ (?:s|min|h)) \| .+ \| .*\|$", page))
    seconds = {"s": 1, "min": 60, "h": 3600}
    said = {name: int(every.split()[0]) * seconds[every.split()[1]] for name, every in rows.items()}
    assert said == {chore.name: chore.every_s for chore in CHORES}


def test_readme_can_be_read_at_once() -> None:
    """The first page has at most 150 lines, and none that is longer than a screen."""
    lines = text_of(ROOT / "README.md").splitlines()
    assert len(lines) <= README_LINES_MAX
    assert [line for line in lines if len(line) > LINE_CHARACTERS_MAX] == []


def test_every_page_of_docs_is_reached_from_the_readme() -> None:
    """Nothing is written where nobody comes by."""
    reached = {link.partition("#")[0] for link in links(text_of(ROOT / "README.md"))}
    assert {name_of(path) for path in PAGES.glob("*.md")} - reached == set()


def test_readme_names_every_dependency_and_no_other() -> None:
    """A dependency has its sentence, so that nobody has to guess what it is for."""
    section = text_of(ROOT / "README.md").partition("## What it stands on")[2].partition("\n## ")[0]
    named = re.findall(r"`([a-z][a-z0-9-]*)`", section)
    assert len(named) == len(set(named))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.partition("dependencies = [")[2].partition("[project.scripts]")[0]
    assert set(named) == set(re.findall(r'"([a-z][a-z0-9-]+)(?:\[\w+\])?[>=]', block))
