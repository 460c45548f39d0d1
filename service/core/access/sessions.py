"""Sessions: who is signed in, how long that lasts, and when it is over.

The limits follow OWASP's advice for sensitive records: short when nobody is there, and an end in any case.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Language, Role
from service.core.actors import Actor

SessionKind = Literal["staff", "api", "portal", "kiosk", "tablet"]
"""Staff on the pages, and by a program of theirs; a participant on their own device, and at the clinic's
tablet; and that tablet itself."""

SEEN_EVERY: Final = timedelta(seconds=60)
"""How often it is written down that a session is used."""


PROVED_MINUTES: Final = 10
"""How long somebody who showed their password or second factor is not asked for it again."""


class Term(Struct, frozen=True):
    """How long a session lasts: `idle` after it was last used, and `whole` in any case."""

    idle: timedelta
    whole: timedelta


TERMS: Final[dict[SessionKind, Term]] = {
    "staff": Term(timedelta(minutes=15), timedelta(hours=12)),
    "api": Term(timedelta(minutes=15), timedelta(hours=12)),
    "portal": Term(timedelta(minutes=30), timedelta(hours=24)),
    "kiosk": Term(timedelta(minutes=2), timedelta(minutes=15)),
    "tablet": Term(timedelta(days=30), timedelta(days=180)),
}


class Session(Struct, frozen=True):
    """One sign-in that is not over, with what every page needs of its clinic and its person.

    `subject` is the member of staff or the participant; a tablet's own session has none.
    """

    id: Id
    kind: SessionKind
    clinic: Id
    clinic_name: str
    zone: str
    subject: Id | None
    role: Role | None
    name: str | None
    language: Language
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    must_choose: bool = False
    """Whether their password was given to them, so that they have to choose one of their own first."""
    proved_at: datetime | None = None
    """When a member of staff last showed their password or second factor."""
    let_in_by: Id | None = None
    """Who printed the code that somebody in care, or the PIN or passkey of their sign-in, goes back to."""
    clinic_phone: str | None = None
    """The number under which the clinic is reached, as it was written."""
    has_shortcuts: bool = False
    """Whether a letter or sign alone does something for this member of staff."""

    @property
    def actor(self) -> Actor:
        """Who acts under this session.

        Raises LookupError for a tablet, which is nobody.
        """
        if self.subject is None:
            raise LookupError("a tablet is nobody")
        return Actor(self.clinic, self.subject, self.role or "participant")


def is_fresh(proved_at: datetime | None, now: datetime) -> bool:
    """Whether somebody showed their password or second factor lately enough to change who may come in."""
    return proved_at is not None and now - proved_at <= timedelta(minutes=PROVED_MINUTES)


def is_over(kind: SessionKind, seen_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether a session has ended by itself: not used for too long, or its time is up."""
    return now >= ends_at or now - seen_at >= TERMS[kind].idle
