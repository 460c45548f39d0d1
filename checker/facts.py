"""The facts of a pack: that none is missing, that each says what was recorded, and which stand."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, tzinfo
from typing import Any
from uuid import UUID

from checker.days import day_of, moment
from checker.folder import Fault, Pack, Row
from checker.language import EXCUSED, Fact
from checker.rules import fact_of

SEPARATOR = "\x1f"


def numbers_hold(pack: Pack) -> Iterator[Fault]:
    """Every enrollment that lacks an event, a correction or a move: they count from 1 without gaps."""
    tables = {name: pack.grouped(name, "enrollment") for name in ("events", "corrections", "moves")}
    for one in pack.rows("enrollments"):
        found = sorted(row["no"] for table in tables.values() for row in table.get(one["enrollment"], []))
        expected = list(range(1, one["facts"] + 1))
        if found != expected:
            missing = sorted(set(expected) - set(found))
            says = f"fact {missing[0]} is not there" if missing else "a fact is there twice, or one too many"
            yield Fault(f"enrollment {one['enrollment']}", says)


def digests_hold(pack: Pack) -> Iterator[Fault]:
    """Every event and correction that does not say what its digest was taken of."""
    for row in pack.rows("events"):
        if event_digest(row) != row["digest"]:
            yield Fault(f"event {row['event']}", "it does not say what it said when it was recorded")
    for row in pack.rows("corrections"):
        if correction_digest(row) != row["digest"]:
            yield Fault(
                f"correction {row['correction']}", "it does not say what it said when it was recorded"
            )


def recordings_hold(pack: Pack) -> Iterator[Fault]:
    """Every event that the trail does not tell of, and every one that it tells of and that is not there."""
    events, seen = pack.by("events", "event"), set[str]()
    told = {
        (row["subject"], row["at"]): row for row in pack.rows("audit") if row["deed"] == "events.recorded"
    }
    for one in pack.rows("recordings"):
        where = f"recording {one['recording']}"
        entry = told.get((one["recording"], one["at"]))
        if entry is None:
            yield Fault(where, "the audit trail tells nothing of it")
            continue
        said = json.loads(entry["detail"])
        if (said["events"], said["digest"]) != (len(one["events"]), recording_digest(one["events"])):
            yield Fault(where, f"the audit trail tells of other facts (entry {entry['seq']})")
        for event, digest, is_here in one["events"]:
            found = events.get(event)
            seen.add(event)
            if is_here and found is None:
                yield Fault(f"event {event}", f"it was recorded (entry {entry['seq']}), and is not there")
            elif found is not None and found["digest"] != digest:
                yield Fault(f"event {event}", f"the audit trail tells another one (entry {entry['seq']})")
            elif found is not None and found["recorded_by"] != entry["actor"]:
                yield Fault(f"event {event}", f"it was recorded by {entry['actor']} (entry {entry['seq']})")
    kept = {(row["recording"], row["at"]) for row in pack.rows("recordings")}
    for key in told.keys() - kept:
        yield Fault(f"recording {key[0]}", f"it was made (entry {told[key]['seq']}), and is not there")
    for event in events.keys() - seen:
        yield Fault(f"event {event}", "no recording tells of it: it was put in")


def corrections_told(pack: Pack) -> Iterator[Fault]:
    """Every correction that the trail tells otherwise, and every one told that is not there."""
    kept = pack.by("corrections", "correction")
    told = {row["subject"]: row for row in pack.rows("audit") if row["deed"] == "event.corrected"}
    for one, row in kept.items():
        entry = told.get(one)
        if entry is None or json.loads(entry["detail"]).get("digest") != row["digest"]:
            yield Fault(f"correction {one}", "the audit trail does not tell it so")
        elif entry["actor"] != row["recorded_by"]:
            yield Fault(f"correction {one}", f"it was made by {entry['actor']} (entry {entry['seq']})")
    for one in told.keys() - kept.keys():
        yield Fault(f"correction {one}", f"it was made (entry {told[one]['seq']}), and is not there")


def event_digest(row: Row) -> str:
    """SHA-256 over what an event says; of words only their keyed hashes are known here."""
    at = moment(row["occurred_at"]).astimezone(UTC).isoformat()
    quantity = () if row.get("quantity") in {None, 100} else (str(row["quantity"]),)
    minutes = () if row.get("minutes") is None else (f"minutes {row['minutes']}",)
    fields = (row["enrollment"], row["target"], row["outcome"], at, *quantity, *minutes)
    said = SEPARATOR.join(fields).encode()
    parts = (said, _hash(row["evidence_hash"]) or b"-", _hash(row["note_hash"]) or b"-")
    return hashlib.sha256(SEPARATOR.encode().join(parts)).hexdigest()


def correction_digest(row: Row) -> str:
    """SHA-256 over what a correction says."""
    parts = [row["event"], row["about"], row["kind"], row["outcome"] or "-"]
    parts += [row["closure"]] if row["closure"] else []
    parts += ["merge", row["merge"]] if row["merge"] else []
    parts += ["minutes", str(row["minutes"])] if row.get("minutes") is not None else []
    said = SEPARATOR.join(parts).encode() + SEPARATOR.encode()
    return hashlib.sha256(said + (_hash(row["reason_hash"]) or b"")).hexdigest()


def recording_digest(events: Sequence[Any]) -> str:
    """SHA-256 over the ids and digests of the events of one recording, in the order of ids."""
    whole = hashlib.sha256()
    for event, digest, _ in sorted(events, key=lambda one: UUID(one[0]).bytes):
        whole.update(UUID(event).bytes + bytes.fromhex(digest))
    return whole.hexdigest()


def standing(
    starts_on: date, events: Sequence[Row], corrections: Sequence[Row], zone: tzinfo
) -> Iterator[Fact]:
    """The facts of an enrollment as they stand after all corrections; those withdrawn are left out."""
    in_force: dict[str, Row] = {}
    for one in _not_taken_back(corrections):
        if one["kind"] != "minutes":
            in_force[one["event"]] = one
    for event in events:
        outcome, correction = event["outcome"], in_force.get(event["event"])
        if correction is not None:
            if correction["kind"] == "entry_error":
                continue
            outcome = EXCUSED if correction["kind"] == "excuse" else correction["outcome"]
        at = moment(event["occurred_at"])
        expected = event["expected_on"]
        yield fact_of(
            starts_on,
            event["no"],
            event["target"],
            outcome,
            at,
            day_of(at, zone),
            None if expected is None else date.fromisoformat(expected),
            was_closed=correction is not None and correction["closure"] is not None,
            quantity=event.get("quantity"),
        )


def _not_taken_back(corrections: Sequence[Row]) -> list[Row]:
    """The corrections of events, in order, that no later correction took back."""
    taken: set[str] = set()
    for one in sorted(corrections, key=lambda row: row["no"], reverse=True):
        if one["about"] != one["event"] and one["correction"] not in taken:
            taken.add(one["about"])
    kept = [one for one in corrections if one["about"] == one["event"] and one["correction"] not in taken]
    return sorted(kept, key=lambda row: row["no"])


def _hash(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)
