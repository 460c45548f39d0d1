"""Which adapter speaks to an account, and where."""

from typing import assert_never

from schemas.providers import (
    Access,
    AskedAccess,
    Environment,
    GiftbitAccess,
    HandAccess,
    TangoAccess,
    TremendousAccess,
)
from service.outbound.post import WebhookClient
from service.outbound.providers import giftbit, tango, tremendous
from service.outbound.providers.calls import Turn
from service.outbound.providers.giftbit import Giftbit
from service.outbound.providers.interface import RewardProvider
from service.outbound.providers.tango import Tango
from service.outbound.providers.tremendous import Tremendous


def provider_of(access: AskedAccess, address: str, client: WebhookClient, turn: Turn) -> RewardProvider:
    """The adapter of an account."""
    match access:
        case TremendousAccess():
            return Tremendous(access, address, client, turn)
        case TangoAccess():
            return Tango(access, address, client, turn)
        case GiftbitAccess():
            return Giftbit(access, address, client, turn)
        case _ as unreachable:
            assert_never(unreachable)


def address_of(access: Access, environment: Environment) -> str:
    """A provider's own address; none of one that is not asked."""
    match access:
        case TremendousAccess():
            return tremendous.ADDRESSES[environment]
        case TangoAccess():
            return tango.ADDRESSES[environment]
        case GiftbitAccess():
            return giftbit.ADDRESSES[environment]
        case HandAccess():
            return ""
        case _ as unreachable:
            assert_never(unreachable)
