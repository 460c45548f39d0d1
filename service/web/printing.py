"""Prints the published language: OpenAPI, JSON Schemas of documents that people write, and mappings."""

import sys
from pathlib import Path
from typing import Any, Final

import msgspec

import schemas
from schemas.cases import Cases
from schemas.events import NewEvent
from schemas.mapping import EventMapping
from schemas.problem import Problem
from schemas.program import Program
from schemas.receipts import Receipt
from service.core.inbound.presets import PRESETS
from service.web.api.routes import ROUTES
from service.web.contract.layout import laid_out
from service.web.contract.openapi import document
from service.web.contract.shapes import Shapes

PUBLISHED: Final = Path(schemas.__file__).parent / "published"
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

SHAPES: Final[dict[str, type[Any]]] = {
    "program": Program,
    "cases": Cases,
    "event": NewEvent,
    "receipt": Receipt,
    "problem": Problem,
    "mapping": EventMapping,
}
"""Shapes printed as a JSON Schema of their own, by file name."""


def prints() -> dict[str, bytes]:
    """Every printed file's name with its content."""
    out = {"openapi.json": laid_out(document(ROUTES)) + b"\n"}
    for name, shape in SHAPES.items():
        shapes = Shapes([shape], "#/$defs/{name}")
        schema = {"$schema": DIALECT, **shapes.of(shape), "$defs": shapes.components}
        out[f"{name}.schema.json"] = msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
    for name, mapping in PRESETS.items():
        out[f"mapping-{name}.json"] = msgspec.json.format(msgspec.json.encode(mapping), indent=2) + b"\n"
    return out


def write(folder: Path = PUBLISHED) -> list[Path]:
    """Write every print into a folder, and give the files whose content changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in prints().items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(path)
    return changed


if __name__ == "__main__":
    sys.stdout.writelines(f"{path.name}\n" for path in write())
