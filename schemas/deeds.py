"""Who did what: what each person recorded, handed out and corrected, with what is odd first."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from schemas.program import Unit

DoneKind = Literal["recorded", "given", "corrected", "readdressed", "welcomed"]
"""What somebody did: `recorded` a visit, `given` a reward out, `corrected` a visit, `readdressed` a
participant, whose phone number or mail address they changed, or `welcomed` one: opened an enrollment with a
welcome."""
OddKind = Literal["late", "much", "another", "own", "unconfirmed"]
"""Why something is looked at first: `late`, a visit recorded long after it was; `much`, above what one person
records, or opens enrollments with, on a day; `another`, recorded beside another event of its target and day;
`own`, a correction of what they recorded themselves; `unconfirmed`, an address in the place of another one
that neither the participant nor a second person confirmed, or that the participant says is wrong."""


class PersonDeeds(Struct, frozen=True):
    """What one person did in some days, as counts."""

    by: UUID
    """A member of staff or a key."""
    name: str | None
    """The name that they go by; null where they have none."""
    odd: int
    """How many of their deeds are odd."""
    recorded: int
    """How many visits they recorded, those of imports and those that the service found missed left out."""
    late: int
    """How many of them long after they were."""
    another: int
    """How many of them beside another event of the same target and day."""
    corrected: int
    """How many corrections they made."""
    own: int
    """How many of them of what they had recorded themselves."""
    given: int
    """How many rewards and prizes they handed out."""
    given_usd: int
    """What these cost in cents, and what the prizes are worth; of those for points or draws, nothing."""
    readdressed: int
    """How many phone numbers and mail addresses of participants they changed."""
    unconfirmed: int
    """How many of them nobody else confirmed."""
    welcomed: int
    """How many enrollments with a welcome they opened."""
    welcomed_usd: int
    """What these welcomes came to in cents; those in points or draws, nothing."""
    welcomed_much: int
    """How many of them beyond what one person opens enrollments with on a day."""


class DeedsReport(Struct, frozen=True):
    """Who did what in some days, those with the most odd deeds first."""

    since: date
    """The first local day."""
    until: date
    """The last local day."""
    items: tuple[PersonDeeds, ...]
    """Everybody who did something, those with the most odd deeds first."""


class Deed(Struct, frozen=True):
    """Something that one person did."""

    kind: DoneKind
    """What they did."""
    id: UUID
    """The event, redemption, prize, correction, change of an address or enrollment."""
    participant: UUID
    done_at: datetime
    """When it was done."""
    since: datetime
    """When the visit was that was recorded or corrected; of a redemption, when it was asked for;
    of a prize, when it was won; of an
    address, when it was changed; of an enrollment, when it was opened."""
    odd: tuple[OddKind, ...]
    """Why it is looked at first; empty where it is not."""
    unit: Unit | None = None
    """The unit of what it earned or cost; null where it did neither."""
    amount: int = 0
    """What a visit earned or a reward cost, in minor units of `unit`."""


class PersonDeedsReport(Struct, frozen=True):
    """What one person did in some days, what is odd first and then the newest."""

    by: UUID
    """A member of staff or a key."""
    name: str | None
    """The name that they go by; null where they have none."""
    since: date
    """The first local day."""
    until: date
    """The last local day."""
    items: tuple[Deed, ...]
    """At most 500; of more, the odd ones and the newest."""
    more: bool
    """Whether there are more than these."""
