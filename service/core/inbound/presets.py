"""Mappings to begin with, one for each usual kind of messages: a clinic changes their sets and words."""

from typing import Final

from msgspec.structs import replace

from schemas.mapping import (
    AppointmentStatusRule,
    EventMapping,
    FieldRule,
    MessageMapping,
    OnlyRule,
    PersonRule,
    ScheduleRule,
    TimeRule,
)
from service.core.inbound.result_presets import FHIR, MIRTH, ORU

_FOR: Final = {"UDS": "stimulant-negative"}
"""What an appointment is for, by the scheduler's code: a clinic puts its own there."""
_OF_SIU: Final = MessageMapping(
    target=FieldRule("$.AIS[*].f3[0].c1", words=_FOR),
    participant_reference=FieldRule(("$.PID[0].f3[?@.c5=='MR']", "$.PID[0].f3[*]", "$.PID[0].f2[*]")),
    reference=FieldRule(("$.SCH[0].f1[0].c1", "$.SCH[0].f2[0].c1")),
    occurred_at=TimeRule(("$.AIS[*].f4[0].c1", "$.SCH[0].f11[0].c4"), "hl7"),
)
_SIU_MEANT: Final = (OnlyRule("$.MSH[0].f9[0].c1", ("SIU",)), OnlyRule("$.AIS[*].f3[0].c1", tuple(_FOR)))


def _siu(events: tuple[str, ...], status: AppointmentStatusRule) -> MessageMapping:
    only = (*_SIU_MEANT, OnlyRule("$.MSH[0].f9[0].c2", events))
    return replace(_OF_SIU, only=only, schedule=ScheduleRule(status))


SIU: Final = EventMapping(
    format="hl7",
    messages=(
        _siu(
            ("S15", "S16", "S17"),
            AppointmentStatusRule(
                "$.MSH[0].f9[0].c2", {"S15": "canceled", "S16": "canceled", "S17": "canceled"}
            ),
        ),
        _siu(("S26",), AppointmentStatusRule("$.MSH[0].f9[0].c2", {"S26": "no_show"})),
        _siu(
            ("S12", "S13", "S14"),
            AppointmentStatusRule(
                "$.SCH[0].f25[0].c1",
                {
                    "Booked": "booked",
                    "Pending": "booked",
                    "Overbook": "booked",
                    "Arrived": "arrived",
                    "Started": "arrived",
                    "Complete": "arrived",
                    "Cancelled": "canceled",
                    "Canceled": "canceled",
                    "Deleted": "canceled",
                    "Dc": "canceled",
                    "Noshow": "no_show",
                },
                "booked",
            ),
        ),
    ),
)
"""A scheduler's appointments in HL7 version 2 (SIU), with the words of HL7 table 0278."""

APPOINTMENT: Final = EventMapping(
    only=OnlyRule("$..resourceType", ("Appointment",)),
    events=("$.entry[?@.resource.resourceType=='Appointment'].resource", "$"),
    schedule=ScheduleRule(
        AppointmentStatusRule(
            "@.status",
            {
                "booked": "booked",
                "pending": "booked",
                "proposed": "canceled",
                "waitlist": "canceled",
                "cancelled": "canceled",
                "entered-in-error": "canceled",
                "checked-in": "arrived",
                "arrived": "arrived",
                "fulfilled": "arrived",
                "noshow": "no_show",
            },
        )
    ),
    target=FieldRule(("@.serviceType[*].coding[*].code", "@.serviceType[*].text"), words=_FOR),
    participant_reference=FieldRule(
        ("@.participant[?@.actor.type=='Patient'].actor", "@.participant[*].actor")
    ),
    systems={"Patient": "", "urn:clinic:mrn": ""},
    reference=FieldRule(("@.identifier[0].value", "@.id")),
    occurred_at=TimeRule(("@.start", "@.requestedPeriod[0].start"), "fhir"),
)
"""Appointments in FHIR R4 (value set `appointmentstatus`), alone or in a bundle."""

_WHO: Final = FieldRule(("$.PID[*].f3[?@.c5=='MR']", "$.PID[*].f3[*]"))
_NAME: Final = ("$.PID[0].f5[0].c2", "$.PID[0].f5[0].c1")


def _adt(events: tuple[str, ...], rule: PersonRule) -> MessageMapping:
    only = (OnlyRule("$.MSH[0].f9[0].c1", ("ADT",)), OnlyRule("$.MSH[0].f9[0].c2", events))
    return MessageMapping(only=only, participant_reference=_WHO, person=rule)


ADT: Final = EventMapping(
    format="hl7",
    messages=(
        _adt(
            ("A40",),
            PersonRule(former=FieldRule(("$.MRG[*].f1[?@.c5=='MR']", "$.MRG[*].f1[*]")), merges="do"),
        ),
        _adt(("A04",), PersonRule(name=_NAME, makes=True)),
        _adt(
            ("A08", "A31"),
            PersonRule(
                name=_NAME,
                deceased=FieldRule("$.PID[0].f30[0].c1", words={"Y": "deceased"}),
                deceased_on=TimeRule("$.PID[0].f29[0].c1", "hl7"),
            ),
        ),
    ),
)
"""Who people are, in HL7 version 2 (ADT): made (A04), renamed or gone (A08), merged (A40)."""

PRESETS: Final[dict[str, EventMapping]] = {
    "oru": ORU,
    "fhir": FHIR,
    "mirth": MIRTH,
    "siu": SIU,
    "appointment": APPOINTMENT,
    "adt": ADT,
}
"""Every mapping to begin with, by its name."""
