"""A message that is sent at least once is kept once and recorded once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from uuid import UUID

import asyncpg
import msgspec
import pytest
import standardwebhooks
import svix

from schemas.inbound import Bearer, NewSecret, NewSource, PlainHmac, SourceChange
from schemas.mapping import FieldRule
from schemas.shown_once import shown
from service.core.refusals import Refused, refused
from service.flows.inbound.process import LeftMessages, give_back, process_kept, process_message
from service.flows.inbound.receive import Posted, take_message
from service.flows.inbound.sources import change_source, remove_source, rotate_secret
from service.flows.visits.record_events import Recorded, ToRecord
from service.settings import Settings
from service.store.database.pool import connect
from service.store.database.waits import in_background
from tests.flows.conftest import MONDAY, Scene, count
from tests.flows.sending import LABORATORY, NEGATIVE, REPORT, Sender, sender, work


async def test_messages_signed_by_either_library_are_recorded(scene: Scene) -> None:
    """Both names of the headers are the same promise."""
    enrolled = await scene.enrolled()
    one = await sender(scene)
    taken = await one.send(NEGATIVE)
    body = msgspec.json.encode({**NEGATIVE, "occurred_at": (MONDAY + timedelta(seconds=60)).isoformat()})
    signature = svix.Webhook(shown(one.source.secret)).sign("msg_2", MONDAY, body.decode())
    headers = {
        "svix-id": "msg_2",
        "svix-timestamp": str(int(MONDAY.timestamp())),
        "svix-signature": signature,
    }
    other = await one.post(body, headers)
    assert not isinstance(other, Refused)
    assert taken.message.id != other.message.id
    assert (await scene.balance(enrolled.participant)).available == 300
    for message in await one.listed():
        assert (message.status, message.participant) == ("recorded", enrolled.participant)


@pytest.mark.parametrize("verifier", [PlainHmac("x-lab-signature"), PlainHmac(), Bearer()])
async def test_older_ways_of_signing_are_known_again_by_the_body(
    scene: Scene, verifier: PlainHmac | Bearer
) -> None:
    """Where no id can be believed, the same words are the same message."""
    enrolled = await scene.enrolled()
    one = await sender(scene, NewSource(verifier=verifier))
    first = await one.send(NEGATIVE)
    again = await one.send(NEGATIVE)
    assert (first.repeated, again.repeated, again.message) == (False, True, first.message)
    assert (await scene.balance(enrolled.participant)).available == 100


async def test_a_copy_under_another_id_is_known_again_where_no_signature_covers_the_id(scene: Scene) -> None:
    """Whoever saw a message signed in the plain way gains nothing by sending it with another header."""
    await scene.enrolled()
    one = await sender(scene, NewSource(verifier=PlainHmac()))
    body = msgspec.json.encode(NEGATIVE)
    first = await one.send(body)
    copy = await one.post(body, {**one.signed(body, ""), "webhook-id": "other", "idempotency-key": "other"})
    assert not isinstance(copy, Refused)
    assert copy.message == first.message


async def test_fifty_repeats_at_once_are_one_message_and_one_event(scene: Scene) -> None:
    """Every one of them is answered like the first, by two processes as by one."""
    enrolled = await scene.enrolled()
    one = await sender(scene)
    two = Sender(scene, one.source, (await sender(scene)).record.__self__)  # type: ignore[attr-defined]
    taken = await asyncio.gather(*[(one, two)[n % 2].send(NEGATIVE) for n in range(50)])
    assert len({answer.message for answer in taken}) == 1
    assert sum(not answer.repeated for answer in taken) == 1
    assert await count(scene, "events") == await count(scene, "inbound_messages") == 1
    assert (await scene.balance(enrolled.participant)).available == 100


async def test_a_message_kept_before_a_kill_is_processed_by_a_worker(scene: Scene) -> None:
    """The worker waits until nobody can be at it any more, and then it is recorded once."""
    enrolled = await scene.enrolled()
    one = await sender(scene)
    await one.keep_only(NEGATIVE)
    assert await work(scene, timedelta(0)) == 0
    assert (await scene.balance(enrolled.participant)).available == 0
    assert (await one.send(NEGATIVE)).repeated
    assert await work(scene) == 1
    assert await work(scene) == 0
    (message,) = await one.listed("recorded")
    assert (message.tries, message.participant) == (1, enrolled.participant)
    assert (await scene.balance(enrolled.participant)).available == 100


async def test_a_message_recorded_before_a_kill_is_answered_with_the_first_receipt(scene: Scene) -> None:
    """It holds even if the mapping, and with it the event's reference, was changed between."""
    enrolled = await scene.enrolled()
    one = await sender(scene, NewSource(mapping=LABORATORY))
    lively = one.record

    async def killed(clinic: UUID, item: ToRecord) -> Recorded | Refused:
        await lively(clinic, item)
        raise asyncio.CancelledError

    one.record = killed
    with pytest.raises(asyncio.CancelledError):
        await one.send(REPORT)
    changed = msgspec.structs.replace(LABORATORY, reference=FieldRule("$.chart"))
    await scene.value(lambda act: change_source(act, one.source.id, SourceChange(mapping=changed), 1))
    assert await work(scene) == 1
    (message,) = await one.listed("recorded")
    assert message.event is not None
    assert await count(scene, "events") == 1
    assert (await scene.balance(enrolled.participant)).available == 100


async def test_two_workers_at_once_record_it_once(scene: Scene) -> None:
    """A lease is a courtesy; that an event is there once does not hang on it."""
    await scene.enrolled()
    one = await sender(scene)
    kept = await one.keep_only(NEGATIVE)
    work_on = partial(process_message, scene.database, one.record, scene.clinic, kept.id)
    await asyncio.gather(*[work_on() for _ in range(8)])
    (message,) = await one.listed("recorded")
    assert (message.tries, await count(scene, "events")) == (1, 1)


async def test_other_words_under_a_known_id_are_kept_too_and_conflict_aloud(scene: Scene) -> None:
    """A sender that reuses an id loses nothing: the second message has its own place."""
    await scene.enrolled()
    one = await sender(scene)
    await one.send(NEGATIVE)
    other = {**NEGATIVE, "outcome": "positive", "occurred_at": (MONDAY + timedelta(seconds=1)).isoformat()}
    second, third = [await one.send(other) for _ in range(2)]
    assert second.message == third.message
    assert [message.status for message in await one.listed()] == ["recorded", "recorded"]


async def test_the_same_reference_from_two_messages_is_one_event(scene: Scene) -> None:
    """The clinic's own number for an event holds across messages; other content under it is put aside."""
    await scene.enrolled()
    one = await sender(scene)
    numbered = {**NEGATIVE, "reference": "L-1"}
    await one.send(numbered, "a")
    await one.send(numbered, "b")
    await one.send({**numbered, "outcome": "positive"}, "c")
    conflict, same, first = await one.listed()
    assert (conflict.status, conflict.code) == ("review", "reference_conflict")
    assert first.event == same.event
    assert await count(scene, "events") == 1


def hostile(one: Sender, body: bytes) -> list[dict[str, str]]:
    """Give headers that no holder of the secret sends."""
    good = one.signed(body, "msg_1")
    signature = good["webhook-signature"]
    other = standardwebhooks.Webhook("whsec_" + "QUFB" * 8)
    odd = [
        "",
        "v1",
        "v1,",
        "v1,!!!",
        "v2," + signature[3:],
        signature[:-2],
        "é" * 50,
        "v1,\udcff",
        "a" * 9000,
    ]
    odd += ["v1a," + signature[3:], " ".join(["v1,AAAA"] * 500), other.sign("msg_1", MONDAY, body.decode())]
    times = ["", "now", "-1", "1e9", "9" * 30, "0", "²", str(int(MONDAY.timestamp()) + 301)]
    return [
        {},
        *[{**good, "webhook-signature": text} for text in odd],
        *[{**good, "webhook-timestamp": text} for text in times],
        {**good, "webhook-id": "msg_2"},
        {**good, "webhook-id": ""},
        {"authorization": f"Bearer {one.source.secret}"},
        {name.replace("webhook", "svix"): value[:9] for name, value in good.items()},
    ]


async def test_unsigned_messages_are_refused_alike_and_not_kept(scene: Scene) -> None:
    """An unknown source, a deleted one and a wrong signature hear the same sentence."""
    one = await sender(scene)
    body = msgspec.json.encode(NEGATIVE)
    answers = [await one.post(body, headers) for headers in hostile(one, body)]
    answers.append(await one.post(body + b" ", one.signed(body, "msg_1")))
    unknown = UUID(int=7)
    answers.append(
        await take_message(scene.database, one.record, unknown, Posted(one.signed(body, "m"), body))
    )
    await scene.value(lambda act: remove_source(act, one.source.id))
    answers.append(await one.post(body, one.signed(body, "msg_1")))
    for answer in answers:
        assert isinstance(answer, Refused)
        assert answer == refused("unauthenticated.source")
    assert await count(scene, "inbound_messages") == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe\x00", b"[" * 50_000, b"null", b'{"outcome":"\\u0000"}', b'"x"']
)
async def test_every_authentic_message_is_kept(scene: Scene, body: bytes) -> None:
    """What cannot be read waits, byte for byte as it came."""
    one = await sender(scene, NewSource(verifier=PlainHmac()))
    taken = await one.send(body)
    whole = await one.read(taken.message.id)
    assert whole.status == "review"
    assert (whole.body is None) is (body == b"\xff\xfe\x00")


async def test_after_a_rotation_both_secrets_verify_for_a_day(scene: Scene) -> None:
    """And then the new one alone."""
    one = await sender(scene)
    body = msgspec.json.encode({"hello": 1})
    old = shown(one.source.secret)
    issued = await scene.value(lambda act: rotate_secret(act, one.source.id, NewSecret()))
    renewed = shown(issued.secret)
    assert renewed != old

    async def believed(secret: str, name: str) -> bool:
        return not isinstance(await one.post(body, one.signed(body, name, secret)), Refused)

    assert [await believed(secret, "a") for secret in (old, renewed)] == [True, True]
    scene.clock.now += timedelta(hours=24)
    assert [await believed(secret, "b") for secret in (old, renewed)] == [False, True]


async def test_a_secret_made_by_the_sender_verifies(scene: Scene) -> None:
    """Many services make the secret themselves; one that cannot be one is refused."""
    brought = "whsec_" + "QUFB" * 8
    one = await sender(scene, NewSource(secret=brought))
    assert one.source.secret == brought
    await one.send({"hello": 1})
    refusal = await scene.refusal(
        lambda act: rotate_secret(act, one.source.id, NewSecret("too short, no base64"))
    )
    assert refusal == ("invalid", ("$.secret",))


async def test_a_message_that_could_not_be_understood_now_is_given_back_at_once(scene: Scene) -> None:
    """A worker takes it up in the same moment, and not when a lease ends a minute later."""
    await scene.enrolled()
    one = await sender(scene)

    async def away(_clinic: UUID, _item: ToRecord) -> Recorded | Refused:
        raise ConnectionRefusedError

    lively, one.record = one.record, away
    taken = await one.send(NEGATIVE)
    one.record = lively
    assert taken.left is not None
    assert await work(scene, timedelta()) == 0, "it is leased still"
    await give_back(scene.database, taken.left)
    assert await work(scene, timedelta()) == 1
    assert [message.status for message in await one.listed()] == ["recorded"]


async def test_only_what_one_took_up_oneself_is_given_back(scene: Scene) -> None:
    """Another one may have taken it up since."""
    one = await sender(scene)
    kept = await one.keep_only(NEGATIVE)
    left = LeftMessages(scene.clinic, (kept.id,), kept.received_at + timedelta(seconds=59))
    await give_back(scene.database, left)
    assert await work(scene, timedelta()) == 0


async def test_a_worker_that_fails_gives_back_what_it_had_not_done(
    scene: Scene, test_settings: Settings
) -> None:
    """All that it had taken up, from the message on at which PostgreSQL was not to be had."""
    await scene.enrolled()
    one = await sender(scene)
    for number in range(3):
        at = (MONDAY + timedelta(minutes=number)).isoformat()
        await one.keep_only({**NEGATIVE, "occurred_at": at, "another": True}, f"msg_{number}")
    scene.clock.now += timedelta(minutes=2)
    cipher = scene.database.cipher
    url = test_settings.database_url
    hasty = await connect(url, cipher, scene.clock, in_background(0.05), connections_max=2)
    try:
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(
                "select from audit_heads where clinic_id = $1 for update", scene.clinic
            )
            with pytest.raises(asyncpg.LockNotAvailableError):
                await process_kept(hasty, scene.clinic, timedelta(minutes=5))
    finally:
        await hasty.close()
    assert await work(scene, timedelta()) == 3
