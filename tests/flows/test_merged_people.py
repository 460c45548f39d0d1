"""What is somebody's own through a merge and its undoing: sign-in, draws, awards, openings and departures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.people import CloseEnrollment
from schemas.proposals import NewManualAward
from service.core.access.places import Place
from service.core.actors import Actor
from service.core.refusals import Refused
from service.flows.access.codes import issue_code, sign_in_by_code
from service.flows.access.pins import judged_hash, participant_of, set_pin, sign_in_by_pin
from service.flows.access.sessions import OpenedSession, find_session
from service.flows.ledger.manual_awards import approve_manual_award, propose_manual_award
from service.flows.people.enrollments import close_enrollment, read_enrollment
from service.flows.people.participants import read_participant
from service.flows.perform import Done, perform
from service.store import passkeys
from tests.flows import drawing
from tests.flows.changing import accounts
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.entering import with_passkey
from tests.flows.merging import DAY, available, merged, two, unmerged
from tests.flows.test_departures import changed, status
from tests.flows.test_openings import approving, opened, proposing

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

PIN = "471193"
DEVICE = Place("d-1", "device")


async def with_pin(scene: Scene, who: UUID) -> None:
    """Let somebody have a PIN."""
    hashed = await judged_hash(PIN)
    assert isinstance(hashed, str)
    done = await perform(
        scene.database, Actor(scene.clinic, who, "participant"), lambda act: set_pin(act, hashed, None)
    )
    assert isinstance(done, Done)


async def by_pin(scene: Scene, who: UUID | None) -> OpenedSession | Refused:
    """Sign in by the PIN on a device that knows whose it is."""
    return await sign_in_by_pin(scene.database, scene.clinic, who, PIN, DEVICE, "portal", None)


async def signed_in_as(scene: Scene, session: OpenedSession | Refused) -> UUID | None:
    """Who a session is of by now."""
    assert isinstance(session, OpenedSession), session
    found = await find_session(scene.database, session.token)
    return None if found is None else found.subject


async def test_what_was_set_while_two_charts_were_one_opens_neither_afterwards(scene: Scene) -> None:
    """The other person had signed in to both: their PIN and passkey would read the survivor's records on."""
    kept, other = await two(scene)

    async def keys_of_survivor() -> list[UUID]:
        async with scene.database.transaction(scene.clinic) as tx:
            return [one.id for one in await passkeys.of_participant(tx, kept.participant)]

    mine = await with_passkey(scene, kept.participant)
    scene.clock.now += timedelta(minutes=5)
    await merged(scene, kept.participant, other.participant)
    scene.clock.now += timedelta(minutes=5)
    new = (await scene.value(lambda act: issue_code(act, other.participant))).code
    entered = await sign_in_by_code(scene.database, new, Place("10.0.0.1"), "portal", None)
    assert not isinstance(entered, Refused)
    await with_pin(scene, entered[1])
    await with_passkey(scene, entered[1])
    assert isinstance(await by_pin(scene, kept.participant), OpenedSession)
    await unmerged(scene, kept.participant)
    assert isinstance(await by_pin(scene, kept.participant), Refused)
    assert await keys_of_survivor() == [mine]
    assert {"pin.removed", "passkey.removed"} <= set(await scene.deeds())


async def test_sign_in_to_an_ended_chart_is_to_the_survivor_until_it_is_undone(scene: Scene) -> None:
    """Codes of before and open sessions end; the PIN, the card's code and a new code lead to the survivor."""
    kept, other = await two(scene)
    await with_pin(scene, other.participant)
    code = (await scene.value(lambda act: issue_code(act, other.participant))).code
    before = await by_pin(scene, other.participant)
    card = (await scene.value(lambda act: read_participant(act, other.participant))).display_code
    await merged(scene, kept.participant, other.participant)
    assert await signed_in_as(scene, before) is None
    old = await sign_in_by_code(scene.database, code, Place("10.0.0.1"), "portal", None)
    assert isinstance(old, Refused)
    assert await participant_of(scene.database, scene.clinic, card) == kept.participant
    during = await by_pin(scene, other.participant)
    assert await signed_in_as(scene, during) == kept.participant
    new = (await scene.value(lambda act: issue_code(act, other.participant))).code
    entered = await sign_in_by_code(scene.database, new, Place("10.0.0.1"), "portal", None)
    assert not isinstance(entered, Refused)
    assert entered[1] == kept.participant
    await unmerged(scene, kept.participant)
    assert await signed_in_as(scene, during) is None
    assert await signed_in_as(scene, await by_pin(scene, other.participant)) == other.participant


async def test_nobody_signs_in_to_a_chart_of_somebody_who_died(scene: Scene) -> None:
    """Not by the PIN of a chart that became part of theirs either."""
    kept, other = await two(scene)
    await with_pin(scene, other.participant)
    await merged(scene, kept.participant, other.participant)
    await changed(scene, kept.participant, status("deceased"))
    assert isinstance(await by_pin(scene, other.participant), Refused)


async def test_draws_of_an_ended_chart_are_drawn_once_and_prizes_stay_its_own(scene: Scene) -> None:
    """What was drawn meanwhile from its enrollment is its own after the undoing, with what it won."""
    first = await scene.participant("P-1")
    enrolled = await drawing.enrolled(scene, draws=5, bowl="coins")
    second = enrolled.participant
    await scene.value(drawing.drawing(second, 1))
    await merged(scene, first, second)
    assert await drawing.balances(scene, first) == {"draw": (4, 1), "points": (100, 0)}
    await scene.value(drawing.drawing(second, 3))
    assert await scene.refusal(drawing.drawing(first, 2)) == ("insufficient_balance", ("$.count",))
    await unmerged(scene, first)
    assert await drawing.balances(scene, second) == {"draw": (1, 4), "points": (400, 0)}
    assert all(amounts == (0, 0) for amounts in (await drawing.balances(scene, first)).values())


async def test_award_proposed_before_a_merge_is_paid_to_the_survivor_and_goes_back(scene: Scene) -> None:
    """Approved while it holds, it can be spent by the person; it is the chart's own that it was meant for."""
    first, second = await scene.participant("P-1"), await scene.participant("P-2")
    new = NewManualAward(second, "usd", 700, "Helped others")
    waits = await scene.value(lambda act: propose_manual_award(act, new))
    await merged(scene, first, second)
    paid = await scene.by_another(lambda act: approve_manual_award(act, waits.id))
    assert (paid.participant, await available(scene, first)) == (first, 700)
    await unmerged(scene, first)
    assert (await available(scene, first), await available(scene, second)) == (0, 700)


@pytest.mark.parametrize("proposed_before", [True, False])
async def test_opening_posted_while_merged_is_whose_it_was_proposed_for(
    scene: Scene, *, proposed_before: bool
) -> None:
    """One that waited for the chart which ended is that chart's; one proposed meanwhile is the survivor's."""
    first, second = await scene.participant("P-1"), await scene.participant("P-2")
    if proposed_before:
        waits = await scene.value(proposing(second, available=1000, paid_before=3000))
        await merged(scene, first, second)
        await scene.by_another(approving(waits.id))
    else:
        await merged(scene, first, second)
        await opened(scene, second, available=1000, paid_before=3000)
    assert await accounts(scene, first) == (1000, 0, 3000, 4000)
    await unmerged(scene, first)
    owner, other = (second, first) if proposed_before else (first, second)
    assert await accounts(scene, owner) == (1000, 0, 3000, 4000)
    assert await accounts(scene, other) == (0, 0, 0, 0)


async def test_departure_before_a_merge_is_taken_back_after_its_undoing(scene: Scene) -> None:
    """What the chart had released comes back to it, and its enrollment opens again."""
    kept, other = await two(scene)
    await scene.record(other.id, "negative", MONDAY)
    await changed(scene, other.participant, status("left", "release"))
    await merged(scene, kept.participant, other.participant)
    assert await available(scene, kept.participant) == 0
    await unmerged(scene, kept.participant)
    after = await changed(scene, other.participant, status("active"))
    assert after.status == "active"
    assert await available(scene, other.participant) == 100
    assert (await scene.value(lambda act: read_enrollment(act, other.id))).status == "open"


async def test_departure_while_merged_is_the_survivor_s(scene: Scene) -> None:
    """What it released is named where it cannot go back; the survivor alone comes back, and is given it."""
    kept, other = await two(scene)
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY + DAY)
    ended = CloseEnrollment("Finished", TODAY + 5 * DAY)
    await scene.value(lambda act: close_enrollment(act, kept.id, ended))
    await merged(scene, kept.participant, other.participant)
    await changed(scene, kept.participant, status("left", "release"))
    undone = await unmerged(scene, kept.participant)
    assert [(one.unit, one.amount) for one in undone.lacking] == [("usd", 100)]
    assert (await scene.value(lambda act: read_participant(act, other.participant))).status == "active"
    await changed(scene, kept.participant, status("active"))
    assert await available(scene, kept.participant) == 200
    # The other chart's enrollment is somebody else's by now: it stays as it was left.
    assert (await scene.value(lambda act: read_enrollment(act, other.id))).status == "closed"


async def test_departure_while_merged_is_taken_back_before_the_undoing(scene: Scene) -> None:
    """Then each has what it had."""
    kept, other = await two(scene)
    await scene.record(kept.id, "negative", MONDAY)
    await scene.record(other.id, "negative", MONDAY + DAY)
    await merged(scene, kept.participant, other.participant)
    await changed(scene, other.participant, status("left", "release"))
    await changed(scene, kept.participant, status("active"))
    await unmerged(scene, kept.participant)
    assert [await available(scene, one.participant) for one in (kept, other)] == [100, 100]
