"""Forms as browsers send them: fields by name, read into a shape."""

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import parse_qsl

import msgspec
from multipart import MultipartError, MultipartParser, parse_options_header

from service.core.refusals import Refused, invalid
from service.flows.perform import Once
from service.web.http.decoding import far_years, fault_of

S = TypeVar("S", bound=msgspec.Struct)

FIELDS_MAX: Final = 2000
"""How many fields a form may have."""

_ONCE = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent to an address: fields by name, each with all its texts; a change is a copy.

    `files` are the bytes of files that were chosen, by the names of their fields.
    """

    action: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

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
        return Form(self.action, {**self.fields, name: texts}, self.files)

    @property
    def once(self) -> Once | None:
        """The idempotency key of a form that carries one in its field `once`: sent again, it does nothing."""
        key = self.value("once")
        if _ONCE.fullmatch(key) is None:
            return None
        said = repr(sorted((name, list(texts)) for name, texts in self.fields.items() if name != "csrf"))
        sums = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in self.files.items())
        return Once.of(f"page {key}", self.action, said + (repr(sums) if sums else ""))


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


def parse_multipart(action: str, media: str, body: bytes) -> Form | None:
    """The form in a body of `multipart/form-data` (RFC 7578), with its files; None where it is none."""
    _, options = parse_options_header(media)
    fields: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    try:
        parser = MultipartParser(
            io.BytesIO(body),
            options.get("boundary", ""),
            content_length=len(body),
            strict=True,
            part_limit=FIELDS_MAX,
            spool_limit=len(body) + 1,
            memory_limit=len(body) + 1,
        )
        for part in parser.parts():
            if part.filename is None:
                text = part.raw.decode("utf-8")
                if "\0" in text:
                    return None
                fields.setdefault(part.name, []).append(text.replace("\r\n", "\n"))
            elif part.raw:
                # A field without a chosen file is sent as one without a name or bytes.
                files[part.name] = bytes(part.raw)
    except (MultipartError, ValueError):
        return None
    return Form(action, fields, files)
