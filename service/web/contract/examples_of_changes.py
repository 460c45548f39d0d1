"""Examples of replaced and taken-back rewards and of the limits of one person, for the contract."""

from typing import Final

from msgspec import Struct

from schemas.proposals import Refusal
from schemas.redemption_changes import (
    NewReplacement,
    NewSecondPersonLimit,
    NewTakeBack,
    RedemptionChange,
    SecondPersonLimit,
    SecondPersonLimits,
)
from service.web.contract.samples import AT, PARTICIPANT, REWARD, sample_id

REDEMPTION, KEY, ANOTHER_KEY, CHANGE = map(sample_id, (6, 7, 11, 70))

BODIES: Final[dict[str, dict[str, object]]] = {
    "replace_redemption": {"a used card": NewReplacement("The shop said that the card was used already.")},
    "take_back_redemption": {"a void card": NewTakeBack("The shop closed before the card could be used.")},
    "refuse_redemption_change": {"why not": Refusal("The card was found again.")},
    "set_second_person_limit": {"from fifty dollars": NewSecondPersonLimit("usd", 5_000)},
}
"""Bodies of requests, by operation."""

_LIMIT = SecondPersonLimit("usd", 5_000, AT, KEY)

ANSWERS: Final[dict[type[Struct], Struct]] = {
    RedemptionChange: RedemptionChange(
        CHANGE,
        REDEMPTION,
        PARTICIPANT,
        REWARD,
        "replacement",
        "The shop said that the card was used already.",
        1,
        "usd",
        2_500,
        2_500,
        10_000,
        alone=True,
        restocked=False,
        given_at=AT,
        given_by=ANOTHER_KEY,
        status="approved",
        proposed_at=AT,
        proposed_by=KEY,
        settled_at=AT,
        settled_by=KEY,
    ),
    SecondPersonLimit: _LIMIT,
    SecondPersonLimits: SecondPersonLimits((_LIMIT, SecondPersonLimit("points", 10_000))),
}
"""Answers, by their shape."""
