"""Subscribers who speak FHIR are told the same as others: valid, signed, thin, and under consents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from fhir.resources.R4B.bundle import Bundle
from standardwebhooks import Webhook

from schemas.notices import PART_2_NOTICE, NoticeType, Ping
from schemas.program import Unit
from schemas.subscribers import NewSubscriber, SubscriberChange
from service.clock import machine_clock
from service.core.fhir.notifying import bundle
from service.core.notices.telling import Notice, sent_body
from service.flows.notices.subscribers import add_subscriber, change_subscriber, read_subscriber
from service.outbound.addresses import Allowed
from service.store.database.ids import new_id
from tests.flows.listening import listening, log
from tests.flows.ordering import ended
from tests.flows.subscribers import SECRET, Worker, award, outcomes, subscribe, tell
from tests.flows.test_isolation import fill
from tests.outbound.receivers import answer, answering, receiving

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

OK = answer(200, b"thanks")
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UNITS = "|".join(get_args(Unit))
FIXED = {
    *("Bundle", "Parameters", "Communication", "history", "completed", "active", "handshake", "200", "201"),
    *("event-notification", "GET", "POST", PART_2_NOTICE, "R", "restricted", "42CFRPart2", "42 CFR Part2"),
    *("subscription", "topic", "status", "type", "events-since-subscription-start", "notification-event"),
    *("event-number", "timestamp", "focus", "of", "value", "amount", "available", "held", "given", "earned"),
    *("spent", *get_args(NoticeType), *get_args(Unit)),
}
SAID = re.compile(
    rf"(?:urn:rewards:delivery:|Subscription/|Observation/|CarePlan/|Patient/)?{ID}(?::status|/\$status)?"
    rf"|Account/{ID}\.(?:{UNITS})|urn:rewards:[a-z:.]+|https?://(?:hl7\.org|terminology\.hl7\.org)/\S+"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d+"
)


def texts(told: Any) -> Iterator[str]:  # noqa: ANN401  any JSON
    """Every text that stands in a value."""
    if isinstance(told, dict):
        for value in told.values():
            yield from texts(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts(value)
    elif isinstance(told, str):
        yield told


async def test_one_of_everything_is_valid_fhir_that_says_the_same_facts_and_no_more(scene: Scene) -> None:
    """Held against another maker's models; each text is an id, a time, an address or a closed word."""
    subscriber = await listening(scene)
    await fill(scene)
    await ended(scene, (await scene.enrolled("MRN-79", welcome=5000)).participant)
    await tell(scene, Notice("test.ping", Ping(subscriber.id), subscriber=subscriber.id))
    kinds = set()
    for number, one in enumerate(await log(scene), start=1):
        plain = msgspec.json.decode(sent_body(one.notice, scene.clock.now, number))
        delivery = new_id()
        sent = bundle(msgspec.json.encode(plain), delivery, subscriber.id)
        whole = msgspec.json.decode(sent)
        read: Any = Bundle.model_validate(whole)
        assert [text for text in texts(whole) if text not in FIXED and not SAID.fullmatch(text)] == []
        status = {one.name: one for one in read.entry[0].resource.parameter}
        assert status["topic"].valueCanonical == f"urn:rewards:notice:{plain['type']}"
        assert status["events-since-subscription-start"].valueString == str(number)
        kinds.add(plain["type"])
        if plain["type"] == "test.ping":
            assert (status["type"].valueCode, len(read.entry)) == ("handshake", 1)
            continue
        told, data = read.entry[1].resource, plain["data"]
        focus = status["notification-event"].part[2].valueReference.reference
        assert focus == read.entry[1].fullUrl == f"urn:rewards:delivery:{delivery}"
        assert told.category[0].coding[0].code == plain["type"]
        assert told.sent == datetime.fromisoformat(plain["timestamp"])
        assert told.payload[0].contentString == PART_2_NOTICE
        subject = None if told.subject is None else told.subject.reference
        assert subject == (f"Patient/{data['participant']}" if "participant" in data else None)
        about = {one.reference for one in told.about or ()}
        if subject is not None:
            for name, kind in (("event", "Observation"), ("enrollment", "CarePlan")):
                assert (f"{kind}/{data.get(name)}" in about) == (name in data)
        amounts = {
            one.extension[0].valueCode: (
                int(one.extension[1].valueQuantity.value),
                one.extension[1].valueQuantity.code,
            )
            for one in told.extension or ()
        }
        wanted = ("amount", "available", "held", "given", "earned", "spent")
        assert amounts == {
            name: (data[name], data["unit"]) for name in wanted if name in data and "unit" in data
        }
    assert {"event.recorded", "award.posted", "balance.changed", "enrollment.opened", "test.ping"} <= kinds


async def test_a_bundle_is_signed_as_it_is_sent_and_the_same_when_it_is_sent_again(scene: Scene) -> None:
    """The media type says what it is; a second attempt has the same bytes and id."""
    scene.clock.now = machine_clock()
    worker = Worker(scene)
    async with receiving(answering(answer(500, b"no"), OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await as_fhir(scene)
        await tell(scene, award())
        await worker.deliver(one)
        scene.clock.now += timedelta(seconds=10)
        await worker.deliver(one)
    first, second = receiver.asked
    for sent in (first, second):
        assert sent.headers["content-type"] == "application/fhir+json"
        assert Webhook(SECRET).verify(sent.body, sent.headers)["resourceType"] == "Bundle"
    assert (first.body, first.headers["webhook-id"]) == (second.body, second.headers["webhook-id"])
    assert await outcomes(scene, one) == [(1, "failed"), (1, "delivered")]


async def test_nothing_is_posted_without_a_consent(scene: Scene) -> None:
    """Whatever the form: of somebody who did not consent no bundle leaves."""
    worker = Worker(scene)
    who = await scene.participant("A-1")
    async with receiving(answering(OK)) as receiver:
        one = await subscribe(scene, receiver.url)
        await as_fhir(scene)
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute("update subscribers set consent_required = true")
        await tell(scene, award(1, who))
        await worker.deliver(one)
    assert receiver.asked == []
    assert await outcomes(scene, one) == [(1, "withheld")]


async def test_the_form_is_chosen_and_changed(scene: Scene) -> None:
    """It is plain where nobody says otherwise."""
    plain = await listening(scene)
    new = NewSubscriber("https://ehr.example.org/fhir", ("award.posted",), format="fhir")
    made = await scene.value(lambda act: add_subscriber(act, new))
    assert (plain.format, made.format) == ("plain", "fhir")
    change = SubscriberChange(format="plain")
    await scene.value(lambda act: change_subscriber(act, made.id, change, 1, Allowed()))
    assert (await scene.value(lambda act: read_subscriber(act, made.id))).format == "plain"


async def as_fhir(scene: Scene) -> None:
    """Have everybody told in FHIR."""
    async with scene.database.transaction(scene.clinic) as tx:
        await tx.connection.execute("update subscribers set format = 'fhir'")
