"""Consent of a parent or guardian before a minor is enrolled: who gave it, when, and whether it stands."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.events import Day
from schemas.people import Name
from schemas.program import Slug

GuardianRelation = Literal["parent", "guardian", "agency", "other", "self"]
"""What the one who consents is to the participant: a parent, another legal guardian, an agency that has
custody, somebody else whom the law lets consent, or themselves, who turned 18 this year."""
GuardianNeed = Literal["minors", "everybody", "nobody"]
"""Who needs it: `minors`, by the year of birth where it is kept; `everybody` who is not known to be an adult;
`nobody`."""


class NewGuardianRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Who needs a guardian's consent before they are enrolled, from now on."""

    need: GuardianNeed
    """Who needs it."""
    program: Slug | None = None
    """In which program; null for those without a rule of their own."""


class GuardianRule(Struct, frozen=True):
    """Who needs a guardian's consent before they are enrolled."""

    id: UUID
    need: GuardianNeed
    """Who needs it."""
    set_at: datetime
    """When it was set."""
    set_by: UUID
    """Who set it: a key or member of staff."""
    program: str | None = None
    """In which program; null for those without a rule of their own."""


class GuardianRules(Struct, frozen=True):
    """The rules that hold: the clinic's own, and those of programs. Without any, minors need it."""

    items: tuple[GuardianRule, ...]
    """The newest rule of the clinic and of each program."""


class NewGuardianConsent(Struct, frozen=True, forbid_unknown_fields=True):
    """The consent of a participant's parent or guardian; who it is is kept encrypted."""

    guardian: Name
    """The name of whoever consents."""
    relation: GuardianRelation
    """What they are to the participant."""
    consented_on: Day
    """The local day on which they consented: today or earlier."""


class GuardianConsent(Struct, frozen=True):
    """The consent of a parent or guardian; it stands until it is withdrawn."""

    id: UUID
    participant: UUID
    guardian: str
    """The name of whoever consented."""
    relation: GuardianRelation
    """What they are to the participant."""
    consented_on: date
    """The local day on which they consented."""
    recorded_at: datetime
    recorded_by: UUID
    """Who recorded it: a key or member of staff."""
    withdrawn_at: datetime | None = None
    """When it was withdrawn; null while it stands."""
    withdrawn_by: UUID | None = None
    """Who recorded that it was withdrawn."""


class GuardianConsents(Struct, frozen=True):
    """The consents of somebody's parents and guardians, newest first."""

    items: tuple[GuardianConsent, ...]
    """The consents, those that were withdrawn too."""
