"""How the messages of another system are read: paths into them, their words, and what each kind says."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

# Without a pattern: msgspec 0.22 frees the one of a text twice that stands in a union with a list.
Place = Annotated[str, Meta(min_length=1, max_length=256)]
"""A place in a message: a JSONPath (RFC 9535) from `$`, the whole message, or from `@`, the part in hand."""
Places = Place | Annotated[tuple[Place, ...], Meta(min_length=1, max_length=8)]
"""One place, or several of which the first where something stands counts."""
Word = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[^\x00-\x1f]*$(?!\n)")]
Words = Annotated[dict[Word, Word], Meta(max_length=200)]
OurSystem = Annotated[str, Meta(max_length=64, pattern=r"^[^\x00-\x1f|]*$(?!\n)")]
"""Our name of a system of numbers; empty for the clinic's own references."""
SetName = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z][a-z0-9_-]*$(?!\n)")]
ValueSets = Annotated[
    dict[SetName, Annotated[tuple[Word, ...], Meta(min_length=1, max_length=200)]], Meta(max_length=100)
]
"""Value sets by name: the codes by which one thing is known, LOINC's and the laboratory's own."""
TimeForm = Literal["rfc3339", "epoch_seconds", "epoch_milliseconds", "pattern", "hl7", "fhir"]
"""How a time is written in a message."""
Standing = Literal["preliminary", "final", "corrected", "withdrawn", "canceled"]
"""What a report says of itself."""
ResultWord = Literal["negative", "positive", "dilute", "invalid", "tampered"]
"""What a single result can say."""
AppointmentStanding = Literal["booked", "canceled", "arrived", "no_show"]
"""What an appointment says of itself."""
Strangers = Literal["review", "ignore"]
"""Whether a message about somebody who is not in care here waits for somebody, or is passed over."""
Merges = Literal["ask", "do"]
"""Whether a merge that another system tells of waits for a manager."""


FlagWord = Literal["negative", "positive"]
"""What a flag beside a finding can say."""
MessageFormat = Literal["json", "hl7"]
"""How the messages of a source are written."""


class FieldRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a field of the event comes from.

    It is what stands `at` a place of the message, put into our words where there are `words`, or `value`
    where nothing stands there.
    """

    at: Places | None = None
    """Place of the message; a rule without it is a constant."""
    value: Word | None = None
    """The value where nothing stands at the place."""
    words: Words = {}
    """Their words with ours; compared without regard to case."""


class TimeRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the time of the event comes from, and how it is written.

    A day without a time means noon of that day in its zone, and the event's note says so.
    """

    at: Places
    """Place of the message."""
    form: TimeForm = "rfc3339"
    """How the time is written there; `hl7` and `fhir` are of any precision down from the day."""
    pattern: Word | None = None
    """Made of `%Y %m %d %H %M %S %f %I %p %z`, such as `%m/%d/%Y %H:%M`; for `form: pattern`. What could be
    read in two ways is refused."""
    zone: Word | None = None
    """Time zone (IANA name) of times without an offset; the clinic's where left out."""


class OnlyRule(Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages are meant: those that have one of `values` at a place."""

    at: Places
    """Place of the message."""
    values: Annotated[tuple[Word, ...], Meta(min_length=1, max_length=50)]
    """The values of which one must stand there; compared without regard to case."""


class StatusRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a report says whether it is final, and in which words."""

    at: Places
    """Place of the status."""
    words: Annotated[dict[Word, Standing], Meta(min_length=1, max_length=50)]
    """Their words with ours. `preliminary` is recorded as pending, `corrected` corrects what is on record,
    `withdrawn` withdraws it, and `canceled` does nothing."""
    otherwise: Standing | None = None
    """The status where nothing stands there; without it such a message waits for review."""


class Threshold(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A number against which results are held."""

    number: float
    """The number."""
    unit: Word | None = None
    """Unit that the results must have, where they name one; compared without regard to case."""


class TargetResults(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which results one target rests on: any positive makes it positive, and only all negative negative."""

    needs: Annotated[tuple[SetName, ...], Meta(min_length=1, max_length=50)]
    """Names of the value sets of which each must be reported. One that is missing, pending or cannot be read
    never becomes negative."""
    target: Word | None = None
    """Name of the target; the mapping's own where left out. With several, each has its own."""


class ResultsRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the results of a panel become one outcome. Paths that begin with `@` lead on from one result."""

    at: Places
    """Place that gives every result; a reference to a resource of the same message is followed."""
    code: Places
    """Its code, or codes."""
    value: Places
    """What was found: a word, a code or a number."""
    targets: Annotated[tuple[TargetResults, ...], Meta(min_length=1, max_length=20)]
    """Which results each target rests on."""
    words: Annotated[dict[Word, ResultWord], Meta(max_length=200)] = {}
    """Words and codes of findings with ours; compared without regard to case."""
    flag: Places | None = None
    """Flags beside the finding. One that contradicts it puts the message into review."""
    flags: Annotated[dict[Word, FlagWord], Meta(max_length=50)] = {}
    """What flags mean."""
    status: StatusRule | None = None
    """The status of a single result."""
    unit: Places | None = None
    """The unit of a number."""
    cutoffs: Annotated[dict[SetName, Threshold], Meta(max_length=50)] = {}
    """By value set the number from which on a result is positive; below it is negative."""
    dilute: Annotated[dict[SetName, Threshold], Meta(max_length=5)] = {}
    """By value set the number below which the specimen is dilute, such as of creatinine."""


class AppointmentStatusRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where an appointment says how it stands, and in which words."""

    at: Places
    """Place of the status."""
    words: Annotated[dict[Word, AppointmentStanding], Meta(min_length=1, max_length=50)]
    """Their words with ours: `booked` is expected on its day, `canceled` is called off, and with `arrived`
    and `no_show` somebody came or did not."""
    otherwise: AppointmentStanding | None = None
    """The status where nothing stands there; without it such a message waits for review."""


class ScheduleRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How an appointment becomes an expected visit.

    Its own number is the mapping's `reference`, its day is of `occurred_at`, and `target` says what it is
    for.
    """

    status: AppointmentStatusRule
    """How it stands."""
    arrived: Word | None = None
    """The outcome that is recorded where somebody arrived; none is where left out."""
    no_show: Word | None = None
    """The outcome that is recorded where nobody came; none is where left out, and the visit counts as missed
    when its program says so."""
    strangers: Strangers = "review"
    """What becomes of an appointment of somebody who is not on record, or not enrolled in such a target."""


class PersonRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is taken over of who somebody is: the fields that are named here, and no other.

    Whom it is about is said by `participant_reference`; the first number is the clinic's own where somebody
    is made.
    """

    name: Annotated[tuple[Places, ...], Meta(max_length=6)] = ()
    """Places of the parts of the name, in the order in which they are written."""
    phone: FieldRule | None = None
    """Where the telephone number stands."""
    email: FieldRule | None = None
    """Where the mail address stands."""
    language: FieldRule | None = None
    """Where the language stands, in words that lead to `en` or `es`; another one changes nothing."""
    makes: bool = False
    """Whether somebody who is not on record is made a participant; else nothing is done about them."""
    former: FieldRule | None = None
    """Where the number stands that ends, of a message that two charts are one person's: it leads to the
    participant from then on."""
    merges: Merges = "ask"
    """Whether two charts become one at once (`do`), where no visit of both must be decided and they have no
    open enrollment in one program, or each merge waits for a manager (`ask`)."""
    deceased: FieldRule | None = None
    """Where a death is said: a word that leads to `deceased`."""
    deceased_on: TimeRule | None = None
    """Where the day of a death stands; today where nothing does."""


class MessageMapping(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a message becomes an event: a rule for each field of the event; or a visit, or a person."""

    outcome: FieldRule | None = None
    """Where the outcome comes from; `results` in its place reads a panel."""
    occurred_at: TimeRule | None = None
    """Where the time comes from."""
    participant_reference: FieldRule | None = None
    """Where the clinic's reference of the participant comes from, or another number of theirs."""
    participant: FieldRule | None = None
    """Where the participant's id comes from."""
    enrollment: FieldRule | None = None
    """Where the enrollment's id comes from."""
    behavior: FieldRule | None = None
    """Where the behavior comes from."""
    target: FieldRule | None = None
    """Where the target's name comes from."""
    program: FieldRule | None = None
    """Where the program's name comes from."""
    reference: FieldRule | None = None
    """Where the event's reference comes from; made from the message where left out."""
    evidence: FieldRule | None = None
    """Where the evidence comes from."""
    note: FieldRule | None = None
    """Where the note comes from."""
    quantity: FieldRule | None = None
    """Where the quantity comes from, such as hours worked; 1 where nothing stands there."""
    minutes: FieldRule | None = None
    """Where the minutes attended come from; none where nothing stands there."""
    only: OnlyRule | Annotated[tuple[OnlyRule, ...], Meta(min_length=1, max_length=8)] | None = None
    """Which messages are meant, by one rule or by several that must all hold; all where left out."""
    events: Places | None = None
    """Place that gives the parts of a message of which each is an event; the whole message where left out."""
    results: ResultsRule | None = None
    """How the results of a panel become the outcome."""
    status: StatusRule | None = None
    """Where the report says how it stands: preliminary, final, corrected or withdrawn; final without it."""
    schedule: ScheduleRule | None = None
    """Reads an appointment in place of an event: a visit that is expected, moved or called off."""
    person: PersonRule | None = None
    """Reads who somebody is in place of an event."""
    systems: Annotated[dict[Word, OurSystem], Meta(max_length=50)] = {}
    """Assigning authorities and systems of numbers, as they stand before `|` in a participant's number, with
    our names of them; one with an empty name is our own reference."""


class EventMapping(MessageMapping, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a source's messages are read: as one kind of message, or as several."""

    format: MessageFormat = "json"
    """How they are written: JSON, FHIR's too, or HL7 version 2 (ER7)."""
    values: ValueSets = {}
    """Value sets that `results` name."""
    messages: Annotated[tuple[MessageMapping, ...], Meta(max_length=20)] = ()
    """Several kinds of messages, in place of one: the first whose `only` holds reads the message."""
