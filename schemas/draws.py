"""Prize draws: what is drawn and won, the public records that prove it, seeds, and names from the hat."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from schemas.events import Day
from schemas.program import Bowl, Slug, Unit
from schemas.receipts import Balance

DRAWS_MAX = 500

ShelfPrizeStatus = Literal["owed", "given"]
"""A prize from the shelf is owed until it is given."""
PrizeStatus = Literal["credited", "owed", "given"]
"""A prize of money or points is credited at once; one from the shelf is owed until it is given."""


class NewDraws(Struct, frozen=True, forbid_unknown_fields=True):
    """How many slips a participant draws.

    They come from the oldest enrollment and bowl that hold so many, unless `enrollment` or `bowl` says which.
    """

    count: Annotated[int, Meta(ge=1, le=DRAWS_MAX)]
    """How many slips are drawn."""
    enrollment: UUID | None = None
    """Which enrollment's draws are used; the oldest that holds so many where left out."""
    bowl: Slug | None = None
    """Which bowl's draws are used; the oldest that hold so many where left out."""


class DrawPrize(Struct, frozen=True, omit_defaults=True):
    """The prize of one slip: an amount of money or points, or something from the shelf."""

    id: UUID
    """Id of the prize."""
    unit: Unit | None = None
    """The unit of a prize of money or points."""
    amount: int | None = None
    """Amount won, in minor units of `unit`."""
    clipped: int | None = None
    """Amount that caps took off, in minor units of `unit`."""
    category: str | None = None
    """Category of the shelf that a prize from the shelf is chosen from."""
    status: ShelfPrizeStatus | None = None
    """Whether a prize from the shelf was handed over."""


class DrawnSlip(Struct, frozen=True):
    """One slip drawn: its number, the tier that it belongs to, and its prize, or none."""

    index: int
    """Number of the slip within the draw, from 0."""
    slip: int
    """Number of the slip in the bowl, from 1."""
    tier: str
    """Name of the tier that the slip belongs to."""
    prize: DrawPrize | None
    """Its prize; null where it won nothing."""


class Drawn(Struct, frozen=True):
    """The slips drawn just now."""

    id: UUID
    draw_id: str
    """Name that goes into the proof: the enrollment's id and the number of its draw."""
    enrollment: UUID
    bowl: str
    """Name of the bowl."""
    count: int
    """How many slips were drawn."""
    commitment: str
    """SHA-256 of the seed, in hexadecimal, published before the draw."""
    seed: UUID
    """Id of the seed behind `commitment`."""
    drawn_at: datetime
    draws: tuple[DrawnSlip, ...]
    """The slips, in the order drawn."""
    balances: tuple[Balance, ...]
    """The participant's balances right after the draw."""


class DrawRecord(Struct, frozen=True):
    """The public record of a draw, by which anyone can check it once its seed is revealed.

    Each slip is made of the HMAC-SHA256 under the seed of `cm-draw|{draw_id}|{index}|{counter}`.
    """

    id: UUID
    draw_id: str
    """Name that goes into the proof: the enrollment's id and the number of its draw."""
    enrollment: UUID
    bowl: Bowl
    """The bowl that was drawn from, with all its tiers."""
    count: int
    """How many slips were drawn."""
    commitment: str
    """SHA-256 of the seed, in hexadecimal, published before the draw."""
    seed: UUID
    """Id of the seed behind `commitment`."""
    drawn_at: datetime
    draws: tuple[DrawnSlip, ...]
    """The slips, in the order drawn."""
    revealed_seed: str | None = None
    """The seed itself in hexadecimal, once it is revealed."""


class DrawPage(Struct, frozen=True):
    """One page of a participant's draws, newest first."""

    items: tuple[DrawRecord, ...]
    next_cursor: str | None = None


class Seed(Struct, frozen=True):
    """A seed of draws: its commitment (SHA-256) from the beginning, and once it is revealed, itself."""

    id: UUID
    commitment: str
    """SHA-256 of the seed, in hexadecimal."""
    committed_at: datetime
    """When the commitment was published."""
    revealed_at: datetime | None = None
    """When the seed was revealed; null while it is in use."""
    seed: str | None = None
    """The seed in hexadecimal, once it is revealed."""


class SeedPage(Struct, frozen=True):
    """One page of seeds, newest first; the newest is the one in use."""

    items: tuple[Seed, ...]
    next_cursor: str | None = None


class SeedRotation(Struct, frozen=True):
    """A rotation: the seed committed for the draws to come, and the one that was revealed."""

    committed: Seed
    """The seed of the draws to come."""
    revealed: Seed | None = None
    """The seed that was in use until now; null where there was none."""


class Prize(Struct, frozen=True):
    """A prize that a participant won; `draw` and `index` say by which slip."""

    id: UUID
    participant: UUID
    draw: UUID
    """Id of the draw that won it."""
    index: int
    """Number of the slip within the draw, from 0."""
    tier: str
    """Name of the tier that the slip belongs to."""
    status: PrizeStatus
    """Whether it was credited, is owed, or was given."""
    won_at: datetime
    """When it was drawn."""
    unit: Unit | None = None
    """The unit of a prize of money or points."""
    amount: int | None = None
    """Amount won, in minor units of `unit`."""
    clipped: int | None = None
    """Amount that caps took off, in minor units of `unit`."""
    category: str | None = None
    """Category of the shelf that a prize from the shelf is chosen from."""
    reward: UUID | None = None
    """Id of the reward that was handed over."""
    given_at: datetime | None = None
    """When it was handed over."""
    given_by: UUID | None = None
    """Who handed it over: a key or member of staff."""
    code: str | None = None
    """The code of a code reward, for those who hand codes over."""
    fair_value: int | None = None
    """What was handed over is worth in cents; null where nobody had said."""
    void_codes: tuple[str, ...] = ()
    """Codes that it was given before, which are worth nothing any more; for those who hand codes over."""
    change: UUID | None = None
    """Id of the replacement or taking back that was just asked for."""


class PrizePage(Struct, frozen=True):
    """One page of prizes, newest first."""

    items: tuple[Prize, ...]
    next_cursor: str | None = None


class GivePrize(Struct, frozen=True, forbid_unknown_fields=True):
    """The reward of the prize's own category that is handed over."""

    reward: UUID
    """Id of the reward that is handed over; of the prize's own category."""


class NewHat(Struct, frozen=True, forbid_unknown_fields=True):
    """Names to be drawn from the hat for one session: the target of a program, on one local day."""

    program: Slug
    target: Slug
    on: Day
    """Local day of the session."""


class HatPerson(Struct, frozen=True):
    """Somebody in the hat, by enrollment, with a ticket for each session attended in a row."""

    enrollment: UUID
    tickets: int
    """One for each session attended in a row."""


class HatName(Struct, frozen=True):
    """One name drawn: its ticket among the `tickets` still in the hat, and the draws it was credited."""

    index: int
    """Number of the name among those drawn, from 0."""
    slip: int
    """Number of the ticket drawn, from 1."""
    tickets: int
    """How many tickets were in the hat just before."""
    enrollment: UUID
    amount: int
    """Draws credited."""
    clipped: int
    """Draws that caps took off."""


class HatRecord(Struct, frozen=True):
    """The public record of names drawn from the hat, by which anyone can check it once its seed is revealed.

    People stand in the order of their tickets' numbers; who was drawn leaves the hat with all tickets.
    """

    id: UUID
    draw_id: str
    """Name that goes into the proof."""
    program: str
    target: str
    on: date
    """Local day of the session."""
    bowl: str
    """Name of the bowl that the draws are from."""
    draws: int
    """How many draws each name is credited."""
    commitment: str
    """SHA-256 of the seed, in hexadecimal, published before the names were drawn."""
    seed: UUID
    """Id of the seed behind `commitment`."""
    drawn_at: datetime
    people: tuple[HatPerson, ...]
    """Everyone in the hat, in the order of their tickets' numbers."""
    names: tuple[HatName, ...]
    """The names drawn, in order."""
    revealed_seed: str | None = None
    """The seed itself in hexadecimal, once it is revealed."""


class HatPage(Struct, frozen=True):
    """One page of hats, newest first."""

    items: tuple[HatRecord, ...]
    next_cursor: str | None = None
