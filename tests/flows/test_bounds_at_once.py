"""Bounds over many participants hold however many requests come at once: each sees what the others did."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from schemas.shelf import NewRedemption
from service.core.refusals import Refused
from service.flows.perform import Done
from service.flows.shelf.redemptions import redeem
from tests.flows.changing import card, given, limited, replacing
from tests.flows.test_unseen_people import WORTH, made_up, unbounded

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

TIMES = 8


async def test_what_goes_out_to_made_up_people_at_once_is_bounded_in_all(scene: Scene) -> None:
    """A program that sends a person's requests for eight made-up people in one moment gets four of them."""
    await unbounded(scene)
    people = [await made_up(scene, number) for number in range(TIMES)]
    # Each another reward: whoever takes pieces of one waits for the others anyway.
    mugs = [await scene.reward(WORTH, stock=5, instant=True) for _ in people]
    asked = (partial(redeem, new=NewRedemption(who, mug.id)) for who, mug in zip(people, mugs, strict=True))
    answers = await asyncio.gather(*(scene.ask(operation, "front_desk") for operation in asked))
    assert sum(isinstance(one, Done) for one in answers) == 4
    assert {one.reason for one in answers if isinstance(one, Refused)} == {"second_person_needed.unseen"}


async def test_what_one_person_replaces_alone_at_once_is_bounded_in_all(scene: Scene) -> None:
    """Cards of eight people, replaced in one moment: beyond the limit each is a proposal."""
    cards = []
    for number in range(TIMES):
        who = (await scene.enrolled(f"P-{number}", welcome=10_000)).participant
        reward = await card(scene, codes=(f"CODE-{number}-1", f"CODE-{number}-2"))
        cards.append(await given(scene, who, reward.id))
    await limited(scene, 3 * cards[0].amount)
    answers = await asyncio.gather(*(scene.done(replacing(one.id)) for one in cards))
    assert sum(one.made != "proposed" for one in answers) == 3
