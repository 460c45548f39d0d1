"""Refusals as values: a closed code, a sentence with the remedy, and where the fault lies."""

from msgspec import Struct

from schemas.problem import Code, Fault


class Refused(Struct, frozen=True):
    """An operation that was not done, and why; nothing of it was written.

    `detail` is one or two sentences for a person: what is wrong and what to do. `faults` names places in
    the request (`$.occurred_at`).
    """

    code: Code
    detail: str
    faults: tuple[Fault, ...] = ()


def refused(code: Code, detail: str, *pointers: str) -> Refused:
    """A refusal whose fault lies at the named places of the request."""
    return Refused(code, detail, tuple(Fault(pointer, detail) for pointer in pointers))
