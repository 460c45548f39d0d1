"""What is on record as FHIR R4 resources: each is made of our own shape and says the same facts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from schemas import fhir
from schemas.books import Transfer
from schemas.ids import Id
from schemas.people import Enrollment, Participant, Role
from schemas.program import Behavior, Program, Target, Unit
from schemas.receipts import Balance, RecordedEvent
from service.core.currencies import is_money, plain
from service.core.fhir import systems
from service.core.fhir.systems import system_uri
from service.core.naming import program_title, target_titles
from service.core.quantities import measure_of

SEES_NAMES: Final[frozenset[Role]] = frozenset({"front_desk", "clinician", "manager", "auditor"})
"""Roles that may see names and numbers of people; others are given a reference alone."""

CATEGORY_OF: Final[dict[Behavior, str]] = {
    "test": "laboratory",
    "attendance": "therapy",
    "homework": "therapy",
    "medication": "therapy",
    "activity": "activity",
}
STANDARD: Final = {
    "negative": fhir.Coding(systems.SNOMED, "260385009", "Negative"),
    "positive": fhir.Coding(systems.SNOMED, "10828004", "Positive"),
}
"""Results of tests in SNOMED CT."""
CAME: Final = frozenset({"attended", "late", "left_early"})
DID_NOT: Final = frozenset({"absent", "excused", "rescheduled"})


def meta(updated: datetime | None = None) -> fhir.Meta:
    """When a resource was last changed, with the labels of all of them."""
    return fhir.Meta(updated, systems.RESTRICTED)


def replaced(chart: Id, by: Id, updated: datetime) -> fhir.Patient:
    """A chart that was merged: all that is said of it is whose it is by now."""
    link = fhir.PatientLink(fhir.Reference(f"Patient/{by}"), "replaced-by")
    return fhir.Patient(id=str(chart), meta=meta(updated), active=False, link=(link,))


def patient(person: Participant, updated: datetime, numbers: Sequence[fhir.Number]) -> fhir.Patient:
    """A participant with the numbers that the caller may see."""
    return fhir.Patient(
        id=str(person.id),
        meta=meta(updated),
        active=person.status == "active",
        identifier=tuple(numbers),
        name=() if person.name is None else (fhir.HumanName(person.name),),
        deceased_boolean=True if person.status == "deceased" else None,
    )


def numbers_of(person: Participant) -> tuple[fhir.Number, ...]:
    """The numbers that a participant is known by; one with a last day is an old one."""
    return tuple(
        fhir.Number(
            one.value,
            system_uri(one.system),
            "old" if one.ends_on is not None else "usual",
            None if one.starts_on is None and one.ends_on is None else fhir.Days(one.starts_on, one.ends_on),
        )
        for one in person.identifiers
    )


def nameless(person: Participant) -> Participant:
    """Somebody as those see them who may see no names and numbers."""
    return Participant(
        person.id,
        "",
        "",
        person.created_at,
        person.language,
        status=person.status,
        status_on=person.status_on,
    )


def _code_of(event: RecordedEvent, target: Target) -> fhir.CodeableConcept:
    behavior = fhir.Coding(systems.BEHAVIOR, event.behavior)
    title = None if target.title is None else target.title.en
    return fhir.CodeableConcept((fhir.Coding(systems.TARGET, event.target, title), behavior), title)


def _outcome_of(event: RecordedEvent) -> fhir.CodeableConcept:
    title = event.outcome_title.en if event.outcome_title else None
    own = fhir.Coding(systems.OUTCOME, event.outcome, title)
    standard = STANDARD.get(event.outcome) if event.behavior == "test" else None
    return fhir.CodeableConcept((own,) if standard is None else (own, standard), title or event.outcome)


def _reference_of(event: RecordedEvent) -> tuple[fhir.Number, ...]:
    return () if event.reference is None else (fhir.Number(event.reference, systems.EVENT_REFERENCE),)


def observation(event: RecordedEvent, target: Target, updated: datetime) -> fhir.Observation:
    """A recorded outcome as it stands: `entered-in-error` where withdrawn, `corrected` with another one."""
    if event.withdrawn:
        status = "entered-in-error"
    elif event.outcome == "pending":
        status = "preliminary"
    else:
        status = "corrected" if event.recorded_outcome else "final"
    subject = fhir.Reference(f"Patient/{event.participant}")
    category = fhir.CodeableConcept((fhir.Coding(systems.CATEGORY, CATEGORY_OF[event.behavior]),))
    is_session = event.behavior == "attendance"
    return fhir.Observation(
        id=str(event.id),
        meta=meta(updated),
        status=status,
        category=(category,),
        code=_code_of(event, target),
        subject=subject,
        effective_date_time=event.occurred_at,
        issued=event.recorded_at,
        value_codeable_concept=_outcome_of(event),
        based_on=(fhir.Reference(f"CarePlan/{event.enrollment}"),),
        identifier=_reference_of(event),
        encounter=fhir.Reference(f"Encounter/{event.id}") if is_session else None,
        component=_quantity_of(event, target),
    )


def _quantity_of(event: RecordedEvent, target: Target) -> tuple[fhir.Component, ...]:
    if not event.quantity:
        return ()
    measure = measure_of(target)
    unit = None if measure is None else measure.many.en
    code = fhir.CodeableConcept((fhir.Coding("urn:rewards:component", "quantity"),), "quantity")
    return (fhir.Component(code, fhir.Quantity(event.quantity, unit)),)


def encounter(event: RecordedEvent, target: Target, updated: datetime) -> fhir.Encounter:
    """A session: finished for whoever came, cancelled for whoever did not; its outcome is the reason code."""
    if event.withdrawn:
        status = "entered-in-error"
    elif event.outcome in CAME:
        status = "finished"
    else:
        status = "cancelled" if event.outcome in DID_NOT else "unknown"
    return fhir.Encounter(
        id=str(event.id),
        meta=meta(updated),
        status=status,
        kind=fhir.Coding(systems.ACT, "AMB", "ambulatory"),
        type=(_code_of(event, target),),
        subject=fhir.Reference(f"Patient/{event.participant}"),
        period=fhir.Period(event.occurred_at),
        reason_code=(_outcome_of(event),),
        identifier=_reference_of(event),
        length=fhir.Duration(event.minutes) if event.minutes else None,
    )


def care_plan(enrollment: Enrollment, program: Program, updated: datetime) -> fhir.CarePlan:
    """An enrollment, with the targets of the program version that it is in."""
    is_open = enrollment.status == "open"
    titles = target_titles(program)
    return fhir.CarePlan(
        id=str(enrollment.id),
        meta=meta(updated),
        status="active" if is_open else "completed",
        intent="plan",
        title=program_title(program).en,
        subject=fhir.Reference(f"Patient/{enrollment.participant}"),
        period=fhir.Days(enrollment.starts_on, enrollment.closed_on or enrollment.ends_on),
        created=enrollment.opened_at,
        instantiates_uri=(f"{systems.PROGRAM}:{enrollment.program}:{enrollment.version}",),
        category=(fhir.CodeableConcept(text="Contingency management"),),
        activity=tuple(_activity(one, titles[one.name].en, is_open=is_open) for one in program.targets),
    )


def _activity(target: Target, title: str, *, is_open: bool) -> fhir.Activity:
    coded = (fhir.Coding(systems.TARGET, target.name, title), fhir.Coding(systems.BEHAVIOR, target.behavior))
    status = "in-progress" if is_open else "completed"
    return fhir.Activity(fhir.ActivityDetail(fhir.CodeableConcept(coded, title), status))


def _price(amount: int, unit: Unit) -> fhir.Money | None:
    """An amount in a currency; what is counted has no price."""
    return fhir.Money(float(plain(amount, unit)), unit.upper()) if is_money(unit) else None


def account_id(participant: Id, unit: Unit) -> str:
    """The id of what somebody has in one unit."""
    return f"{participant}.{unit}"


def account(participant: Id, balance: Balance) -> fhir.Account:
    """What somebody has in one unit, in its minor units."""
    parts = {
        "available": balance.available,
        "held": balance.held,
        "given": balance.given,
        "earned": balance.earned,
    }
    amounts = tuple(fhir.Extension(name, value_integer=amount) for name, amount in parts.items())
    return fhir.Account(
        id=account_id(participant, balance.unit),
        meta=meta(),
        status="active",
        type=fhir.CodeableConcept((fhir.Coding(systems.UNIT, balance.unit),), "Rewards"),
        subject=(fhir.Reference(f"Patient/{participant}"),),
        extension=(fhir.Extension(systems.BALANCE, amounts),),
    )


def charge_item(participant: Id, transfer: Transfer) -> fhir.ChargeItem:
    """What was credited, or taken back where its amounts are negative; dollars are a price, else a count."""
    amount = transfer.amount if transfer.source == "issued" else -transfer.amount
    title = transfer.reasons[0].text if transfer.reasons else None
    return fhir.ChargeItem(
        id=str(transfer.id),
        meta=meta(transfer.at),
        status="not-billable",
        code=fhir.CodeableConcept((fhir.Coding(systems.CAUSE, transfer.cause),), title),
        subject=fhir.Reference(f"Patient/{participant}"),
        occurrence_date_time=transfer.at,
        account=(fhir.Reference(f"Account/{account_id(participant, transfer.unit)}"),),
        quantity=fhir.Quantity(amount, None, systems.UNIT, transfer.unit),
        price_override=_price(amount, transfer.unit),
        service=() if transfer.event is None else (fhir.Reference(f"Observation/{transfer.event}"),),
    )
