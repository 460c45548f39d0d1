"""Forms as browsers send them: fields by name, read into a shape."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import parse_qsl

import msgspec

from service.core.refusals import Refused, invalid
from service.flows.perform import Once
from service.web.http.decoding import far_years, fault_of

S = TypeVar("S", bound=msgspec.Struct)

FIELDS_MAX: Final = 2000
"""How many fields a form may have."""

_ONCE = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent to an address: fields by name, each with all its texts; a change is a copy."""

    action: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """One field's text without blanks around it, empty where it was not sent."""
        return self.typed(name).strip()

    def typed(self, name: str) -> str:
        """One field's text as it was typed, such as a password; empty where it was not sent."""
        return next(iter(self.fields.get(name, ())), "")

    def texts(self, name: str) -> Sequence[str]:
        """Every text that was sent under a name."""
        return self.fields.get(name, ())

    def read(self, wanted: type[S], **also: object) -> S | Refused:
        """The form in a shape: fields by name, empty ones left out, `also` put in as it is.

        Numbers and days are read from their text. A refusal's faults point at fields: `$.name`.
        """
        given: dict[str, object] = {}
        for one in msgspec.structs.fields(wanted):
            texts = [text.strip() for text in self.texts(one.encode_name) if text.strip()]
            if texts:
                is_list = "tuple" in str(one.type) or "list" in str(one.type)
                given[one.encode_name] = texts if is_list else texts[0]
        try:
            value = msgspec.convert({**given, **also}, wanted, strict=False)
        except msgspec.ValidationError as error:
            return invalid(fault_of(error, wanted))
        return far_years(value) or value

    def having(self, name: str, *texts: str) -> "Form":
        """The form with other texts under a name."""
        return Form(self.action, {**self.fields, name: texts})

    @property
    def once(self) -> Once | None:
        """The idempotency key of a form that carries one in its field `once`: sent again, it does nothing."""
        key = self.value("once")
        if _ONCE.fullmatch(key) is None:
            return None
        said = repr(sorted((name, list(texts)) for name, texts in self.fields.items() if name != "csrf"))
        return Once.of(f"page {key}", self.action, said)


NO_FORM: Final = Form()


def parse_form(action: str, body: bytes) -> Form | None:
    """The form in a body of `application/x-www-form-urlencoded`; None where it cannot be read."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict"
        )
    except ValueError:
        return None
    if any("\0" in part for pair in pairs for part in pair):
        return None
    fields: dict[str, list[str]] = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text.replace("\r\n", "\n"))
    return Form(action, fields)
