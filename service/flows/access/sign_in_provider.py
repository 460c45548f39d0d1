"""Sign a member of staff in by what the clinic's identity provider says of them.

Their account is found by who they are there, or by a verified address, or made at the first sign-in. The
role is what the provider says each time, and nobody gets in without one that we know.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, Literal, cast
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from schemas.people import Email, Name
from schemas.staff import Staff, StaffRole
from service.core.access.keys import COVERS
from service.core.actors import system
from service.flows.access.sign_in_staff import Recognized
from service.flows.access.staff import end_powers
from service.flows.perform import Act, Done, perform
from service.store import clinics, staff
from service.store.database.pool import NO_CLINIC, Database
from service.store.staff import StaffAccount

Roles = tuple[tuple[str, StaffRole], ...]
"""Which role each word of the provider's stands for; the first that fits counts."""
SECONDS_MAX: Final = 2**33
"""The seconds since 1970 of a time that is meant: until the year 2242."""
Unfit = Literal["no_role", "no_email", "email_taken", "disabled", "no_clinic"]


class ToldOf(Struct, frozen=True):
    """The provider's claims about somebody, as far as they are used."""

    subject: str
    role: StaffRole
    email: str | None
    is_verified: bool
    name: str | None
    has_second_factor: bool = False
    """Whether the provider says that they showed it a second factor (RFC 8176)."""
    shown_at: datetime | None = None
    """When they last showed the provider who they are (`auth_time`, OpenID Connect Core, 2); none unsaid."""


def told_of(
    claims: Mapping[str, Any], role_claim: str, roles: Roles, second_factor: Collection[str] = ()
) -> ToldOf | Unfit:
    """The claims of an id token; without a known role nobody is let in.

    `second_factor` are the words of `amr` and `acr` that say that a second factor was shown.
    """
    words = _words(claims.get(role_claim))
    role = next((ours for theirs, ours in roles if theirs in words), None)
    if role is None:
        return "no_role"
    email, name = _text(claims.get("email"), Email), _text(claims.get("name"), Name)
    shown = not (_words(claims.get("amr")) | _words(claims.get("acr"))).isdisjoint(second_factor)
    is_verified = claims.get("email_verified") is True
    return ToldOf(str(claims["sub"]), role, email, is_verified, name, shown, _moment(claims.get("auth_time")))


def _moment(said: object) -> datetime | None:
    """The time of a claim in seconds since 1970; none where it is no time."""
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said < SECONDS_MAX:
        return None
    return datetime.fromtimestamp(said, UTC)


def _words(said: object) -> set[str]:
    """The words of a claim that is a text or a list of them."""
    return {said} if isinstance(said, str) else set(map(str, said)) if isinstance(said, list) else set()


async def sign_in_told(database: Database, clinic: UUID, issuer: str, told: ToldOf) -> Recognized | Unfit:
    """Find or make the account of somebody whom the provider has told us of."""
    operation = partial(_known_or_made, issuer=issuer, told=told)
    done = cast("Done[StaffAccount | Unfit]", await perform(database, system(clinic), operation))
    return done.value if isinstance(done.value, str) else Recognized(clinic, done.value)


async def _known_or_made(act: Act, issuer: str, told: ToldOf) -> Done[StaffAccount | Unfit]:
    if await clinics.find(act) is None:
        return Done("no_clinic")
    subject = act.cipher.blind(NO_CLINIC, "staff.subject", f"{issuer}\n{told.subject}")
    known = await staff.find_by_subject(act, subject)
    if known is None:
        if told.email is None:
            return Done("no_email")
        known = await staff.find_by_email(act, told.email)
        if known is not None and not (told.is_verified and await staff.link(act, known.staff.id, subject)):
            act.audit("staff.sign_in_refused", known.staff.id, why="email_taken")
            return Done("email_taken")
        if known is None:
            made = Staff(act.new_id(), told.email, told.role, "en", act.now, told.name)
            await staff.insert(act, made, None, is_temporary=False, by=act.actor.id)
            await staff.link(act, made.id, subject)
            act.audit("staff.created", made.id, role=told.role, way="provider")
            known = cast("StaffAccount", await staff.find(act, made.id))
    if known.staff.disabled_at is not None:
        act.audit("staff.sign_in_refused", known.staff.id, why="disabled")
        return Done("disabled")
    if known.staff.role != told.role:
        after = replace(known.staff, role=told.role)
        await staff.change(act, after)
        act.audit("staff.changed", after.id, fields="role", role=told.role)
        await end_powers(act, after.id, COVERS[after.role])
        known = replace(known, staff=after)
    return Done(replace(known, password_is_temporary=False))


def _text(value: object, kind: Any) -> str | None:  # noqa: ANN401  an annotated text
    try:
        return msgspec.convert(value, kind)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        return None
