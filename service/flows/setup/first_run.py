"""The first run: whoever has the set-up word makes the service's first clinic and becomes its manager.

The word is worked out from INDEX_KEY, so every process knows it and it is kept nowhere; it opens nothing
any more as soon as there is a clinic. Of two set-ups at once, one makes the clinic.
"""

import hmac
from hashlib import sha256
from typing import Annotated, Final

from msgspec import Meta, Struct
from msgspec.structs import replace

from schemas.people import Clinic, Email, Language, Name
from schemas.staff import NewStaff, Password
from service.core.access.passwords import weakness
from service.core.refusals import Refused, placed, refused
from service.core.words.refusals.catalog import in_english
from service.flows.access.breached import is_breached
from service.flows.access.sessions import OpenedSession, open_session
from service.flows.access.staff import create_staff
from service.flows.perform import Act
from service.flows.setup.clinics import begin_clinic, faulty_clinic, operator
from service.store import clinics, record
from service.store.database.ids import new_id
from service.store.database.pool import Database

WORD_LETTERS: Final = 32


class NewSetUp(Struct, frozen=True, forbid_unknown_fields=True):
    """The first clinic and its first manager."""

    clinic: Annotated[str, Meta(min_length=1, max_length=200)]
    zone: Annotated[str, Meta(min_length=1, max_length=100)]
    name: Name
    email: Email
    password: Password


def set_up_word(form_key: bytes) -> str:
    """The word that opens the set-up while there is no clinic."""
    return hmac.new(form_key, b"set-up", sha256).hexdigest()[:WORD_LETTERS]


def is_set_up_word(form_key: bytes, word: str) -> bool:
    """Whether this is the word; it takes the same time for any."""
    return hmac.compare_digest(set_up_word(form_key).encode(), word.strip().lower().encode())


async def is_set_up(database: Database) -> bool:
    """Whether there is a clinic."""
    return bool(await database.clinics())


async def set_up(
    database: Database, new: NewSetUp, language: Language, agent: str | None
) -> OpenedSession | Refused:
    """Make the clinic, its manager and their session, all of it or nothing."""
    wrong = faulty_clinic(new.clinic, new.zone)
    if wrong is not None:
        place = {"name": "$.clinic", "timezone": "$.zone"}[wrong.faults[0].pointer]
        return placed(wrong, place)
    is_stolen = is_breached(new.password)
    weak = weakness(new.password, new.email, new.name, new.clinic, is_breached=is_stolen)
    if weak is not None:
        return weak
    clinic = Clinic(new_id(), new.clinic.strip(), new.zone)
    async with database.transaction(clinic.id) as tx:
        if not await clinics.lock_first(tx):
            return refused("already_settled.set_up")
        first = await begin_clinic(tx, clinic)
        act = Act(tx, operator(clinic.id))
        made = await create_staff(act, NewStaff(new.email, "manager", new.name, language, new.password))
        if isinstance(made, Refused):
            # Nothing that it could refuse was left; what is written so far is not kept in any case.
            raise RuntimeError(in_english(made))  # noqa: TRY004  no type is wrong
        manager = Act(tx, replace(act.actor, id=made.value.id))
        opened = await open_session(manager, "staff", made.value.id, agent)
        await record.write(tx, record.Books(entries=[first, *act.entries, *manager.entries]))
    return opened.value
