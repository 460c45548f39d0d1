"""Prize draws: what is drawn and won, the public records that prove it, seeds, and names from the hat."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.program import Bowl, Slug, Unit
from schemas.receipts import Balance

DRAWS_MAX = 500

PrizeStatus = Literal["credited", "owed", "given"]
"""A prize of money or points is credited at once; one from the shelf is owed until it is given."""


class NewDraws(Struct, frozen=True, forbid_unknown_fields=True):
    """How many slips a participant draws.

    They come from the oldest enrollment and bowl that hold so many, unless `enrollment` or `bowl` says which.
    """

    count: Annotated[int, Meta(ge=1, le=DRAWS_MAX)]
    enrollment: UUID | None = None
    bowl: Slug | None = None


class DrawPrize(Struct, frozen=True, omit_defaults=True):
    """What one slip won: an amount in minor units of `unit`, or something from the shelf's `category`.

    `clipped` is what caps took off the amount.
    """

    id: UUID
    unit: Unit | None = None
    amount: int | None = None
    clipped: int | None = None
    category: str | None = None
    status: Literal["owed", "given"] | None = None


class DrawnSlip(Struct, frozen=True):
    """One slip drawn: its number from 1, the tier that it belongs to, and its prize, or none."""

    index: int
    slip: int
    tier: str
    prize: DrawPrize | None


class Drawn(Struct, frozen=True):
    """What was drawn just now; `seed` is the id of the seed that stands behind `commitment`."""

    id: UUID
    draw_id: str
    enrollment: UUID
    bowl: str
    count: int
    commitment: str
    seed: UUID
    drawn_at: datetime
    draws: tuple[DrawnSlip, ...]
    balances: tuple[Balance, ...]


class DrawRecord(Struct, frozen=True):
    """The public record of a draw, by which anyone can check it once its seed is revealed.

    `commitment` is the SHA-256 of the seed, published before the draw; `revealed_seed` the seed itself, in
    hexadecimal. Each slip is made of the HMAC-SHA256 under the seed of `cm-draw|{draw_id}|{index}|{counter}`.
    """

    id: UUID
    draw_id: str
    enrollment: UUID
    bowl: Bowl
    count: int
    commitment: str
    seed: UUID
    drawn_at: datetime
    draws: tuple[DrawnSlip, ...]
    revealed_seed: str | None = None


class DrawPage(Struct, frozen=True):
    """One page of a participant's draws, newest first."""

    items: tuple[DrawRecord, ...]
    next_cursor: str | None = None


class Seed(Struct, frozen=True):
    """A seed of draws: its commitment (SHA-256) from the beginning, and once it is revealed, itself."""

    id: UUID
    commitment: str
    committed_at: datetime
    revealed_at: datetime | None = None
    seed: str | None = None


class SeedPage(Struct, frozen=True):
    """One page of seeds, newest first; the newest is the one in use."""

    items: tuple[Seed, ...]
    next_cursor: str | None = None


class SeedRotation(Struct, frozen=True):
    """What a rotation did: the seed committed for the draws to come, and the one that was revealed."""

    committed: Seed
    revealed: Seed | None = None


class Prize(Struct, frozen=True):
    """A prize that a participant won; `draw` and `index` say by which slip.

    `code` is shown when a prize is given from a code reward, to those who hand codes over.
    """

    id: UUID
    participant: UUID
    draw: UUID
    index: int
    tier: str
    status: PrizeStatus
    won_at: datetime
    unit: Unit | None = None
    amount: int | None = None
    clipped: int | None = None
    category: str | None = None
    reward: UUID | None = None
    given_at: datetime | None = None
    given_by: UUID | None = None
    code: str | None = None


class PrizePage(Struct, frozen=True):
    """One page of prizes, newest first."""

    items: tuple[Prize, ...]
    next_cursor: str | None = None


class GivePrize(Struct, frozen=True, forbid_unknown_fields=True):
    """The reward of the prize's own category that is handed over."""

    reward: UUID


class NewHat(Struct, frozen=True, forbid_unknown_fields=True):
    """Names to be drawn from the hat for one session: the target of a program, on one local day."""

    program: Slug
    target: Slug
    on: Day


class HatPerson(Struct, frozen=True):
    """Somebody in the hat, by enrollment, with a ticket for each session attended in a row."""

    enrollment: UUID
    tickets: int


class HatName(Struct, frozen=True):
    """One name drawn: its ticket among the `tickets` still in the hat, and the draws it was credited."""

    index: int
    slip: int
    tickets: int
    enrollment: UUID
    amount: int
    clipped: int


class HatRecord(Struct, frozen=True):
    """The public record of names drawn from the hat, by which anyone can check it once its seed is revealed.

    People stand in the order of their tickets' numbers; who was drawn leaves the hat with all tickets.
    """

    id: UUID
    draw_id: str
    program: str
    target: str
    on: date
    bowl: str
    draws: int
    commitment: str
    seed: UUID
    drawn_at: datetime
    people: tuple[HatPerson, ...]
    names: tuple[HatName, ...]
    revealed_seed: str | None = None


class HatPage(Struct, frozen=True):
    """One page of hats, newest first."""

    items: tuple[HatRecord, ...]
    next_cursor: str | None = None
