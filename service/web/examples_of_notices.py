"""Examples of subscribers, deliveries and consents, for the contract."""

from datetime import date, timedelta
from typing import Final

from schemas.subscribers import (
    Attempt,
    Consent,
    Delivery,
    MadeSubscriber,
    NewConsent,
    NewSubscriber,
    QueuedTest,
    Replay,
    Replayed,
    RotatedSecret,
    Subscriber,
    SubscriberChange,
)
from service.web.samples import AT, PARTICIPANT, sample_id

SUBSCRIBER, DELIVERY, CONSENT, MANAGER = map(sample_id, (50, 51, 52, 7))
URL: Final = "https://ehr.example.org/notices"
SECRET: Final = "whsec_..."  # noqa: S105  an example

_TYPES: Final = ("award.posted", "balance.changed")

BODIES: Final[dict[str, dict[str, object]]] = {
    "subscribers_add": {
        "of what is earned": NewSubscriber(URL, ("award.posted", "balance.changed")),
        "with consent": NewSubscriber(URL, ("event.recorded",), consent_required=True),
    },
    "subscribers_change": {
        "enabled again": SubscriberChange(status="active"),
        "told more": SubscriberChange(types=("award.posted", "balance.changed", "draw.made")),
    },
    "subscribers_replay": {
        "since an outage": Replay(AT),
        "all of an hour": Replay(AT, AT + timedelta(hours=1)),
    },
    "consents_give": {"for a year": NewConsent(PARTICIPANT, SUBSCRIBER, "Shared care.", date(2099, 3, 2))},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[object, object]] = {
    MadeSubscriber: MadeSubscriber(
        SUBSCRIBER, URL, _TYPES, consent_required=False, status="active", created_at=AT, created_by=MANAGER,
        secret=SECRET,
    ),
    Subscriber: Subscriber(
        SUBSCRIBER, URL, _TYPES, consent_required=False, status="active", created_at=AT, created_by=MANAGER
    ),
    RotatedSecret: RotatedSecret(SUBSCRIBER, SECRET, AT + timedelta(hours=24)),
    QueuedTest: QueuedTest(SUBSCRIBER, "test.ping", AT),
    Delivery: Delivery(
        DELIVERY, SUBSCRIBER, 12, "award.posted", "failed", AT, (Attempt(AT, "failed", 87, 503, "busy"),),
        PARTICIPANT, AT + timedelta(seconds=5),
    ),
    Replayed: Replayed(SUBSCRIBER, 3),
    Consent: Consent(CONSENT, PARTICIPANT, SUBSCRIBER, "Shared care.", AT, MANAGER, in_force=True),
}  # fmt: skip
"""Answers, by their shape."""
