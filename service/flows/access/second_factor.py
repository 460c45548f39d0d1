"""The second factor: six digits that a phone works out anew every 30 seconds (RFC 6238), and codes on paper.

Each step of the digits is taken once, and so is each code. A try counts against the account as a password
does, so that with a stolen password the digits cannot be tried one after another.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import pyotp
from msgspec import Struct

from service.core.access.display_codes import ALPHABET
from service.core.access.passwords import REST_MINUTES, TRIES_MAX
from service.core.refusals import Refused, refused
from service.flows.access.sessions import open_anew
from service.flows.access.staff_passkeys import remove_staff_passkeys_of
from service.flows.perform import Act, Done
from service.store import staff

STEP_S: Final = 30
STEPS_AROUND: Final = 1
"""A phone's clock may be one step off either way."""
RESCUE_CODES: Final = 10
RESCUE_LETTERS: Final = 10
DIGITS: Final = 6

NOT_RIGHT: Final = refused("unauthenticated.second_factor", "$.code")


class TurnedOn(Struct, frozen=True):
    """The rescue codes, shown once, and the token of the new session."""

    codes: list[str]
    token: str


def new_secret() -> str:
    """A new secret for a phone, 160 bits in base32."""
    return pyotp.random_base32()


def address_of(secret: str, email: str, clinic_name: str) -> str:
    """The URI that an authenticator reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=clinic_name)


def step_of(secret: str, digits: str, now: datetime) -> int | None:
    """The step at which a phone shows these digits, if that is about now."""
    at = int(now.timestamp()) // STEP_S
    works = pyotp.TOTP(secret)
    found = None
    for step in range(at - STEPS_AROUND, at + STEPS_AROUND + 1):
        if hmac.compare_digest(works.generate_otp(step), digits):
            found = step
    return found


async def begin_second_factor(
    act: Act, staff_id: UUID, secret: str, digits: str
) -> Done[list[str]] | Refused:
    """Begin with a second factor whose digits were just shown; gives the rescue codes, once."""
    step = step_of(secret, _plain(digits), act.now)
    if step is None:
        return NOT_RIGHT
    await staff.set_second_factor(act, staff_id, secret, step)
    act.audit("staff.second_factor_begun", staff_id, factor=staff.factor_mark(act, staff_id, secret))
    return await renew_rescue_codes(act, staff_id)


async def turn_on_second_factor(
    act: Act, secret: str, digits: str, agent: str | None
) -> Done[TurnedOn] | Refused:
    """Begin with one's own second factor, under a new session: those opened without it end.

    One that is on stays as it is: it is ended first, with the password.
    """
    known = await staff.lock(act, act.actor.id)
    if known is None or known.totp_secret is not None:
        return refused("already_settled.second_factor")
    codes = await begin_second_factor(act, act.actor.id, secret, digits)
    if isinstance(codes, Refused):
        return codes
    return Done(TurnedOn(codes.value, (await open_anew(act, act.actor.id, agent)).token))


async def renew_rescue_codes(act: Act, staff_id: UUID) -> Done[list[str]]:
    """Make ten new rescue codes; the ones before are worth nothing."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(RESCUE_LETTERS)) for _ in range(RESCUE_CODES)]
    await staff.insert_rescue_codes(act, staff_id, codes)
    act.audit("staff.rescue_codes_made", staff_id)
    half = RESCUE_LETTERS // 2
    return Done([f"{code[:half]}-{code[half:]}" for code in codes])


async def end_second_factors(act: Act, staff_id: UUID) -> Done[None] | Refused:
    """Let somebody go on without any second factor, passkeys among them: they lost what they had."""
    await remove_staff_passkeys_of(act, staff_id)
    return await end_second_factor(act, staff_id)


async def end_second_factor(act: Act, staff_id: UUID) -> Done[None] | Refused:
    """Go on without digits and codes on paper."""
    known = await staff.lock(act, staff_id)
    if known is None:
        return refused("not_found.staff")
    await staff.set_second_factor(act, staff_id, None, 0)
    await staff.insert_rescue_codes(act, staff_id, [])
    act.audit("staff.second_factor_ended", staff_id, factor=staff.factor_mark(act, staff_id, None))
    return Done(None)


async def check_second_factor(act: Act, staff_id: UUID, typed: str) -> Done[str | None]:
    """By what somebody showed the second factor: `digits` or `rescue`; none where it is not right.

    The try is kept either way, so it is no refusal, which would write nothing.
    """
    known = await staff.lock(act, staff_id)
    if known is None or known.totp_secret is None or known.staff.disabled_at is not None:
        return Done(None)
    until = act.now + timedelta(minutes=REST_MINUTES)
    if not await staff.count_try(act, staff_id, TRIES_MAX, until):
        act.audit("staff.sign_in_refused", staff_id, why="rests")
        return Done(None)
    plain, way = _plain(typed), None
    if plain.isdecimal() and len(plain) == DIGITS:
        secret = act.cipher.open(act.clinic, staff.TOTP, known.totp_secret, staff_id).decode()
        step = step_of(secret, plain, act.now)
        if step is not None and await staff.take_step(act, staff_id, step):
            way = "digits"
    elif await staff.use_rescue_code(act, staff_id, plain.upper()):
        way = "rescue"
    if way is None:
        act.audit("staff.sign_in_refused", staff_id, why="second_factor")
        return Done(None)
    await staff.was_right(act, staff_id)
    return Done(way)


def _plain(typed: str) -> str:
    return "".join(letter for letter in typed if letter.isascii() and letter.isalnum())
