"""Corrections: which facts stand, who may correct what, and what a correction says.

A correction is appended like any fact. What stands is worked out from all of them, so a correction of a
correction, or an overturn back, is no special case.
"""

import hashlib
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from schemas.corrections import CorrectionKind
from schemas.ids import Id
from schemas.program import Effect
from service.core.compiled import Rules
from service.core.minutes import NOBODY_THERE, minutes_fault
from service.core.outcomes import EXCUSED, RETESTABLE
from service.core.refusals import Refused, refused
from service.core.state import Fact


class PastFact(Struct, frozen=True):
    """A fact on record, with the event it came from and who recorded it.

    `imported` says that it came from a file, after the time that it tells of.
    """

    event: Id
    fact: Fact
    by: Id
    imported: bool = False


class PastCorrection(Struct, frozen=True):
    """A correction on record: `no` is its place in the enrollment's order, `about` what it corrects.

    `outcome` is given for a lab overturn, `closure` where an excuse says that the clinic was closed, `merge`
    where two charts that were merged held one visit, and `minutes` where those attended are corrected.
    """

    id: Id
    no: int
    event: Id
    about: Id
    kind: CorrectionKind
    outcome: str | None = None
    closure: Id | None = None
    merge: Id | None = None
    minutes: int | None = None


def withdrawn(corrections: Sequence[PastCorrection]) -> frozenset[Id]:
    """The corrections that later corrections took back; one that was itself taken back takes nothing back."""
    taken: set[Id] = set()
    for one in sorted(corrections, key=lambda c: c.no, reverse=True):
        if one.about != one.event and one.id not in taken:
            taken.add(one.about)
    return frozenset(taken)


def standing(past: Iterable[PastFact], corrections: Sequence[PastCorrection]) -> list[PastFact]:
    """The facts as they stand: those withdrawn are left out, those corrected have their new outcome."""
    if not corrections:
        return list(past)
    last = _in_force(corrections)
    found = []
    for one in past:
        correction = last.get(one.event)
        if correction is None:
            found.append(one)
            continue
        outcome = _outcome(correction)
        if outcome is not None:
            was_closed = correction.closure is not None
            found.append(replace(one, fact=replace(one.fact, outcome=outcome, was_closed=was_closed)))
    return found


def came(past: Sequence[PastFact], corrections: Sequence[PastCorrection]) -> list[PastFact]:
    """The facts as they stand, with those that a merge withdrew: somebody came there, so nobody is missed."""
    if not any(one.merge for one in corrections):
        return standing(past, corrections)
    last = _in_force(corrections)
    kept = [one for one in corrections if one is not last.get(one.event) or one.merge is None]
    return standing(past, kept)


def _in_force(corrections: Sequence[PastCorrection]) -> dict[Id, PastCorrection]:
    """The correction that says what stands, of each event that has one: the last that was not taken back."""
    return {one.event: one for one in _holding(corrections) if one.kind != "minutes"}


def _holding(corrections: Sequence[PastCorrection]) -> list[PastCorrection]:
    """The corrections of events themselves that were not taken back, in the order recorded."""
    taken = withdrawn(corrections)
    return [
        one
        for one in sorted(corrections, key=lambda c: c.no)
        if one.about == one.event and one.id not in taken
    ]


def _outcome(correction: PastCorrection) -> str | None:
    """The outcome that a correction puts in place, or none where it withdraws the event."""
    match correction.kind:
        case "lab_overturn":
            return correction.outcome
        case "excuse":
            return EXCUSED
        case "entry_error" | "minutes":
            return None


def stands(event: Id, recorded: str, corrections: Sequence[PastCorrection]) -> str | None:
    """The outcome that stands for an event recorded with one, or none where it is withdrawn."""
    last = _in_force(corrections).get(event)
    return recorded if last is None else _outcome(last)


def minutes_stand(
    event: Id, recorded: int | None, outcome: str | None, corrections: Iterable[PastCorrection]
) -> int | None:
    """The minutes that stand for an event recorded with some, whose outcome by now is `outcome`."""
    if outcome is None or outcome in NOBODY_THERE:
        return None
    said = [one.minutes for one in _holding([one for one in corrections if one.event == event])]
    return next((minutes for minutes in reversed(said) if minutes is not None), recorded)


def may_have_changed(rules: Rules, place: int, outcome: str, effect: Effect, *, is_missed: bool) -> bool:
    """Whether the fold may say another effect of an event than was said when it was recorded.

    It may where its outcome stands for another one by now, or where other facts have a say in it: a retest,
    a visit that met a missed one, or how many were excused or allowed before it. `outcome` is what stands.
    """
    target = rules.targets[place]
    return (
        is_missed
        or bool(target.varied)
        or target.effects[outcome] != effect
        or (outcome in RETESTABLE and target.retest is not None)
        or (outcome == EXCUSED and rules.program.excuses.limit is not None)
        or outcome in target.allowance_of
    )


def judge(
    rules: Rules,
    event: PastFact,
    corrections: Sequence[PastCorrection],
    new: PastCorrection,
    by: Id,
    minutes: int | None = None,
) -> Refused | None:
    """Why a correction is not taken; none where it is.

    `corrections` are those of the event by now; `by` is who corrects. `minutes` are those that the event was
    recorded with.
    """
    if new.about != new.event:
        return _of_correction(corrections, new)
    last = _in_force(corrections).get(event.event)
    now = event.fact.outcome if last is None else _outcome(last)
    if now is None:
        return refused("already_corrected.withdrawn")
    if new.minutes is not None and new.kind != "minutes":
        return refused("invalid.minutes_of_correction", "$.minutes")
    match new.kind:
        case "lab_overturn":
            return _overturn(rules, event, now, new, by)
        case "excuse":
            if new.closure is not None and last is not None and last.closure is None and now == EXCUSED:
                # Excused by hand, it counts toward the program's limit; that the clinic was closed does not.
                return None
            return _excuse(rules, event, now, new, by)
        case "entry_error":
            return None if new.outcome is None else _no_outcome()
        case "minutes":
            now_there = minutes_stand(event.event, minutes, now, corrections)
            return _minutes(rules, event, now, new, now_there)


def _of_correction(corrections: Sequence[PastCorrection], new: PastCorrection) -> Refused | None:
    if new.kind != "entry_error":
        return refused("invalid.correction_kind", "$.kind")
    if new.outcome is not None:
        return _no_outcome()
    if new.minutes is not None:
        return refused("invalid.minutes_of_correction", "$.minutes")
    if new.about in withdrawn(corrections):
        return refused("already_corrected.correction")
    return None


def _no_outcome() -> Refused:
    return refused("invalid.outcome_unwanted", "$.outcome")


def _overturn(rules: Rules, event: PastFact, now: str, new: PastCorrection, by: Id) -> Refused | None:
    if new.outcome is None:
        return refused("invalid.outcome_missing", "$.outcome")
    target = rules.targets[event.fact.target]
    if new.outcome not in target.effects or new.outcome == EXCUSED:
        known = tuple(sorted(target.effects.keys() - {EXCUSED}))
        return refused("outcome_not_allowed.overturn", "$.outcome", known=known)
    # To an outcome that changes nothing, it is an excuse by another name.
    fact = event.fact
    effect = target.effects_in(target.phase(fact.week, fact.after))[new.outcome]
    if effect == "neutral" and (refusal := _by_another(rules, event, by)) is not None:
        return refusal
    return _same(event, now, new.outcome, "$.outcome")


def _minutes(
    rules: Rules, event: PastFact, now: str, new: PastCorrection, minutes: int | None
) -> Refused | None:
    if new.outcome is not None:
        return _no_outcome()
    if new.minutes is None:
        return refused("invalid.minutes_missing", "$.minutes")
    target = rules.targets[event.fact.target].target
    if (refusal := minutes_fault(target, now)) is not None:
        return refusal
    if minutes == new.minutes:
        return refused("invalid.same_minutes", "$.minutes", minutes=new.minutes)
    return None


def _excuse(rules: Rules, event: PastFact, now: str, new: PastCorrection, by: Id) -> Refused | None:
    if new.outcome is not None:
        return _no_outcome()
    return _by_another(rules, event, by) or _same(event, now, EXCUSED, "$.kind")


def _by_another(rules: Rules, event: PastFact, by: Id) -> Refused | None:
    """Refuse whoever recorded an event where the program asks for somebody else to excuse it."""
    if not rules.program.excuses.by_another or event.by != by:
        return None
    return refused("same_person.excuse")


def _same(event: PastFact, now: str, outcome: str, place: str) -> Refused | None:
    if now != outcome:
        return None
    if event.fact.outcome == outcome:
        return refused("invalid.same_outcome", place, outcome=outcome)
    return refused("already_corrected.same_outcome", place, outcome=outcome)


def correction_digest(one: PastCorrection, reason: bytes) -> bytes:
    """SHA-256 over what a correction says; `reason` is its keyed hash, not its words."""
    closure = () if one.closure is None else (str(one.closure),)
    merge = () if one.merge is None else ("merge", str(one.merge))
    minutes = () if one.minutes is None else ("minutes", str(one.minutes))
    fields = (str(one.event), str(one.about), one.kind, one.outcome or "-", *closure, *merge, *minutes)
    return hashlib.sha256("\x1f".join(fields).encode() + b"\x1f" + reason).digest()
