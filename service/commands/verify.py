"""`rewards verify`: the books worked out again, and the first fault if there is one."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import msgspec
import uvloop
from rich.progress import Progress, SpinnerColumn, TextColumn

from schemas.checkpoints import Checkpoint, Checkpoints
from schemas.verdicts import BookFault, Verdict, Verdicts
from service.commands.failures import unreadable
from service.commands.ground import open_database, ready
from service.commands.speech import CommandError, Exit, progress_console, say, say_json
from service.core.words.sentences import money
from service.flows.verify.verify import verify
from service.settings import Settings


def run(args: Namespace) -> int:
    """Verify one clinic or all; raises CommandError with the first fault."""
    with ready(args.data) as ground:
        checkpoints = _checkpoints(args.checkpoint)
        verdicts = uvloop.run(_verify(ground.settings, args.clinic, checkpoints))
    if not args.json:
        for verdict in verdicts.clinics:
            say(_line(verdict))
    if verdicts.fault is not None:
        result = msgspec.to_builtins(verdicts)
        raise CommandError(Exit.WRONG, "books_wrong", _sentence(verdicts.fault), result)
    if args.json:
        say_json(verdicts)
    return Exit.DONE


async def _verify(settings: Settings, one: UUID | None, checkpoints: Sequence[Checkpoint]) -> Verdicts:
    database = await open_database(settings)
    verdicts: list[Verdict] = []
    try:
        there = await database.clinics()
        wanted = there if one is None else [one]
        gone = [held for held in checkpoints if held.clinic not in there and one in {None, held.clinic}]
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            console=(out := progress_console()),
            disable=not out.is_terminal,
        ) as bar:
            shown = bar.add_task("verifying")
            for place, clinic in enumerate(wanted, start=1):
                watch = _watch(bar, shown, f"clinic {place} of {len(wanted)}")
                held = [checkpoint for checkpoint in checkpoints if checkpoint.clinic == clinic]
                verdict = await verify(database, clinic, watch, held)
                if verdict is None:
                    detail = f"There is no clinic {clinic}. Leave out --clinic to verify them all."
                    raise CommandError(Exit.REFUSED, "not_found", detail)
                verdicts.append(verdict)
                if verdict.fault is not None:
                    break
    finally:
        await database.close()
    fault = verdicts[-1].fault if verdicts else None
    if fault is None and gone:
        expected = f"a clinic with {gone[0].seq} audit entries at least, as the checkpoint says"
        fault = BookFault(gone[0].clinic, "clinics", {"clinic_id": str(gone[0].clinic)}, expected, "none")
    return Verdicts(fault is None, tuple(verdicts), fault)


def _checkpoints(path: Path | None) -> Sequence[Checkpoint]:
    """Read a file that `rewards audit checkpoint` wrote; raises CommandError where it is none."""
    if path is None:
        return ()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Checkpoints).checkpoints
    except OSError as error:
        raise unreadable(path, error, "Name a file of rewards audit checkpoint.") from error
    except msgspec.MsgspecError as error:
        detail = f"{path} holds no checkpoints ({error}). Name a file of rewards audit checkpoint."
        raise CommandError(Exit.USAGE, "file_unusable", detail) from error


def _watch(bar: Progress, shown: object, where: str) -> Callable[[str, int], None]:
    done: dict[str, int] = {}

    def watch(what: str, more: int) -> None:
        done[what] = done.get(what, 0) + more
        said = ", ".join(f"{count:,} {name}" for name, count in done.items())
        bar.update(shown, description=f"verifying {where}: {said}")  # type: ignore[arg-type]  # a TaskID

    return watch


def _line(verdict: Verdict) -> str:
    said = "clean" if verdict.clean else "FAULTY"
    awarded = " + ".join(money(one.amount, one.unit, "en") for one in verdict.awarded) or "nothing"
    return (
        f"{verdict.clinic} {said}: {verdict.participants:,} participants, {verdict.events:,} events, "
        f"{verdict.transfers:,} transfers, {verdict.audit_entries:,} audit entries; {awarded} awarded"
    )


def _sentence(fault: BookFault) -> str:
    ids = ", ".join(f"{name} {value}" for name, value in fault.ids.items())
    return (
        f"The books of clinic {fault.clinic} do not agree, first in {fault.table} ({ids}): "
        f"expected {fault.expected}; found {fault.found}. "
        "Keep the database as it is, and compare it with a backup taken before."
    )
