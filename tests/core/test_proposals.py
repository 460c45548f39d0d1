"""What was proposed is settled once, by somebody else."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

import pytest

from schemas.proposals import ProposalStatus
from service.core.proposals import STEPS, Step, settle
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english

PROPOSER, ANOTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("step", get_args(Step))
def test_another_person_settles_what_is_proposed(step: Step) -> None:
    """Either way is open to them."""
    assert settle("write_off", "proposed", PROPOSER, ANOTHER, step) == STEPS[step]


@pytest.mark.parametrize("step", get_args(Step))
@pytest.mark.parametrize("status", get_args(ProposalStatus))
def test_whoever_proposed_settles_nothing(status: ProposalStatus, step: Step) -> None:
    """It is refused however it stands, and the words say who can help."""
    answer = settle("manual_award", status, PROPOSER, PROPOSER, step)
    assert isinstance(answer, Refused)
    assert answer.code == "same_person"
    assert f"another manager to {step} it" in in_english(answer)


@pytest.mark.parametrize("step", get_args(Step))
@pytest.mark.parametrize("status", ["approved", "refused"])
def test_what_is_settled_stays_so(status: ProposalStatus, step: Step) -> None:
    """The words tell a repeat, after which nothing is to be done, from a change of mind."""
    answer = settle("manual_award", status, PROPOSER, ANOTHER, step)
    assert isinstance(answer, Refused)
    assert answer.code == "already_settled"
    assert ("nothing more is to be done" in in_english(answer)) is (STEPS[step] == status)
