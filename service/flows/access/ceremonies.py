"""What an authenticator makes and signs (WebAuthn), held against what it was asked: the person was verified.

The library is read when the first passkey comes: with all the certificates that it knows, it would be a
tenth of what every process reads before it serves.
"""

from typing import Final

from msgspec import Struct

ID_BYTES: Final = 16


class Ceremony(Struct, frozen=True):
    """The challenge that an authenticator signs, for our site."""

    challenge: bytes
    rp_id: str
    origin: str


class Made(Struct, frozen=True):
    """A passkey as an authenticator made it: what it calls it, its public half, and how often it signed."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


class Given(Struct, frozen=True):
    """What an authenticator says that it signed with, before that is verified."""

    credential_id: bytes
    handle: bytes


def made_by(ceremony: Ceremony, credential: str) -> Made | None:
    """The passkey that an authenticator made for this ceremony; none where it is not right."""
    from webauthn import verify_registration_response  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return Made(verified.credential_id, verified.credential_public_key, verified.sign_count)


def given_by(credential: str) -> Given | None:
    """What an authenticator says of the passkey that it signed with; none where it cannot be read."""
    from webauthn.helpers import parse_authentication_credential_json  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        given = parse_authentication_credential_json(credential)
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return Given(given.raw_id, given.response.user_handle or b"")


def signed_with(ceremony: Ceremony, credential: str, public_key: bytes, sign_count: int) -> int | None:
    """How often a passkey has signed by now; none where this is not its signature for this ceremony."""
    from webauthn import verify_authentication_response  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=ceremony.challenge,
            expected_rp_id=ceremony.rp_id,
            expected_origin=ceremony.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return verified.new_sign_count
