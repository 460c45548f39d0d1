"""HL7 FHIR R4 as this service answers it (https://hl7.org/fhir/R4): what it fills of each resource.

Names are FHIR's own, and so are the limits of what a field may hold. What is left out is not sent.
"""

from datetime import date, datetime

from msgspec import Struct, field


class Coding(Struct, frozen=True, omit_defaults=True):
    """One code of a code system."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class CodeableConcept(Struct, frozen=True, omit_defaults=True):
    """One meaning in one or several code systems."""

    coding: tuple[Coding, ...] = ()
    text: str | None = None


class Reference(Struct, frozen=True, omit_defaults=True):
    """Another resource, by its type and id."""

    reference: str


class Meta(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """When a resource was last changed, and how confidential it is."""

    last_updated: datetime | None = None
    security: tuple[Coding, ...] = ()


class Days(Struct, frozen=True, omit_defaults=True):
    """A period of whole local days, both included."""

    start: date | None = None
    end: date | None = None


class Period(Struct, frozen=True, omit_defaults=True):
    """A period between two moments."""

    start: datetime | None = None
    end: datetime | None = None


class Number(Struct, frozen=True, omit_defaults=True):
    """An identifier: a number, whose it is, and when it was used."""

    value: str
    system: str | None = None
    use: str | None = None
    period: Days | None = None


class Quantity(Struct, frozen=True, omit_defaults=True):
    """A measured amount."""

    value: float
    unit: str | None = None
    system: str | None = None
    code: str | None = None


class Duration(Struct, frozen=True):
    """A length of time, in minutes by UCUM."""

    value: int
    unit: str = "minutes"
    system: str = "http://unitsofmeasure.org"
    code: str = "min"


class Money(Struct, frozen=True, omit_defaults=True):
    """An amount of a currency."""

    value: float
    currency: str


class Extension(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """What FHIR R4 has no field for, by the address of its meaning; docs/fhir.md explains each."""

    url: str
    extension: tuple["Extension", ...] = ()
    value_integer: int | None = None
    value_code: str | None = None


class HumanName(Struct, frozen=True, omit_defaults=True):
    """A name as it is written."""

    text: str


class PatientLink(Struct, frozen=True, omit_defaults=True):
    """Another chart of the same person."""

    other: Reference
    type: str


class _Resource(
    Struct, frozen=True, omit_defaults=True, rename="camel", tag_field="resourceType", kw_only=True
):
    """What every resource has."""

    id: str
    meta: Meta


class Patient(_Resource, frozen=True, tag="Patient"):
    """A person in care; `name` is there for roles that may see names."""

    active: bool
    identifier: tuple[Number, ...] = ()
    name: tuple[HumanName, ...] = ()
    deceased_boolean: bool | None = None
    link: tuple[PatientLink, ...] = ()


class Component(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A part of an observation."""

    code: CodeableConcept
    value_quantity: Quantity


class Observation(_Resource, frozen=True, tag="Observation"):
    """A recorded outcome, as it stands after its corrections."""

    status: str
    category: tuple[CodeableConcept, ...]
    code: CodeableConcept
    subject: Reference
    effective_date_time: datetime
    issued: datetime
    value_codeable_concept: CodeableConcept
    based_on: tuple[Reference, ...]
    identifier: tuple[Number, ...] = ()
    encounter: Reference | None = None
    component: tuple[Component, ...] = ()


class Encounter(_Resource, frozen=True, tag="Encounter"):
    """A session that somebody came to, or did not."""

    status: str
    kind: Coding = field(name="class")
    type: tuple[CodeableConcept, ...]
    subject: Reference
    period: Period
    reason_code: tuple[CodeableConcept, ...]
    identifier: tuple[Number, ...] = ()
    length: Duration | None = None
    """How long somebody was there, where that was said."""


class ActivityDetail(Struct, frozen=True, omit_defaults=True):
    """One target behavior of a plan."""

    code: CodeableConcept
    status: str
    description: str | None = None


class Activity(Struct, frozen=True, omit_defaults=True):
    """One part of a plan."""

    detail: ActivityDetail


class CarePlan(_Resource, frozen=True, tag="CarePlan"):
    """An enrollment with the program that it is in."""

    status: str
    intent: str
    title: str
    subject: Reference
    period: Days
    created: datetime
    instantiates_uri: tuple[str, ...]
    category: tuple[CodeableConcept, ...]
    activity: tuple[Activity, ...]


class Account(_Resource, frozen=True, tag="Account"):
    """What somebody has in one unit; its amounts are in an extension, for R4 has no field for them."""

    status: str
    type: CodeableConcept
    subject: tuple[Reference, ...]
    extension: tuple[Extension, ...]


class ChargeItem(_Resource, frozen=True, tag="ChargeItem"):
    """Something that was credited to somebody, or taken back; nobody is billed for it."""

    status: str
    code: CodeableConcept
    subject: Reference
    occurrence_date_time: datetime
    account: tuple[Reference, ...]
    quantity: Quantity
    price_override: Money | None = None
    service: tuple[Reference, ...] = ()


Resource = Patient | Observation | Encounter | CarePlan | Account | ChargeItem
"""A resource of this service."""


class BundleLink(Struct, frozen=True):
    """Where this page of a search is, and the next one."""

    relation: str
    url: str


class SearchMode(Struct, frozen=True):
    """Why an entry is in the bundle."""

    mode: str


class BundleEntry(Struct, frozen=True, rename="camel"):
    """One resource that was found, and its address."""

    full_url: str
    resource: Resource
    search: SearchMode


class Bundle(
    Struct,
    frozen=True,
    omit_defaults=True,
    rename="camel",
    tag_field="resourceType",
    tag="Bundle",
    kw_only=True,
):
    """One page of what a search found."""

    type: str
    link: tuple[BundleLink, ...]
    entry: tuple[BundleEntry, ...] = ()
    meta: Meta | None = None


class Issue(Struct, frozen=True, omit_defaults=True):
    """One reason for a refusal, with the code of this API (`details`) and where the fault lies."""

    severity: str
    code: str
    details: CodeableConcept
    diagnostics: str
    expression: tuple[str, ...] = ()


class OperationOutcome(
    Struct, frozen=True, omit_defaults=True, rename="camel", tag_field="resourceType", tag="OperationOutcome"
):
    """Why a request was refused, and what to do about it."""

    issue: tuple[Issue, ...]
