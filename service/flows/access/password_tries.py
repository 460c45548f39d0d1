"""How often passwords are tried: by account and place, so that no tries keep the owner out elsewhere."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Final

from service.core.access.places import PASSWORD_TRIES_MAX, Place, passwords_left
from service.core.actors import system
from service.core.refusals import refused
from service.core.spellings import email_spelling
from service.flows.perform import Act, Done, perform
from service.store import sign_in_tries, staff
from service.store.database.elsewhere import ElsewhereError
from service.store.database.pool import Database

NOTHING: Final = "nothing of"
"""What is counted for accounts that there are not."""
TOO_OFTEN: Final = refused("too_many_requests.sign_in")


async def may_try_password(database: Database, email: str, place: Place) -> bool:
    """Count a try at an account before it is known to be right; whether it is compared at all.

    It is counted by the address that was typed, whether that is known or not, in however many clinics.
    """
    own, of_all = _counted(email, place)
    async with database.transaction(None) as tx:
        tries = await sign_in_tries.take(tx, own)
        left = passwords_left(place, tries, await sign_in_tries.count(tx, of_all))
        if left >= 0 and not place.is_known:
            await sign_in_tries.take(tx, of_all)
    if left == -1:
        # Told once in a window: whoever goes on would else fill the trail.
        for clinic in await staff.clinics_of(database, email):
            with contextlib.suppress(ElsewhereError):
                await perform(database, system(clinic), partial(_tell_rests, email=email))
    return left >= 0


async def password_was_right(database: Database, email: str, place: Place) -> None:
    """Let tries of this place at this account count from nothing again."""
    own, of_all = _counted(email, place)
    async with database.transaction(None) as tx:
        await sign_in_tries.forget(tx, own)
        if not place.is_known:
            await sign_in_tries.give_back(tx, of_all)


async def count_nothing(database: Database, email: str) -> None:
    """Write what nobody reads, where for a known account the audit trail is written: it takes as long."""
    async with database.transaction(None) as tx:
        await sign_in_tries.take(tx, f"{NOTHING} {email_spelling(email)}")


async def _tell_rests(act: Act, email: str) -> Done[None]:
    known = await staff.find_by_email(act, email)
    if known is not None:
        act.audit("staff.sign_in_refused", known.staff.id, why="rests", tries=PASSWORD_TRIES_MAX)
    return Done(None)


def _counted(email: str, place: Place) -> tuple[str, str]:
    account = f"password {email_spelling(email)}"
    return f"{account} from {place.text}", account
