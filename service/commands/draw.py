"""`rewards draw check`: a draw worked out again from its public record alone, by anyone, anywhere."""

import sys
from argparse import Namespace
from pathlib import Path

import msgspec
from rich.table import Table

from schemas.drawn_days import DayRecord
from schemas.draws import DrawnSlip, DrawRecord, HatRecord
from service.commands.failures import unreadable
from service.commands.speech import CommandError, Exit, console, say, say_json
from service.core.draws.days import check_day
from service.core.draws.draws import SEED_BYTES, check, slips_in
from service.core.draws.hats import check_hat
from service.core.words.sentences import money

_draw = msgspec.json.Decoder(DrawRecord)
_hat = msgspec.json.Decoder(HatRecord)
_day = msgspec.json.Decoder(DayRecord)


def run(args: Namespace) -> int:
    """Check one record from a file or stdin; ends with 1 and the first fault."""
    record = _record(_read(args.file))
    seed = _seed(args.seed, record.revealed_seed)
    if isinstance(record, HatRecord):
        shown = _hat_table(record)
        fault = next(check_hat(record, seed), None)
        what = f"{len(record.names)} of {len(record.people)} names"
    elif isinstance(record, DayRecord):
        shown = _day_table(record)
        fault = next(check_day(record, seed), None)
        what = f"that {record.day} was {'drawn' if record.drawn else 'not drawn'}, and its slip,"
    else:
        shown = _draw_table(record)
        fault = next(check(record, seed), None)
        what = "1 slip" if record.count == 1 else f"{record.count} slips"
    result = {"draw": record.draw_id, "commitment": record.commitment, "true": fault is None}
    if not args.json:
        console().print(shown)
    if fault is not None:
        raise CommandError(
            Exit.WRONG,
            "draw_wrong",
            f"This draw is not as its seed says: {fault}",
            {**result, "fault": fault},
        )
    if args.json:
        say_json(result)
        return Exit.DONE
    say(
        f"Draw {record.draw_id} is true: {what} follow from its seed, whose SHA-256 is {record.commitment}. "
        "Compare that with the commitment that was published before the draw. How much caps clipped is not "
        "proven by this record: no seed says it, only the clinic's books do."
    )
    return Exit.DONE


def _draw_table(record: DrawRecord) -> Table:
    shown = Table(title=f"{record.draw_id}: {record.bowl.name}", title_justify="left")
    for name in ("index", "slip"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("tier")
    shown.add_column("prize")
    for one in record.draws:
        shown.add_row(str(one.index), f"{one.slip} of {slips_in(record.bowl)}", one.tier, _prize(one))
    return shown


def _hat_table(record: HatRecord) -> Table:
    shown = Table(title=record.draw_id, title_justify="left")
    for name in ("index", "ticket"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("enrollment")
    shown.add_column("credited")
    for one in record.names:
        credited = money(one.amount, "draw", "en")
        shown.add_row(str(one.index), f"{one.slip} of {one.tickets}", str(one.enrollment), credited)
    return shown


def _day_table(record: DayRecord) -> Table:
    shown = Table(title=record.draw_id, title_justify="left")
    for name in ("day", "days left", "wanted", "slip", "drawn"):
        shown.add_column(name)
    left = ", ".join(one.isoformat() for one in record.days)
    slip = "" if record.slip is None else f"{record.slip} of {len(record.days)}"
    shown.add_row(record.day.isoformat(), left, str(record.wanted), slip, "yes" if record.drawn else "no")
    return shown


def _prize(one: DrawnSlip) -> str:
    prize = one.prize
    if prize is None:
        return ""
    if prize.unit is None:
        return f"from the shelf: {prize.category}"
    won = money(prize.amount or 0, prize.unit, "en")
    return f"{won} ({money(prize.clipped, prize.unit, 'en')} above a cap)" if prize.clipped else won


def _record(text: bytes) -> DrawRecord | HatRecord | DayRecord:
    """The record of a draw, of a hat or of a day: only a hat has people in it, and only a day days."""
    try:
        given = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        if "days" in given:
            return _day.decode(text)
        is_hat = "people" in given
        return _hat.decode(text) if is_hat else _draw.decode(text)
    except msgspec.MsgspecError as why:
        raise CommandError(
            Exit.REFUSED,
            "record_invalid",
            f"This is no record of a draw ({why}). Give it an answer of GET /v1/draws/... or /v1/hats/....",
        ) from why


def _seed(given: str | None, revealed: str | None) -> bytes:
    """The seed to check with: the one given, or the one that the record itself reveals."""
    written = given or revealed
    if written is None:
        raise CommandError(
            Exit.REFUSED,
            "seed_not_revealed",
            "The seed of this draw is not revealed yet. Read the draw again once GET /v1/seeds shows it, "
            "or give the seed with --seed.",
        )
    try:
        seed = bytes.fromhex(written)
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        detail = f"A seed is {2 * SEED_BYTES} hexadecimal digits, and this is not: {written}."
        raise CommandError(Exit.USAGE, "usage", detail)
    return seed


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as why:
        raise unreadable(path, why, "Name a file, or - for stdin.") from why
