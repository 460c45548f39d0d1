"""Passkeys on pages: what an authenticator is asked to make or sign, and the challenge kept meanwhile."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import msgspec

from service.flows.access.ceremonies import Ceremony
from service.web.http.answers import Answer
from service.web.http.call import NO_STORE
from service.web.pages.framework.call import PageCall
from service.web.pages.framework.sealing import Held, opened, sealed

CHALLENGE_KEEPS: Final = timedelta(minutes=5)
CHALLENGE_BYTES: Final = 32


def ceremony_of(call: PageCall, cookie: str) -> Ceremony:
    """What an authenticator should have signed, by the challenge that is sealed in a cookie."""
    held = opened(call, cookie)
    origin = call.request.origin
    # Without a challenge of ours nothing can be right.
    challenge = secrets.token_bytes(CHALLENGE_BYTES) if held is None else held.challenge
    return Ceremony(challenge, urlsplit(origin).hostname or "", origin)


def asking_to_make(
    call: PageCall, cookie: str, handle: bytes, kept: Iterable[bytes], name: str, *, is_resident: bool
) -> Answer:
    """Say what a new passkey has to be like, none of those `kept`; `is_resident` where it names its owner."""
    from webauthn import generate_registration_options, options_to_json  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    needed = structs.ResidentKeyRequirement
    asked = generate_registration_options(
        rp_id=ceremony_of(call, cookie).rp_id,
        rp_name=call.voice.plain("shared.app"),
        user_id=handle,
        user_name=name,
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=needed.REQUIRED if is_resident else needed.DISCOURAGED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in kept],
    )
    return _asking(call, cookie, options_to_json(asked), challenge)


def asking_to_sign(call: PageCall, cookie: str, allowed: Iterable[bytes] = ()) -> Answer:
    """Say what a passkey has to sign: one of those `allowed`, or any of ours."""
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    options = generate_authentication_options(
        rp_id=ceremony_of(call, cookie).rp_id,
        challenge=challenge,
        allow_credentials=[structs.PublicKeyCredentialDescriptor(id=one) for one in allowed],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _asking(call, cookie, options_to_json(options), challenge)


def _asking(call: PageCall, cookie: str, options: str, challenge: bytes) -> Answer:
    held = sealed(call, cookie, Held(call.now + CHALLENGE_KEEPS, challenge=challenge))
    body = msgspec.json.encode(msgspec.Raw(options.encode()))
    return Answer(200, body, [(b"content-type", b"application/json"), NO_STORE, held])
