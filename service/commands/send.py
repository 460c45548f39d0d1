"""`rewards send …`: tells a service something over HTTP, tried again with the same idempotency key.

Nothing of the service's own stores is used: a script on any machine sends with an address and a key. What was
sent and not answered is sent again with the same key, so it is done once.
"""

import os
import secrets
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import httpx
import msgspec
from msgspec import Struct

from service.commands.send_options import CORRECTION, ENROLLMENT, EVENT, PARTICIPANT, REDEMPTION, fields_of
from service.commands.speech import CommandError, Exit, complain, say, say_json

LINES_AT_ONCE: Final = 1000
"""How many events one request holds."""
WAIT_S: Final = 0.5
"""The wait before the second try; each later one is twice as long."""
WAIT_S_MAX: Final = 30.0
TIMEOUT_S: Final = 60.0
AGAIN: Final = frozenset({408, 425, 429, 502, 503, 504})
"""Answers after which the same is sent again; a first request in flight (409) is another."""
IN_FLIGHT: Final = "idempotency_in_flight"
KEY_WRONG: Final = frozenset({401, 403})
REPEATED: Final = 200
REFUSED: Final = range(400, 500)


class Door(Struct, frozen=True):
    """Where it is sent to, by which key, and how often."""

    url: str
    key: str
    tries: int


def event(args: Namespace) -> int:
    """Record a verified behavior."""
    body = fields_of(args, EVENT)
    if "quantity" in body:
        body["quantity"] = _number(str(body["quantity"]))
    if "minutes" in body:
        body["minutes"] = _whole(str(body["minutes"]), "--minutes")
    body |= {name: True for name in ("another", "corrects") if getattr(args, name)}
    return _sent(args, "/v1/events", body)


def participant(args: Namespace) -> int:
    """Register somebody."""
    body = fields_of(args, PARTICIPANT)
    if "birth_year" in body:
        body["birth_year"] = _whole(str(body["birth_year"]), "--birth-year")
    return _sent(args, "/v1/participants", body)


def enrollment(args: Namespace) -> int:
    """Enroll somebody in a program."""
    return _sent(args, "/v1/enrollments", fields_of(args, ENROLLMENT))


def correction(args: Namespace) -> int:
    """Correct what is on record."""
    body = fields_of(args, CORRECTION)
    if "minutes" in body:
        body["minutes"] = _whole(str(body["minutes"]), "--minutes")
    return _sent(args, "/v1/corrections", body)


def redemption(args: Namespace) -> int:
    """Take a reward from the shelf for somebody."""
    body = fields_of(args, REDEMPTION)
    if "quantity" in body:
        body["quantity"] = _whole(str(body["quantity"]), "--quantity")
    return _sent(args, "/v1/redemptions", body)


def batch(args: Namespace) -> int:
    """Record many events; refused lines are named, and end with the exit code 3."""
    door, once = door_of(args), args.once or new_key()
    sent = done = repeated = 0
    refused: list[dict[str, object]] = []
    for first, lines in _pieces(_lines(args.file)):
        piece_key = f"{once}:{first}"
        answer = post(door, "/v1/events/batch", b"\n".join(lines), "application/x-ndjson", piece_key)
        sent += len(lines)
        for one in _read(answer)["results"]:
            if "problem" in one and one["problem"] is not None:
                problem = one["problem"]
                line = first + int(one["index"])
                refused.append({"line": line, "code": problem["code"], "detail": problem["detail"]})
            elif one["status"] == REPEATED:
                repeated += 1
            else:
                done += 1
    if args.json:
        say_json({"sent": sent, "done": done, "repeated": repeated, "refused": refused})
    else:
        say(f"{sent} sent: {done} recorded, {repeated} on record before, {len(refused)} refused.")
        for one in refused:
            complain(f"line {one['line']}: {one['detail']} ({one['code']})")
    return Exit.REFUSED if refused else Exit.DONE


def door_of(args: Namespace) -> Door:
    """Where to send to and by which key, as typed or as the environment says."""
    url = args.url or os.environ.get("REWARDS_URL", "")
    if not url.startswith(("http://", "https://")):
        raise _usage("Say where the service is: --url https://… or REWARDS_URL.")
    key_file = args.key_file or os.environ.get("REWARDS_KEY_FILE")
    try:
        text = os.environ.get("REWARDS_KEY", "") if key_file is None else Path(key_file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _usage(f"{key_file} cannot be read ({type(error).__name__}). Correct --key-file.") from None
    key = text.strip()
    if not key or not key.isascii() or not key.isprintable():
        raise _usage("Say by which key to send: REWARDS_KEY, REWARDS_KEY_FILE or --key-file.")
    return Door(url.rstrip("/"), key, args.tries)


def new_key() -> str:
    """A new idempotency key."""
    return secrets.token_hex(16)


def post(door: Door, path: str, body: bytes, media: str, once: str) -> httpx.Response:
    """Send something until it is answered: the same body with the same key.

    Raises CommandError where it was refused, or not answered after so many tries.
    """
    headers = {"authorization": f"Bearer {door.key}", "content-type": media, "idempotency-key": once}
    why = "nothing answers"
    for turn in range(door.tries):
        wait_s = min(WAIT_S * 2**turn, WAIT_S_MAX)
        try:
            answer = httpx.post(f"{door.url}{path}", content=body, headers=headers, timeout=TIMEOUT_S)
        except httpx.TransportError as error:
            why = type(error).__name__
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError):
            raise _usage("The address of the service is not one. Correct --url or REWARDS_URL.") from None
        else:
            if not _is_to_be_sent_again(answer):
                return _judged(answer)
            why, wait_s = f"it answers {answer.status_code}", _asked_wait_s(answer, wait_s)
        if turn + 1 < door.tries:
            time.sleep(wait_s)
    detail = f"{door.url} took it {door.tries} times without an answer ({why}). Send it again later."
    raise CommandError(Exit.AWAY, "service_away", f"{detail} The key of this request: --once {once}")


def _sent(args: Namespace, path: str, body: Mapping[str, object]) -> int:
    once = args.once or new_key()
    answer = post(door_of(args), path, msgspec.json.encode(body), "application/json", once)
    told = _read(answer)
    if args.json:
        say_json(told)
    else:
        own = told.get("id") or (told.get("event") or {}).get("id")
        is_again = answer.status_code == REPEATED or "idempotent-replayed" in answer.headers
        say(f"{'On record before' if is_again else 'Done'}: {own}")
    return Exit.DONE


def _is_to_be_sent_again(answer: httpx.Response) -> bool:
    return answer.status_code in AGAIN or (answer.is_error and _code(answer) == IN_FLIGHT)


def _asked_wait_s(answer: httpx.Response, own_s: float) -> float:
    after = answer.headers.get("retry-after", "")
    return min(max(float(after), own_s), WAIT_S_MAX) if after.isdecimal() else own_s


def _judged(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    told = _read(answer)
    detail, code = str(told.get("detail") or f"it answers {answer.status_code}"), _code(answer)
    places = [f"{one['pointer']}: {one['detail']}" for one in told.get("errors") or ()]
    text = "\n".join(dict.fromkeys([detail, *places]))
    if answer.status_code in KEY_WRONG:
        raise CommandError(Exit.USAGE, code, text)
    kind = Exit.REFUSED if answer.status_code in REFUSED else Exit.AWAY
    raise CommandError(kind, code, text)


def _read(answer: httpx.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    if isinstance(told, dict):
        return told
    if not answer.is_success:
        return {}
    raise CommandError(Exit.AWAY, "service_away", "What answers is not this service. Correct --url.")


def _code(answer: httpx.Response) -> str:
    return str(_read(answer).get("code") or "refused") if answer.is_error else ""


def _lines(path: Path) -> Iterator[bytes]:
    if str(path) == "-":
        yield from sys.stdin.buffer
        return
    with path.open("rb") as file:
        yield from file


def _pieces(lines: Iterator[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Pieces of a file, each with the number of its first line; an empty line ends one."""
    piece: list[bytes] = []
    first = 1
    for number, line in enumerate(lines, 1):
        if not line.strip():
            if piece:
                yield first, piece
                piece = []
            continue
        if not piece:
            first = number
        piece.append(line.rstrip(b"\r\n"))
        if len(piece) == LINES_AT_ONCE:
            yield first, piece
            piece = []
    if piece:
        yield first, piece


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise _usage(f"--quantity {text} is not a number.") from None


def _whole(text: str, option: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise _usage(f"{option} {text} is not a whole number.")
    return int(text)


def _usage(detail: str) -> CommandError:
    return CommandError(Exit.USAGE, "usage", detail)
