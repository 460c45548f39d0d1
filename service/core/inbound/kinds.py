"""A message as a tree, and which kind of a mapping's messages it is."""

from typing import Any

import msgspec

from schemas.mapping import EventMapping, MessageMapping, OnlyRule
from service.core.inbound import er7
from service.core.inbound.paths import Part, first_at, is_within
from service.core.inbound.values import is_there, text_of
from service.core.refusals import Refused, refused


def read_body(mapping: EventMapping | None, body: bytes) -> Any | Refused:  # noqa: ANN401  any JSON
    """The body as a tree."""
    if mapping is not None and mapping.format == "hl7":
        tree: Any = er7.read(body)
    else:
        try:
            tree = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return refused("malformed.message", "$")
    if not isinstance(tree, Refused) and not is_within(tree):
        return refused("malformed.message_values", "$")
    return tree


def kind_of(mapping: EventMapping, whole: Part) -> MessageMapping | None:
    """The part of a mapping that reads a message; None where it means no such message."""
    return next((kind for kind in mapping.messages or (mapping,) if _is_meant(kind, whole)), None)


def _is_meant(kind: MessageMapping, whole: Part) -> bool:
    rules = kind.only if isinstance(kind.only, tuple) else () if kind.only is None else (kind.only,)
    return all(_holds(rule, whole) for rule in rules)


def _holds(rule: OnlyRule, whole: Part) -> bool:
    wanted = {one.strip().casefold() for one in rule.values}
    found = first_at(rule.at, whole, is_there)[1]
    return any((text_of(one) or "").casefold() in wanted for one in found)
