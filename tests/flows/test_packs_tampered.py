"""Every way of tampering with an audit pack is named by the checker inside it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from checker.folder import files_hold, opened
from tests.flows.packing import Packed, Row, checked, clinic, of_person, rewrite, rows, signed_anew

if TYPE_CHECKING:
    from service.settings import Settings

__all__ = ["clinic"]


def set_in(table: str, where: Callable[[Row], bool] = bool, **values: object) -> Callable[[Path], None]:
    """Change columns of the first row like that; a value that is a function is given the old one."""

    def changed(found: list[Row]) -> list[Row]:
        row = next(row for row in found if where(row))
        row |= {name: new(row[name]) if callable(new) else new for name, new in values.items()}
        return found

    return lambda folder: rewrite(folder, table, changed)


def without(table: str, where: Callable[[Row], bool] = bool) -> Callable[[Path], None]:
    """Take the last row like that away."""

    def left(found: list[Row]) -> list[Row]:
        gone = [row for row in found if where(row)][-1]
        return [row for row in found if row is not gone]

    return lambda folder: rewrite(folder, table, left)


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    """Do several."""

    def done(folder: Path) -> None:
        for change in changes:
            change(folder)

    return done


def program_pays_more(folder: Path) -> None:
    """Let the program have paid more, and say so where its digest stands."""
    path = folder / "programs" / "california.1.json"
    path.write_bytes(path.read_bytes().replace(b'"start":1000', b'"start":1100'))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    set_in("programs", lambda row: row["name"] == "california", digest=digest)(folder)


def seed_chosen_later(folder: Path) -> None:
    """Put another seed with its own commitment in the place of the one that was drawn with."""
    seed = bytes(32)
    commitment = hashlib.sha256(seed).hexdigest()
    set_in(
        "seeds", lambda row: row["revealed_seed"] is not None, revealed_seed=seed.hex(), commitment=commitment
    )(folder)


def another_before(folder: Path) -> None:
    """Let an entry follow another one than the one before it, which is there."""
    there = {row["seq"] for row in rows(folder, "audit")}
    set_in("audit", lambda row: row["seq"] - 1 in there, previous="00" * 32)(folder)


def is_of_usd(row: Row) -> bool:
    """Whether an award pays money."""
    return bool(row["unit"] == "usd" and row["amount"] > 0)


TAMPERED: list[tuple[str, Callable[[Path], None], str]] = [
    ("a changed award", set_in("awards", is_of_usd, amount=lambda old: old + 100), "by the rules"),
    ("an award put in", set_in("awards", is_of_usd, slot="bonus:7"), "by the rules"),
    ("an award taken away", without("awards", is_of_usd), "by the rules"),
    ("a transfer changed", set_in("transfers", is_of_usd, amount=lambda old: old + 1), "calls for"),
    (
        "a transfer taken away",
        without("transfers", lambda row: row["cause"] == "award"),
        "there is no transfer",
    ),
    ("a transfer of nothing", set_in("transfers", cause_id=str(UUID(int=4))), "no such"),
    ("a balance", set_in("balances", available=lambda old: old + 1), "by the transfers"),
    ("a removed fact", without("events", lambda row: row["target"] == "test"), "fact 6 is not there"),
    (
        "a removed fact, numbers made to fit",
        both(
            without("events", lambda row: row["target"] == "group"),
            set_in("enrollments", lambda row: row["program"] == "group", facts=0),
        ),
        "and is not there",
    ),
    (
        "a removed fact and its recording",
        both(
            without("events", lambda row: row["target"] == "group"),
            without("recordings"),
            set_in("enrollments", lambda row: row["program"] == "group", facts=0),
        ),
        "and is not there",
    ),
    (
        "a changed fact",
        set_in("events", lambda row: row["outcome"] == "positive", outcome="negative"),
        "does not say",
    ),
    ("who recorded it", set_in("events", recorded_by=str(UUID(int=4))), "it was recorded by"),
    ("a removed correction", without("corrections"), "is not there"),
    ("a changed correction", set_in("corrections", kind="entry_error", outcome=None), "does not say"),
    ("who corrected it", set_in("corrections", recorded_by=str(UUID(int=4))), "it was made by"),
    ("a changed program", program_pays_more, "does not tell that it was published so"),
    (
        "a changed slip",
        set_in(
            "draws",
            lambda row: len(row["slips"]) == 2,
            slips=lambda old: [3 - old[0], *old[1:]],
        ),
        "its seed draws",
    ),
    ("a prize", set_in("prizes", tier="a car"), "its slip is"),
    # Chance says whether a coin or a pen was won.
    ("a prize's unit", set_in("prizes", unit="eur", amount=100, clipped=0), "its bowl pays"),
    ("a seed", set_in("seeds", lambda row: row["revealed_seed"], revealed_seed="00" * 32), "committed to"),
    ("a seed chosen later", seed_chosen_later, "does not tell that it was committed to so"),
    ("a draw before its seed", set_in("draws", drawn_at="2020-01-01T00:00:00+00:00"), "before its seed"),
    ("a removed draw", without("draws"), "and is not there"),
    (
        "a name from the hat",
        set_in("hat_people", place=lambda old: None if old == 0 else 0),
        "its seed draws",
    ),
    ("one person alone", set_in("manual_awards", settled_by="x", proposed_by="x"), "one person proposed"),
    ("an entry's place", another_before, "does not follow"),
    (
        "a bowl",
        set_in("draws", document={"name": "mixed", "tiers": [{"name": "a car", "slips": 2}]}),
        "no such bowl",
    ),
]


async def test_whatever_is_changed_in_a_pack_is_named(
    clinic: Packed, tmp_path: Path, test_settings: Settings
) -> None:
    """By its digest, and by what it says where even the manifest and its signature were made anew."""
    whole = await of_person(clinic, tmp_path / "whole")
    missed = []
    for name, change, words in TAMPERED:
        folder = tmp_path / name.replace(" ", "-")
        shutil.copytree(whole, folder)
        change(folder)
        if not list(files_hold(opened(folder))):
            missed.append(f"{name}, by its digest")
        signed_anew(folder, test_settings.audit_key)
        code, said = checked(folder)
        if code != 1 or words not in said or "SHA-256 is not the manifest's" in said:
            missed.append(f"{name}: {said}")
    assert missed == []


async def test_forged_signatures_are_named(clinic: Packed, tmp_path: Path) -> None:
    """A manifest, a checkpoint and a key that somebody else made are found, and files taken out or put in."""
    whole = await of_person(clinic, tmp_path / "whole")

    def tried(name: str, change: Callable[[Path], None], *words: str) -> tuple[int, str]:
        folder = tmp_path / name
        shutil.copytree(whole, folder)
        change(folder)
        return checked(folder, *words)

    def checkpoint(**values: object) -> Callable[[Path], None]:
        def change(folder: Path) -> None:
            path = folder / "checkpoint.json"
            said = json.loads(path.read_text("utf-8"))
            said["checkpoints"][0] |= values
            path.write_text(json.dumps(said), encoding="utf-8")
            signed_anew(folder, bytes(32))

        return change

    def gone(name: str) -> Callable[[Path], None]:
        return lambda folder: (folder / name).unlink()

    def more(folder: Path) -> None:
        (folder / "more.ndjson").write_text("{}\n", encoding="utf-8")

    def longer(folder: Path) -> None:
        path = folder / "manifest.json"
        path.write_bytes(path.read_bytes() + b"\n")

    assert "its signature is forged" in tried("seq", checkpoint(seq=10**6))[1]
    assert "its signature is forged" in tried("hash", checkpoint(hash="00" * 32))[1]
    assert "its signature is forged" in tried("signature", checkpoint(signature="00" * 64))[1]
    code, said = tried("own-key", lambda folder: signed_anew(folder, bytes(32)))
    assert (code, "signed by another key than the pack" in said) == (1, True)
    code, said = tried("key", lambda _: None, "--key", "00" * 32)
    assert (code, "not by the key that you gave" in said) == (1, True)
    assert "put in" in tried("more", more)[1]
    assert "it is not there" in tried("fewer", gone("caps.ndjson"))[1]
    manifest = tried("manifest", longer)[1]
    assert "was not signed by this key" in manifest
    assert tried("none", gone("manifest.json"))[0] == 2


async def test_what_a_checker_does_not_know_it_does_not_call_right(
    clinic: Packed, tmp_path: Path, test_settings: Settings
) -> None:
    """A program with a word of a later release is not judged, and that is said with a code of its own."""
    folder = await of_person(clinic, tmp_path / "pack")
    path = folder / "programs" / "california.1.json"
    path.write_bytes(path.read_bytes().replace(b'"start":1000', b'"start":1000,"loan":1'))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    set_in("programs", lambda row: row["name"] == "california", digest=digest)(folder)
    said = {"program": "california", "version": 1, "digest": digest}
    set_in("audit", lambda row: "california" in row["detail"], detail=json.dumps(said))(folder)
    signed_anew(folder, test_settings.audit_key)
    code, words = checked(folder)
    assert code == 2, words
    assert "$.targets[0].phases[0].earn.loan" in words
