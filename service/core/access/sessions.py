"""Sessions: who is signed in, how long that lasts, and when it is over.

The limits follow OWASP's advice for sensitive records: short when nobody is there, and an end in any case.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from schemas.ids import Id
from schemas.people import Language, Role
from service.core.actors import Actor

SessionKind = Literal["staff", "portal", "kiosk", "tablet"]
"""Staff; a participant on their own device; a participant at the clinic's tablet; and that tablet itself."""

SEEN_EVERY: Final = timedelta(seconds=60)
"""How often it is written down that a session is used."""


class Term(Struct, frozen=True):
    """How long a session lasts: `idle` after it was last used, and `whole` in any case."""

    idle: timedelta
    whole: timedelta


TERMS: Final[dict[SessionKind, Term]] = {
    "staff": Term(timedelta(minutes=15), timedelta(hours=12)),
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

    @property
    def actor(self) -> Actor:
        """Who acts under this session.

        Raises LookupError for a tablet, which is nobody.
        """
        if self.subject is None:
            raise LookupError("a tablet is nobody")
        return Actor(self.clinic, self.subject, self.role or "participant")


def is_over(kind: SessionKind, seen_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether a session has ended by itself: not used for too long, or its time is up."""
    return now >= ends_at or now - seen_at >= TERMS[kind].idle
