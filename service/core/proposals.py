"""The steps of what nobody does alone: proposed by one person, then approved or refused by another.

    proposed -> approved
             -> refused

One step is taken, once, and never by whoever proposed (DOMAIN.md, practice rules 2 and 3).
"""

from typing import Literal

from schemas.ids import Id
from schemas.proposals import ProposalStatus
from service.core.refusals import Refused, refused

Step = Literal["approve", "refuse"]

STEPS: dict[Step, ProposalStatus] = {"approve": "approved", "refuse": "refused"}
"""What a proposal is after each step."""


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
