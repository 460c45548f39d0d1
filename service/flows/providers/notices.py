"""Notices that a provider sends us: believed by their signature, and never by what they say.

A notice says that something changed. What, the provider is asked.
"""

import hmac
from typing import Final
from uuid import UUID

import msgspec
from msgspec import Struct

from service.core.refusals import Refused, refused
from service.store import provider_accounts, provider_orders
from service.store.database.pool import Database

SIGNATURE: Final = "tremendous-webhook-signature"
"""The header that Tremendous signs in: `sha256=` and the HMAC of the body, in hexadecimal."""
BYTES_MAX: Final = 64 * 1024
CHANGES: Final = frozenset(
    {"ORDERS.APPROVED", "ORDERS.CANCELED", "ORDERS.FAILED", "REWARDS.CANCELED", "FUNDING_SOURCES.FUNDED"}
)
"""What changes how an order stands, or what can be ordered; of anything else nothing follows here."""


class _Resource(Struct, frozen=True):
    id: str = ""


class _Payload(Struct, frozen=True):
    resource: _Resource = _Resource()


class _Notice(Struct, frozen=True):
    event: str
    payload: _Payload = _Payload()


async def take_notice(database: Database, account: UUID, signature: str, body: bytes) -> Refused | None:
    """Have an account asked what changed; an unknown account is answered like a wrong signature."""
    clinic = await provider_accounts.clinic_of(database, account)
    if clinic is None:
        return refused("unauthenticated.source")
    async with database.transaction(clinic) as tx:
        known = await provider_accounts.find(tx, account)
        if known is None or not _is_signed(known.webhook_secret, signature, body):
            return refused("unauthenticated.source")
        try:
            notice = msgspec.json.decode(body, type=_Notice)
        except msgspec.MsgspecError:
            return refused("malformed.provider_notice")
        if notice.event in CHANGES:
            named = await provider_orders.of_references(tx, account, [notice.payload.resource.id])
            await provider_orders.look(tx, named)
            # What it names may be no order of ours: then the whole list is matched.
            await provider_accounts.hurry(tx, account, whole=not named)
    return None


def _is_signed(secret: str | None, signature: str, body: bytes) -> bool:
    if secret is None:
        return False
    expected = f"sha256={hmac.digest(secret.encode(), body, 'sha256').hex()}"
    return hmac.compare_digest(expected.encode(), signature.encode())
