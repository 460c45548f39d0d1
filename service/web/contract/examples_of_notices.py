"""Examples of subscribers, deliveries and consents, for the contract."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import Struct

from schemas.checkpoints import Checkpoint
from schemas.consents import Consent, NewConsent, NewSignature
from schemas.erasures import ErasedWords, Erasure, NewErasure
from schemas.notices import (
    AwardPosted,
    BalanceChanged,
    BudgetReached,
    CapReached,
    DrawMade,
    EnrollmentClosed,
    EnrollmentOpened,
    EventRecorded,
    NoticeType,
    Ping,
    RedemptionTold,
)
from schemas.proposals import Refusal
from schemas.restrictions import Emergency, NewEmergency, NewRestriction, Restriction, RestrictionAnswer
from schemas.subscribers import (
    Attempt,
    Delivery,
    MadeSubscriber,
    NewSubscriber,
    QueuedTest,
    Replay,
    Replayed,
    RotatedSecret,
    Subscriber,
    SubscriberChange,
)
from service.core.notices.telling import Notice, logged, read_log, sent_body
from service.web.contract.samples import AT, DRAW, ENROLLMENT, PARTICIPANT, REWARD, sample_id

SUBSCRIBER, DELIVERY, CONSENT, MANAGER = map(sample_id, (50, 51, 52, 7))
RESTRICTION, EMERGENCY, ERASURE = map(sample_id, (53, 54, 55))
URL: Final = "https://ehr.example.org/notices"
SECRET: Final = "whsec_..."  # noqa: S105  an example

_TYPES: Final = ("award.posted", "balance.changed")

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_subscriber": {
        "of those who consented": NewSubscriber(URL, ("award.posted", "balance.changed")),
        "of everybody": NewSubscriber(URL, ("event.recorded",), consent_required=False),
    },
    "change_subscriber": {
        "enabled again": SubscriberChange(status="active"),
        "told more": SubscriberChange(types=("award.posted", "balance.changed", "draw.made")),
    },
    "replay_notices": {
        "since an outage": Replay(AT),
        "all of an hour": Replay(AT, AT + timedelta(hours=1)),
    },
    "record_consent": {
        "for a year": NewConsent(PARTICIPANT, SUBSCRIBER, "Shared care.", date(2099, 3, 2)),
        "whole": NewConsent(
            PARTICIPANT,
            SUBSCRIBER,
            "So that my doctor sees how I am doing.",
            kind="specific",
            information="When I come in and what I earn; no test results.",
            recipient="Dr. Roe, Main Street Health",
            ends_when="the end of my treatment here",
            signature=NewSignature("typed", "Jo Roe", date(2026, 3, 2)),
        ),
    },
    "ask_restriction": {
        "for a subscriber": NewRestriction(PARTICIPANT, "Do not tell my health plan.", SUBSCRIBER)
    },
    "decline_restriction": {"with its reason": RestrictionAnswer("The law asks us to report this.")},
    "propose_erasure": {"at their wish": NewErasure("They asked for it in writing.")},
    "refuse_erasure": {"for now": Refusal("The record is needed until the audit.")},
    "open_emergency": {
        "overdose": NewEmergency(
            PARTICIPANT, "Found unconscious.", "Dr. Poe, County Hospital, emergency room"
        )
    },
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    MadeSubscriber: MadeSubscriber(
        SUBSCRIBER,
        URL,
        _TYPES,
        consent_required=False,
        status="active",
        created_at=AT,
        created_by=MANAGER,
        secret=SECRET,
    ),
    Subscriber: Subscriber(
        SUBSCRIBER, URL, _TYPES, consent_required=False, status="active", created_at=AT, created_by=MANAGER
    ),
    RotatedSecret: RotatedSecret(SUBSCRIBER, SECRET, AT + timedelta(hours=24)),
    QueuedTest: QueuedTest(SUBSCRIBER, "test.ping", AT),
    Delivery: Delivery(
        DELIVERY,
        SUBSCRIBER,
        12,
        "award.posted",
        "failed",
        AT,
        (Attempt(AT, "failed", 87, 503, "busy"),),
        PARTICIPANT,
        AT + timedelta(seconds=5),
    ),
    Replayed: Replayed(SUBSCRIBER, 3),
    Restriction: Restriction(
        RESTRICTION, PARTICIPANT, "Do not tell my health plan.", "agreed", AT, MANAGER, SUBSCRIBER
    ),
    Erasure: Erasure(
        ERASURE,
        PARTICIPANT,
        "They asked for it in writing.",
        "proposed",
        AT,
        MANAGER,
        erases=(ErasedWords("events.note", 3),),
    ),
    Emergency: Emergency(
        EMERGENCY, PARTICIPANT, "Found unconscious.", "Dr. Poe, County Hospital", AT, MANAGER, AT
    ),
    Consent: Consent(CONSENT, PARTICIPANT, SUBSCRIBER, "Shared care.", AT, MANAGER, in_force=True),
}
"""Answers, by their shape."""

_REDEMPTION: Final = RedemptionTold(sample_id(6), REWARD, 1, "usd", 500)
_NOTICES: Final = (
    Notice("event.recorded", EventRecorded(sample_id(4), ENROLLMENT, AT, AT), PARTICIPANT),
    Notice(
        "award.posted", AwardPosted(sample_id(60), "base", "usd", 250, ENROLLMENT, sample_id(4)), PARTICIPANT
    ),
    Notice("balance.changed", BalanceChanged("usd", 250, 0, 0, 250), PARTICIPANT),
    Notice("redemption.held", _REDEMPTION, PARTICIPANT),
    Notice("redemption.given", _REDEMPTION, PARTICIPANT),
    Notice("redemption.canceled", _REDEMPTION, PARTICIPANT),
    Notice("redemption.ordered", _REDEMPTION, PARTICIPANT),
    Notice("redemption.failed", _REDEMPTION, PARTICIPANT),
    Notice("redemption.reversed", _REDEMPTION, PARTICIPANT),
    Notice("enrollment.opened", EnrollmentOpened(ENROLLMENT, date(2026, 3, 2)), PARTICIPANT),
    Notice("enrollment.closed", EnrollmentClosed(ENROLLMENT, date(2026, 5, 24)), PARTICIPANT),
    Notice("draw.made", DrawMade(DRAW, ENROLLMENT, 3), PARTICIPANT),
    Notice("cap.reached", CapReached(sample_id(40), "2026", 80), PARTICIPANT),
    Notice("budget.reached", BudgetReached(sample_id(43), 80, "usd", 5_000_000, 4_012_500)),
    Notice(
        "audit.checkpoint",
        Checkpoint(sample_id(1), 4711, "5e" * 32, AT, "day_ended", "7d" * 64, "3f" * 32),
    ),
    Notice("test.ping", Ping(SUBSCRIBER), subscriber=SUBSCRIBER),
)


def sent(at: datetime = AT) -> dict[NoticeType, bytes]:
    """A body of each type as it is sent."""
    kept = read_log(logged(_NOTICES))
    return {one.type: sent_body(one, at.astimezone(UTC), 12) for one in kept}
