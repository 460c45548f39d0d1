"""How a table is read by `rewards import`: what was typed, and what was found out, in words."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import tzinfo
from typing import Final, get_args

from service.commands.speech import CommandError, Exit
from service.core.refusals import Refused
from service.core.sheets.choices import SEPARATOR_OF, judge_choices
from service.core.sheets.columns import FIELDS, NOTES, as_field, plain_name
from service.core.sheets.decoding import shown_encoding
from service.core.sheets.mapping import Column, Field, Mapping, OutcomeWord, TimeForm
from service.core.sheets.splitting import SEPARATOR_NAMES
from service.core.words.refusals.catalog import in_english
from service.flows.imports.checking import zone_of
from service.flows.imports.event_lines import Reading
from service.flows.imports.tables import Table

FORMS: Final[tuple[TimeForm, ...]] = get_args(TimeForm)


def mapping_of(args: Namespace) -> Mapping:
    """The mapping that was typed; raises CommandError where it cannot be meant."""
    times, pattern = _times(args)
    mapping = Mapping(
        columns=tuple(Column(name, _field(field, "--map")) for name, field in _pairs(args.map, "--map")),
        others="passed_over" if args.others else "refused",
        constants={_needed(field): value for field, value in _pairs(args.set, "--set")},
        times=times,
        pattern=pattern,
        zone=args.zone,
        date_alone=args.date_alone,
        unix_times=args.unix_times,
        outcomes=tuple(_word(word, outcome) for word, outcome in _pairs(args.outcome, "--outcome")),
        encoding=args.encoding,
        separator=None if args.separator is None else SEPARATOR_OF.get(args.separator, args.separator),
        sheet=args.sheet,
    )
    why = judge_choices(mapping)
    if why is not None:
        raise _usage(in_english(why))
    return mapping


def zone_chosen(mapping: Mapping, own: tzinfo) -> tzinfo:
    """The zone of times without an offset; raises CommandError where there is no such zone."""
    zone = zone_of(mapping, own)
    if isinstance(zone, Refused):
        raise _usage(f"There is no time zone {mapping.zone!r}. Name one such as America/Los_Angeles.")
    return zone


def decided_lines(reading: Reading) -> tuple[str, ...]:
    """What was found out about a table and is not as it would be expected, a sentence each."""
    return tuple(_decided(reading))


def _decided(reading: Reading) -> Iterator[str]:
    table = reading.table
    decided = table.decided
    if decided.encoding != "utf-8":
        yield f"Read as {shown_encoding(decided.encoding)}."
    if not isinstance(table, Table):
        return
    if decided.sheet is not None and decided.other_sheets:
        yield f"The sheet {decided.sheet!r} is read, and not: {', '.join(decided.other_sheets)}."
    if decided.separator != ",":
        yield f"The cells are separated by {SEPARATOR_NAMES.get(decided.separator, decided.separator)}."
    if decided.titles:
        yield f"{decided.titles} line(s) above the header are passed over; it is line {table.header.number}."
    for name, field in zip(table.heading.names, table.heading.fields, strict=True):
        if field is not None and plain_name(name) != plain_name(field):
            yield f"The column {name!r} is read as {field}."
    if over := [name for name in decided.passed_over if name and name not in NOTES]:
        yield f"Not read: {', '.join(over)}."


def _times(args: Namespace) -> tuple[TimeForm, str | None]:
    if args.times is None:
        # With a zone of their own, times whose order nobody can mistake need no form.
        return ("offset", None) if args.zone is None else ("year-month-day", None)
    if args.times in FORMS and args.times != "pattern":
        form: TimeForm = args.times
        return form, None
    if "%" in args.times:
        return "pattern", args.times
    known = ", ".join(form for form in FORMS if form != "pattern")
    raise _usage(f"--times {args.times!r} is none of {known}, nor a pattern such as %m/%d/%Y %H:%M.")


def _pairs(typed: list[str], option: str) -> Iterator[tuple[str, str]]:
    for text in typed:
        name, sign, value = text.rpartition("=")
        if not sign or not name.strip():
            raise _usage(f"{option} {text!r} has no equals sign between two words. Write it as NAME=VALUE.")
        yield name.strip(), value.strip()


def _field(text: str, option: str) -> Field | None:
    if not text:
        return None
    field = as_field(text)
    if field is None:
        raise _usage(f"{option}: there is no field {text!r}. There is: {', '.join(FIELDS)}.")
    return field


def _needed(text: str) -> Field:
    field = _field(text, "--set")
    if field is None:
        raise _usage(f"--set needs a field. There is: {', '.join(FIELDS)}.")
    return field


def _word(word: str, outcome: str) -> OutcomeWord:
    of, sign, own = word.partition(":")
    return (
        OutcomeWord(own.strip(), outcome, of.strip()) if sign and own.strip() else OutcomeWord(word, outcome)
    )


def _usage(detail: str) -> CommandError:
    return CommandError(Exit.USAGE, "usage", detail)
