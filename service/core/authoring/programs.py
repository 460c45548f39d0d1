"""Program documents: read, judged, written in one canonical form, and known by their digest."""

from hashlib import sha256
from math import sqrt

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields, replace

from schemas.cases import CaseFault, Cases
from schemas.program import Bowl, Program
from service.core.authoring.cases import run
from service.core.authoring.documents import read
from service.core.authoring.doubts import warnings
from service.core.authoring.faults import check
from service.core.draws.bowls import STANDARD_BOWL
from service.core.refusals import Fault

__all__ = [
    "STANDARD_BOWL",
    "Expectation",
    "Loaded",
    "check",
    "decode",
    "digest",
    "encode",
    "expectation",
    "load",
    "plain",
    "warnings",
]


class Expectation(Struct, frozen=True):
    """The expected value of a number of draws, and its standard deviation, in minor units."""

    mean: float
    sd: float


class Loaded(Struct, frozen=True):
    """A program with all that is known about it before it is published.

    It may be published when `faults`, `cases_unread` and `case_faults` are empty; `warnings` are for its
    author to read.

    Attributes:
        program: the program, unless its document could not be read.
        faults: what is wrong with the program, each with its place in the program's document.
        warnings: what its author should look at.
        cases_unread: why the document of its cases could not be read, with the place in that document.
        case_faults: where a case does not come out as it says.
    """

    program: Program | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    cases_unread: tuple[Fault, ...] = ()
    case_faults: tuple[CaseFault, ...] = ()


def decode(document: bytes, *, yaml: bool) -> Program | tuple[Fault, ...]:
    """Read a program document; a shape that is wrong is one fault, named at its place."""
    return read(document, Program, is_yaml=yaml)


def load(document: bytes, cases: bytes | None = None, *, yaml: bool, cases_yaml: bool = False) -> Loaded:
    """Read a program, judge it, and run its cases if it has any; each document is JSON unless it is YAML."""
    program = decode(document, yaml=yaml)
    if not isinstance(program, Program):
        return Loaded(None, faults=program)
    faults = check(program)
    if faults or cases is None:
        return Loaded(program, faults, warnings(program))
    examples = read(cases, Cases, is_yaml=cases_yaml)
    if not isinstance(examples, Cases):
        return Loaded(program, warnings=warnings(program), cases_unread=examples)
    return Loaded(program, warnings=warnings(program), case_faults=run(program, examples))


def encode(program: Program) -> bytes:
    """Write a program as canonical JSON: keys in order, defaults left out, no blanks.

    Two documents that mean the same are the same bytes, and a field that the language gains later does
    not change the bytes of a program that does not use it.
    """
    return msgspec.json.encode(plain(program), order="sorted")


def digest(program: Program) -> str:
    """The SHA-256 of a program's canonical JSON, in hexadecimal.

    What its author means by it (`meant`) changes nothing that is earned, and is left out.
    """
    return sha256(encode(replace(program, meant=()))).hexdigest()


def expectation(bowl: Bowl, draws: int = 1) -> Expectation:
    """The mean and standard deviation of `draws` independent draws with replacement, in minor units.

    A slip without a value counts as worth nothing: what a shelf category costs is not in the program.
    """
    slips = sum(tier.slips for tier in bowl.tiers)
    first = sum(tier.slips * (tier.value or 0) for tier in bowl.tiers)
    second = sum(tier.slips * (tier.value or 0) ** 2 for tier in bowl.tiers)
    # Whole numbers up to the last division, so that nothing is lost for a large bowl.
    return Expectation(draws * first / slips, sqrt(draws * (slips * second - first**2)) / slips)


def _default_of(field: FieldInfo) -> object:
    # An empty mapping is not a shared default but made anew, so msgspec keeps its maker instead.
    return field.default if field.default_factory is NODEFAULT else field.default_factory()


def plain(value: object) -> object:
    """A program, or a part of one, as plain values: fields in their own order, defaults left out."""
    if isinstance(value, Struct):
        config = value.__struct_config__
        written = {
            field.encode_name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.required or getattr(value, field.name) != _default_of(field)
        }
        return {config.tag_field: config.tag, **written} if config.tag_field else written
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value
