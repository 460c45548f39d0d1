"""A source that is asked: what is new comes once, and our token is shown nowhere else."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from msgspec.structs import replace

from schemas.inbound import Bearer, NewSource
from schemas.pulls import NewPull, Pull
from service.core.inbound.result_presets import FHIR
from service.flows.inbound.process import process_kept
from service.flows.inbound.pulls import end_pull, pull_sources, read_pull, set_pull
from service.outbound.addresses import Allowed
from service.outbound.post import Bounds, WebhookClient
from tests.flows.conftest import count
from tests.flows.sending import Sender, sender
from tests.flows.test_feeds import california

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

LOOPBACK = Allowed(loopback=True)
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


class There(BaseHTTPRequestHandler):
    """A FHIR server with a token endpoint that checks our signature."""

    observations: list[dict[str, Any]]
    asked: list[str]
    shown: list[str | None]
    jwks: Any
    page: int
    faults: list[int]
    elsewhere: bool
    endless: bool

    def do_POST(self) -> None:
        """Give a token for an assertion that is right."""
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        told = jwt.decode(form["client_assertion"][0], KeySet.import_key_set(self.jwks), algorithms=["ES384"])
        assert told.claims["iss"] == told.claims["sub"] == "rewards"
        assert told.claims["aud"] == f"http://{self.headers['host']}/token"
        assert form["scope"] == ["system/Observation.rs"]
        self._answer(200, {"access_token": f"T{len(self.shown)}", "token_type": "bearer", "expires_in": 300})

    def do_GET(self) -> None:
        """Give a page of what was changed after a moment."""
        self.asked.append(self.path)
        self.shown.append(self.headers["authorization"])
        if self.faults:
            status = self.faults.pop(0)
            return self._answer(status, {"resourceType": "OperationOutcome"}) if status else None
        asked = parse_qs(urlsplit(self.path).query)
        since = asked["_lastUpdated"][0]
        assert since.startswith("gt")
        after = datetime.fromisoformat(since[2:])
        start = int(asked.get("at", ["0"])[0])
        found = [
            one for one in self.observations if datetime.fromisoformat(one["meta"]["lastUpdated"]) > after
        ]
        shown = found[start : start + self.page]
        bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset"}
        bundle["entry"] = [{"resource": one} for one in shown] + [
            {"resource": {"resourceType": "OperationOutcome"}}
        ]
        base = "http://evil.example" if self.elsewhere else f"http://{self.headers['host']}"
        if start + self.page < len(found) or self.endless:
            nexts = f"{base}/fhir/Observation?_lastUpdated={since}&at={start + self.page}"
            bundle["link"] = [{"relation": "self", "url": self.path}, {"relation": "next", "url": nexts}]
        return self._answer(200, bundle)

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[tuple[str, type[There]]]:
    """Serve such a server; gives its address and what it keeps."""
    fresh = {"observations": [], "asked": [], "shown": [], "faults": [], "jwks": {}, "page": 2}
    made = type("Served", (There,), {**fresh, "elsewhere": False, "endless": False})
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", made
    finally:
        server.shutdown()
        server.server_close()


def observation(number: int, minutes: int, **more: object) -> dict[str, Any]:
    """Give a result of a drug screen that was changed so many minutes after the beginning."""
    updated = (AT + timedelta(minutes=minutes)).isoformat()
    return {"resourceType": "Observation", "id": f"o{number}", "meta": {"lastUpdated": updated}, **more}


class Asking:
    """A clinic with a source that is asked, and a worker that asks when it is told to."""

    def __init__(self, scene: Scene, one: Sender, url: str, there: type[There]) -> None:
        self.scene, self.sender, self.url, self.there = scene, one, url, there
        self.client = WebhookClient(
            Bounds(deadline_s=2.0, read_s=2.0, answer_bytes=4 * 1024 * 1024), LOOPBACK
        )

    @property
    def source(self) -> Any:  # noqa: ANN401  its id
        """The source's id."""
        return self.sender.source.id

    async def set(self, **more: Any) -> Pull:  # noqa: ANN401  fields of a pull
        """Have it asked from the beginning on, by tokens."""
        new = NewPull(f"{self.url}/fhir", token_url=f"{self.url}/token", client_id="rewards", since=AT)
        made = await self.scene.value(lambda act: set_pull(act, self.source, replace(new, **more), LOOPBACK))
        self.there.jwks = made.jwks
        return made

    async def round(self, **later: float) -> int:
        """Turn the clock on, and ask what is due."""
        self.scene.clock.now += timedelta(**later)
        return await pull_sources(self.scene.database, self.client, self.scene.clinic)

    async def known(self) -> Pull:
        """Give how it stands."""
        return await self.scene.value(lambda act: read_pull(act, self.source))


@pytest.fixture
def asking(scene: Scene) -> Iterator[Any]:
    """Give a way to begin with a source and a server."""
    with serving() as (url, there):
        made: list[Asking] = []

        async def begin() -> Asking:
            await california(scene)
            one = await sender(scene, NewSource(verifier=Bearer(), mapping=FHIR))
            made.append(Asking(scene, one, url, there))
            return made[0]

        yield begin
        for one in made:
            one.client.close()


async def test_what_is_new_comes_once_page_by_page(asking: Any) -> None:  # noqa: ANN401
    """By a signed token, from the moment on that was asked for, and later only what changed since."""
    own = await asking()
    await own.set()
    own.there.observations = [observation(number, number) for number in range(1, 6)]
    assert await own.round(minutes=1) == 5
    assert len(own.there.asked) == 3
    assert own.there.asked[0].startswith("/fhir/Observation?_lastUpdated=gt2026-11-20T10%3A00%3A00.000000Z")
    assert all(one is not None and one.startswith("Bearer T") for one in own.there.shown)
    assert await count(own.scene, "inbound_messages") == 5
    known = await own.known()
    assert (known.since, known.messages, known.fault) == (AT + timedelta(minutes=5), 5, None)
    assert await own.round(minutes=1) == 0
    own.there.observations.append(observation(2, 30, status="amended"))
    assert await own.round(minutes=15) == 1
    assert await count(own.scene, "inbound_messages") == 6
    # What came is taken up as any message is.
    assert await process_kept(own.scene.database, own.scene.clinic, timedelta(minutes=5)) == 6


async def test_a_walk_that_breaks_off_goes_on_with_the_page_that_was_next(asking: Any) -> None:  # noqa: ANN401
    """What came is not asked for again, and what was changed until then counts as here only at the end."""
    own = await asking()
    await own.set()
    own.there.observations = [observation(number, number) for number in range(1, 6)]
    own.there.page = 2
    asked = own.there.do_GET

    def breaks(self: There) -> None:
        if "at=2" in self.path and not getattr(There, "broke", False):
            There.broke = True  # type: ignore[attr-defined]  # once
            self.faults.append(500)
        asked(self)

    own.there.do_GET = breaks
    assert await own.round(minutes=1) == 2
    known = await own.known()
    assert (known.since, known.messages, known.fault) == (AT, 2, "no_answer")
    assert await own.round(seconds=30) == 0
    assert await own.round(minutes=1) == 3
    known = await own.known()
    assert (known.since, known.messages, known.fault) == (AT + timedelta(minutes=5), 5, None)
    assert await count(own.scene, "inbound_messages") == 5


async def test_a_page_at_another_server_is_not_followed(asking: Any) -> None:  # noqa: ANN401
    """Our token is shown to the server that it is for, and to nobody that its answers name."""
    own = await asking()
    await own.set()
    own.there.observations = [observation(number, number) for number in range(1, 6)]
    own.there.elsewhere = True
    assert await own.round(minutes=1) == 0
    assert (await own.known()).fault == "elsewhere"
    assert len(own.there.asked) == 1


async def test_pages_without_an_end_let_others_have_their_turn(asking: Any) -> None:  # noqa: ANN401
    """So many pages in a row, and the walk goes on where it was."""
    own = await asking()
    await own.set()
    own.there.endless = True
    assert await own.round(minutes=1) == 0
    assert len(own.there.asked) == 20
    await own.round(seconds=2)
    assert len(own.there.asked) == 40
    assert own.there.asked[20] != own.there.asked[0]
    await own.scene.value(lambda act: end_pull(act, own.source))
    assert await own.round(minutes=20) == 0


async def test_faults_are_named_and_it_is_asked_again_ever_more_seldom(asking: Any) -> None:  # noqa: ANN401
    """Each fault has its word; the source is asked again after a minute, then two, then four."""
    own = await asking()
    await own.set()
    for status, word in ((401, "denied"), (429, "busy"), (302, "redirected"), (400, "unreadable")):
        await own.set()
        own.there.faults[:] = [status]
        assert await own.round(minutes=1) == 0
        assert (await own.known()).fault == word
    await own.set()
    own.there.faults[:] = [500, 500, 500]
    asked = len(own.there.asked)
    for wait in (1, 1, 2):
        await own.round(minutes=wait)
    assert len(own.there.asked) - asked == 3
    await own.round(minutes=3)
    assert len(own.there.asked) - asked == 3
    await own.round(minutes=1)
    assert len(own.there.asked) - asked == 4
    assert (await own.known()).fault is None


async def test_an_address_inside_is_never_asked(asking: Any) -> None:  # noqa: ANN401
    """As for notices: the server and the token endpoint have public addresses."""
    own = await asking()
    for more in ({"base": "http://10.0.0.8/fhir"}, {"token_url": "http://169.254.169.254/token"}):
        fit = NewPull("https://ehr.example.org", token_url="https://ehr.example.org", client_id="x")
        new = replace(fit, **more)
        code, _ = await own.scene.refusal(lambda act, new=new: set_pull(act, own.source, new, Allowed()))
        assert code == "url_not_allowed"
    await own.set()
    strict = WebhookClient(Bounds(deadline_s=2.0), Allowed())
    assert await pull_sources(own.scene.database, strict, own.scene.clinic) == 0
    assert ((await own.known()).fault, own.there.asked) == ("address", [])
    strict.close()


async def test_a_notice_with_ids_alone_has_the_source_asked_at_once(asking: Any) -> None:  # noqa: ANN401
    """A subscription tells that there is something: it is fetched, and the notice itself waits for nobody."""
    own = await asking()
    await own.set(every_minutes=1440)
    assert await own.round(minutes=1) == 0
    own.there.observations = [observation(1, 30)]
    assert await own.round(minutes=5) == 0
    status = {
        "resourceType": "Parameters",
        "parameter": [{"name": "type", "valueCode": "event-notification"}],
    }
    told = {"resourceType": "Bundle", "type": "history", "entry": [{"resource": status}]}
    taken = await own.sender.send(json.dumps(told).encode())
    assert (await own.sender.read(taken.message.id)).status == "ignored"
    assert await own.round(seconds=1) == 1


async def test_the_same_resource_is_kept_once(asking: Any) -> None:  # noqa: ANN401
    """A server that gives a resource twice, in two pages, is taken at its word once."""
    own = await asking()
    await own.set()
    own.there.observations = [observation(1, 1), observation(1, 1), observation(1, 1)]
    assert await own.round(minutes=1) == 3
    assert await count(own.scene, "inbound_messages") == 1
