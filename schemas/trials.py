"""Programs tried before anybody is in them: beside the evidence, and on the clinic's own past."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.program import Program, Slug
from schemas.receipts import Money

Topic = Literal["magnitude", "frequency", "immediacy", "escalation", "recovery", "misses", "duration"]
"""What the evidence speaks of: how much, how often, how soon, whether it rises, misses, and how long."""
Finding = Literal["in_line", "look", "unknown"]
"""`in_line` with the evidence, worth another `look`, or `unknown` from what the program says."""


class NewReview(Struct, frozen=True, forbid_unknown_fields=True):
    """A program, by name or as a document, to be looked at beside the evidence; nothing is stored."""

    program: Slug | Program
    """Name of a published program (its latest version), or a whole document."""


class ReviewLine(Struct, frozen=True):
    """One thing that the evidence says, and how the program stands beside it; advice, never a fault."""

    topic: Topic
    """What the evidence speaks of."""
    finding: Finding
    """How the program stands."""
    text: str
    """In the language asked for."""
    source: str
    """The publications that it rests on."""
    target: str | None = None
    """The target it is about; null for the whole program."""


class Review(Struct, frozen=True):
    """A program beside the evidence."""

    lines: tuple[ReviewLine, ...]
    """Line by line."""


class NewBackTest(Struct, frozen=True, forbid_unknown_fields=True):
    """A program to be tried on the past of another, or of its own earlier versions; nothing is changed."""

    program: Slug | Program
    """Name of a published program (its latest version), or a whole document."""
    of: Slug | None = None
    """Name of the program whose enrollments are folded again; the program's own name where left out."""
    people: Annotated[int, Meta(ge=1, le=500)] = 100
    """How many enrollments at the most, the newest first."""


class BackTested(Struct, frozen=True):
    """One enrollment by the rules that it is in and by those tried; both before caps of the clinic."""

    enrollment: UUID
    """Its id."""
    participant: UUID
    """Id of the participant."""
    version: int
    """The version that it is in."""
    starts_on: date
    """Its first day."""
    earned: tuple[Money, ...]
    """What the rules that it is in say of its facts, by unit."""
    would_earn: tuple[Money, ...]
    """What the rules that are tried say of the same facts."""
    left_out: int
    """How many of its facts the other rules do not know: their target or outcome is not there."""


class BackTest(Struct, frozen=True):
    """What people would have earned by other rules; nothing of it is posted."""

    people: int
    """How many enrollments were folded again."""
    is_all: bool
    """Whether these are all that there are."""
    changed: int
    """For how many the sum differs in some unit."""
    earned: tuple[Money, ...]
    """All of them together, by unit."""
    would_earn: tuple[Money, ...]
    """All of them together by the rules that are tried, by unit."""
    items: tuple[BackTested, ...]
    """Each enrollment, the newest first."""
