"""Whoever sets somebody's phone or mail to their own does not receive that person's sign-in codes."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.merges import NewMerge
from schemas.people import NewParticipant, ParticipantChange
from schemas.second_looks import SecondPersonRulesChange
from service.core.access.messages import Message
from service.core.actors import Actor
from service.flows.access.new_addresses import answer_own, code_address, confirm_address, open_questions
from service.flows.people.merges import merge_participants
from service.flows.people.participants import change_participant, register_participant
from service.flows.perform import Act, Done, perform, rehearse
from service.flows.screens.deeds import read_deeds, read_deeds_of
from service.flows.shelf.second_person_rules import set_rules
from service.store import messages_out

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

FORMER = "rosa@mail.example"
OWN = "clerk@mail.example"


async def registered(scene: Scene, reference: str = "P-1", email: str | None = FORMER) -> UUID:
    """Register somebody with an address."""
    new = NewParticipant(reference, email=email)
    return (await scene.value(lambda act: register_participant(act, new), "front_desk")).id


async def changed(scene: Scene, who: UUID, revision: int = 1, *, email: str) -> None:
    """Let the front desk change somebody's mail address."""
    change = ParticipantChange(email=email)
    await scene.value(
        partial(change_participant, participant_id=who, change=change, revision=revision), "front_desk"
    )


async def goes_to(scene: Scene, who: UUID, typed: str = OWN) -> str | None:
    """Say where a code goes that somebody asks for by an address."""

    async def asked(act: Act) -> Done[str | None]:
        return Done(await code_address(act, who, "email", typed))

    return await scene.value(asked)


async def question(scene: Scene, who: UUID) -> UUID:
    """Give the one change that is asked about."""

    async def asked(act: Act) -> Done[tuple[UUID, ...]]:
        return Done(tuple(one.id for one in await open_questions(act, who)))

    [found] = await scene.value(asked)
    return found


async def said(scene: Scene, who: UUID, *, is_theirs: bool, let_in_by: UUID | None = None) -> object:
    """Let somebody say in the portal whether it is theirs."""
    answer = partial(
        answer_own, new_address=await question(scene, who), let_in_by=let_in_by, is_theirs=is_theirs
    )
    return await perform(scene.database, Actor(scene.clinic, who, "participant"), answer)


async def told(scene: Scene) -> list[Message]:
    """Give the messages that wait to be sent."""
    scene.clock.now += timedelta(minutes=1)
    async with scene.database.transaction(scene.clinic) as tx:
        return [message for _, message in await messages_out.take(tx, 20)]


async def test_changed_address_takes_no_code_for_two_days_and_the_former_one_is_told(scene: Scene) -> None:
    """Neutral words go where the person was reached; another writing of an address is no change."""
    who = await registered(scene)
    assert await goes_to(scene, who, FORMER.upper()) == FORMER
    await changed(scene, who, email=FORMER.upper())
    assert await told(scene) == []
    await changed(scene, who, 2, email=OWN)
    [message] = await told(scene)
    assert (message.channel, message.to) == ("email", FORMER.upper())
    assert "contact details were changed" in message.text
    assert (await goes_to(scene, who), await goes_to(scene, who, FORMER)) == (None, None)
    scene.clock.now += timedelta(hours=47)
    assert await goes_to(scene, who) is None
    scene.clock.now += timedelta(hours=1)
    assert await goes_to(scene, who) == OWN


async def test_first_address_set_later_takes_no_code_either_and_one_of_registration_does(
    scene: Scene,
) -> None:
    """Nobody is told, for nobody could be; a rule without hours asks for none."""
    who = await registered(scene, email=None)
    await changed(scene, who, email=OWN)
    assert await told(scene) == []
    assert await goes_to(scene, who) is None
    await scene.value(lambda act: set_rules(act, SecondPersonRulesChange(new_address_hours=None)))
    assert await goes_to(scene, who) == OWN
    assert await goes_to(scene, await registered(scene, "P-2"), FORMER) == FORMER


async def test_whoever_changed_an_address_does_not_take_its_wait_away(scene: Scene) -> None:
    """They are held to the hours of before, until another manager sets the rules."""
    who = await registered(scene)
    change = partial(change_participant, participant_id=who, change=ParticipantChange(email=OWN), revision=1)
    await scene.value(change)
    await scene.value(lambda act: set_rules(act, SecondPersonRulesChange(new_address_hours=None)))
    assert await goes_to(scene, who) is None
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange()))
    assert await goes_to(scene, who) == OWN


async def test_second_person_confirms_an_address_and_who_set_it_does_not(scene: Scene) -> None:
    """Once, and for good."""
    who = await registered(scene)
    await changed(scene, who, email=OWN)
    confirming = partial(confirm_address, participant=who, new_address=await question(scene, who))
    assert await scene.refusal(confirming, "front_desk") == ("same_person", ())
    await scene.value(confirming, "clinician")
    assert await goes_to(scene, who) == OWN
    assert await scene.refusal(confirming, "clinician") == ("already_settled", ())


async def test_participant_confirms_or_disputes_their_own_address(scene: Scene) -> None:
    """Not under a session that goes back to a code of whoever set it; a disputed one never takes a code."""
    who = await registered(scene)
    await changed(scene, who, email=OWN)
    clerk, other = scene.actor("front_desk").id, scene.actor("clinician").id
    assert not isinstance(await said(scene, who, is_theirs=True, let_in_by=clerk), Done)
    assert await goes_to(scene, who) is None
    assert isinstance(await said(scene, who, is_theirs=False, let_in_by=clerk), Done)
    scene.clock.now += timedelta(days=9)
    assert await goes_to(scene, who) is None
    await changed(scene, who, 2, email="rosa@new.example")
    assert isinstance(await said(scene, who, is_theirs=True, let_in_by=other), Done)
    assert await goes_to(scene, who, "rosa@new.example") == "rosa@new.example"


async def test_address_of_a_merged_chart_is_new_to_its_survivor(scene: Scene) -> None:
    """A chart that was made up with one's own address lets nobody in by being merged."""
    who = await registered(scene)
    made_up = await registered(scene, "P-2", OWN)
    await scene.value(lambda act: merge_participants(act, who, NewMerge(made_up)))
    assert [one.to for one in await told(scene)] == [FORMER]
    assert (await goes_to(scene, who), await goes_to(scene, who, FORMER)) == (None, FORMER)


@pytest.mark.parametrize(
    "planted",
    [
        (
            "update participants set email_index = "
            "(select email_index from participants as p where p.reference = 'P-2')"
        ),
        (
            "update new_addresses set is_theirs = true, settled_at = now(), settled_by = gen_random_uuid(), "
            "settled_mark = sha256('x')"
        ),
    ],
)
async def test_row_planted_in_the_database_takes_no_code(scene: Scene, planted: str) -> None:
    """Neither the hash that finds a person nor a confirmation is believed by itself."""
    who = await registered(scene)
    await registered(scene, "P-2", OWN)
    if "new_addresses" in planted:
        await changed(scene, who, email=OWN)

    async def asked(act: Act) -> Done[str | None]:
        await act.connection.execute(planted)
        return Done(await code_address(act, who, "email", OWN))

    tried = await rehearse(scene.database, scene.actor(), asked)
    assert isinstance(tried, Done)
    assert tried.value is None


async def test_unconfirmed_addresses_are_odd_deeds_of_who_set_them(scene: Scene) -> None:
    """Until somebody else confirmed; what the person says is wrong stays odd."""
    first, second = await registered(scene), await registered(scene, "P-2", email=None)
    clerk = scene.actor("front_desk").id
    await changed(scene, first, email=OWN)
    await changed(scene, second, email="a@mail.example")

    async def counts() -> tuple[int, int, int]:
        report = await scene.value(lambda act: read_deeds(act, None, None))
        [one] = [each for each in report.items if each.by == clerk]
        return one.readdressed, one.unconfirmed, one.odd

    assert await counts() == (2, 1, 1)
    deeds = await scene.value(lambda act: read_deeds_of(act, clerk, None, None))
    assert [(one.kind, one.participant, one.odd) for one in deeds.items] == [
        ("readdressed", first, ("unconfirmed",)),
        ("readdressed", second, ()),
    ]
    await said(scene, first, is_theirs=True)
    await said(scene, second, is_theirs=False)
    assert await counts() == (2, 1, 1)
