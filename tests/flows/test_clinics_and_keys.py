"""A clinic begins with its audit chain; a key is known by its hash and stops when revoked."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from schemas.keys import NewKey
from schemas.shown_once import shown
from service.core.cursors import Page
from service.core.refusals import Refused
from service.flows.access.keys import find_key, issue_key, list_keys, revoke_key
from service.flows.perform import Done, perform
from service.flows.setup.clinics import create_clinic, operator

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def test_a_clinic_begins_with_an_audit_entry(scene: Scene) -> None:
    """The first thing told in a clinic is that it was created."""
    assert await scene.deeds() == ["clinic.created"]


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "a\0b", "A" * 300])
async def test_a_time_zone_that_there_is_not_is_refused(scene: Scene, zone: str) -> None:
    """Days and weeks are counted in the clinic's zone, so it must be one."""
    made = await create_clinic(scene.database, "Clinic", zone)
    assert isinstance(made, Refused)
    assert (made.code, made.faults[0].pointer) == ("invalid", "timezone")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\0b", "x" * 201])
async def test_a_clinic_s_name_is_short_and_on_one_line(scene: Scene, name: str) -> None:
    """A name that cannot be shown is refused."""
    made = await create_clinic(scene.database, name, "UTC")
    assert isinstance(made, Refused)
    assert (made.code, made.faults[0].pointer) == ("invalid", "name")


async def test_a_key_signs_its_holder_in_as_itself(scene: Scene) -> None:
    """The actor is the key, in its clinic, with its role."""
    issued = await scene.value(lambda act: issue_key(act, NewKey("front_desk", "The desk")))
    known = await find_key(scene.database, shown(issued.key))
    assert known is not None
    actor = known.actor
    assert (actor.clinic, actor.id, actor.role) == (scene.clinic, issued.id, "front_desk")
    assert shown(issued.key).startswith("cmr_")
    assert len(shown(issued.key)) == 68


async def test_a_revoked_key_is_unauthenticated_and_revoking_is_idempotent(scene: Scene) -> None:
    """A key is revoked once and for good."""
    issued = await scene.value(lambda act: issue_key(act, NewKey("manager")))
    first = await scene.value(lambda act: revoke_key(act, issued.id))
    assert await find_key(scene.database, shown(issued.key)) is None
    assert await scene.value(lambda act: revoke_key(act, issued.id)) == first
    assert first.revoked_at == scene.clock.now


async def test_a_key_cannot_revoke_itself(scene: Scene) -> None:
    """A slip must not lock a clinic out: another key has to do it."""
    own = scene.actor("manager").id
    assert await scene.refusal(lambda act: revoke_key(act, own)) == ("forbidden", ())


async def test_a_key_that_was_not_issued_is_nobody(scene: Scene) -> None:
    """Malformed, foreign, shortened and changed keys are all the same to us."""
    issued = await scene.value(lambda act: issue_key(act, NewKey("manager")))
    other = base64.urlsafe_b64encode(uuid4().bytes + bytes(32)).decode()
    secret = shown(issued.key)
    changed = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    near = [secret[4:], secret[:-1], secret + "A", changed]
    for key in ["", "cmr_", "cmr_é", *near, f"cmr_{other}"]:
        assert await find_key(scene.database, key) is None


async def test_a_key_s_secret_is_in_no_list_and_in_no_table(scene: Scene) -> None:
    """What is kept is a hash; the list shows who may act, revoked or not."""
    issued = await scene.value(lambda act: issue_key(act, NewKey("auditor", "County")))
    page = await scene.value(lambda act: list_keys(act, Page()))
    assert [(key.id, key.label) for key in page.items] == [(issued.id, "County")]
    assert shown(issued.key).encode() not in repr(page).encode()


async def test_a_key_for_no_clinic_and_the_revocation_of_no_key_are_refused(scene: Scene) -> None:
    """What is not there is not found, in another clinic too."""
    nowhere = operator(uuid4())
    answer = await perform(scene.database, nowhere, lambda act: issue_key(act, NewKey("manager")))
    assert isinstance(answer, Refused)
    assert answer.code == "not_found"
    issued = await (await scene.elsewhere()).value(lambda act: issue_key(act, NewKey("manager")))
    assert await scene.refusal(lambda act: revoke_key(act, issued.id)) == ("not_found", ())
    assert await find_key(scene.database, shown(issued.key)) is not None


async def test_a_clinic_created_is_answered_as_it_is(scene: Scene) -> None:
    """The name and the zone come back with the id."""
    made = await create_clinic(scene.database, "Río", "America/Puerto_Rico")
    assert isinstance(made, Done)
    assert (made.made, made.value.name, made.value.timezone) == ("created", "Río", "America/Puerto_Rico")
