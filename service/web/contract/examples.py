# long: every body and answer of the contract has its example here, each a few lines
"""Examples for the contract: each is a value of the shape that it stands for, so its form is right."""

from datetime import date
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from schemas.books import NewTable, PublishedProgram, TableOutcome
from schemas.corrections import NewCorrection, NewCorrectionOf
from schemas.events import BatchResult, BatchResults, NewAddition, NewEvent
from schemas.keys import IssuedKey, Key, NewKey
from schemas.live import Changed
from schemas.people import (
    CloseEnrollment,
    Enrollment,
    Identifier,
    IdentifierChange,
    MoveEnrollment,
    NewEnrollment,
    NewIdentifier,
    NewParticipant,
    Participant,
    ParticipantChange,
    SignInCode,
    TransferEnrollment,
    TransferredEnrollment,
)
from schemas.problem import Fault, Problem
from schemas.proposals import ManualAward, NewManualAward, Refusal, WriteOff
from schemas.pulls import NewPull, Pull
from schemas.receipts import (
    Award,
    Balance,
    BalanceSheet,
    EnrollmentOutlook,
    Money,
    MovedEnrollment,
    Outlook,
    Reason,
    Receipt,
    RecordedEvent,
)
from schemas.shelf import (
    NewCodes,
    NewRedemption,
    NewReward,
    Redemption,
    Reward,
    RewardChange,
    StockChange,
    Stocked,
)
from schemas.smart import NewSmartClient, SmartClient
from schemas.visits import (
    Closure,
    EnrollmentVisits,
    EnteredClosure,
    NewClosure,
    NewVisitPlan,
    Visit,
    VisitPage,
)
from service.web.contract import examples_of_billing as billed
from service.web.contract import examples_of_brands as branded
from service.web.contract import examples_of_budgets as budgeted
from service.web.contract import examples_of_caps as capped
from service.web.contract import examples_of_changes as changed
from service.web.contract import examples_of_draws as drawn
from service.web.contract import examples_of_groups as grouped
from service.web.contract import examples_of_guardians as guarded
from service.web.contract import examples_of_inbound as told_us
from service.web.contract import examples_of_merges as merged
from service.web.contract import examples_of_notices as noticed
from service.web.contract import examples_of_providers as ordered
from service.web.contract import examples_of_reminders as reminded
from service.web.contract import examples_of_reports as reported
from service.web.contract import examples_of_screening as screened
from service.web.contract import examples_of_staff as hired
from service.web.contract import examples_of_submissions as submitted
from service.web.contract import examples_of_trials as tried
from service.web.contract import samples
from service.web.contract.samples import AT, TRACE, sample_id

Json = dict[str, Any]

PROGRAM_NAME: Final = samples.PROGRAM_NAME
PARTICIPANT, ENROLLMENT, REWARD = samples.PARTICIPANT, samples.ENROLLMENT, samples.REWARD
DRAW, PRIZE, HAT = samples.DRAW, samples.PRIZE, samples.HAT
EVENT, REDEMPTION, KEY, MANUAL_AWARD, WRITE_OFF, ANOTHER_KEY = map(sample_id, (4, 6, 7, 9, 10, 11))
CLOSURE, NEXT_ENROLLMENT = map(sample_id, (60, 61))

PATH: Final[dict[str, object]] = {
    "participant": str(PARTICIPANT),
    "enrollment": str(ENROLLMENT),
    "identifier": str(sample_id(41)),
    "new_address": str(sample_id(42)),
    "event": str(EVENT),
    "reward": str(REWARD),
    "redemption": str(REDEMPTION),
    "key": str(KEY),
    "manual_award": str(MANUAL_AWARD),
    "write_off": str(WRITE_OFF),
    "redemption_change": str(changed.CHANGE),
    "saved_report": str(reported.SAVED.id),
    "opening": str(changed.OPENING),
    "draw": str(DRAW),
    "prize": str(PRIZE),
    "hat": str(HAT),
    "closure": str(CLOSURE),
    "cap": str(capped.CAP),
    "budget": str(budgeted.BUDGET),
    "screening": str(screened.SCREENING),
    "guardian_consent": str(guarded.CONSENT),
    "group": str(grouped.GROUP),
    "submission": str(submitted.SUBMISSION),
    "subscriber": str(noticed.SUBSCRIBER),
    "delivery": str(noticed.DELIVERY),
    "consent": str(noticed.CONSENT),
    "restriction": str(noticed.RESTRICTION),
    "emergency": str(noticed.EMERGENCY),
    "erasure": str(noticed.ERASURE),
    "provider_account": str(ordered.PROVIDER_ACCOUNT),
    "provider_product": str(ordered.PROVIDER_PRODUCT),
    "source": str(told_us.SOURCE),
    "message": str(told_us.MESSAGE),
    "staff": str(hired.STAFF),
    "actor": str(KEY),
    "account": f"{PARTICIPANT}.usd",
    "fhir_export": str(sample_id(43)),
    "file_no": 1,
    "name": PROGRAM_NAME,
    "version": 1,
}
"""Path parameters in examples."""

PROGRAM: Final = samples.PROGRAM

_BY_ENROLLMENT = NewEvent(
    outcome="negative",
    occurred_at=AT,
    enrollment=ENROLLMENT,
    target="stimulant-negative",
    reference="lab-2026-0311",
)
_BY_BEHAVIOR = NewEvent(outcome="negative", occurred_at=AT, participant_reference="A-1042", behavior="test")
_SESSION = NewEvent(outcome="attended", occurred_at=AT, enrollment=ENROLLMENT, target="group-session")
_BALANCES = (Balance("usd", 250, 0, 0, 250),)
_OUTLOOK = (
    Outlook(
        "stimulant-negative",
        (Money("usd", 375),),
        (Money("usd", 250),),
        None,
        "Your next negative test is worth $3.75.",
    ),
)
_RECEIPT = Receipt(
    event=RecordedEvent(
        id=EVENT,
        enrollment=ENROLLMENT,
        participant=PARTICIPANT,
        target="stimulant-negative",
        behavior="test",
        outcome="negative",
        effect="success",
        occurred_at=AT,
        recorded_at=AT,
        recorded_by=KEY,
        week=1,
        reference="lab-2026-0311",
    ),
    awards=(
        Award(
            sample_id(8),
            "base",
            "usd",
            250,
            0,
            (Reason("step", "Step 1 of the ladder: $2.50.", 250, 1),),
            event=EVENT,
        ),
    ),
    total=(Money("usd", 250),),
    balances=_BALANCES,
    outlook=_OUTLOOK,
)
_IDENTIFIER = Identifier(sample_id(41), "LAB", "88-16", date(2026, 3, 2))
_PARTICIPANT = Participant(
    PARTICIPANT,
    "A-1042",
    "K7MQ",
    AT,
    "en",
    name="Sam Doe",
    identifiers=(Identifier(PARTICIPANT, "reference", "A-1042"), _IDENTIFIER),
)
_ENROLLMENT = Enrollment(ENROLLMENT, PARTICIPANT, PROGRAM_NAME, 1, date(2026, 3, 2), AT, "open")
_HOLIDAY = date(2026, 5, 25)
_VISIT = Visit(
    PARTICIPANT,
    "K7MQ",
    ENROLLMENT,
    PROGRAM_NAME,
    "stimulant-negative",
    date(2026, 3, 2),
    "came",
    EVENT,
    "negative",
    (Money("usd", 375),),
)
_REWARD = Reward(
    REWARD,
    "Cinema ticket",
    "usd",
    250,
    "item",
    "leisure",
    instant=False,
    active=True,
    created_at=AT,
    stock=40,
)
_REDEMPTION = Redemption(REDEMPTION, PARTICIPANT, REWARD, 1, "held", "usd", 250, AT, KEY)
_STOCKED = Stocked(**msgspec.structs.asdict(_REWARD), write_off=WRITE_OFF)
_MANUAL_AWARD = ManualAward(
    MANUAL_AWARD,
    PARTICIPANT,
    "usd",
    500,
    "Came to the Friday session in the snow.",
    "approved",
    AT,
    KEY,
    enrollment=ENROLLMENT,
    settled_at=AT,
    settled_by=ANOTHER_KEY,
    paid=500,
    clipped=0,
    balances=(Balance("usd", 750, 0, 0, 750),),
)
_WRITE_OFF = WriteOff(WRITE_OFF, REWARD, 2, "Two were torn.", "approved", AT, KEY, AT, ANOTHER_KEY)
_FUTURE = Problem(
    "/problems/event_in_future",
    "Event in the future",
    422,
    "An event is recorded after it happened.",
    "/v1/events/batch",
    "event_in_future",
    (Fault("$.occurred_at", "This is still ahead."),),
    TRACE,
)
_PUBLISHED = PublishedProgram(
    PROGRAM_NAME, 1, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", AT, PROGRAM
)

BODIES: Final[dict[str, dict[str, object]]] = {
    "register_participant": {
        "a person": NewParticipant("A-1042", name="Sam Doe", phone="+1 555 0100", language="en")
    },
    "add_identifier": {"a number of the laboratory's": NewIdentifier("LAB", "88-16", date(2026, 3, 2))},
    "end_identifier": {"it is not used any more": IdentifierChange(date(2026, 5, 24))},
    "change_participant": {"a new number": ParticipantChange(phone="+1 555 0199")},
    "publish_program": {"a ladder with recovery": PROGRAM},
    "tabulate_program": {
        "a document": NewTable(
            replace(PROGRAM, targets=PROGRAM.targets[:1]),
            (
                TableOutcome("stimulant-negative", 1, "negative"),
                TableOutcome("stimulant-negative", 1, "positive"),
                TableOutcome("stimulant-negative", 2, "negative"),
            ),
        ),
        "a published program": NewTable(PROGRAM_NAME, (TableOutcome("stimulant-negative", 1, "negative"),)),
    },
    **tried.BODIES,
    "enroll_participant": {"the latest version": NewEnrollment(PARTICIPANT, PROGRAM_NAME, date(2026, 3, 2))},
    "move_enrollment": {"the second version": MoveEnrollment(2, "The clinic raised the first step.")},
    "close_enrollment": {"finished": CloseEnrollment("Finished the program.", date(2026, 5, 24))},
    "transfer_enrollment": {
        "the next twelve weeks": TransferEnrollment(
            PROGRAM_NAME, date(2026, 3, 31), "Goes on with the same program."
        )
    },
    "plan_visit": {
        "moved": NewVisitPlan("stimulant-negative", "unwell", due_on=date(2026, 5, 4), day=date(2026, 5, 5)),
        "called off": NewVisitPlan("stimulant-negative", "clinic", due_on=date(2026, 5, 7)),
    },
    "enter_closure": {"a holiday": NewClosure(date(2026, 5, 25), date(2026, 5, 25), "Memorial Day")},
    "record_event": {"by enrollment": _BY_ENROLLMENT, "by behavior": _BY_BEHAVIOR, "a session": _SESSION},
    "correct_event": {
        "a lab overturn": NewCorrection("lab_overturn", "The lab confirmed a false positive.", "negative"),
        "an excuse": NewCorrection("excuse", "In hospital, with a letter."),
        "a slip of the hand": NewCorrection("entry_error", "Recorded for the wrong person."),
    },
    "correct_named_event": {
        "by reference": NewCorrectionOf(
            kind="lab_overturn", reason="The lab confirmed it.", outcome="negative", reference="lab-4711"
        ),
    },
    "add_to_event": {"a note": NewAddition("Typed up from the paper log of that day.")},
    "record_events": {"two events": (_BY_ENROLLMENT, _BY_BEHAVIOR)},
    "add_reward": {"an item": NewReward("Cinema ticket", "usd", 250, "item", "leisure", stock=40)},
    "change_reward": {"a new price": RewardChange(price=225)},
    "change_stock": {
        "a delivery": StockChange(20, "Delivery of March 2."),
        "a write-off": StockChange(-2, "Two were torn."),
    },
    "add_reward_codes": {"two codes": NewCodes(("GIFT-0001", "GIFT-0002"))},
    "redeem_reward": {"one piece": NewRedemption(PARTICIPANT, REWARD)},
    "propose_manual_award": {
        "five dollars": NewManualAward(
            PARTICIPANT, "usd", 500, "Came to the Friday session in the snow.", enrollment=ENROLLMENT
        )
    },
    "refuse_manual_award": {"why not": Refusal("The session was already rewarded.")},
    "refuse_write_off": {"why not": Refusal("They were found again.")},
    **merged.BODIES,
    **drawn.BODIES,
    **billed.BODIES,
    **branded.BODIES,
    **screened.BODIES,
    **guarded.BODIES,
    **budgeted.BODIES,
    **capped.BODIES,
    **grouped.BODIES,
    **reminded.BODIES,
    **submitted.BODIES,
    **changed.BODIES,
    **reported.BODIES,
    **noticed.BODIES,
    **ordered.BODIES,
    **told_us.BODIES,
    **hired.BODIES,
    "set_pull": {
        "a record system": NewPull(
            "https://ehr.example.org/fhir",
        )
    },
    "register_smart_client": {
        "the county's record system": NewSmartClient(
            ("system/Observation.rs",), jwks_url="https://ehr.example.org/jwks.json", label="County EHR"
        )
    },
    "issue_key": {"a desk": NewKey("front_desk", "Front desk, ground floor")},
}
"""Bodies of requests, by operation."""

ANSWERS: Final[dict[type[Struct], Struct]] = {
    Identifier: _IDENTIFIER,
    Participant: _PARTICIPANT,
    Enrollment: _ENROLLMENT,
    TransferredEnrollment: TransferredEnrollment(
        replace(
            _ENROLLMENT,
            status="closed",
            closed_on=date(2026, 3, 31),
            close_reason="Goes on with the same program.",
        ),
        replace(_ENROLLMENT, id=NEXT_ENROLLMENT, starts_on=date(2026, 4, 1)),
    ),
    EnteredClosure: EnteredClosure(CLOSURE, _HOLIDAY, _HOLIDAY, "Memorial Day", AT, KEY, 0),
    Closure: Closure(CLOSURE, _HOLIDAY, _HOLIDAY, "Memorial Day", AT, KEY),
    VisitPage: VisitPage(date(2026, 3, 2), (_VISIT,)),
    EnrollmentVisits: EnrollmentVisits(ENROLLMENT, date(2026, 3, 2), date(2026, 3, 8), (_VISIT,)),
    EnrollmentOutlook: EnrollmentOutlook(ENROLLMENT, date(2026, 3, 3), 1, _OUTLOOK),
    Receipt: _RECEIPT,
    MovedEnrollment: MovedEnrollment(
        ENROLLMENT,
        PROGRAM_NAME,
        1,
        2,
        is_preview=False,
        awards=(),
        total=(),
        balances=_BALANCES,
        outlook=_OUTLOOK,
        adjustments=(),
    ),
    BatchResults: BatchResults((BatchResult(0, 422, problem=_FUTURE),)),
    BalanceSheet: BalanceSheet(PARTICIPANT, _BALANCES, AT),
    Changed: Changed((PARTICIPANT,)),
    Reward: _REWARD,
    Stocked: _STOCKED,
    Redemption: _REDEMPTION,
    ManualAward: _MANUAL_AWARD,
    WriteOff: _WRITE_OFF,
    PublishedProgram: _PUBLISHED,
    **merged.ANSWERS,
    **tried.ANSWERS,
    **drawn.ANSWERS,
    **billed.ANSWERS,
    **branded.ANSWERS,
    **screened.ANSWERS,
    **guarded.ANSWERS,
    **budgeted.ANSWERS,
    **capped.ANSWERS,
    **grouped.ANSWERS,
    **reminded.ANSWERS,
    **submitted.ANSWERS,
    **changed.ANSWERS,
    **reported.ANSWERS,
    **noticed.ANSWERS,
    **ordered.ANSWERS,
    **told_us.ANSWERS,
    **hired.ANSWERS,
    SignInCode: SignInCode("K7Q4-M9XD", AT, "https://rewards.example.org/c/K7Q4M9XD"),
    IssuedKey: IssuedKey(
        KEY,
        "cmr_...",
        "front_desk",
        "Front desk, ground floor",
        hired.STAFF,
        date(2027, 3, 2),
        ("events.write",),
    ),
    Pull: Pull(
        told_us.SOURCE,
        "https://ehr.example.org/fhir",
        "Observation",
        15,
        {"keys": []},
        AT,
        204,
        "https://ehr.example.org/token",
        "rewards",
        AT,
    ),
    SmartClient: SmartClient(
        KEY,
        f"{sample_id(1)}.{KEY}",
        ("system/Observation.rs",),
        "auditor",
        AT,
    ),
    Key: Key(
        KEY,
        "front_desk",
        AT,
        "Front desk, ground floor",
        AT,
        hired.STAFF,
        date(2027, 3, 2),
        ("events.write",),
    ),
}
"""Answers, by their shape."""


def of(name: str, media: str) -> Json:
    """The examples of one operation's body."""
    return {title: _written(value, media) for title, value in BODIES[name].items()} if name in BODIES else {}


def _written(value: object, media: str) -> Json:
    if media == "application/x-ndjson":
        parts: Any = value
        return {"value": "".join(msgspec.json.encode(present(part)).decode() + "\n" for part in parts)}
    if value is PROGRAM:
        return {"$ref": "#/components/examples/Program"}
    return {"value": present(value)}


def present(value: object) -> Any:  # noqa: ANN401  any JSON
    """A value as JSON, without the null of a field that may be left out."""
    if isinstance(value, Struct):
        told = msgspec.to_builtins(value)
        left_out = {
            one.name for one in fields(value) if not one.required and getattr(value, one.name) is None
        }
        return {name: present(getattr(value, name, told[name])) for name in told if name not in left_out}
    if isinstance(value, dict):
        return {name: present(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [present(part) for part in value]
    return msgspec.to_builtins(value)
