"""What is shared of somebody, read by themselves: consents, which they take back, and what was told."""

from uuid import UUID

from msgspec import Struct

from schemas.accounting import Accounting
from schemas.consents import Consent
from schemas.restrictions import Restriction
from service.core.cursors import LIMIT_MAX, Page
from service.core.refusals import Refused, refused
from service.flows.notices.subscribers import list_subscribers
from service.flows.people.accounting import AccountingFilter, list_accounting
from service.flows.people.consents import ConsentFilter, list_consents, local_today, revoke_consent
from service.flows.people.restrictions import list_restrictions
from service.flows.perform import Act, Done
from service.store import consents


class Sharing(Struct, frozen=True):
    """To what somebody agreed, whom they asked to be told nothing, and one page of what was told of them.

    `addresses` are those of the subscribers that consents name.
    """

    consents: tuple[Consent, ...]
    restrictions: tuple[Restriction, ...]
    told: Accounting
    addresses: dict[UUID, str]


async def read_sharing(act: Act, page: Page) -> Done[Sharing] | Refused:
    """What is shared of whoever asks; `page` is that of what was told."""
    me = act.actor.id
    given = await list_consents(act, Page(LIMIT_MAX), ConsentFilter(me))
    asked = await list_restrictions(act, Page(LIMIT_MAX), me)
    told = await list_accounting(act, me, page, AccountingFilter())
    if isinstance(given, Refused):
        return given
    if isinstance(asked, Refused):
        return asked
    if isinstance(told, Refused):
        return told
    known = await list_subscribers(act, Page(LIMIT_MAX))
    addresses = {} if isinstance(known, Refused) else {one.id: one.url for one in known.value.items}
    return Done(Sharing(given.value.items, asked.value.items, told.value, addresses))


async def revoke_own(act: Act, consent: UUID) -> Done[Consent] | Refused:
    """Take a consent of one's own back; another's is not there, whatever its id."""
    known = await consents.find(act, consent, await local_today(act))
    if known is None or known.participant != act.actor.id:
        return refused("not_found.own")
    return await revoke_consent(act, consent)
