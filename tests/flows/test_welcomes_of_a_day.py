"""People who are made up in one day do not each pay their welcome out through one pair of hands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from schemas.keys import NewKey
from schemas.people import NewEnrollment
from schemas.shelf import NewRedemption
from service.core.actors import Actor
from service.flows.access.keys import issue_key
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Done, perform
from service.flows.screens.deeds import read_deeds, read_deeds_of
from service.flows.shelf.redemptions import give_redemption, redeem
from service.flows.shelf.second_looks import read_second_looks
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

WELCOME = 4_000


async def made_up(scene: Scene, reference: str) -> UUID:
    """Let the front desk enroll somebody who is welcomed with $40.00."""
    document = await scene.program("ladder", WELCOME)
    new = NewEnrollment(await scene.participant(reference), document.name, TODAY)
    return (await scene.value(lambda act: open_enrollment(act, new), "front_desk")).participant


async def test_welcomes_beyond_the_bound_of_a_day_wait_for_a_colleague(scene: Scene) -> None:
    """The first two pass at the desk; the third is handed out by somebody else, and is an odd deed."""
    card = await scene.reward(WELCOME, stock=9)
    people = [await made_up(scene, f"P-{number}") for number in range(3)]
    for who in people[:2]:
        small = await scene.value(partial(redeem, new=NewRedemption(who, card.id)), "front_desk")
        await scene.value(partial(give_redemption, redemption_id=small.id), "front_desk")
    held = await scene.value(lambda act: redeem(act, NewRedemption(people[2], card.id)), "front_desk")
    giving = await scene.refusal(lambda act: give_redemption(act, held.id), "front_desk")
    assert giving == ("second_person_needed", ())
    looks = await scene.value(lambda act: read_second_looks(act, people[2]))
    assert [(one.kind, one.unit, one.amount) for one in looks.waiting] == [("welcomed_much", "usd", 12_000)]
    clerk = scene.actor("front_desk").id
    report = await scene.value(lambda act: read_deeds(act, TODAY, TODAY))
    [own] = [one for one in report.items if one.by == clerk]
    assert (own.welcomed, own.welcomed_usd, own.welcomed_much, own.odd) == (3, 12_000, 1, 1)
    deeds = await scene.value(lambda act: read_deeds_of(act, clerk, TODAY, TODAY))
    welcomed = [(one.participant, one.odd, one.amount) for one in deeds.items if one.kind == "welcomed"]
    assert welcomed[0] == (people[2], ("much",), WELCOME)
    assert {who: odd for who, odd, _ in welcomed[1:]} == dict.fromkeys(people[:2], ())
    await scene.value(lambda act: give_redemption(act, held.id), "clinician")
    assert (await scene.value(lambda act: read_second_looks(act, people[2]))).waiting == ()


async def test_welcomes_by_a_key_are_those_of_whoever_answers_for_it(scene: Scene) -> None:
    """A second pair of hands that is the same person's makes no second bound."""
    clerk = scene.actor("front_desk")
    issued = await scene.value(lambda act: issue_key(act, NewKey("front_desk", responsible=clerk.id)))
    for number in range(2):
        await made_up(scene, f"P-{number}")
    document = await scene.program("ladder", WELCOME)
    new = NewEnrollment(await scene.participant("P-3"), document.name, TODAY)
    by_key = Actor(scene.clinic, issued.id, "front_desk")
    opened = await perform(scene.database, by_key, partial(open_enrollment, new=new))
    assert isinstance(opened, Done)
    looks = await scene.value(lambda act: read_second_looks(act, opened.value.participant))
    assert [(one.kind, one.amount) for one in looks.waiting] == [("welcomed_much", 12_000)]
