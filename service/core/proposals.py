"""The steps of what nobody does alone: proposed by one person, then approved or refused by another.

    proposed -> approved
             -> refused

One step is taken, once, and never by whoever proposed (DOMAIN.md, practice rules 2 and 3): compared are
persons, whichever accounts and keys they came by, and a key approves nothing.
"""

from typing import Literal

from schemas.ids import Id
from schemas.program import Unit
from schemas.proposals import ProposalStatus
from service.core.persons import Hands, are_one, second_person
from service.core.refusals import Refused, refused

Noun = Literal["manual_award", "write_off", "redemption_change", "opening", "erasure"]
"""What two people decide about."""
Step = Literal["approve", "refuse"]

STEPS: dict[Step, ProposalStatus] = {"approve": "approved", "refuse": "refused"}
"""The status of a proposal after each step."""


Detail = dict[str, str | int]
"""Audit detail of a step besides who took it; `rewards verify` holds the books against it."""


def award_proposed(amount: int, unit: Unit) -> Detail:
    """Audit detail of a proposed manual award: its amount in minor units of its unit."""
    return {"amount": amount, "unit": unit}


def award_approved(amount: int, paid: int, unit: Unit) -> Detail:
    """Audit detail of an approved manual award: what was proposed, and what was paid of it."""
    return {"amount": amount, "paid": paid, "unit": unit}


def write_off_proposed(reward: Id, pieces: int) -> Detail:
    """Audit detail of a proposed write-off: how many pieces of which reward."""
    return {"reward": str(reward), "pieces": pieces}


def write_off_settled(reward: Id) -> Detail:
    """Audit detail of an approved or refused write-off: its reward."""
    return {"reward": str(reward)}


def redemption_change_proposed(
    redemption: Id | None, prize: Id | None, kind: str, quantity: int, amount: int, unit: Unit
) -> Detail:
    """Audit detail of a replacement or taking back that is asked for: of what, and what it costs."""
    return {
        **_changed(redemption, prize),
        "kind": kind,
        "quantity": quantity,
        "amount": amount,
        "unit": unit,
    }


def redemption_change_settled(redemption: Id | None, prize: Id | None, kind: str, *, alone: bool) -> Detail:
    """Audit detail of a replacement or taking back that is done or refused, and whether one person did it."""
    return {**_changed(redemption, prize), "kind": kind, "alone": int(alone)}


def _changed(redemption: Id | None, prize: Id | None) -> Detail:
    """What a replacement or taking back is of."""
    return {"redemption": str(redemption)} if prize is None else {"prize": str(prize)}


def settle(
    noun: Noun, status: ProposalStatus, proposer: Hands, who: Hands, step: Step
) -> ProposalStatus | Refused:
    """The status after a step by `who`; `noun` is what was proposed."""
    same = refused(f"same_person.{step}_{noun}")
    if step == "approve" and (refusal := second_person(proposer, who, same)) is not None:
        return refusal
    if are_one(proposer, who):
        return same
    if status != "proposed":
        if STEPS[step] == status:
            return refused(f"already_settled.{noun}_{status}")
        return refused(f"already_settled.{noun}_{status}_propose_anew")
    return STEPS[step]
