"""Words that came later than an event: appended once, sealed, and covered by `rewards verify`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schemas.events import NewAddition
from service.flows.visits.additions import add_to_event, read_additions
from tests.flows.conftest import MONDAY, count

if TYPE_CHECKING:
    from uuid import UUID

    from tests.flows.conftest import Scene


async def recorded(scene: Scene) -> UUID:
    """Record an event; gives its id."""
    enrollment = await scene.enrolled()
    return (await scene.record(enrollment.id, "negative", MONDAY)).event.id


async def test_note_is_appended_and_the_same_note_is_found(scene: Scene) -> None:
    """In the order added; no award changes, and the trail names the event and no word of it."""
    event = await recorded(scene)
    awards = await count(scene, "awards")
    first = await scene.done(partial(add_to_event, event_id=event, new=NewAddition("Typed up by Ana.")))
    assert first.made == "created"
    again = await scene.done(partial(add_to_event, event_id=event, new=NewAddition("Typed up by Ana.")))
    assert (again.made, again.value) == ("found", first.value)
    await scene.value(partial(add_to_event, event_id=event, new=NewAddition(None, "LAB-55")))
    items = (await scene.value(partial(read_additions, event_id=event))).items
    assert [(one.note, one.evidence) for one in items] == [("Typed up by Ana.", None), (None, "LAB-55")]
    assert await count(scene, "awards") == awards
    assert (await scene.deeds()).count("event.added_to") == 2


async def test_addition_of_nothing_and_to_no_event_is_refused(scene: Scene) -> None:
    """Each says what is missing."""
    event = await recorded(scene)
    nothing = await scene.refusal(partial(add_to_event, event_id=event, new=NewAddition()))
    assert nothing == ("invalid", ("$.note",))
    nowhere = await scene.refusal(partial(add_to_event, event_id=scene.clinic, new=NewAddition("A note.")))
    assert nowhere[0] == "not_found"


async def test_database_refuses_an_addition_without_words_and_any_change_of_one(scene: Scene) -> None:
    """By its constraint, and by grant."""
    event = await recorded(scene)
    await scene.value(partial(add_to_event, event_id=event, new=NewAddition("A note.")))
    insert = """
    insert into event_additions (clinic_id, addition_id, event_id, added_at, added_by, digest)
    values ($1, $1, $2, now(), $1, '')
    """
    with pytest.raises(asyncpg.CheckViolationError, match="event_additions_say_something"):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(insert, scene.clinic, event)
    for change in ("update event_additions set note = ''", "delete from event_additions"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scene.database.transaction(scene.clinic) as tx:
                await tx.connection.execute(change)
