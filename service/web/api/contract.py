"""The contract and the few plain pages around it, made once and sent as they are."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from schemas.problem import Code
from service.core.refusals import refused
from service.web.contract import docs
from service.web.http.answers import CODES, MEANINGS, Answer, as_json
from service.web.http.call import Call
from service.web.http.route import OPEN, route

HTML: Final = b"text/html; charset=utf-8"
STYLE: Final = (Path(__file__).parents[1] / "docs.css").read_bytes()
_HOUR: Final = (b"cache-control", b"max-age=3600")


@cache
def contract_bytes() -> bytes:
    """The OpenAPI document of every route, as it is served and printed."""
    from service.web.api.routes import ROUTES  # noqa: PLC0415  the same
    from service.web.contract.openapi import document  # noqa: PLC0415  the document lists the routes, this one among them

    return msgspec.json.format(msgspec.json.encode(document(ROUTES)), indent=2) + b"\n"


@cache
def docs_bytes() -> bytes:
    """The page for people, made from the same document."""
    return docs.page(msgspec.json.decode(contract_bytes()))


@route("GET", "/openapi.json", roles=OPEN, answer=dict[str, Any])
async def contract(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Give this document."""
    return as_json(contract_bytes(), 200, _HOUR)


@route("GET", "/docs", roles=OPEN, answer=str, answer_media="text/html", shown=False)
async def shown(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Show the contract to people."""
    return Answer(200, docs_bytes(), [(b"content-type", HTML), _HOUR])


@route("GET", "/problems/{code}", roles=OPEN, answer=str, answer_media="text/html", shown=False)
async def problem(call: Call, code: str) -> Answer:
    """Explain one refusal."""
    if code not in CODES:
        return call.refuse(refused("not_found", "There is no refusal of this name."))
    known: Code = code
    return Answer(200, docs.problem(known, MEANINGS[known]), [(b"content-type", HTML), _HOUR])


@route("GET", "/docs.css", roles=OPEN, answer=str, answer_media="text/css", shown=False)
async def style(call: Call) -> Answer:  # noqa: ARG001  every handler is given its call
    """Give the pages their look."""
    return Answer(200, STYLE, [(b"content-type", b"text/css; charset=utf-8"), _HOUR])
