"""An unpacked audit pack: what its manifest says, its tables, and whether it is what was signed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from checker.signing import is_signed

FORMAT: Final = 1
"""The form of packs that this checker reads."""
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
CHECKPOINT: Final = "checkpoint.json"

Row = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, or with `is_open` one that could not be judged: where, and what it is."""

    where: str
    says: str
    is_open: bool = False


@dataclass(frozen=True)
class Pack:
    """A pack that was read: its manifest, the checkpoint in it, and its tables by name."""

    root: Path
    manifest: Row
    checkpoint: Row
    tables: dict[str, list[Row]] = field(default_factory=dict)
    programs: dict[tuple[str, int], Row] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table; none where the pack has no such table."""
        return self.tables.get(table, [])

    def by(self, table: str, column: str) -> dict[Any, Row]:
        """The rows of a table by what tells them apart."""
        return {row[column]: row for row in self.rows(table)}

    def grouped(self, table: str, column: str) -> dict[Any, list[Row]]:
        """The rows of a table by something that several share, in the order in which they stand."""
        groups: dict[Any, list[Row]] = {}
        for row in self.rows(table):
            groups.setdefault(row[column], []).append(row)
        return groups


def opened(root: Path) -> Pack:
    """Read a pack.

    Raises OSError where a file is away, and ValueError or KeyError where one is not what it should be.
    """
    manifest = json.loads((root / MANIFEST).read_bytes())
    if manifest["format"] != FORMAT:
        raise ValueError(f"the pack has form {manifest['format']}, and this checker reads form {FORMAT}")
    pack = Pack(root, manifest, json.loads((root / CHECKPOINT).read_bytes())["checkpoints"][0])
    for path in sorted(root.glob("*.ndjson")):
        with path.open("rb") as file:
            pack.tables[path.stem] = [json.loads(line) for line in file]
    for row in pack.rows("programs"):
        pack.programs[row["name"], row["version"]] = json.loads((root / row["file"]).read_bytes())
    return pack


def files_hold(pack: Pack) -> Iterator[Fault]:
    """Every file that is not the one that was signed for, is away, or was put in."""
    named: dict[str, Row] = pack.manifest["files"]
    for name, said in named.items():
        path = pack.root / name
        if not path.is_file():
            yield Fault(name, "the manifest names it, and it is not there")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != said["sha256"]:
            yield Fault(name, "it was changed: its SHA-256 is not the manifest's")
    for path in sorted(pack.root.rglob("*")):
        name = path.relative_to(pack.root).as_posix()
        if path.is_file() and name not in {*named, MANIFEST, SIGNATURE} and "__pycache__" not in name:
            yield Fault(name, "the manifest does not name it: it was put in")


def signatures_hold(pack: Pack, key: str | None) -> Iterator[Fault]:
    """What is wrong with the signatures of the pack and of its checkpoint; `key` is the one to trust."""
    signed = json.loads((pack.root / SIGNATURE).read_bytes())
    digest = hashlib.sha256((pack.root / MANIFEST).read_bytes()).hexdigest()
    message = f"rewards audit pack\n{digest}".encode()
    if not _is_signed(signed["public_key"], message, signed["signature"]):
        yield Fault(SIGNATURE, "the manifest was not signed by this key")
    if key is not None and signed["public_key"] != key:
        yield Fault(SIGNATURE, f"signed by {signed['public_key']}, and not by the key that you gave")
    one = pack.checkpoint
    lines = ("rewards audit checkpoint", one["clinic"], one["seq"], one["hash"], _utc(one["at"]), one["why"])
    if not _is_signed(one["public_key"], "\n".join(map(str, lines)).encode(), one["signature"]):
        yield Fault(CHECKPOINT, "its signature is forged: it was not signed by the key in it")
    if one["public_key"] != signed["public_key"]:
        yield Fault(CHECKPOINT, "signed by another key than the pack")
    if one["clinic"] != pack.manifest["clinic"]:
        yield Fault(CHECKPOINT, "it is of another clinic")


def _is_signed(key: str, message: bytes, signature: str) -> bool:
    return is_signed(bytes.fromhex(key), message, bytes.fromhex(signature))


def _utc(text: str) -> str:
    """A moment as it is signed: `rewards` writes checkpoints with a Z for UTC."""
    return text.replace("Z", "+00:00")
