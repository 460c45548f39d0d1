"""Check an unpacked audit pack, and say in sentences what was looked at and what is wrong."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from checker.books import awards_hold, balances_hold, transfers_hold, two_persons
from checker.draws import days_hold, draws_hold, hats_hold, seeds_hold, waiting
from checker.facts import corrections_told, digests_hold, numbers_hold, recordings_hold
from checker.folder import Fault, Pack, files_hold, opened, signatures_hold
from checker.trail import draws_told, entries_hold, programs_hold, seeds_told

HOLDS, WRONG, OPEN = 0, 1, 2
"""The exit codes: everything holds; something is wrong; something could not be judged."""

LOOKS: Final[tuple[tuple[str, Callable[[Pack], Iterator[Fault]]], ...]] = (
    ("every file is the one that was signed for", files_hold),
    ("programs are as they were published", programs_hold),
    ("no fact is missing from any enrollment", numbers_hold),
    ("every fact says what it said when it was recorded", digests_hold),
    ("the audit trail tells of these facts and no others", recordings_hold),
    ("the audit trail tells of these corrections and no others", corrections_told),
    ("every award is what the rules make of the facts", awards_hold),
    ("every transfer has its cause, and every cause its transfer", transfers_hold),
    ("balances are the sums of transfers", balances_hold),
    ("two persons stand behind each award by hand", two_persons),
    ("seeds are those that were committed to", seeds_hold),
    ("the audit trail tells of these seeds", seeds_told),
    ("draws and prizes follow from their seeds", draws_hold),
    ("names from the hat follow from their seeds", hats_hold),
    ("days drawn by lot follow from their seeds", days_hold),
    ("the audit trail tells of these draws and no others", draws_told),
    ("entries of the audit trail follow each other to the checkpoint", entries_hold),
)


def main(words: list[str], beside: Path) -> int:
    """Check the pack in a folder, by itself the one that lies `beside`; gives the exit code."""
    parser = ArgumentParser(prog="check.py", description="Work an audit pack out again.")
    parser.add_argument("folder", nargs="?", type=Path, default=beside, help="the unpacked pack")
    parser.add_argument("--key", metavar="HEX", help="the clinic's public key, as you know it from elsewhere")
    asked = parser.parse_args(words)
    try:
        pack = opened(asked.folder)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as why:
        _say(f"This is no audit pack that can be read: {type(why).__name__}: {why}")
        return OPEN
    _say(
        f"Audit pack of clinic {pack.manifest['clinic']}, made {pack.manifest['made_at']} by release "
        f"{pack.manifest['release']}.",
        f"What was asked for: {pack.manifest['scope']}",
        "In it: " + ", ".join(f"{len(rows)} {name}" for name, rows in sorted(pack.tables.items())) + ".",
        "",
    )

    def signatures(one: Pack) -> Iterator[Fault]:
        return signatures_hold(one, asked.key)

    faults: list[Fault] = []
    for says, look in (("the pack and its checkpoint are signed", signatures), *LOOKS):
        found = list(_looked(look, pack))
        mark = "yes" if not found else "?" if all(one.is_open for one in found) else "NO"
        if look is balances_hold and not pack.manifest["whole_ledger"]:
            mark = "-"
        _say(f"  {mark:4}{says}")
        faults += found
    return _ended(pack, faults, asked.key)


def _looked(look: Callable[[Pack], Iterator[Fault]], pack: Pack) -> Iterator[Fault]:
    """What one look finds; where the pack cannot be read on the way, that is a fault like others."""
    try:
        yield from look(pack)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as why:
        yield Fault("pack", f"it cannot be worked out ({type(why).__name__}: {why})")


def _ended(pack: Pack, faults: list[Fault], key: str | None) -> int:
    _say("")
    if count := waiting(pack):
        _say(
            f"{count} draw(s) are of a seed that is still secret; its commitment is in the pack.",
            "Ask for a pack that is made after the seed was revealed.",
        )
    if key is None:
        _say(f"Signed by key {pack.checkpoint['public_key']}.")
        _say("Compare it with the key of checkpoints that you had before, or give that with --key.")
    for one in faults:
        _say(f"{'not judged' if one.is_open else 'WRONG'}: {one.where}: {one.says}.")
    if any(not one.is_open for one in faults):
        _say("", "This pack does not hold.")
        return WRONG
    if faults:
        _say("", "Nothing is wrong in what could be judged, and some could not be.")
        return OPEN
    _say("", "Everything in this pack holds.")
    return HOLDS


def _say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
