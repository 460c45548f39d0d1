"""Examples of replaced and taken-back rewards, of limits of one person, and of openings, for the contract."""

from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from schemas.deeds import Deed, DeedsReport, PersonDeeds, PersonDeedsReport
from schemas.openings import NewOpening, Opening, WithdrawOpening
from schemas.proposals import Refusal
from schemas.receipts import Balance
from schemas.redemption_changes import (
    NewPrizeReplacement,
    NewReplacement,
    NewSecondPersonLimit,
    NewTakeBack,
    RedemptionChange,
    SecondPersonLimit,
    SecondPersonLimits,
)
from schemas.second_looks import (
    DeedAlone,
    NewSecondLook,
    SecondLook,
    SecondLooks,
    SecondPersonRules,
    SecondPersonRulesChange,
)
from service.web.contract.samples import AT, PARTICIPANT, REWARD, sample_id

EVENT, REDEMPTION, KEY, ANOTHER_KEY, CHANGE, OPENING, LOOK = map(sample_id, (4, 6, 7, 11, 70, 71, 72))
LATE, DAY = AT - timedelta(days=20), AT.date()

BODIES: Final[dict[str, dict[str, object]]] = {
    "replace_redemption": {"a used card": NewReplacement("The shop said that the card was used already.")},
    "take_back_redemption": {"a void card": NewTakeBack("The shop closed before the card could be used.")},
    "replace_prize": {"a used card": NewPrizeReplacement("The shop said that the card was used already.")},
    "take_back_prize": {"the wrong card": NewTakeBack("It was handed to the wrong person.")},
    "refuse_redemption_change": {"why not": Refusal("The card was found again.")},
    "propose_opening": {
        "a balance and a history": NewOpening(
            PARTICIPANT, "usd", date(2026, 2, 28), "From the sheet kept until February.", 2_000, 13_000
        )
    },
    "refuse_opening": {"why not": Refusal("The sheet says another sum.")},
    "withdraw_opening": {"a slip": WithdrawOpening("Entered for the wrong person.")},
    "set_second_person_rules": {"a week to record": SecondPersonRulesChange(record_within_days=7)},
    "take_second_look": {"looked at": NewSecondLook("The sheets of March were entered late.")},
    "set_second_person_limit": {"from fifty dollars": NewSecondPersonLimit("usd", 5_000)},
}
"""Bodies of requests, by operation."""

_LOOK = SecondLook(LOOK, PARTICIPANT, AT, ANOTHER_KEY, 1, "The sheets of March were entered late.")
_LIMIT = SecondPersonLimit("usd", 5_000, AT, KEY)

ANSWERS: Final[dict[type[Struct], Struct]] = {
    SecondPersonRules: SecondPersonRules(record_within_days=7, set_at=AT, set_by=KEY),
    SecondLook: _LOOK,
    DeedsReport: DeedsReport(
        DAY, DAY, (PersonDeeds(KEY, "Front desk", 1, 12, 1, 0, 0, 0, 4, 10_000, 0, 0, 2, 5_000, 0),)
    ),
    PersonDeedsReport: PersonDeedsReport(
        KEY,
        "Front desk",
        DAY,
        DAY,
        (Deed("recorded", EVENT, PARTICIPANT, AT, LATE, ("late",), "usd", 250),),
        more=False,
    ),
    SecondLooks: SecondLooks((DeedAlone("recorded_late", KEY, AT, LATE, EVENT, "usd", 250),), (_LOOK,)),
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
    Opening: Opening(
        OPENING,
        PARTICIPANT,
        "usd",
        2_000,
        13_000,
        13_000,
        date(2026, 2, 28),
        "From the sheet kept until February.",
        "approved",
        AT,
        KEY,
        settled_at=AT,
        settled_by=ANOTHER_KEY,
        balances=(Balance("usd", 2_000, 0, 13_000, 15_000),),
    ),
    SecondPersonLimit: _LIMIT,
    SecondPersonLimits: SecondPersonLimits((_LIMIT, SecondPersonLimit("points", 10_000))),
}
"""Answers, by their shape."""
