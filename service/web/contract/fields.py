"""The meaning of each field: the docstring under it, or the sentence that holds for its name everywhere."""

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any, Final, NamedTuple

from msgspec import Struct

SHARED: Final[dict[str, str]] = {
    "amount": "In minor units of `unit`.",
    "balances": "The participant's balances.",
    "closed_on": "Last local day of the enrollment.",
    "created_at": "When it was made.",
    "created_by": "Who made it: a key or member of staff.",
    "display_code": "The participant's short code, said aloud at the desk.",
    "draw": "Id of the draw.",
    "drawn_at": "When it was drawn.",
    "enrollment": "Id of the enrollment.",
    "event": "Id of the event.",
    "id": "UUIDv7.",
    "items": "The page's entries.",
    "next_cursor": "Null on the last page.",
    "occurred_at": "When it happened.",
    "outcome": "The outcome on record.",
    "participant": "Id of the participant.",
    "program": "Name of the program.",
    "proposed_at": "When it was proposed.",
    "proposed_by": "Who proposed it: a key or member of staff.",
    "reasons": "Why the amount is what it is.",
    "recorded_at": "When it was recorded.",
    "refusal": "Why it was refused, where somebody said so.",
    "reward": "Id of the reward.",
    "settled_at": "When it was approved or refused; null until then.",
    "settled_by": "Who approved or refused it: a key or member of staff.",
    "starts_on": "First local day.",
    "subscriber": "Id of the subscriber.",
    "target": "Name of the target within the program.",
    "total": "Sums by unit.",
    "version": "Version of the program, counted from 1.",
    "week": "Program week, counted from 1 on the enrollment's first day.",
}
"""Fields that mean the same wherever they stand; a docstring under a field of a class goes before."""

FILTERS: Final[dict[str, str]] = {
    "enrollment": "Only those of this enrollment.",
    "participant": "Only those of this participant.",
    "since": "Only those from this moment on.",
    "source": "Only those from this source.",
    "status": "Only those in this state.",
    "subscriber": "Only those of this subscriber.",
    "unit": "Only those in this unit.",
    "until": "Only those before this moment.",
}
"""The same for the parameters of lists."""


def descriptions(shape: type[Struct], shared: dict[str, str]) -> dict[str, str]:
    """The meaning of each field of a shape by its name, inherited ones included."""
    found: dict[str, str] = {}
    for one in reversed(shape.__mro__):
        if one is not Struct and issubclass(one, Struct):
            found |= docstrings(sys.modules[one.__module__]).of_fields.get(one.__name__, {})
    return shared | found


class Docstrings(NamedTuple):
    """The docstrings under a module's own names, and under the fields of each of its classes."""

    of_names: dict[str, str]
    of_fields: dict[str, dict[str, str]]


@cache
def docstrings(module: ModuleType) -> Docstrings:
    """The attribute docstrings of a module (PEP 257), read from its source."""
    tree = ast.parse(inspect.getsource(module))
    classes = {node.name: _under(node.body) for node in tree.body if isinstance(node, ast.ClassDef)}
    return Docstrings(_under(tree.body), classes)


def _under(body: list[Any]) -> dict[str, str]:
    """By name, the string that stands right after an assignment."""
    found = {}
    for here, after in pairwise(body):
        match here, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(says))),
            ):
                found[name] = " ".join(says.split())
            case _:
                pass
    return found
