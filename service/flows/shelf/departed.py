"""What somebody who departed has here: released to the clinic or kept by its word, whenever it comes back."""

from uuid import UUID

from schemas.program import Unit
from service.core.ledger import Movement
from service.flows.perform import Act
from service.store import departures, ledger
from service.store.departures import Departure


async def record(act: Act, made: Departure) -> None:
    """Write a departure or what takes one back, and move what is released to the clinic, or comes back."""
    await departures.insert(act, made, act.actor.id)
    way = ("issued", "available") if made.undoes is not None else ("available", "issued")
    movements = [
        Movement(made.participant, unit, *way, amount, "departure", made.id)  # type: ignore[arg-type]
        for unit, amount in made.amounts.items()
    ]
    if movements:
        await ledger.move(act, movements)
    act.audit(
        "participant.status",
        made.id,
        made.participant,
        status=made.status,
        on=made.on.isoformat(),
        held=made.held,
        enrollments=len(made.enrollments),
        **{str(unit): amount for unit, amount in made.amounts.items()},
    )


async def release_returned(act: Act, participant: UUID, unit: Unit, amount: int) -> None:
    """Have what came back to somebody follow the word of their last departure: released, where that said so.

    It was on order when they departed, so that it was not available then. It is a departure of its own beside
    that one, and comes back with it when that is taken back. The caller has locked the participant.
    """
    standing = await departures.standing(act, participant)
    if not standing or standing[-1].held != "release" or not amount:
        return
    last = standing[-1]
    made = Departure(
        id=act.new_id(),
        participant=participant,
        status=last.status,
        on=last.on,
        held="release",
        amounts={unit: amount},
        enrollments=(),
    )
    await record(act, made)
