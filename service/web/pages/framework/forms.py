"""Forms of Manage: sent once, faults at their fields, days, and people by their code."""

import re
from datetime import date, datetime, time
from functools import partial
from typing import Final, TypeVar
from uuid import UUID, uuid4

from msgspec import Struct

from schemas.people import Participant
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.people.participants import ParticipantFilter, list_participants, read_participant
from service.flows.perform import Once
from service.outbound.addresses import Allowed
from service.web.http.answers import Answer, Header
from service.web.http.decoding import is_far
from service.web.http.route import AUDITORS, CLINICIANS
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.page import Who, staff
from service.web.pages.framework.page_refusal import page_refusal

T = TypeVar("T")
S = TypeVar("S", bound=Struct)

SEEING: Final[frozenset[Who]] = staff(AUDITORS)
"""Who sees what only the manager and the auditor may see."""
CONSENTING: Final[frozenset[Who]] = staff(CLINICIANS | AUDITORS)
CSV_MEDIA: Final = b"text/csv; charset=utf-8"
BOM: Final = "\ufeff"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Characters that a spreadsheet takes for the beginning of a formula."""

SAID_MAX: Final = 100
"""The longest text that somebody is looked for by."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ONCE = re.compile(r"[0-9a-f-]{36}")


def once_of(call: PageCall) -> Once | None:
    """The form's own word, so that a page that is loaded again does not do its operation again."""
    word = call.value("once")
    if _ONCE.fullmatch(word) is None:
        return None
    said = repr(sorted((name, texts) for name, texts in call.form.items() if name != "csrf"))
    return Once.of(f"page {word}", call.path, said)


def word_of(call: PageCall) -> str:
    """The word of a form that is shown: the one that it came with, or a new one."""
    return call.value("once") or str(uuid4())


def faults_of(call: PageCall, refusal: Refused | None) -> dict[str, str]:
    """Faults of a form by field; those of no field stand under the empty name."""
    if refusal is None:
        return {}
    found: dict[str, str] = {}
    for fault in refusal.faults:
        name = re.split(r"[.\[]", fault.pointer.removeprefix("$.").removeprefix("$"), maxsplit=1)[0]
        found.setdefault(name, call.voice.explain(fault))
    return found or {"": call.voice.explain(refusal)}


def day_in(text: str) -> date | None:
    """The day that a date field says; none where it cannot be meant."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return None if is_far(day) else day


def day_start(call: PageCall, day: date) -> datetime:
    """The moment at which a local day of the clinic begins."""
    return datetime.combine(day, time(), call.zone)


def moment_in(call: PageCall, text: str) -> datetime | None:
    """The moment that a field for a local day and time says."""
    try:
        at = datetime.fromisoformat(text).replace(tzinfo=call.zone)
    except ValueError:
        return None
    return None if is_far(at) else at


async def person_of(call: PageCall, text: str) -> Participant | Refused:
    """Somebody by id, by the clinic's reference, or by the code that is said aloud at the desk."""
    text = text.strip()
    unknown = page_refusal("unknown_participant", "manage.no_such_person", "$.person")
    if not text or len(text) > SAID_MAX:
        return unknown
    try:
        found = await call.do(partial(read_participant, participant_id=UUID(text)))
    except ValueError:
        for wanted in (ParticipantFilter(reference=text), ParticipantFilter(display_code=text)):
            page = await call.do(partial(list_participants, wanted=wanted, page=Page(1)))
            if not isinstance(page, Refused) and page.items:
                return page.items[0]
        return unknown
    return unknown if isinstance(found, Refused) else found


def cell(value: object) -> str:
    """One cell of CSV, which no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if text.startswith(FORMULA) and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if re.search(r'[",\r\n]', text) else text


def as_csv(call: PageCall, name: str, rows: list[list[object]]) -> Answer:
    """A table as a file that spreadsheets read: UTF-8 with its mark, and a name without anybody in it."""
    body = BOM + "".join(",".join(cell(one) for one in row) + "\r\n" for row in rows)
    return as_file(call, name, CSV_MEDIA, body.encode())


def as_file(_call: PageCall, name: str, media: bytes, body: bytes) -> Answer:
    """A file to be kept on disk; `name` is of plain letters."""
    kept: Header = (b"content-disposition", f'attachment; filename="{name}"'.encode("ascii"))
    return Answer(200, body, [(b"content-type", media), (b"cache-control", b"no-store"), kept])


def allowed_of(call: PageCall) -> Allowed:
    """Which receivers on this machine or a private network a subscriber may be, by the settings."""
    settings = call.resources.settings
    return Allowed(settings.webhook_allow_loopback, settings.webhook_allow_private)
