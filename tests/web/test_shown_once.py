"""What is shown once is in the first answer alone: no repeat holds it, and nothing that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import asdict

from schemas.keys import IssuedKey
from schemas.staff import CreatedStaff, OpenedStaffSession
from service.flows.shown_once import shown_once, withheld
from service.store.idempotency import ANSWER
from service.web.api.routes import ROUTES
from service.web.contract.fields import SHARED, descriptions
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Clinic, Server

URL: Final = "https://receiver.example.org/notices"
SUBSCRIBER: Final = {"url": URL, "types": ["award.posted"]}
SOURCE: Final = {"name": "County laboratory", "verifier": {"type": "bearer"}}
STAFF: Final = {"email": "new@clinic.example", "role": "front_desk"}
SCOPES: Final = {"role": "integration", "label": "The lab"}
NOT_KEPT: Final = {OpenedStaffSession: "no answer of a sign-in is kept"}
"""Answers with a secret that `ShownOnce` need not mark: with the reason."""

WAYS: Final[list[tuple[str, str, dict[str, Any] | None, list[str]]]] = [
    ("", "/v1/keys", SCOPES, ["key"]),
    ("", "/v1/staff", STAFF, ["invitation.url"]),
    ("/v1/staff", "/v1/staff/{id}/invitation", None, ["invitation.url"]),
    ("", "/v1/subscribers", SUBSCRIBER, ["secret"]),
    ("/v1/subscribers", "/v1/subscribers/{id}/secret", None, ["secret"]),
    ("", "/v1/sources", SOURCE, ["secret"]),
    ("/v1/sources", "/v1/sources/{id}/secret", {}, ["secret"]),
    ("/v1/participants", "/v1/participants/{id}/code", None, ["code", "url"]),
]
FIRST: Final[dict[str, Any]] = {
    "/v1/staff": STAFF,
    "/v1/subscribers": SUBSCRIBER,
    "/v1/sources": SOURCE,
    "/v1/participants": {"reference": "A-1"},
}
"""What is made before, by its path."""


def taken(body: dict[str, Any], place: str) -> str | None:
    """Take what stands at a place such as `invitation.url`, and leave null."""
    *outer, name = place.split(".")
    for one in outer:
        body = body[one]
    value: str | None = body[name]
    body[name] = None
    return value


async def kept(server: Server, clinic: Clinic) -> bytes:
    """All that is kept of the clinic's answers, opened, beside the rows as they are."""
    async with server.database.transaction(UUID(clinic.id)) as tx:
        rows = await tx.connection.fetch("select *, i::text as row from idempotency i")
        opened = [tx.cipher.open(tx.clinic, ANSWER, row["answer"]) for row in rows]
    assert opened
    return b"\n".join([*opened, *(row["row"].encode() for row in rows)])


@pytest.mark.parametrize(("first", "path", "body", "places"), WAYS, ids=[way[1] for way in WAYS])
async def test_a_repeat_says_that_the_secret_was_shown_and_no_kept_answer_holds_it(
    server: Server, clinic: Clinic, first: str, path: str, body: dict[str, Any] | None, places: list[str]
) -> None:
    """Everything else is as in the first answer, the status and the address too."""
    if first:
        path = path.format(id=(await clinic.post(first, FIRST[first])).json()["id"])

    async def ask() -> httpx.Response:
        sent = b"" if body is None else msgspec.json.encode(body)
        headers = {"idempotency-key": "once", "content-type": "application/json"}
        return await clinic.client().post(path, headers=headers, content=sent)

    made, again = await ask(), await ask()
    assert made.is_success, made.text
    answer = made.json()
    secrets = [taken(answer, place) for place in places]
    assert "secret-shown-before" not in made.headers
    assert (again.status_code, again.json()) == (made.status_code, answer)
    assert (again.headers["idempotent-replayed"], again.headers["secret-shown-before"]) == ("true", "true")
    assert again.headers.get("location") == made.headers.get("location")
    on_record = await kept(server, clinic)
    for secret in secrets:
        assert secret is not None
        assert secret.encode() not in on_record
        # Without the address or the prefix before it: its end alone says enough to whoever looks for it.
        assert secret[-32:].encode() not in on_record


async def test_what_shows_nothing_once_is_answered_again_as_it_was(clinic: Clinic) -> None:
    """No word of secrets in other answers; another request under the key is a conflict as ever."""
    ask = {"reference": "A-1"}
    made = await clinic.post("/v1/participants", ask, idempotency_key="once")
    again = await clinic.post("/v1/participants", ask, idempotency_key="once")
    assert (again.content, "secret-shown-before" in again.headers) == (made.content, False)
    other = await clinic.post("/v1/keys", SCOPES, idempotency_key="once")
    assert_problem(other, 422, "idempotency_conflict")


def test_every_secret_of_an_answer_is_marked() -> None:
    """A field that says `shown once`, or is named as a secret is, in whatever a POST answers with."""
    answers = {route.answer for route in ROUTES if route.method == "POST"}
    found = set()
    for shape in answers - set(NOT_KEPT):
        if not (isinstance(shape, type) and issubclass(shape, Struct)):
            continue
        says = descriptions(shape, SHARED)
        secrets = {
            name
            for name in shape.__struct_fields__
            if "shown once" in says.get(name, "") or name in {"key", "secret", "token", "password", "otp"}
        }
        assert secrets <= {path[0] for path in shown_once(shape)}, shape
        found |= {shape} if shown_once(shape) else set()
    assert len(found) == 6


def test_what_is_withheld_leaves_the_rest() -> None:
    """Inside another shape too; null stays null."""
    issued = IssuedKey(uuid4(), "cmr_x", "integration", "The lab")
    assert asdict(withheld(issued)) == {**asdict(issued), "key": None}
    one = CreatedStaff(uuid4(), "a@clinic.example", "manager")
    assert withheld(one) == one
    assert withheld(msgspec.UNSET) is msgspec.UNSET
