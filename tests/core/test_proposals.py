"""What was proposed is settled once, by somebody else."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

import pytest

from schemas.proposals import ProposalStatus
from service.core.persons import Hands, mailbox_of
from service.core.proposals import STEPS, Step, settle
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english

PROPOSER = Hands(frozenset({UUID(int=1)}), frozenset({"ana@clinic.org"}), is_person=True)
ANOTHER = Hands(frozenset({UUID(int=2)}), frozenset({"ben@clinic.org"}), is_person=True)
KEY = Hands(frozenset({UUID(int=3), UUID(int=2)}), frozenset({"ben@clinic.org"}), is_person=False)
NOBODYS = Hands(frozenset({UUID(int=4)}), frozenset(), is_person=False)


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


def test_a_key_approves_nothing_and_may_refuse() -> None:
    """Whose hand is on it cannot be seen; a refusal moves nothing."""
    answer = settle("opening", "proposed", PROPOSER, KEY, "approve")
    assert isinstance(answer, Refused)
    assert answer.code == "person_needed"
    assert settle("opening", "proposed", PROPOSER, KEY, "refuse") == "refused"


def test_what_nobody_s_key_proposed_is_approved_by_nobody() -> None:
    """It is refused instead, and proposed anew by somebody who is known."""
    answer = settle("write_off", "proposed", NOBODYS, ANOTHER, "approve")
    assert isinstance(answer, Refused)
    assert answer.code == "proposer_unknown"
    assert settle("write_off", "proposed", NOBODYS, ANOTHER, "refuse") == "refused"


@pytest.mark.parametrize(
    "proposer", [KEY, Hands(frozenset({UUID(int=9)}), ANOTHER.mailboxes, is_person=True)]
)
def test_one_s_own_key_and_a_second_account_of_one_mailbox_are_oneself(proposer: Hands) -> None:
    """Compared are persons: by who answers for a key, and by the box that an address delivers to."""
    answer = settle("manual_award", "proposed", proposer, ANOTHER, "approve")
    assert isinstance(answer, Refused)
    assert answer.code == "same_person"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana@Clinic.org", "ana+two@clinic.org", True),
        ("a.na@gmail.com", "ana@googlemail.com", True),
        ("a.na@clinic.org", "ana@clinic.org", False),
        ("+ana@clinic.org", "+ben@clinic.org", False),
    ],
)
def test_mailboxes_are_told_apart_as_mail_services_do(one: str, other: str, *, same: bool) -> None:
    """A tag never makes another box; a dot does, save where it is known to be read over."""
    assert (mailbox_of(one) == mailbox_of(other)) is same
