"""`rewards send …`: recorded once however often it is sent, and the exit code says what to do."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from service.cli import main
from service.commands.speech import Exit
from service.web.contract import examples
from tests import clock

if TYPE_CHECKING:
    from tests.web.conftest import Clinic


async def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command as a script does; gives its exit code and what it said."""
    code = await asyncio.to_thread(main, list(words))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
async def enrolled(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have a program; the address and the key stand in the environment. Gives a day before the visits."""
    monkeypatch.setenv("REWARDS_URL", clinic.url)
    monkeypatch.setenv("REWARDS_KEY", clinic.keys["manager"])
    await clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    return (clock.now() - timedelta(days=10)).date().isoformat()


def a_visit(days: int) -> str:
    """Give the time of a visit so many days ago."""
    return (clock.now() - timedelta(days=days)).isoformat()


async def test_a_script_registers_enrolls_records_and_corrects(
    enrolled: str, clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command prints the service's answer, and a repeat is the same."""
    who = ("send", "participant", "--reference", "A-1042", "--name", "Jordan Roe", "--json")
    code, out, _ = await run(capsys, *who)
    assert code == Exit.DONE
    person = json.loads(out)["id"]
    place = ("--participant", person, "--program", examples.PROGRAM.name, "--starts-on", enrolled)
    assert (await run(capsys, "send", "enrollment", *place))[0] == Exit.DONE
    visit = ("--participant-reference", "A-1042", "--behavior", "test", "--reference", "L-1")
    event = ("send", "event", *visit, "--outcome", "negative", "--occurred-at", a_visit(3))
    first = await run(capsys, *event)
    assert (first[0], first[1].partition(":")[0]) == (Exit.DONE, "Done")
    again = await run(capsys, *event)
    assert (again[0], again[1].partition(":")[0]) == (Exit.DONE, "On record before")
    kind = ("--kind", "lab_overturn", "--outcome", "positive", "--reason", "Confirmed")
    assert (await run(capsys, "send", "correction", "--reference", "L-1", *kind))[0] == Exit.DONE
    (known,) = (await clinic.get("/v1/events", participant=person)).json()["items"]
    assert (known["outcome"], known["recorded_outcome"]) == ("positive", "negative")


async def test_a_script_takes_a_reward_once_for_somebody(
    enrolled: str, clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same key again takes no second one; what cannot be had is refused with its code."""
    person = (await clinic.post("/v1/participants", {"reference": "A-1042"})).json()["id"]
    place = {"participant": person, "program": examples.PROGRAM.name, "starts_on": enrolled}
    await clinic.post("/v1/enrollments", place)
    told = {"participant": person, "behavior": "test", "outcome": "negative", "occurred_at": a_visit(3)}
    await clinic.post("/v1/events", told)
    before = await cents_of(clinic, person)
    pen = {"name": "A pen", "unit": "usd", "price": before // 2, "kind": "item", "category": "leisure"}
    reward = (await clinic.post("/v1/rewards", {**pen, "stock": 9})).json()["id"]
    take = ("send", "redemption", "--participant", person, "--reward", reward, "--once", "pen-of-today")
    first, again = await run(capsys, *take), await run(capsys, *take)
    assert (first[0], first[1].partition(":")[0]) == (Exit.DONE, "Done")
    assert (again[0], again[1].partition(":")[0]) == (Exit.DONE, "On record before")
    assert await cents_of(clinic, person) == before - before // 2
    more = (*take[:-1], "two-more", "--quantity", "2", "--json")
    code, out, _ = await run(capsys, *more)
    assert (code, json.loads(out)["code"]) == (Exit.REFUSED, "insufficient_balance")
    code, out, _ = await run(capsys, *take, "--quantity", "some", "--json")
    assert (code, json.loads(out)["code"]) == (Exit.USAGE, "usage")


async def cents_of(clinic: Clinic, person: str) -> int:
    """Give what somebody can spend, in cents."""
    (held,) = (await clinic.get(f"/v1/participants/{person}/balance")).json()["balances"]
    return int(held["available"])


async def test_a_batch_names_the_lines_that_were_refused(
    enrolled: str, clinic: Clinic, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """By their numbers in the file, with the exit code of refused lines; nothing is recorded twice."""
    person = (await clinic.post("/v1/participants", {"reference": "A-1042"})).json()["id"]
    place = {"participant": person, "program": examples.PROGRAM.name, "starts_on": enrolled}
    await clinic.post("/v1/enrollments", place)
    told = {"participant_reference": "A-1042", "behavior": "test"}
    lines = [
        {**told, "outcome": "negative", "occurred_at": a_visit(5), "reference": "L-1"},
        None,
        {**told, "outcome": "excellent", "occurred_at": a_visit(4), "reference": "L-2"},
        {**told, "outcome": "negative", "occurred_at": a_visit(3), "reference": "L-3"},
    ]
    file = tmp_path / "events.ndjson"
    file.write_text("\n".join("" if one is None else json.dumps(one) for one in lines), encoding="utf-8")
    code, out, _ = await run(capsys, "send", "batch", str(file), "--json")
    assert code == Exit.REFUSED
    counts = json.loads(out)
    assert (counts["sent"], counts["done"], counts["repeated"]) == (3, 2, 0)
    assert [(one["line"], one["code"]) for one in counts["refused"]] == [(3, "outcome_not_allowed")]
    code, out, err = await run(capsys, "send", "batch", str(file))
    assert (code, out) == (Exit.REFUSED, "3 sent: 0 recorded, 2 on record before, 1 refused.\n")
    assert "line 3:" in err


async def test_what_is_wrong_is_told_by_the_exit_code(
    enrolled: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """2 where what was typed or the key is wrong, 3 where it was refused, 4 where nothing answers."""
    assert enrolled
    event = ("send", "event", "--participant-reference", "B-1", "--behavior", "test", "--outcome", "negative")
    code, out, err = await run(capsys, *event, "--occurred-at", a_visit(1), "--json")
    assert (code, json.loads(out)["code"]) == (Exit.REFUSED, "not_enrolled")
    assert err.startswith("rewards: ")
    code, out, _ = await run(capsys, *event, "--occurred-at", "yesterday", "--json")
    assert (code, json.loads(out)["code"]) == (Exit.REFUSED, "invalid")
    wrong = tmp_path / "key"
    wrong.write_text("cmr_nonsense\n", encoding="utf-8")
    code, out, _ = await run(capsys, *event, "--key-file", str(wrong), "--json")
    assert (code, json.loads(out)["code"]) == (Exit.USAGE, "unauthenticated")
    code, out, _ = await run(capsys, *event, "--key-file", str(tmp_path / "none"), "--json")
    assert (code, json.loads(out)["code"]) == (Exit.USAGE, "usage")
    code, out, _ = await run(capsys, *event, "--url", "ftp://example", "--json")
    assert code == Exit.USAGE
    code, out, err = await run(capsys, *event, "--url", "http://127.0.0.1:9", "--tries", "2", "--json")
    assert (code, json.loads(out)["code"]) == (Exit.AWAY, "service_away")
    assert "--once" in err


class _Flaky(BaseHTTPRequestHandler):
    """Answers as it was told to, and keeps what it was sent."""

    answers: list[tuple[int, dict[str, str], bytes]]
    asked: list[tuple[str | None, bytes]]

    def do_POST(self) -> None:
        """Keep what was sent, and give the next answer."""
        body = self.rfile.read(int(self.headers["content-length"]))
        self.asked.append((self.headers["idempotency-key"], body))
        status, headers, told = self.answers.pop(0)
        if status == 0:
            # It was done, and the line breaks before the answer.
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(told))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def flaky(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[str, type[_Flaky]]]:
    """Serve some answers in their order; gives the address."""
    handler = type("Handler", (_Flaky,), {"answers": list(answers), "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        server.server_close()


async def test_what_was_not_answered_is_sent_again_with_the_same_key(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken line, a busy service, a first request in flight: the same body and key, then the answer."""
    monkeypatch.setenv("REWARDS_KEY", "cmr_key")
    in_flight = b'{"code": "idempotency_in_flight", "detail": "..."}'
    done = (201, {"content-type": "application/json"}, b'{"id": "x"}')
    answers = [(0, {}, b""), (503, {"retry-after": "0"}, b"busy"), (409, {}, in_flight), done]
    with flaky(*answers) as (url, there):
        code, out, _ = await run(capsys, "send", "participant", "--reference", "A", "--url", url)
    assert (code, out) == (Exit.DONE, "Done: x\n")
    assert len(there.asked) == 4
    assert len(set(there.asked)) == 1
    key, body = there.asked[0]
    assert key
    assert json.loads(body) == {"reference": "A"}


async def test_a_key_of_one_s_own_is_sent_and_another_command_has_another(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same key makes two runs of a script one deed; without one each run is its own."""
    monkeypatch.setenv("REWARDS_KEY", "cmr_key")
    done: tuple[int, dict[str, str], bytes] = (201, {}, b'{"id": "x"}')
    with flaky(done, done, done) as (url, there):
        who = ("send", "participant", "--reference", "A", "--url", url)
        await run(capsys, *who, "--once", "night-2026-11-20")
        await run(capsys, *who)
        await run(capsys, *who)
    keys = [key for key, _ in there.asked]
    assert keys[0] == "night-2026-11-20"
    assert len(set(keys)) == 3
