"""The steps of what nobody does alone: proposed by one person, then approved or refused by another.

    proposed -> approved
             -> refused

One step is taken, once, and never by whoever proposed (DOMAIN.md, practice rules 2 and 3).
"""

from typing import Literal

from schemas.ids import Id
from schemas.program import Unit
from schemas.proposals import ProposalStatus
from service.core.refusals import Refused, refused

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


def settle(
    noun: str, status: ProposalStatus, proposed_by: Id, who: Id, step: Step
) -> ProposalStatus | Refused:
    """The status after a step by `who`; `noun` is what was proposed, as it stands inside a sentence."""
    if who == proposed_by:
        words = f"Whoever proposes a {noun} does not settle it; ask another manager to {step} it."
        return refused("same_person", words)
    if status != "proposed":
        done = STEPS[step] == status
        remedy = "nothing more is to be done" if done else "propose a new one instead"
        return refused("already_settled", f"This {noun} is already {status}; {remedy}.")
    return STEPS[step]
