"""The table of rooms: every folder of a stair that holds code, with the first line of its docstring."""

import ast
from pathlib import Path

SERVICE = Path(__file__).resolve().parents[2] / "service"
STAIRS = ("web", "flows", "store", "core")
"""The stairs that have rooms, from the top."""


def rooms() -> str:
    """Every room by its place, stair by stair."""
    lines = ["| room | holds |", "|---|---|"]
    for stair in STAIRS:
        for place in sorted((SERVICE / stair).rglob("__init__.py")):
            if place.parent != SERVICE / stair:
                folder = place.parent.relative_to(SERVICE.parent).as_posix()
                lines.append(f"| [{folder}](../{folder}) | {_first_line(place)} |")
    return "\n".join(lines)


def _first_line(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0]
