"""What `rewards import --dry-run` says: what each line would earn, line by line in the order of the file."""

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from msgspec.structs import asdict

from service.commands.speech import say
from service.core.words.refusals.catalog import in_english
from service.core.words.sentences import money
from service.flows.imports.import_events import LineResult
from service.flows.imports.preview_import import PreviewLine, lines_after
from service.store.database.pool import Database
from service.store.imports import Counts
from service.store.running_imports import Going


class Foreseen:
    """The lines of an import that was tried, as a command shows them."""

    def __init__(self, database: Database, *, is_json: bool) -> None:
        """Show them in words, or as one JSON object."""
        self._database = database
        self._is_json = is_json

    async def show(self, going: Going, counts: Counts) -> None:
        """Say what would become of every line."""
        if not self._is_json:
            async for line in self._lines(going):
                say(_words(line))
            return
        told: dict[str, Any] = asdict(counts)
        told["found"] = told.pop("known")
        lines = [_as_json(line) async for line in self._lines(going)]
        say(msgspec.json.encode({**told, "not_reached": 0, "refused_file": None, "lines": lines}).decode())

    async def _lines(self, going: Going) -> AsyncIterator[PreviewLine]:
        last = 0
        while True:
            async with self._database.transaction(going.actor.clinic) as tx:
                page = await lines_after(tx, going.id, last)
            for line in page:
                yield line
            if not page:
                return
            last = page[-1].number


def _words(line: PreviewLine) -> str:
    """A line in words: what would become of it, what it would earn, and who is new."""
    result = line.result
    parts = [f"line {line.number}: {_state(result)}"]
    if result.state == "recorded":
        parts.append(", ".join(money(one.amount, one.unit, "en") for one in line.earned) or "earns nothing")
    parts += [reason.text for award in result.awards for reason in award.reasons]
    if result.is_new:
        parts.append("new participant")
    if result.near:
        parts.append(f"perhaps the same person as {', '.join(result.near)}")
    if result.opened is not None:
        parts.append(f"enrolled from {result.opened}")
    if result.closed is not None:
        parts.append(f"the enrollment before ends on {result.closed}")
    if result.why is not None:
        parts.append(in_english(result.why))
    return "; ".join(parts)


def _state(result: LineResult) -> str:
    if result.offers is not None:
        return f"{result.state} ({result.offers} offered)"
    return "known (added to)" if result.adds else result.state


def _as_json(line: PreviewLine) -> dict[str, Any]:
    result = line.result
    return {
        "line": line.number,
        "state": result.state,
        "earned": line.earned,
        "reasons": [reason for award in result.awards for reason in award.reasons],
        "new_participant": result.is_new,
        "near": result.near,
        "enrolled_from": result.opened,
        "closed_on": result.closed,
        "offers": result.offers,
        "code": None if result.why is None else result.why.code,
        "words": None if result.why is None else in_english(result.why),
    }
