"""Subscribers are added, changed, disabled, given new secrets and deleted; what they were told stays."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from schemas.shown_once import shown
from schemas.subscribers import NewSubscriber, Replay, SubscriberChange
from service.core.cursors import Page
from service.flows.notices.deliveries import replay_deliveries, replay_delivery
from service.flows.notices.subscribers import (
    DeliveryFilter,
    add_subscriber,
    change_subscriber,
    delete_subscriber,
    list_deliveries,
    list_subscribers,
    ping_subscriber,
    read_subscriber,
    rotate_secret,
)
from service.outbound.addresses import Allowed
from service.store.subscribers import SECRET
from tests.flows.conftest import MONDAY, Scene, count
from tests.flows.listening import URL, attempted, listening, log, queued

OWN = "https://receiver.example.org/notices"
REFUSED = [
    "http://receiver.example.org/",
    "https://user:secret@receiver.example.org/",
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://10.0.0.7/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://[::ffff:127.0.0.1]/",
    "https://localhost/",
    "https://clinic.internal/",
    "https://receiver.example.org:25/",
    "https://receiver.example.org/#here",
]


async def test_a_secret_is_shown_once_and_kept_sealed(scene: Scene) -> None:
    """It is 32 bytes of chance, as Standard Webhooks writes them; the record of it does not read like it."""
    made = await listening(scene, "award.posted", "award.posted", "draw.made")
    assert len(base64.b64decode(shown(made.secret).removeprefix("whsec_"), validate=True)) == 32
    assert made.types == ("award.posted", "draw.made")
    read = await scene.value(lambda act: read_subscriber(act, made.id))
    assert not hasattr(read, "secret")
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select url, secret from subscribers")
        assert row is not None
        assert shown(made.secret)[6:].encode() not in row["secret"]
        assert URL.encode() not in row["url"]
        assert tx.cipher.open(scene.clinic, SECRET, row["secret"]).decode() == made.secret


@pytest.mark.parametrize("url", REFUSED)
async def test_an_address_that_is_not_public_is_refused_with_its_place(scene: Scene, url: str) -> None:
    """When it is set and when it is changed; what is on record stays."""
    new = NewSubscriber(url, ("award.posted",))
    assert await scene.refusal(lambda act: add_subscriber(act, new)) == ("url_not_allowed", ("$.url",))
    made = await listening(scene)
    change = SubscriberChange(url=url)
    assert await scene.refusal(lambda act: change_subscriber(act, made.id, change, 1)) == (
        "url_not_allowed",
        ("$.url",),
    )


async def test_loopback_is_taken_where_a_setting_allows_it(scene: Scene) -> None:
    """By plain HTTP too, for a demo's receiver."""
    new = NewSubscriber("http://127.0.0.1:8099/", ("award.posted",))
    made = await scene.value(lambda act: add_subscriber(act, new, Allowed(loopback=True)))
    assert made.url == new.url


async def test_a_new_subscriber_needs_consent_unless_it_is_said_otherwise(scene: Scene) -> None:
    """Left out, it is told of nobody who has not consented."""
    quiet, told = NewSubscriber(OWN, ("award.posted",)), NewSubscriber(OWN, ("award.posted",), False)
    for new, needs in ((quiet, True), (told, False)):
        made = await scene.value(lambda act, new=new: add_subscriber(act, new))  # type: ignore[misc]
        assert made.consent_required is needs


async def test_a_change_is_of_the_version_that_it_names(scene: Scene) -> None:
    """Another revision is refused; a change of nothing is none; disabling by hand says so, and is undone."""
    made = await listening(scene, "award.posted")
    off = await scene.done(
        lambda act: change_subscriber(act, made.id, SubscriberChange(status="disabled"), 1)
    )
    assert (off.value.disabled_why, off.value.disabled_at, off.revision) == ("by_hand", MONDAY, 2)
    assert await scene.refusal(
        lambda act: change_subscriber(act, made.id, SubscriberChange(status="active"), 1)
    ) == ("precondition_failed", ())
    same = await scene.done(lambda act: change_subscriber(act, made.id, SubscriberChange(), 2))
    assert same.revision == 2
    on = await scene.done(lambda act: change_subscriber(act, made.id, SubscriberChange(status="active"), 2))
    assert (on.value.disabled_why, on.value.disabled_at, on.revision) == (None, None, 3)


async def test_a_disabled_subscriber_s_notices_are_kept_and_it_is_not_pinged(scene: Scene) -> None:
    """The log goes on; a test that nobody would get is refused."""
    enrollment = await scene.enrolled()
    made = await listening(scene)
    await scene.value(lambda act: change_subscriber(act, made.id, SubscriberChange(status="disabled"), 1))
    await scene.record(enrollment.id, "negative")
    assert len(await log(scene)) == 3
    assert await scene.refusal(lambda act: ping_subscriber(act, made.id)) == ("subscriber_disabled", ())


async def test_after_a_rotation_the_secret_before_signs_for_a_day(scene: Scene) -> None:
    """Both are kept until then; a second rotation drops the first."""
    made = await listening(scene)
    rotated = await scene.value(lambda act: rotate_secret(act, made.id))
    assert rotated.secret != made.secret
    assert rotated.old_secret_until == MONDAY + timedelta(hours=24)
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select secret, old_secret from subscribers")
        assert row is not None
        opened = [tx.cipher.open(scene.clinic, SECRET, sealed).decode() for sealed in row.values()]
    assert opened == [rotated.secret, made.secret]
    scene.clock.now += timedelta(hours=25)
    assert (await scene.value(lambda act: read_subscriber(act, made.id))).old_secret_until is None


async def test_a_deleted_subscriber_is_gone_and_its_record_stays(scene: Scene) -> None:
    """Nothing leads to it any more, nothing is written for it, and its row is there."""
    enrollment = await scene.enrolled()
    made = await listening(scene)
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: delete_subscriber(act, made.id))
    for step in (read_subscriber, delete_subscriber, rotate_secret, ping_subscriber):
        assert await scene.refusal(lambda act, step=step: step(act, made.id)) == ("not_found", ())  # type: ignore[misc]
    assert (await scene.value(lambda act: list_subscribers(act, Page()))).items == ()
    before = await count(scene, "notices")
    await scene.record(enrollment.id, "negative", MONDAY + timedelta(minutes=1))
    assert await count(scene, "notices") == before
    assert await count(scene, "subscribers") == 1


async def test_deliveries_are_listed_with_what_became_of_each(scene: Scene) -> None:
    """Delivered, failed and to be tried again, dead, withheld, and waiting; by status, type and time."""
    enrollment = await scene.enrolled()
    made = await listening(scene)
    await scene.record(enrollment.id, "negative")
    await scene.value(lambda act: ping_subscriber(act, made.id))
    await scene.value(lambda act: ping_subscriber(act, made.id))
    ids = await queued(scene, made)
    due = MONDAY + timedelta(seconds=5)
    await attempted(scene, ids[0], "delivered")
    await attempted(scene, ids[1], "failed", due_at=due)
    await attempted(scene, ids[2], "withheld")
    await attempted(scene, ids[3], "failed", no=10)
    found = {}
    for status in ("delivered", "failed", "withheld", "dead", "waiting"):
        wanted = DeliveryFilter(status)
        page = await scene.value(lambda act, wanted=wanted: list_deliveries(act, made.id, Page(), wanted))  # type: ignore[misc]
        (found[status],) = page.items
    assert [found[status].id for status in ("delivered", "failed", "withheld", "dead", "waiting")] == ids
    assert found["failed"].next_attempt_at == due
    (attempt,) = found["failed"].attempts
    assert (attempt.status, attempt.took_ms, attempt.outcome) == (503, 12, "failed")
    pings = await scene.value(
        lambda act: list_deliveries(act, made.id, Page(limit=1), DeliveryFilter(type="test.ping"))
    )
    assert [one.sequence for one in pings.items] == [5]
    assert pings.next_cursor is not None
    later = DeliveryFilter(since=MONDAY + timedelta(seconds=1))
    assert (await scene.value(lambda act: list_deliveries(act, made.id, Page(), later))).items == ()


async def test_one_or_all_deliveries_since_a_time_are_replayed(scene: Scene) -> None:
    """With the same id and number; what was never tried is on its way already."""
    enrollment = await scene.enrolled()
    made = await listening(scene)
    await scene.record(enrollment.id, "negative")
    ids = await queued(scene, made)
    await attempted(scene, ids[0], "delivered")
    await attempted(scene, ids[1], "failed", no=10)
    again = await scene.value(lambda act: replay_delivery(act, ids[1]))
    assert (again.id, again.status, again.next_attempt_at) == (ids[1], "waiting", MONDAY)
    untried = await scene.value(lambda act: replay_delivery(act, ids[2]))
    assert (untried.status, untried.next_attempt_at) == ("waiting", None)
    for wanted, many in (
        (Replay(MONDAY), 2),
        (Replay(MONDAY, undelivered_only=True), 1),
        (Replay(MONDAY - timedelta(hours=1), MONDAY), 0),
        (Replay(MONDAY + timedelta(seconds=1)), 0),
    ):
        done = await scene.value(lambda act, wanted=wanted: replay_deliveries(act, made.id, wanted))  # type: ignore[misc]
        assert done.deliveries == many
    assert await scene.refusal(lambda act: replay_deliveries(act, made.id, Replay(MONDAY, MONDAY))) == (
        "invalid",
        ("$.until",),
    )


async def test_what_is_replayed_waits_and_the_rest_of_that_moment_stays(scene: Scene) -> None:
    """Two notices of one transaction are made at the same time, and one of them is sent again."""
    enrollment = await scene.enrolled()
    made = await listening(scene)
    await scene.record(enrollment.id, "negative")
    ids = await queued(scene, made)
    for delivery in ids[:2]:
        await attempted(scene, delivery, "delivered")
    await scene.value(lambda act: replay_delivery(act, ids[1]))
    page = await scene.value(lambda act: list_deliveries(act, made.id, Page(), DeliveryFilter()))
    statuses = {one.id: one.status for one in page.items}
    assert [statuses[one] for one in ids[:2]] == ["delivered", "waiting"]


async def test_a_subscriber_is_not_found_from_another_clinic(scene: Scene) -> None:
    """Its id, and those of its deliveries, are there what an id is that never was."""
    made = await listening(scene)
    await scene.value(lambda act: ping_subscriber(act, made.id))
    (delivery,) = await queued(scene, made)
    other = await scene.elsewhere()
    for step in (read_subscriber, delete_subscriber, rotate_secret, ping_subscriber):
        assert await other.refusal(lambda act, step=step: step(act, made.id)) == ("not_found", ())  # type: ignore[misc]
    assert await other.refusal(lambda act: replay_delivery(act, delivery)) == ("not_found", ())
