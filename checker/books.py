"""The money of a pack: what the rules make of the facts, what was posted for it, and what moved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import Final

from checker.days import day_of, moment, zone_of
from checker.facts import standing
from checker.folder import Fault, Pack, Row
from checker.language import effects_of, phase_of, unknown
from checker.rules import Reading, Slot

Moved = tuple[str, int, str, str, str | None, str | None]
"""What a transfer moves: unit, amount, from where, where to, the day that it counts for, and who pays it."""

NOT_RECOMPUTED: Final = frozenset({"merge", "opening", "departure"})
"""Causes of transfers of which a pack holds no more than that they were."""
RETURNS: Final = frozenset({"order_failed", "refund"})
"""Causes that return value of a redemption that a provider was to deliver; they name the redemption."""


def awards_hold(pack: Pack) -> Iterator[Fault]:
    """Every slot that was not settled at what the rules make of the facts that stand."""
    zone = zone_of(pack.manifest["zone"], pack.root / "zone.tzif")
    unreadable = {key: list(unknown(document)) for key, document in pack.programs.items()}
    tables = {name: pack.grouped(name, "enrollment") for name in ("events", "corrections", "awards")}
    for one in pack.rows("enrollments"):
        where = f"enrollment {one['enrollment']}"
        key = (one["program"], one["version"])
        if key not in pack.programs:
            yield Fault(where, f"its program {key[0]}, version {key[1]}, is not in the pack")
        elif unreadable[key]:
            says = f"its program says something that this checker does not know: {unreadable[key][0]}"
            yield Fault(where, says, is_open=True)
        else:
            mine = {name: table.get(one["enrollment"], []) for name, table in tables.items()}
            yield from _of_enrollment(pack.programs[key], one, mine, zone)


def _of_enrollment(program: Row, one: Row, mine: Mapping[str, list[Row]], zone: tzinfo) -> Iterator[Fault]:
    starts_on = date.fromisoformat(one["starts_on"])
    facts = list(standing(starts_on, mine["events"], mine["corrections"], zone))
    targets = {target["name"]: target for target in program["targets"]}
    for fact in facts:
        target = targets.get(fact.target)
        phase = None if target is None else phase_of(program, target, fact.week, fact.after)
        if target is None or fact.outcome not in effects_of(target, phase):
            where = f"enrollment {one['enrollment']}, fact {fact.no}"
            yield Fault(where, f"its program knows no {fact.outcome} of {fact.target}")
            return
    due = Reading(program, starts_on).read(facts).due
    posted, withheld = Counter[Slot](), Counter[Slot]()
    for award in mine["awards"]:
        slot = (award["no"], award["slot"], award["unit"])
        posted[slot] += award["amount"] + award["withheld"] - award["overpaid"] - award["unrecovered"]
        withheld[slot] += award["withheld"]
    event_of = {event["no"]: event["event"] for event in mine["events"]}
    for slot in sorted(due.keys() | posted.keys()):
        if due.get(slot, 0) != posted[slot] or withheld[slot] < 0:
            no, name, unit = slot
            of = f"event {event_of[no]}" if no in event_of else "the welcome" if no == 0 else f"fact {no}"
            where = f"awards of enrollment {one['enrollment']}, {of}, {name}"
            yield Fault(where, f"{due.get(slot, 0)} {unit} by the rules, {posted[slot]} as posted")


def transfers_hold(pack: Pack) -> Iterator[Fault]:
    """Every transfer that nothing in the pack calls for, and everything that lacks the one it calls for."""
    called = dict(_called_for(pack))
    found: dict[tuple[str, str], list[Row]] = {}
    for row in pack.rows("transfers"):
        of = f" of {row['enrollment']}" if row["cause"] == "hat" else ""
        found.setdefault((row["cause"], row["cause_id"] + of), []).append(row)
    yield from _returns_hold(pack, found)
    for key, rows in found.items():
        if key[0] in RETURNS:
            continue
        if key[0] not in NOT_RECOMPUTED:
            yield from _met(key, rows, called.get(key))
    for key, due in called.items():
        if key not in found and due[1]:
            yield Fault(f"{key[0]} {key[1]}", f"it calls for {_words(due)}, and there is no transfer")


def _returns_hold(pack: Pack, found: Mapping[tuple[str, str], Sequence[Row]]) -> Iterator[Fault]:
    """Every failed order that did not return its price once, and every refund that no redemption tells of."""
    redemptions = pack.by("redemptions", "redemption")
    for (cause, of), rows in found.items():
        if cause in RETURNS and of not in redemptions:
            yield Fault(f"transfer {rows[0]['transfer']}", f"no such redemption: {of}")
    for of, one in redemptions.items():
        failed = [_moved(row) for row in found.get(("order_failed", of), ())]
        price = (one["unit"], one["amount"], "held", "available", None, None)
        if failed != ([price] if one["status"] == "failed" else []):
            yield Fault(
                f"redemption {of}", f"it is {one['status']}, and its order returned {failed or 'nothing'}"
            )
        back = [_moved(row) for row in found.get(("refund", of), ())]
        refunded = one.get("refunded", 0)
        if sum(row[1] for row in back) != refunded or any(
            (row[0], *row[2:]) != (one["unit"], "given", "available", None, None) for row in back
        ):
            yield Fault(
                f"redemption {of}", f"{refunded} refunded by its row, {back or 'nothing'} by the transfers"
            )
        if (one["status"] == "reversed") != (refunded == one["amount"]):
            yield Fault(
                f"redemption {of}", f"it is {one['status']}, with {refunded} of {one['amount']} refunded"
            )


def _met(key: tuple[str, str], rows: Sequence[Row], due: Moved | None) -> Iterator[Fault]:
    where = f"transfer {rows[0]['transfer']}"
    if due is None:
        yield Fault(where, f"no such {key[0]}: {key[1]}")
    elif key[0] == "redemption":
        # It is held, and then given or canceled: several transfers of one amount.
        if any(_moved(row)[:2] != due[:2] for row in rows):
            yield Fault(where, f"its redemption is of {due[1]} {due[0]}")
    elif len(rows) > 1 or _moved(rows[0]) != due:
        says = f"{key[0]} {key[1]} calls for {_words(due)}, once; it says {_words(_moved(rows[0]))}"
        yield Fault(where, says)


def balances_hold(pack: Pack) -> Iterator[Fault]:
    """Every balance that is not the sum of its transfers; only where the pack has all of a person's."""
    if not pack.manifest["whole_ledger"]:
        return
    sums: dict[tuple[str, str], Counter[str]] = {}
    for row in pack.rows("transfers"):
        accounts = sums.setdefault((row["participant"], row["unit"]), Counter())
        accounts[row["source"]] -= row["amount"]
        accounts[row["destination"]] += row["amount"]
    kept = {(row["participant"], row["unit"]): row for row in pack.rows("balances")}
    for key in sorted(sums.keys() | kept.keys()):
        has = sums.get(key, Counter())
        earned = -has["issued"] - has["merged"]
        expected = {**{name: has[name] for name in ("available", "held", "given")}, "earned": earned}
        row = kept.get(key, {})
        says = {name: row.get(name, 0) for name in expected}
        if says != expected:
            yield Fault(f"balance of {key[0]}", f"{expected} {key[1]} by the transfers, {says} as it stands")


def two_persons(pack: Pack) -> Iterator[Fault]:
    """Every award by hand that one person proposed and settled."""
    for row in pack.rows("manual_awards"):
        if row["settled_by"] is not None and row["settled_by"] == row["proposed_by"]:
            yield Fault(f"award by hand {row['manual_award']}", "one person proposed and settled it")


def _called_for(pack: Pack) -> Iterator[tuple[tuple[str, str], Moved]]:
    """What each cause of a transfer calls for, as `_moved` tells one; an amount of 0 calls for none."""
    zone = zone_of(pack.manifest["zone"], pack.root / "zone.tzif")
    enrollments, events = pack.by("enrollments", "enrollment"), pack.by("events", "event")
    for one in pack.rows("awards"):
        own = enrollments.get(one["enrollment"], {})
        day = own.get("starts_on")
        if one["event"] in events:
            day = day_of(moment(events[one["event"]]["occurred_at"]), zone).isoformat()
        way = ("issued", "available") if one["amount"] > 0 else ("available", "issued")
        yield ("award", one["award"]), (one["unit"], abs(one["amount"]), *way, day, own.get("funding"))
    for one in pack.rows("draws"):
        yield ("draw", one["draw"]), ("draw", len(one["slips"]), "available", "given", None, None)
    for one in pack.rows("prizes"):
        funding = enrollments.get(one["enrollment"], {}).get("funding")
        day = day_of(moment(one["won_at"]), zone).isoformat()
        yield (
            ("prize", one["prize"]),
            (one["unit"], one["amount"] or 0, "issued", "available", day, funding),
        )
    for one in pack.rows("manual_awards"):
        day = None if one["settled_at"] is None else day_of(moment(one["settled_at"]), zone).isoformat()
        paid = (one["unit"], one["paid"] or 0, "issued", "available", day, one["funding"])
        yield ("manual", one["manual_award"]), paid
    for one in pack.rows("redemptions"):
        yield ("redemption", one["redemption"]), (one["unit"], one["amount"], "", "", None, None)
    hats = pack.by("hats", "hat")
    for one in pack.rows("hat_people"):
        if one["enrollment"] in enrollments and one["place"] is not None:
            day = day_of(moment(hats[one["hat"]]["drawn_at"]), zone).isoformat()
            funding = enrollments[one["enrollment"]]["funding"]
            paid = ("draw", one["amount"], "issued", "available", day, funding)
            yield ("hat", f"{one['hat']} of {one['enrollment']}"), paid


def _words(moved: Moved) -> str:
    unit, amount, source, destination, day, funding = moved
    of = f" for {day}" if day else ""
    return f"{amount} {unit} from {source} to {destination}{of}" + (f", paid by {funding}" if funding else "")


def _moved(row: Row) -> Moved:
    return (row["unit"], row["amount"], row["source"], row["destination"], row["day"], row["funding"])
