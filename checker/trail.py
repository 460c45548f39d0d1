"""The entries of the audit trail in a pack: they hold together, lead to the checkpoint, and tell the same."""

import hashlib
import json
from collections.abc import Iterator

from checker.folder import CHECKPOINT, Fault, Pack


def entries_hold(pack: Pack) -> Iterator[Fault]:
    """Every entry that does not follow the one before it, or goes beyond the signed checkpoint.

    A pack has the entries that tell of what is in it. Of neighbors in the trail each holds the hash of the
    one before. What an entry's own hash is made of only the service can work out, which holds the key.
    """
    end = pack.checkpoint
    before = None
    for row in sorted(pack.rows("audit"), key=lambda one: one["seq"]):
        where = f"audit entry {row['seq']}"
        if before is not None and row["seq"] == before["seq"]:
            yield Fault(where, "it is there twice")
        elif before is not None and row["seq"] == before["seq"] + 1 and row["previous"] != before["hash"]:
            yield Fault(where, "it does not follow the entry before it")
        if row["seq"] > end["seq"]:
            yield Fault(where, f"it is newer than the checkpoint, which ends at {end['seq']}")
        elif row["seq"] == end["seq"] and row["hash"] != end["hash"]:
            yield Fault(CHECKPOINT, "it was signed of another trail")
        before = row


def programs_hold(pack: Pack) -> Iterator[Fault]:
    """Every program that is not the one that was published."""
    told: dict[tuple[str, int], str] = {}
    for row in pack.rows("audit"):
        if row["deed"] == "program.published":
            said = json.loads(row["detail"])
            told[said["program"], said["version"]] = said["digest"]
    for row in pack.rows("programs"):
        where = f"program {row['name']}, version {row['version']}"
        found = hashlib.sha256((pack.root / row["file"]).read_bytes()).hexdigest()
        if found != row["digest"]:
            yield Fault(where, f"its SHA-256 is {found}, and it was published as {row['digest']}")
        if told.get((row["name"], row["version"])) != row["digest"]:
            yield Fault(where, "the audit trail does not tell that it was published so")


def seeds_told(pack: Pack) -> Iterator[Fault]:
    """Every seed whose commitment the trail tells otherwise, so that it could have been chosen later."""
    told: dict[str, str] = {}
    for row in pack.rows("audit"):
        said = json.loads(row["detail"])
        if row["deed"] == "seed.committed":
            told[row["subject"]] = said["commitment"]
        elif row["deed"] == "clinic.created" and "seed" in said:
            told[said["seed"]] = said["commitment"]
    for row in pack.rows("seeds"):
        if told.get(row["seed"]) != row["commitment"]:
            yield Fault(f"seed {row['seed']}", "the audit trail does not tell that it was committed to so")


def draws_told(pack: Pack) -> Iterator[Fault]:
    """Every draw that the trail tells otherwise, and every one that it tells of and that is not there."""
    kept = pack.by("draws", "draw")
    told = {row["subject"]: row for row in pack.rows("audit") if row["deed"] == "draw.made"}
    for one, row in kept.items():
        said = json.loads(told[one]["detail"]) if one in told else {}
        if (said.get("n"), said.get("count")) != (row["n"], len(row["slips"])):
            yield Fault(f"draw {one}", "the audit trail does not tell it so")
        elif told[one]["actor"] != row["drawn_by"]:
            yield Fault(f"draw {one}", f"it was made by {told[one]['actor']}")
    for one in told.keys() - kept.keys():
        yield Fault(f"draw {one}", f"it was made (entry {told[one]['seq']}), and is not there")
