"""Mappings of results to begin with: a clinic changes their value sets and words.

Statuses: HL7 tables 0085 (OBX-11) and 0123 (OBR-25); FHIR R4 value sets `observation-status` and
`diagnostic-report-status`. Findings: SNOMED CT 260373001 detected, 260415000 not detected, 10828004 positive,
260385009 negative; HL7 table 0078 (abnormal flags).
"""

from typing import Final, Literal

from msgspec.structs import replace

from schemas.mapping import (
    EventMapping,
    FieldRule,
    MessageMapping,
    OnlyRule,
    ResultsRule,
    ResultWord,
    Standing,
    StatusRule,
    TargetResults,
    Threshold,
    TimeRule,
    ValueSets,
)

VALUES: Final[ValueSets] = {
    "amphetamines": ("19261-7", "3349-8", "AMP"),
    "cocaine": ("14314-9", "3397-7", "3393-6", "COC"),
    "creatinine": ("2161-8", "CREAT"),
}
"""Stimulants in urine, by LOINC and by short names of laboratories; a clinic adds its laboratory's own."""
WORDS: Final[dict[str, ResultWord]] = {
    "negative": "negative",
    "neg": "negative",
    "not detected": "negative",
    "none detected": "negative",
    "nd": "negative",
    "260415000": "negative",
    "260385009": "negative",
    "positive": "positive",
    "pos": "positive",
    "detected": "positive",
    "det": "positive",
    "presumptive positive": "positive",
    "260373001": "positive",
    "10828004": "positive",
    "dilute": "dilute",
    "invalid": "invalid",
    "adulterated": "tampered",
    "substituted": "tampered",
}
FLAGS: Final[dict[str, Literal["negative", "positive"]]] = {
    "a": "positive",
    "aa": "positive",
    "pos": "positive",
    "det": "positive",
    "n": "negative",
    "neg": "negative",
    "nd": "negative",
}
OF_RESULT: Final[dict[str, Standing]] = {
    "F": "final",
    "V": "final",
    "U": "final",
    "C": "corrected",
    "A": "corrected",
    "B": "corrected",
    "P": "preliminary",
    "I": "preliminary",
    "R": "preliminary",
    "S": "preliminary",
    "D": "withdrawn",
    "W": "withdrawn",
    "X": "canceled",
    "N": "canceled",
    "O": "canceled",
}
OF_ORDER: Final[dict[str, Standing]] = {
    "F": "final",
    "C": "corrected",
    "P": "preliminary",
    "A": "preliminary",
    "I": "preliminary",
    "R": "preliminary",
    "S": "preliminary",
    "O": "preliminary",
    "X": "canceled",
}
OF_FHIR: Final[dict[str, Standing]] = {
    "final": "final",
    "registered": "preliminary",
    "partial": "preliminary",
    "preliminary": "preliminary",
    "amended": "corrected",
    "corrected": "corrected",
    "appended": "corrected",
    "entered-in-error": "withdrawn",
    "cancelled": "canceled",
}
STIMULANTS: Final = (TargetResults(("amphetamines", "cocaine")),)
DILUTE: Final = {"creatinine": Threshold(20, "mg/dL")}

ORU: Final = EventMapping(
    format="hl7",
    values=VALUES,
    only=(OnlyRule("$.MSH[0].f9[0].c1", ("ORU",)), OnlyRule("$.MSH[0].f9[0].c2", ("R01", "R32", "R40"))),
    events="$.reports[*]",
    status=StatusRule("@.OBR[*].f25[0].c1", OF_ORDER, "final"),
    results=ResultsRule(
        at="@.OBX[*]",
        code="@.f3[0]",
        value="@.f5[*]",
        targets=STIMULANTS,
        words=WORDS,
        flag="@.f8[*]",
        flags=FLAGS,
        status=StatusRule("@.f11[0].c1", OF_RESULT),
        unit="@.f6[0].c1",
        dilute=DILUTE,
    ),
    behavior=FieldRule(value="test"),
    participant_reference=FieldRule(("@.PID[0].f3[?@.c5=='MR']", "@.PID[0].f3[*]", "@.PID[0].f2[*]")),
    reference=FieldRule(("@.OBR[*].f3[0].c1", "@.ORC[*].f3[0].c1", "@.OBR[*].f2[0].c1")),
    occurred_at=TimeRule(("@.OBR[*].f7[0].c1", "@.SPM[*].f17[0].c1", "@.OBX[*].f14[0].c1"), "hl7"),
)
"""A laboratory's report in HL7 version 2 (ORU^R01)."""

_REPORTED: Final = ResultsRule(
    at="@.result[*]",
    code="@.code",
    value=("@.valueCodeableConcept", "@.valueString", "@.valueQuantity", "@.valueInteger"),
    targets=STIMULANTS,
    words=WORDS,
    flag="@.interpretation[*]",
    flags=FLAGS,
    status=StatusRule("@.status", OF_FHIR),
    unit=("@.valueQuantity.code", "@.valueQuantity.unit"),
    dilute=DILUTE,
)
_OBSERVED: Final = "$.entry[?@.resource.resourceType=='Observation'].resource"
FHIR: Final = EventMapping(
    values=VALUES,
    messages=(
        MessageMapping(
            only=OnlyRule("$..resourceType", ("DiagnosticReport",)),
            events=("$.entry[?@.resource.resourceType=='DiagnosticReport'].resource", "$"),
            status=StatusRule("@.status", OF_FHIR),
            results=_REPORTED,
            behavior=FieldRule(value="test"),
            participant_reference=FieldRule("@.subject"),
            reference=FieldRule("@.identifier[0].value"),
            occurred_at=TimeRule(("@.effectiveDateTime", "@.effectivePeriod.start"), "fhir"),
        ),
        MessageMapping(
            only=OnlyRule("$..resourceType", ("Observation",)),
            results=replace(
                _REPORTED,
                at=(_OBSERVED, "$.component[*]", "$.hasMember[*]", "$"),
                status=StatusRule(("@.status", "$.status"), OF_FHIR),
            ),
            behavior=FieldRule(value="test"),
            participant_reference=FieldRule(("$.subject", f"{_OBSERVED}.subject")),
            reference=FieldRule(("$.identifier[0].value", f"{_OBSERVED}.identifier[0].value")),
            occurred_at=TimeRule(("$.effectiveDateTime", f"{_OBSERVED}.effectiveDateTime"), "fhir"),
        ),
    ),
)
"""Reports and observations in FHIR R4, alone or in a bundle."""

MIRTH: Final = EventMapping(
    only=OnlyRule("$.type", ("result",)),
    outcome=FieldRule("$.result.outcome", words={"NEG": "negative", "POS": "positive", "DIL": "dilute"}),
    status=StatusRule("$.result.status", {"P": "preliminary", "F": "final", "C": "corrected"}, "final"),
    occurred_at=TimeRule("$.result.collected", "hl7"),
    participant_reference=FieldRule("$.patient.mrn"),
    behavior=FieldRule(value="test"),
    reference=FieldRule("$.result.accession"),
)
"""What a channel of an integration engine such as Mirth Connect posts as JSON."""
