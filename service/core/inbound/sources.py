"""Sources: their secrets as they are written, and whether what comes in is from them."""

from collections.abc import Mapping
from typing import Final, assert_never

from msgspec import Struct

from schemas import inbound
from service.core import signatures
from service.core.refusals import Refused, refused

TOLERANCE_S: Final = 300
"""How far a signed time may be from our clock, either way, in seconds: what Standard Webhooks recommends."""
OVERLAP_S: Final = 24 * 3600
"""How long the secret before a rotation is believed too, in seconds."""

ID_HEADERS: Final = ("webhook-id", "svix-id")


class Believed(Struct, frozen=True):
    """A message is from its source; `id` is the sender's own for it, where it can be relied on."""

    id: str | None


def verifier_of(wanted: inbound.Verifier) -> signatures.Verifier:
    """The verifier that a source's description names."""
    match wanted:
        case inbound.StandardWebhooks(prefix=prefix):
            return signatures.StandardWebhooks(prefix)
        case inbound.PlainHmac(header=header):
            return signatures.PlainHmac(header)
        case inbound.Bearer():
            return signatures.Bearer()
        case _ as unreachable:
            assert_never(unreachable)


def write_secret(verifier: inbound.Verifier, chance: bytes) -> str:
    """A secret made of chance, as it is shown once; those of Standard Webhooks begin with `whsec_`."""
    if isinstance(verifier, inbound.StandardWebhooks):
        return signatures.write_secret(chance)
    return chance.hex()


def judge_secret(verifier: inbound.Verifier, secret: str) -> Refused | None:
    """Refuse a secret that somebody brought and that cannot be one of its kind."""
    if isinstance(verifier, inbound.StandardWebhooks) and signatures.read_secret(secret) is None:
        return refused("invalid.source_secret", "$.secret")
    return None


def believe(
    wanted: inbound.Verifier, headers: Mapping[str, str], body: bytes, secrets: tuple[str, ...], now_s: int
) -> Believed | Refused:
    """Whether a message is from a holder of one of the source's secrets; `now_s` is seconds since 1970."""
    verifier = verifier_of(wanted)
    found = signatures.verify(
        verifier, headers, body, [_bytes(wanted, one) for one in secrets], now_s, TOLERANCE_S
    )
    if isinstance(found, signatures.Doubted):
        # The same as for an unknown source, so that neither is told from the other.
        return refused("unauthenticated.source")
    match wanted:
        case inbound.StandardWebhooks():
            return Believed(found.id)
        case inbound.PlainHmac():
            # No signature covers a header: whoever saw the message could send it again under another id.
            return Believed(None)
        case inbound.Bearer():
            return Believed(next((headers[name] for name in ID_HEADERS if headers.get(name)), None))
        case _ as unreachable:
            assert_never(unreachable)


def _bytes(wanted: inbound.Verifier, secret: str) -> bytes:
    if isinstance(wanted, inbound.StandardWebhooks):
        return signatures.read_secret(secret) or signatures.Secret(secret.encode())
    return secret.encode()
