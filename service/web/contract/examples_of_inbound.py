"""Examples of sources, mappings and messages, for the contract."""

from typing import Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from schemas.events import NewEvent
from schemas.inbound import (
    Discard,
    Doubtful,
    InboundMessage,
    IssuedSource,
    NewSecret,
    NewSource,
    PlainHmac,
    PutBack,
    Source,
    SourceChange,
    StandardWebhooks,
    TakenMessage,
    WholeMessage,
)
from schemas.mapping import EventMapping, FieldRule, OnlyRule, TimeRule
from schemas.message_trials import Sample, Tried, TriedEvent
from schemas.problem import Fault
from service.web.contract.samples import AT, sample_id

SOURCE, MESSAGE, MANAGER = map(sample_id, (80, 81, 7))

MAPPING: Final = EventMapping(
    outcome=FieldRule("$.result.code", words={"NEG": "negative", "POS": "positive", "DIL": "dilute"}),
    occurred_at=TimeRule("$.collected", "pattern", "%m/%d/%Y %H:%M", "America/Los_Angeles"),
    participant_reference=FieldRule("$.patient.chart"),
    behavior=FieldRule(value="test"),
    reference=FieldRule("$.accession"),
    only=OnlyRule("$.kind", ("result.final",)),
)
_REPORT = {
    "kind": "result.final",
    "accession": "L-2026-0311",
    "collected": "03/02/2026 07:30",
    "patient": {"chart": "A-1042"},
    "result": {"code": "NEG"},
}
ER7: Final = (
    "MSH|^~\\&|LAB|Quick Labs|||20260302163000-0500||ORU^R01|L-2026-0311|P|2.5.1\n"
    "PID|1||A-1042^^^CLINIC^MR\n"
    "OBR|1||L-2026-0311|AMP^Amphetamines|||20260302103000-0500|||||||||||||||||||F\n"
    "OBX|1|ST|AMP^Amphetamines||NEG||||||F"
)
"""A report in HL7 version 2; on the line each segment ends with a carriage return."""
_EVENT = {
    "participant_reference": "A-1042",
    "behavior": "test",
    "outcome": "negative",
    "occurred_at": "2026-03-02T15:30:00Z",
}
_SOURCE = Source(
    id=SOURCE,
    address=f"/v1/inbound/{SOURCE}",
    verifier=StandardWebhooks(),
    created_at=AT,
    created_by=MANAGER,
    name="The laboratory",
    mapping=MAPPING,
)
_MESSAGE = InboundMessage(
    id=MESSAGE, source=SOURCE, received_at=AT, status="review", tries=1, code="not_enrolled", settled_at=AT
)
_WHY = Doubtful(
    "not_enrolled",
    "The participant has no open enrollment with such a target; enroll them, or name the enrollment.",
    (Fault("$.participant_reference", "The participant has no open enrollment with such a target."),),
)

_TRIED = NewEvent("negative", AT, participant_reference="A-1042", behavior="test", reference="L-2026-0311")

BODIES: Final[dict[str, dict[str, object]]] = {
    "add_source": {
        "events as they are": NewSource("The scheduler"),
        "a laboratory's own words": NewSource("The laboratory", mapping=MAPPING),
        "an older way to sign": NewSource("The kiosk", PlainHmac("x-kiosk-signature")),
    },
    "change_source": {"another mapping": SourceChange(mapping=MAPPING)},
    "rotate_source_secret": {"a secret that is made": NewSecret()},
    "try_source": {"a report": Sample(_REPORT, MAPPING), "an event": Sample(_EVENT, None)},
    "receive_message": {
        "an event": _EVENT,
        "an event in an envelope": {"type": "test.done", "timestamp": "2026-03-02T15:31:00Z", "data": _EVENT},
        "a laboratory's report": _REPORT,
    },
    "correct_message": {"what the report means": _TRIED},
    "discard_message": {"a trial": Discard("A message that the laboratory sent to try it out.")},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Source: _SOURCE,
    IssuedSource: IssuedSource(**asdict(replace(_SOURCE, mapping=None)), secret="whsec_..."),  # noqa: S106  opens nothing
    Tried: Tried(ignored=False, event=_TRIED, events=(TriedEvent("final", _TRIED, numbers=("A-1042",)),)),
    TakenMessage: TakenMessage(MESSAGE, AT),
    PutBack: PutBack(3, more=False),
    InboundMessage: _MESSAGE,
    WholeMessage: WholeMessage(
        **asdict(_MESSAGE),
        body='{"participant_reference":"A-1042","behavior":"test","outcome":"negative"}',
        review=_WHY,
    ),
}
"""Answers, by their shape."""
