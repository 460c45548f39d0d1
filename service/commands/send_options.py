"""How `rewards send` is typed: one command for each thing that a script tells a service over HTTP."""

import argparse
from typing import Final
from uuid import UUID

from service.commands.declaring import (
    EXAMPLE_ID,
    Commands,
    Parser,
    add_command,
    add_file,
    add_file_option,
    add_group,
    whole_number,
)

TRIES_MAX: Final = 20
OWN_IDS: Final = frozenset({"participant", "enrollment", "event", "reward"})
"""Fields that hold an id of the service's own."""
_Option = tuple[str, str, str]
"""A field of what is sent, what stands for its value in the help, and its help line."""

EVENT: Final[tuple[_Option, ...]] = (
    ("participant-reference", "NUMBER", "who: a number of theirs, or SYSTEM|NUMBER"),
    ("behavior", "KIND", "test, attendance, homework, medication or activity"),
    ("outcome", "WORD", "what was verified, such as negative or attended"),
    ("occurred-at", "TIME", "when, with an offset: 2026-11-20T07:30:00-05:00"),
    ("reference", "ID", "your own id for it: sent again, it is recorded once"),
    ("target", "NAME", "the target, where the kind of behavior leaves it open"),
    ("program", "NAME", "the program, where there are several"),
    ("enrollment", "ID", "the enrollment, in place of a person"),
    ("participant", "ID", "the person, by the service's own id"),
    ("quantity", "N", "how much of what the target counts, such as 3.5"),
    ("minutes", "N", "how long somebody was there, for attendance"),
    ("evidence", "TEXT", "where the proof is"),
    ("note", "TEXT", "a free text"),
)
PARTICIPANT: Final[tuple[_Option, ...]] = (
    ("reference", "NUMBER", "the clinic's own number for them"),
    ("name", "NAME", "their name"),
    ("phone", "NUMBER", "for texts"),
    ("email", "ADDRESS", "for mails"),
    ("language", "LANGUAGE", "en or es"),
    ("mark", "TEXT", "what tells namesakes apart"),
    ("birth-year", "YEAR", "the year of birth, as 2009"),
)
ENROLLMENT: Final[tuple[_Option, ...]] = (
    ("participant", "ID", "whom, by the service's own id"),
    ("program", "NAME", "in which program"),
    ("starts-on", "DAY", "first local day, as 2026-11-20"),
    ("ends-on", "DAY", "planned last local day"),
    ("funding", "NAME", "who pays"),
)
CORRECTION: Final[tuple[_Option, ...]] = (
    ("reference", "ID", "your own id of the event"),
    ("event", "ID", "the event, by the service's own id"),
    ("kind", "KIND", "lab_overturn, excuse, entry_error or minutes"),
    ("outcome", "WORD", "the outcome in place of its own, for lab_overturn"),
    ("minutes", "N", "the minutes in place of those on record, for minutes"),
    ("reason", "TEXT", "why; kept on record"),
)

REDEMPTION: Final[tuple[_Option, ...]] = (
    ("participant", "ID", "who takes it, by the service's own id"),
    ("reward", "ID", "what they take from the shelf, by its id"),
    ("quantity", "N", "how many pieces, 1 to 100 (default 1)"),
)


def add_sending(commands: Commands) -> None:
    """Add the commands that send."""
    at = "--occurred-at 2026-11-20T07:30:00-05:00"
    event = f"send event --participant-reference A-1042 --behavior test --outcome negative {at}"
    group = add_group(commands, "send", "tell a service something over HTTP, by a key", event)
    one = _sending(group, "event", "record a verified behavior", EVENT, event)
    one.add_argument("--another", action="store_true", help="it is meant beside one of that day")
    one.add_argument("--corrects", action="store_true", help="it is the corrected report of that reference")
    batch = add_command(
        group,
        "batch",
        "send:batch",
        "record many: a file with one event as JSON on each line (- reads stdin)",
        "send batch events.ndjson",
        "send batch - < events.ndjson",
        json="{sent, done, repeated, refused: [{line, code, detail}]}",
        stores=False,
    )
    add_file(batch, "the events, one a line; - reads stdin")
    _connection(batch)
    registered = 'send participant --reference A-1042 --name "Jordan Roe"'
    _sending(group, "participant", "register somebody", PARTICIPANT, registered)
    enrolled = f"send enrollment --participant {EXAMPLE_ID} --program my-program --starts-on 2026-11-20"
    _sending(group, "enrollment", "enroll somebody in a program", ENROLLMENT, enrolled)
    corrected = "send correction --reference L-2041 --kind lab_overturn --outcome positive --reason Confirmed"
    _sending(group, "correction", "correct what is on record", CORRECTION, corrected)
    taken = f"send redemption --participant {EXAMPLE_ID} --reward {EXAMPLE_ID}"
    _sending(group, "redemption", "take a reward from the shelf for somebody", REDEMPTION, taken)


def _sending(group: Commands, name: str, says: str, fields: tuple[_Option, ...], shown: str) -> Parser:
    made = add_command(group, name, f"send:{name}", says, shown, json="the service's answer", stores=False)
    for field, stands_for, told in fields:
        kind = UUID if stands_for == "ID" and field in OWN_IDS else str
        made.add_argument(f"--{field}", type=kind, metavar=stands_for, help=told)
    _connection(made)
    return made


def _connection(command: Parser) -> None:
    command.add_argument("--url", metavar="URL", help="address of the service (default REWARDS_URL)")
    add_file_option(command, "--key-file", "file with the key (default REWARDS_KEY_FILE, else REWARDS_KEY)")
    command.add_argument(
        "--once",
        metavar="KEY",
        help="idempotency key: the same one again is done once (default: a new one for each command)",
    )
    command.add_argument(
        "--tries", type=_tries, default=6, metavar="N", help="how often it is sent at most (default 6)"
    )


def _tries(text: str) -> int:
    return whole_number(text, 1, TRIES_MAX)


def fields_of(args: argparse.Namespace, fields: tuple[_Option, ...]) -> dict[str, object]:
    """What was typed of some fields, by their names in the API."""
    given = {field.replace("-", "_"): getattr(args, field.replace("-", "_")) for field, _, _ in fields}
    return {name: value for name, value in given.items() if value is not None}
