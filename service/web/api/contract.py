"""The contract and the pages around it, made once and sent as they are."""

import asyncio
import gzip
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

import schemas
from schemas.problem import Code
from service.core.refusals import refused
from service.web.contract import docs
from service.web.http.answers import CODES, JSON, MEANINGS, Answer, Header
from service.web.http.call import Call
from service.web.http.route import OPEN, route

HTML: Final = b"text/html; charset=utf-8"
SCRIPT: Final = b"text/javascript; charset=utf-8"
STYLE: Final = (Path(__file__).parents[1] / "docs.css").read_bytes()
PRINT: Final = Path(schemas.__file__).parent / "published" / "openapi.json"
"""The contract is served as it is printed; a test holds the print against the routes."""
_HOUR: Final = (b"cache-control", b"max-age=3600")
_FOR_EVER: Final = (b"cache-control", b"public, max-age=31536000, immutable")


@cache
def contract_bytes() -> bytes:
    """The OpenAPI document of every route, as it is served and printed."""
    return PRINT.read_bytes()


@cache
def packed_contract() -> bytes:
    """The same with gzip."""
    return gzip.compress(contract_bytes(), 9, mtime=0)


def packed_samples() -> bytes:
    """The contract with code samples, with gzip."""
    return docs.sampled(contract_bytes())


@route("GET", "/openapi.json", "read_contract", roles=OPEN, answer=dict[str, Any])
async def contract(call: Call) -> Answer:
    """Give this document."""
    return await _packed(call, JSON, packed_contract, _HOUR)


@route("GET", "/docs", "show_reference", roles=OPEN, answer=str, answer_media="text/html", shown=False)
async def shown(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Show the contract to people."""
    return Answer(200, docs.PAGE, [(b"content-type", HTML), _HOUR])


@route("GET", "/docs/openapi.json", "read_samples", roles=OPEN, answer=dict[str, Any], shown=False)
async def samples(call: Call) -> Answer:
    """Give the contract with code samples, for the reference page."""
    return await _packed(call, JSON, packed_samples, _HOUR)


@route(
    "GET",
    "/docs/reference.js",
    "read_reference_settings",
    roles=OPEN,
    answer=str,
    answer_media="text/javascript",
    shown=False,
)
async def settings(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Give the reference page its settings."""
    return Answer(200, docs.SETTINGS, [(b"content-type", SCRIPT), _HOUR])


@route(
    "GET",
    f"/docs/{docs.SCRIPT.stem}",
    "read_reference_script",
    roles=OPEN,
    answer=str,
    answer_media="text/javascript",
    shown=False,
)
async def script(call: Call) -> Answer:
    """Give the reference page its script."""
    return await _packed(call, SCRIPT, docs.script, _FOR_EVER)


@route(
    "GET",
    "/problems/{code}",
    "explain_refusal",
    roles=OPEN,
    answer=str,
    answer_media="text/html",
    shown=False,
)
async def problem(call: Call, code: str) -> Answer:
    """Explain one refusal."""
    if code not in CODES:
        return call.refuse(refused("not_found.refusal"))
    known: Code = code
    return Answer(200, docs.problem(known, MEANINGS[known]), [(b"content-type", HTML), _HOUR])


@route("GET", "/docs.css", "read_style", roles=OPEN, answer=str, answer_media="text/css", shown=False)
async def style(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Give the pages of refusals their look."""
    return Answer(200, STYLE, [(b"content-type", b"text/css; charset=utf-8"), _HOUR])


async def _packed(call: Call, media: bytes, make: Callable[[], bytes], kept: Header) -> Answer:
    """Answer with what is held with gzip: as it is where the client takes that, else unpacked.

    It is made once, beside the event loop; whoever has it is told so (RFC 9110, 13.1.2).
    """
    held = _held.get(make)
    if held is None:
        held = _held[make] = await asyncio.to_thread(_Held.of, make)
    takes_gzip = "gzip" in (call.header(b"accept-encoding") or "")
    tag = held.tag + (b'-gzip"' if takes_gzip else b'"')
    headers = [(b"content-type", media), kept, (b"vary", b"accept-encoding"), (b"etag", tag)]
    known = (call.header(b"if-none-match") or "").encode("latin-1")
    if known.strip() == b"*" or tag in known:
        return Answer(304, b"", headers)
    if takes_gzip:
        return Answer(200, held.packed, [*headers, (b"content-encoding", b"gzip")])
    return Answer(200, held.plain, headers)


class _Held(NamedTuple):
    """A document as it is sent, packed and plain, and what its ETag begins with."""

    packed: bytes
    plain: bytes
    tag: bytes

    @classmethod
    def of(cls, make: Callable[[], bytes]) -> "_Held":
        packed = make()
        return cls(
            packed, gzip.decompress(packed), b'"' + blake2b(packed, digest_size=12).hexdigest().encode()
        )


_held: Final[dict[Callable[[], bytes], _Held]] = {}
