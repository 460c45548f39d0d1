"""Refusals of the pages' own, which their texts word."""

from schemas.problem import Code
from service.core.refusals import Refused, Value, refused


def page_refusal(code: Code, key: str, *pointers: str, **values: Value) -> Refused:
    """A refusal that a text of the pages words, such as `shared.not_found`; its fault lies at named fields.

    Its reason is the code and the text's key: `Voice.explain` looks there for what the catalog lacks.
    """
    return refused(f"{code}.{key}", *pointers, **values)
