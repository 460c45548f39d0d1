"""The results of a panel: what each says, and the one outcome that they make together.

Any positive makes the target positive. It is negative only where each analyte that the target needs was
reported, is final, was read, and is negative; everything else waits, as pending or for somebody to look.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal, cast

from msgspec import Struct

from schemas.mapping import ResultsRule, ResultWord, Standing, StatusRule, TargetResults, Threshold, ValueSets
from service.core.inbound.paths import Part, each, first_at
from service.core.inbound.values import (
    TEXT_SHOWN_MAX,
    DoubtError,
    is_there,
    resource_of,
    text_at,
    texts_at,
    word_of,
)

WORST_FIRST: Final = ("positive", "tampered", "invalid", "dilute", "negative")
"""Of several findings the first of these is the outcome."""
_NUMBER = re.compile(
    r"(?P<sign><=|>=|<|>|≤|≥|=)?\s*(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(?P<unit>[^\d\s].*)?"
)


class Result(Struct, frozen=True):
    """One result: the value sets of its code, how it stands, and what it says, or why that is unclear."""

    sets: frozenset[str]
    standing: Standing
    says: ResultWord | None
    why: DoubtError | None = None


class Panel(Struct, frozen=True):
    """What a panel says of one target: how it stands, and its outcome where that is known."""

    target: str | None
    standing: Standing
    outcome: str | None


def results_in(rule: ResultsRule, values: ValueSets, part: Part) -> list[Result]:
    """Read every result of a panel that is of a value set which the rule names."""
    wanted = {name for target in rule.targets for name in target.needs} | rule.dilute.keys()
    sets: dict[str, frozenset[str]] = {}
    for name in wanted:
        for code in values.get(name, ()):
            folded = code.strip().casefold()
            sets[folded] = sets.get(folded, frozenset()) | {name}
    found = []
    at, values_there = first_at(rule.at, part, is_there)
    for value in _followed(values_there, part.whole, at):
        own = Part(part.whole, value)
        codes = {code.casefold() for code in texts_at(rule.code, own)[1]}
        of: frozenset[str] = frozenset().union(*(sets.get(code, frozenset()) for code in codes))
        if of:
            found.append(_result(rule, of, own))
    return found


def _followed(values: Iterable[Any], whole: Any, place: str) -> list[Any]:  # noqa: ANN401  any JSON
    """The values, with each reference replaced by the resource of the message that it leads to."""
    found = []
    for value in values:
        if isinstance(value, dict) and isinstance(value.get("reference"), str) and "code" not in value:
            resource = resource_of(value["reference"], whole)
            if resource is None:
                raise DoubtError(
                    place, "message.result_elsewhere", reference=value["reference"][:TEXT_SHOWN_MAX]
                )
            found.append(resource)
        else:
            found.append(value)
    return found


def _result(rule: ResultsRule, of: frozenset[str], own: Part) -> Result:
    standing = standing_of(rule.status, own)
    try:
        return Result(of, standing, _says(rule, of, own))
    except DoubtError as doubt:
        return Result(of, standing, None, doubt)


def standing_of(rule: StatusRule | None, part: Part) -> Standing:
    """How a report or a result stands; final where nobody is asked."""
    if rule is None:
        return "final"
    place, text = text_at(rule.at, part)
    if text is None:
        if rule.otherwise is not None:
            return rule.otherwise
        raise DoubtError(place, "message.no_status")
    found = word_of(rule.words, text)
    if found is None:
        raise DoubtError(place, "message.word", word=text[:TEXT_SHOWN_MAX])
    return cast("Standing", found)


def _says(rule: ResultsRule, of: frozenset[str], own: Part) -> ResultWord | None:
    """What one result says; None where it is there for its number alone and that is in order."""
    at, texts = texts_at(rule.value, own)
    flagged = _flagged(rule, own)
    measured = of & rule.dilute.keys()
    if measured and not any(of & set(target.needs) for target in rule.targets):
        if not texts:
            raise DoubtError(at, "message.no_result")
        limit = rule.dilute[min(measured)]
        return "dilute" if _is_below(limit, _text(texts), _unit(rule, own), at) else None
    said = {word for text in texts if (word := word_of(rule.words, text)) is not None}
    cutoffs = [rule.cutoffs[name] for name in sorted(of) if name in rule.cutoffs]
    if not said and texts and cutoffs:
        said = {"negative" if _is_below(cutoffs[0], _text(texts), _unit(rule, own), at) else "positive"}
    if not said and flagged is not None and (not texts or _NUMBER.fullmatch(_text(texts))):
        # Of a number without a cut-off, or of nothing, the flag speaks. That nothing is out of the ordinary
        # says nothing where nothing was found.
        if flagged == "negative" and not texts:
            raise DoubtError(at, "message.no_result")
        said = {flagged}
    if not said:
        if not texts:
            raise DoubtError(at, "message.no_result")
        raise DoubtError(at, "message.word", word=texts[0][:TEXT_SHOWN_MAX])
    if len(said) > 1 or (flagged is not None and said <= {"negative", "positive"} and said != {flagged}):
        raise DoubtError(at, "message.contradiction")
    return cast("ResultWord", said.pop())


def _flagged(rule: ResultsRule, own: Part) -> Literal["negative", "positive"] | None:
    if rule.flag is None:
        return None
    flags = {word_of(rule.flags, text) for text in texts_at(rule.flag, own)[1]} - {None}
    # Of an analyte with several flags the one that speaks of something found counts.
    return "positive" if "positive" in flags else "negative" if flags else None


def _text(texts: Sequence[str]) -> str:
    return texts[0]


def _unit(rule: ResultsRule, own: Part) -> str | None:
    return None if rule.unit is None else next(iter(texts_at(rule.unit, own)[1]), None)


def _is_below(limit: Threshold, text: str, unit: str | None, place: str) -> bool:
    """Whether a number lies below a limit; in doubt where it is none, of another unit, or only bounded."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise DoubtError(place, "message.no_number", word=text[:TEXT_SHOWN_MAX])
    named = (found["unit"] or unit or "").strip()
    if limit.unit is not None and named and named.casefold() != limit.unit.casefold():
        raise DoubtError(place, "message.other_unit", unit=named[:TEXT_SHOWN_MAX], wanted=limit.unit)
    number, sign = float(found["number"]), found["sign"] or ""
    if sign in {"<", "≤", "<="}:
        if number > limit.number or (number == limit.number and sign != "<"):
            raise DoubtError(place, "message.only_bounded", word=text[:TEXT_SHOWN_MAX])
        return True
    if sign not in {"", "="} and number < limit.number:
        raise DoubtError(place, "message.only_bounded", word=text[:TEXT_SHOWN_MAX])
    return number < limit.number


def decide(target: TargetResults, whole: Standing, results: Sequence[Result], rule: ResultsRule) -> Panel:
    """What a panel says of one target; `whole` is how the report itself stands.

    Raises DoubtError where an analyte is missing from what is final, or cannot be read.
    """
    needs = set(target.needs)
    own = [one for one in results if one.sets & (needs | rule.dilute.keys()) and one.standing != "canceled"]
    if whole in {"withdrawn", "canceled"}:
        return Panel(target.target, whole, None)
    of_target = [one for one in own if one.sets & needs]
    if of_target and all(one.standing == "withdrawn" for one in of_target):
        return Panel(target.target, "withdrawn", None)
    stand = [one for one in own if one.standing != "withdrawn"]
    is_corrected = whole == "corrected" or any(one.standing == "corrected" for one in stand)
    settled: Standing = "corrected" if is_corrected else "final"
    # Where results have a status of their own, one may be final in a report that is not.
    counts = whole != "preliminary" or rule.status is not None
    known = [one for one in stand if one.standing in {"final", "corrected"} and counts]
    if any(one.says == "positive" for one in known):
        return Panel(target.target, settled, "positive")
    if whole == "preliminary" or any(one.standing == "preliminary" for one in stand):
        return Panel(target.target, "preliminary", None)
    unclear = next((one.why for one in known if one.why is not None), None)
    if unclear is not None:
        raise unclear
    missing = sorted(needs - {name for one in known for name in one.sets})
    if missing:
        raise DoubtError(each(rule.at)[0], "message.analyte_missing", analyte=", ".join(missing))
    said = {one.says for one in known}
    return Panel(target.target, settled, next(word for word in WORST_FIRST if word in said))
