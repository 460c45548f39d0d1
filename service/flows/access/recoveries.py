"""Forgotten passwords: whoever has an account's mail is sent a link by which they choose another.

The link is an invitation that an account makes for itself: it works once, for half an hour, and the password
stays as it is until it is used. Who asks is not told whether an address is known. Accounts without a password
of their own, such as those of an identity provider, are sent nothing; and nobody gets around a second factor.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from service.core.access.messages import Message, recovery_message
from service.core.access.places import Place
from service.core.actors import system
from service.core.refusals import Refused, refused
from service.core.spellings import email_spelling
from service.flows.access.invitations import hash_of, new_token
from service.flows.access.send_code import Senders, send_now
from service.flows.perform import Act, Done, perform
from service.store import clinics, invitations, messages_out, sign_in_tries, staff
from service.store.database.elsewhere import ElsewhereError
from service.store.database.pool import Database

LASTS: Final = timedelta(minutes=30)
AGAIN_AFTER: Final = timedelta(minutes=5)
"""How long a link is the only one: whoever asks for others cannot end it under its owner's hands."""
ASKED_MAX: Final = 3
"""How many links one address is sent in ten minutes."""
PLACE_ASKED_MAX: Final = 15
"""How many links one place asks for in ten minutes."""
NO_LINK: Final = refused("not_found.staff")


async def may_ask(database: Database, email: str, place: Place) -> bool:
    """Count that a link is asked for; whether one is sent to this address, and from this place."""
    async with database.transaction(None) as tx:
        if await sign_in_tries.take(tx, f"recover from {place.text}") > PLACE_ASKED_MAX:
            return False
        return await sign_in_tries.take(tx, f"recover to {email_spelling(email)}") <= ASKED_MAX


async def send_recovery(
    database: Database, senders: Senders, link_of: Callable[[str], str], email: str
) -> None:
    """Send a link to the account with this address, in every clinic that has one."""
    for clinic in await staff.clinics_of(database, email):
        operation = partial(_queue, email=email, link_of=link_of)
        try:
            queued = await perform(database, system(clinic), operation)
        except ElsewhereError:
            continue
        if isinstance(queued, Done):
            await send_now(database, senders, clinic, *queued.value)


async def _queue(act: Act, email: str, link_of: Callable[[str], str]) -> Done[tuple[UUID, Message]] | Refused:
    found = await staff.find_by_email(act, email)
    known = None if found is None else await staff.lock(act, found.staff.id)
    if known is None or known.staff.disabled_at is not None or await staff.own_hash(act, known) is None:
        return NO_LINK
    one = known.staff
    since = await invitations.in_force_since(act, one.id)
    if since is not None and act.now - since < AGAIN_AFTER:
        return NO_LINK
    token, ends_at = new_token(act.clinic), act.now + LASTS
    await invitations.insert(act, act.new_id(), one.id, hash_of(token), one.id, ends_at)
    act.audit("staff.recovery_sent", one.id)
    clinic = await clinics.find(act)
    message = recovery_message(one.email, link_of(token), "" if clinic is None else clinic.name, one.language)
    return Done((await messages_out.insert(act, message, ends_at), message))
