"""An event that fits nowhere is refused with the place and the remedy, and nothing is written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from schemas.events import NewEvent
from schemas.people import CloseEnrollment, NewEnrollment
from schemas.program import Program
from schemas.receipts import Receipt
from service.core.refusals import Refused
from service.flows.close_enrollment import close_enrollment
from service.flows.gather import Gather
from service.flows.open_enrollment import open_enrollment
from service.flows.perform import Once
from service.flows.publish_program import publish_program
from service.flows.record_events import Recorded, Recorder, ToRecord

MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
Ask = Callable[..., Awaitable[Recorded | Refused]]


@pytest.fixture
def gather(scene: Any) -> Gather[ToRecord, Recorded | Refused]:  # noqa: ANN401 -- the scene of conftest
    """Gather events for the scene's clinic, as a web process does."""
    return Gather(Recorder(scene.database, timedelta(minutes=5)).record, lambda item: item.about)


@pytest.fixture
def ask(scene: Any, gather: Gather[ToRecord, Recorded | Refused]) -> Ask:  # noqa: ANN401
    """Record one event, given by its fields."""

    async def record(once: Once | None = None, **fields: Any) -> Recorded | Refused:  # noqa: ANN401
        event = NewEvent(**({"outcome": "negative", "occurred_at": MONDAY} | fields))
        return await gather.ask(scene.clinic, ToRecord(scene.actor("front_desk"), event, once=once))

    return record


def receipt(answer: Recorded | Refused) -> Receipt:
    """Read a receipt that must be there."""
    assert isinstance(answer, Recorded), answer
    return msgspec.json.decode(answer.receipt, type=Receipt)


def code(answer: Recorded | Refused) -> str:
    """Read the code of a refusal that must be there."""
    assert isinstance(answer, Refused), answer
    assert answer.detail.endswith(".")
    return answer.code


def paid(answer: Recorded | Refused) -> int:
    """Sum what was paid at once."""
    return sum(award.amount for award in receipt(answer).awards)


async def count(scene: Any, table: str) -> int:  # noqa: ANN401
    """Count a table's rows of the scene's clinic."""
    async with scene.database.transaction(scene.clinic) as tx:
        return int(await tx.connection.fetchval(f"select count(*) from {table}"))  # noqa: S608 -- our own word


REFUSALS: list[tuple[str, dict[str, Any]]] = [
    ("outcome_not_allowed", {"outcome": "attended"}),
    ("event_in_future", {"occurred_at": MONDAY + timedelta(minutes=6)}),
    ("outside_enrollment", {"occurred_at": MONDAY - timedelta(days=1)}),
    ("unknown_target", {"target": "nonsense"}),
    ("unknown_target", {"target": None}),
    ("unknown_target", {"target": None, "behavior": "homework"}),
    ("unknown_enrollment", {"enrollment": UUID(int=5)}),
    ("unknown_enrollment", {"participant_reference": "P-2"}),
    ("invalid", {"enrollment": None, "target": None, "participant_reference": "P-1"}),
    ("not_enrolled", {"enrollment": None, "participant_reference": "P-3", "behavior": "test"}),
    ("not_enrolled", {"enrollment": None, "participant_reference": "P-1", "program": "other"}),
]


@pytest.mark.parametrize(("refusal", "fields"), REFUSALS, ids=lambda value: str(value)[:40])
async def test_an_event_that_fits_nowhere_is_refused(
    scene: Any, ask: Ask, refusal: str, fields: dict[str, Any]
) -> None:
    """Nothing is written, and the refusal names the place."""
    enrollment = await scene.enrolled()
    answer = await ask(**({"enrollment": enrollment.id, "target": "test"} | fields))
    assert code(answer) == refusal
    assert isinstance(answer, Refused)
    assert answer.faults[0].pointer.startswith("$.")
    assert await count(scene, "events") == 0


async def test_two_enrollments_with_such_a_target_are_ambiguous(scene: Any, ask: Ask) -> None:
    """The participant has a test target in two open programs; naming the program settles it."""
    enrollment = await scene.enrolled()
    await scene.program("second")
    new = NewEnrollment(enrollment.participant, "second", date(2026, 3, 2))
    await scene.value(lambda act: open_enrollment(act, new))
    assert code(await ask(participant_reference="P-1", behavior="test")) == "ambiguous_enrollment"
    assert paid(await ask(participant_reference="P-1", behavior="test", program="second")) == 100


async def test_a_closed_enrollment_still_takes_the_events_of_its_days(scene: Any, ask: Ask) -> None:
    """Up to its last day by its id; after it, and by participant, no more."""
    enrollment = await scene.enrolled()
    close = CloseEnrollment("moved away", date(2026, 3, 4))
    await scene.value(lambda act: close_enrollment(act, enrollment.id, close))
    scene.clock.now = MONDAY + timedelta(days=7)
    named = {"enrollment": enrollment.id, "target": "test"}
    assert paid(await ask(occurred_at=MONDAY + timedelta(days=2), **named)) == 100
    assert code(await ask(occurred_at=MONDAY + timedelta(days=3), **named)) == "outside_enrollment"
    assert code(await ask(participant_reference="P-1", behavior="test")) == "not_enrolled"


async def test_a_program_may_bound_how_far_back_visits_are_recorded(scene: Any, ask: Ask) -> None:
    """`record_within_days: 2` takes the day before yesterday and nothing older."""
    document: Program = await scene.program()
    bounded = msgspec.structs.replace(document, name="bounded", record_within_days=2)
    await scene.value(lambda act: publish_program(act, bounded))
    new = NewEnrollment(await scene.participant(), "bounded", date(2026, 3, 2))
    enrollment = await scene.value(lambda act: open_enrollment(act, new))
    scene.clock.now = MONDAY + timedelta(days=3)
    named = {"enrollment": enrollment.id, "target": "test"}
    assert code(await ask(occurred_at=MONDAY, **named)) == "recorded_too_late"
    assert paid(await ask(occurred_at=MONDAY + timedelta(days=1), **named)) == 100
