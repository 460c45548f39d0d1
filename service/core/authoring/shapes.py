"""Everything that keeps a document from its shape, all at once, each with what is allowed at its place.

msgspec names the first fault alone and in its own words. Here the same shape is walked value by value, so
that an author reads all of them, in the language of a program: its fields, its words, whole cents.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from re import search
from typing import Final

from msgspec import inspect

from schemas.program import AMOUNT_MAX
from service.core.authoring.amounts import amount_fault
from service.core.currencies import CURRENCIES, is_unit
from service.core.refusals import Fault, fault

FAULTS_MAX: Final = 100
"""How many faults of one document are named."""
SHOWN_MAX: Final = 60
"""How many signs of a wrong value are shown."""
COUNTED: Final = ("points", "draw")
"""The units that are no money."""
MEANT: Final[dict[str, str]] = {
    "dollars": "usd", "dollar": "usd", "cents": "usd", "$": "usd", "us$": "usd", "point": "points",
    "euro": "eur", "euros": "eur", "€": "eur", "yen": "jpy", "¥": "jpy", "pounds": "gbp", "£": "gbp",
    "daily": "day", "monthly": "month", "yearly": "year", "annual": "year", "visit": "event",
    "urine": "test", "screen": "test", "session": "attendance", "group": "attendance", "dose": "medication",
    "voucher": "ladder", "vouchers": "ladder", "prize": "draws", "prizes": "draws", "fixed": "flat",
}  # fmt: skip  # table: what is often written for a word of the language
"""What an author may write for a word of the language, beside its misspellings."""

Found = Iterator[Fault]
Alternatives = tuple[inspect.Type, ...]


def shape_faults(value: object, shape: type) -> tuple[Fault, ...]:
    """The faults of a plain value beside the shape that it should have, in the order of the shape."""
    unit = value.get("unit") if isinstance(value, dict) else None
    found = _Walk(unit if isinstance(unit, str) else "usd").of(value, _type_of(shape), "$")
    return tuple(one for one, _ in zip(found, range(FAULTS_MAX), strict=False))


@cache
def _type_of(shape: type) -> inspect.Type:
    return inspect.type_info(shape)


class _Structs(inspect.Type):
    """Several mappings that are told apart by their tag."""

    kinds: tuple[inspect.StructType, ...]


class _Walk:
    """One document on its way through its shape; its unit says how amounts are written."""

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def of(self, value: object, wanted: inspect.Type, at: str) -> Found:
        """The faults of one value at its place."""
        match wanted:
            case inspect.StructType():
                yield from self._struct(value, (wanted,), at)
            case _Structs(kinds):
                yield from self._struct(value, kinds, at)
            case inspect.UnionType(types):
                yield from self._union(value, types, at)
            case inspect.VarTupleType(item, least, most):
                yield from self._items(value, item, (least or 0, most), at)
            case inspect.TupleType(items):
                yield from self._row(value, items, at)
            case inspect.DictType(_, item):
                yield from self._mapping(value, item, at)
            case inspect.IntType():
                yield from self._number(value, wanted, at)
            case _:
                yield from _simple(value, wanted, at)

    def _row(self, value: object, items: Alternatives, at: str) -> Found:
        if not isinstance(value, list) or len(value) != len(items):
            yield fault(at, "document.so_many", count=len(items))
            return
        for place, (one, item) in enumerate(zip(value, items, strict=True)):
            yield from self.of(one, item, f"{at}[{place}]")

    def _mapping(self, value: object, item: inspect.Type, at: str) -> Found:
        if not isinstance(value, dict):
            yield fault(at, "document.mapping")
            return
        for key, one in value.items():
            yield from self.of(one, item, f"{at}.{key}")

    def _items(self, value: object, item: inspect.Type, bounds: tuple[int, int | None], at: str) -> Found:
        if not isinstance(value, list):
            yield fault(at, "document.list")
            return
        least, most = bounds
        if len(value) < least:
            yield fault(at, "document.few", least=least)
        if most is not None and len(value) > most:
            yield fault(at, "document.many", most=most)
        for place, one in enumerate(value):
            yield from self.of(one, item, f"{at}[{place}]")

    def _struct(self, value: object, kinds: tuple[inspect.StructType, ...], at: str) -> Found:
        if not isinstance(value, dict):
            yield fault(at, "document.nothing" if value is None else "document.mapping")
            return
        kind = kinds[0]
        if kind.tag_field is not None:
            tags, where = {str(one.tag): one for one in kinds}, f"{at}.{kind.tag_field}"
            if kind.tag_field not in value:
                yield fault(where, "document.needed_of", name=kind.tag_field, known=tuple(tags))
                return
            tag = value[kind.tag_field]
            if not isinstance(tag, str) or tag not in tags:
                yield from _word(tag, tuple(tags), where)
                return
            kind = tags[tag]
        walk = _Walk("draw") if kind.tag == "draws" else self
        yield from walk.fields(value, kind, at)

    def fields(self, value: Mapping[str, object], kind: inspect.StructType, at: str) -> Found:
        """The faults of a mapping as one shape: what is no field of it, what is wrong, what is missing."""
        own = {one.encode_name: one for one in kind.fields}
        tag = () if kind.tag_field is None else (kind.tag_field,)
        meant = set[str]()
        for key in value:
            if key not in own and key not in tag and kind.forbid_unknown_fields:
                near = _near(key, [name for name in own if name not in value])
                meant.add(near or "")
                yield _unknown(key, near, (*tag, *own), at)
        for name, one in own.items():
            where = f"{at}.{name}"
            if name in value:
                yield from self.of(value[name], one.type, where)
            elif one.required and name not in meant:
                known = _words_of(one.type)
                if _are_units(known):
                    yield fault(where, "document.needed_unit", name=name)
                elif known:
                    yield fault(where, "document.needed_of", name=name, known=known)
                else:
                    yield fault(where, "document.needed", name=name)

    def _union(self, value: object, types: Alternatives, at: str) -> Found:
        """The faults beside the alternative that a value is most like."""
        if value is None and any(isinstance(one, inspect.NoneType) for one in types):
            return
        words = _words_of(inspect.UnionType(types))
        number = next((one for one in types if isinstance(one, inspect.IntType)), None)
        if number is not None and words and not isinstance(value, int | float | dict | list):
            yield from _word_or_number(value, words, at)
            return
        yield from self.of(value, _likest(value, types), at)

    def _number(self, value: object, wanted: inspect.IntType, at: str) -> Found:
        is_amount = wanted.le == AMOUNT_MAX
        if isinstance(value, bool) or not isinstance(value, int):
            yield amount_fault(value, self.unit, at) if is_amount else _whole(value, at)
        elif wanted.ge is not None and value < wanted.ge:
            yield fault(at, "document.least", least=wanted.ge)
        elif wanted.le is not None and value > wanted.le:
            yield fault(at, "document.most", most=wanted.le)


def _whole(value: object, at: str) -> Fault:
    if value is None:
        return fault(at, "document.nothing")
    if isinstance(value, str) and value.isdecimal():
        return fault(at, "document.quoted", number=value)
    return fault(at, "document.whole")


def _likest(value: object, types: Alternatives) -> inspect.Type:
    """The alternative that a value is judged by."""
    wanted: dict[type, tuple[type[inspect.Type], ...]] = {
        dict: (inspect.StructType, inspect.DictType),
        list: (inspect.VarTupleType, inspect.TupleType),
        str: (inspect.StrType, inspect.LiteralType),
        int: (inspect.IntType,),
        float: (inspect.IntType,),
    }
    structs = tuple(one for one in types if isinstance(one, inspect.StructType))
    fitting = next((one for one in types if isinstance(one, wanted.get(type(value), ()))), None)
    if fitting is None and not isinstance(value, dict | list):
        fitting = next((one for one in types if isinstance(one, inspect.StrType)), None)
    if isinstance(fitting, inspect.StructType) or (fitting is None and structs):
        return structs[0] if len(structs) == 1 else _Structs(structs)
    return fitting or next(one for one in types if not isinstance(one, inspect.NoneType))


def _simple(value: object, wanted: inspect.Type, at: str) -> Found:
    match wanted:
        case inspect.StrType():
            yield from _text(value, wanted, at)
        case inspect.LiteralType(words):
            yield from _word(value, tuple(map(str, words)), at)
        case inspect.BoolType():
            if not isinstance(value, bool):
                yield fault(at, "document.yes_or_no")
        case _:
            # Days, moments and ids: msgspec's own sentence says enough of them.
            return


def _text(value: object, wanted: inspect.StrType, at: str) -> Found:
    if not isinstance(value, str):
        yield fault(at, "document.nothing" if value is None else "document.text")
    elif wanted.min_length is not None and len(value) < wanted.min_length:
        yield fault(at, "document.short", least=wanted.min_length)
    elif wanted.max_length is not None and len(value) > wanted.max_length:
        yield fault(at, "document.wide", most=wanted.max_length)
    elif wanted.pattern is not None and search(wanted.pattern, value) is None:
        yield fault(at, "document.slug")


def _word(value: object, known: tuple[str, ...], at: str) -> Found:
    if isinstance(value, str) and value in known:
        return
    if _are_units(known):
        yield _unit(value, at)
        return
    if value is None:
        yield fault(at, "document.nothing_of", known=known)
        return
    near = _near(str(value), known)
    if near is None:
        yield fault(at, "document.word", text=_shown(value), known=known)
    else:
        yield fault(at, "document.word_near", text=_shown(value), near=near, known=known)


def _are_units(known: Sequence[str]) -> bool:
    return CURRENCIES.issubset(known)


def _unit(value: object, at: str) -> Fault:
    """What is no unit; there are so many that they are described, and not listed."""
    text = str(value).strip().lower()
    meant = MEANT.get(text, text)
    near = meant if is_unit(meant) else _near(text, COUNTED)
    if near is None:
        return fault(at, "document.unit", text=_shown(value))
    return fault(at, "document.unit_near", text=_shown(value), near=near)


def _near(text: str, known: Sequence[str]) -> str | None:
    """The word that was probably meant."""
    plain = text.strip().lower()
    if MEANT.get(plain) in known:
        return MEANT[plain]
    return next(iter(get_close_matches(plain, known, 1)), None)


def _word_or_number(value: object, known: tuple[str, ...], at: str) -> Found:
    if isinstance(value, str) and value in known:
        return
    if isinstance(value, str) and value.isdecimal():
        yield fault(at, "document.quoted", number=value)
    else:
        yield fault(at, "document.number_or_word", text=_shown(value), known=known)


def _unknown(name: str, near: str | None, known: tuple[str, ...], at: str) -> Fault:
    where = f"{at}.{name}"
    if near is not None:
        return fault(where, "document.not_known_near", name=_shown(name), near=near, known=known)
    return fault(where, "document.not_known", name=_shown(name), known=known)


def _words_of(wanted: inspect.Type) -> tuple[str, ...]:
    """The words that a place takes, where it takes words of a closed list."""
    match wanted:
        case inspect.LiteralType(words):
            return tuple(map(str, words))
        case inspect.UnionType(types):
            return tuple(word for one in types for word in _words_of(one))
        case _:
            return ()


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}…"
