"""What open pages are told: whom a commit touched, and what a page has missed since its mark."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from schemas.shelf import NewRedemption
from service.core.cursors import LIMIT, Page
from service.flows.ledger.statements import read_statement
from service.flows.screens.changes import Follower, ToFollow, open_clinic, open_participant
from service.flows.shelf.redemptions import redeem
from service.store import live
from service.store.database.pool import Database
from tests.flows.conftest import MONDAY, Scene


async def test_a_commit_says_whose_record_it_changed(scene: Scene) -> None:
    """An event and a redemption do; a reading, a refusal and what is about nobody do not."""
    nudges: list[tuple[UUID, set[UUID]]] = []

    def nudge(clinic: UUID, participants: Collection[UUID]) -> None:
        nudges.append((clinic, set(participants)))

    quiet = scene.database
    scene = Scene(Database(quiet.pool, quiet.cipher, quiet.clock, nudge), scene.clock, scene.clinic)
    enrollment = await scene.enrolled()
    who = enrollment.participant
    nudges.clear()
    await scene.record(enrollment.id, "negative")
    assert nudges == [(scene.clinic, {who})]
    await scene.record(enrollment.id, "positive", MONDAY + timedelta(minutes=1))
    assert len(nudges) == 2
    nudges.clear()
    await scene.value(lambda act: read_statement(act, who, Page(LIMIT, None)))
    dear = await scene.reward(price=1_000_000)
    await scene.refusal(lambda act: redeem(act, NewRedemption(who, dear.id)))
    assert nudges == []
    cheap = await scene.reward(price=1)
    await scene.value(lambda act: redeem(act, NewRedemption(who, cheap.id)))
    assert nudges == [(scene.clinic, {who})]


async def test_a_live_page_gets_each_transfer_once(scene: Scene) -> None:
    """And the balance after them, and that something happened which earned nothing."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    opened = await scene.value(lambda act: open_participant(act, who, None, None))
    assert (opened.missed.transfers, opened.missed.more) == ((), False)
    receipt = await scene.record(enrollment.id, "negative")
    follower, page = Follower(scene.database), ToFollow(who, opened.missed.mark, "en")
    first, same = await follower.participants(scene.clinic, [page, page])
    assert first == replace(same, sheet=first.sheet)
    assert [one.cause_id for one in first.transfers] == [award.id for award in receipt.awards]
    assert first.sheet.balances == receipt.balances
    assert first.steps > opened.missed.steps
    (then,) = await follower.participants(scene.clinic, [ToFollow(who, first.mark, "en")])
    assert (then.transfers, then.mark, then.steps) == ((), first.mark, first.steps)
    await scene.record(enrollment.id, "positive", MONDAY + timedelta(minutes=1))
    (miss,) = await follower.participants(scene.clinic, [ToFollow(who, first.mark, "en")])
    assert miss.transfers == ()
    assert miss.steps > first.steps


async def test_a_long_absence_is_caught_up_in_pieces(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many transfers come some at a time, oldest first, and none is left out."""
    enrollment = await scene.enrolled()
    who = enrollment.participant
    opened = await scene.value(lambda act: open_participant(act, who, None, None))
    reward = await scene.reward(price=1)
    await scene.record(enrollment.id, "negative")
    monkeypatch.setattr(live, "LINES_MAX", 4)
    for _ in range(8):
        await scene.value(lambda act: redeem(act, NewRedemption(who, reward.id)))
    follower, mark, told, looks = Follower(scene.database), opened.missed.mark, list[UUID](), 0
    more = True
    while more:
        (news,) = await follower.participants(scene.clinic, [ToFollow(who, mark, "en")])
        told += [one.id for one in news.transfers]
        mark, more, looks = news.mark, news.more, looks + 1
    assert (len(told), looks) == (9, 3)
    assert sorted(set(told)) == told


async def test_a_desk_stream_names_the_changed_participants(scene: Scene) -> None:
    """From the audit trail's own order, without what only reads."""
    enrollment = await scene.enrolled()
    seq = await scene.value(lambda act: open_clinic(act, None))
    follower = Follower(scene.database)
    (quiet,) = await follower.clinic(scene.clinic, [seq])
    assert (quiet.participants, quiet.of_several) == ((), False)
    await scene.record(enrollment.id, "negative")
    told, later = await follower.clinic(scene.clinic, [seq, quiet.seq])
    assert told.participants == later.participants == (enrollment.participant,)
    assert told.seq == later.seq > quiet.seq
    # A place that the trail has not reached was not given by us: the stream goes on from its end.
    assert await scene.value(lambda act: open_clinic(act, 10**15)) < 1000


async def test_a_stranger_s_page_cannot_be_opened(scene: Scene) -> None:
    """Another clinic's participant is like one that does not exist."""
    enrollment = await scene.enrolled()
    elsewhere = await scene.elsewhere()
    code, _ = await elsewhere.refusal(lambda act: open_participant(act, enrollment.participant, None, None))
    assert code == "not_found"
