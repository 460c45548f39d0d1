"""A body that says one name twice is refused with the place: nobody knows which was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.web.http.twice import name_twice
from tests.web.conftest import assert_problem

if TYPE_CHECKING:
    from tests.web.conftest import Clinic


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"a":1,"a":2}', "$.a"),
        (b'{"a":1,"\\u0061":2}', "$.a"),
        (b'{"a":{"b":[{},{"c":1,"d":{},"c":2}]}}', "$.a.b[1].c"),
        (b'[{"x":{"y":1,"y":1}}]', "$[0].x.y"),
        (b'{"a":"\\"a\\":","b":[{"a":1},{"a":2}]}', None),
        (b'{"a":{"a":{"a":1}}}', None),
        (b'"a"', None),
    ],
)
def test_the_place_of_a_name_that_is_said_twice(body: bytes, place: str | None) -> None:
    """However it is spelled and wherever it stands; the same name in another object is another."""
    assert name_twice(body) == place


async def test_a_body_with_a_name_twice_is_refused_and_nothing_is_done(clinic: Clinic) -> None:
    """With 400 and the place, in a call by itself and in an item of a batch."""
    media = {"content-type": "application/json"}
    body = b'{"reference":"A-1","name":"Ann","reference":"A-2"}'
    answer = await clinic.client().post("/v1/participants", content=body, headers=media)
    assert_problem(answer, 400, "malformed")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["$.reference"]
    assert (await clinic.get("/v1/participants")).json()["items"] == []
    event = b'{"participant_reference":"A-1","behavior":"test","outcome":"negative","outcome":"positive"}'
    batch = await clinic.client().post("/v1/events/batch", content=b"[" + event + b"]", headers=media)
    [result] = batch.json()["results"]
    assert result["problem"]["code"] in {"malformed", "invalid"}
