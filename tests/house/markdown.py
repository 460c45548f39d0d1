"""The project's Markdown as the tests of it see it: pages, code, headings and links."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FENCED = re.compile(r"(?ms)^( *)```(\w*)\n(.*?)^\1```$")
INDENTED = re.compile(r"(?m)^(?: {4,}|\t)(?![*\d|]).*$")
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
HEADING = re.compile(r"(?m)^#{1,6} (.+)$")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")


def pages() -> list[Path]:
    """List every Markdown file that git keeps or would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(ROOT / name for name in listed.splitlines() if (ROOT / name).exists())


def name_of(path: Path) -> str:
    """Show a page as a reader of the tree would name it."""
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    """Read a page."""
    return path.read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return FENCED.sub("", text)


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings have, as GitHub makes them."""
    found: set[str] = set()
    for words in HEADING.findall(prose(text)):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words).replace("`", "").strip().lower()
        slug = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = 0
        while (name := f"{slug}-{count}" if count else slug) in found:
            count += 1
        found.add(name)
    return found


def links(text: str) -> Iterator[str]:
    """Walk where a page's links and pictures lead."""
    for written in LINK.finditer(INLINE.sub("", prose(text))):
        yield written[1] or written[2]


def code_lines(text: str) -> Iterator[str]:
    """Walk what a page shows as code: lines of blocks that are not data or Python, and inline code."""
    for _, kind, block in FENCED.findall(text):
        if kind in {"", "bash", "console", "sh"}:
            yield from block.splitlines()
    rest = prose(text)
    yield from (line.strip() for line in INDENTED.findall(rest))
    yield from INLINE.findall(rest)
