"""Consents are given, expire by the clinic's own day, and are revoked; what was disclosed can be listed."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from schemas.consents import NewConsent, NewSignature, Signature
from service.core.consents import in_force
from service.core.cursors import Page
from service.flows.people.consents import (
    ConsentFilter,
    give_consent,
    list_consents,
    list_disclosures,
    read_consent,
    read_signature,
    revoke_consent,
)
from service.store.database.ids import new_id
from tests.flows.conftest import MONDAY, TODAY, Scene
from tests.flows.listening import attempted, listening, queued

PNG = b"\x89PNG\r\n\x1a\n and its lines"


def test_a_consent_holds_to_the_end_of_its_last_day_or_until_it_is_revoked() -> None:
    """The day itself belongs to it."""
    assert in_force(None, None, TODAY)
    assert in_force(TODAY, None, TODAY)
    assert not in_force(TODAY - timedelta(days=1), None, TODAY)
    assert not in_force(None, MONDAY, TODAY)


async def test_a_consent_is_told_sealed_and_lasts_to_the_clinic_s_own_day(scene: Scene) -> None:
    """In Los Angeles it is still Monday when it is Tuesday in Greenwich."""
    participant = await scene.participant()
    subscriber = await listening(scene)
    new = NewConsent(participant, subscriber.id, "Shared care with Dr. Roe.", TODAY)
    made = await scene.value(lambda act: give_consent(act, new), "clinician")
    async with scene.database.transaction(scene.clinic) as tx:
        assert b"Roe" not in await tx.connection.fetchval("select purpose from consents")
    scene.clock.now = MONDAY + timedelta(hours=14)
    shown = await scene.value(lambda act: read_consent(act, made.id))
    assert (shown.in_force, shown.purpose, shown.given_at) == (True, new.purpose, MONDAY)
    scene.clock.now = MONDAY + timedelta(hours=15)
    assert not (await scene.value(lambda act: read_consent(act, made.id))).in_force
    assert await scene.deeds() == [
        "clinic.created",
        "participant.registered",
        "subscriber.added",
        "consent.given",
        "consent.read",
        "consent.read",
    ]


def whole(participant: UUID, subscriber: UUID | None, **other: Any) -> NewConsent:  # noqa: ANN401
    """Make a consent in the whole form, save for what is said otherwise."""
    signature = NewSignature("typed", "Jo Roe", TODAY)
    form: dict[str, Any] = {"kind": "specific", "information": "When I come in.", "signature": signature}
    return NewConsent(participant, subscriber, "Shared care.", **({**form, "expires_on": TODAY} | other))


async def test_a_whole_consent_is_kept_as_it_was_signed_and_sealed(scene: Scene) -> None:
    """Who signed, how and when, of what, to whom, and its end; nothing of it lies open in the table."""
    participant, subscriber = await scene.participant(), await listening(scene)
    drawn = NewSignature("drawn", "Jo Roe", TODAY, b64encode(PNG).decode())
    form = {"signature": drawn, "recipient": "Dr. Roe", "ends_when": "my last visit", "expires_on": None}
    new = whole(participant, subscriber.id, how_to_revoke="By a letter.", **form)
    made = await scene.value(lambda act: give_consent(act, new), "clinician")
    shown = await scene.value(lambda act: read_consent(act, made.id))
    assert shown == made
    assert shown.signature == Signature("drawn", "Jo Roe", TODAY)
    assert (shown.kind, shown.information, shown.ends_when) == (
        "specific",
        "When I come in.",
        "my last visit",
    )
    assert (shown.recipient, shown.how_to_revoke) == ("Dr. Roe", "By a letter.")
    assert (await scene.value(lambda act: read_signature(act, made.id))).body == PNG
    async with scene.database.transaction(scene.clinic) as tx:
        (row,) = await tx.connection.fetch("select * from consents")
    kept = b" ".join(value for value in row.values() if isinstance(value, bytes))
    assert not any(word in kept for word in (b"Roe", b"come in", b"visit", b"letter", PNG))


async def test_a_consent_may_be_for_a_class_of_recipients_and_without_an_end(scene: Scene) -> None:
    """Treatment, payment and operations alone may go without an end, and nobody need be a subscriber."""
    participant = await scene.participant()
    form = {"recipient": "My treating providers", "recipient_is_class": True, "expires_on": None}
    made = await scene.value(lambda act: give_consent(act, whole(participant, None, kind="tpo", **form)))
    assert (made.in_force, made.subscriber, made.recipient_is_class) == (True, None, True)


async def test_a_whole_consent_lacks_nothing(scene: Scene) -> None:
    """Each thing that is missing is named at its place, and nothing is recorded."""
    participant, subscriber = await scene.participant(), (await listening(scene)).id
    ahead = NewSignature("typed", "Jo Roe", TODAY + timedelta(days=1))
    undrawn = NewSignature("drawn", "Jo Roe", TODAY)
    no_picture = NewSignature("drawn", "Jo Roe", TODAY, b64encode(b"<svg>").decode())
    for new, where in (
        (whole(participant, None), "$.recipient"),
        (whole(participant, subscriber, recipient_is_class=True), "$.recipient"),
        (whole(participant, subscriber, kind=None), "$.kind"),
        (whole(participant, subscriber, information=None), "$.information"),
        (whole(participant, subscriber, expires_on=None), "$.expires_on"),
        (whole(participant, subscriber, signature=None), "$.signature"),
        (whole(participant, subscriber, signature=ahead), "$.signature.signed_on"),
        (whole(participant, subscriber, signature=undrawn), "$.signature.drawn"),
        (whole(participant, subscriber, signature=no_picture), "$.signature.drawn"),
    ):
        refusal = await scene.refusal(lambda act, new=new: give_consent(act, new))  # type: ignore[misc]
        assert refusal == ("invalid", (where,))
    assert (await scene.value(lambda act: list_consents(act, Page(), ConsentFilter()))).items == ()


async def test_a_consent_is_revoked_once_and_at_once(scene: Scene) -> None:
    """It says who revoked it; a second time is refused."""
    participant = await scene.participant()
    subscriber = await listening(scene)
    new = NewConsent(participant, subscriber.id, "Shared care.")
    made = await scene.value(lambda act: give_consent(act, new))
    revoked = await scene.value(lambda act: revoke_consent(act, made.id), "clinician")
    assert (revoked.in_force, revoked.revoked_by) == (False, scene.actor("clinician").id)
    assert await scene.refusal(lambda act: revoke_consent(act, made.id)) == ("consent_revoked", ())
    assert await scene.refusal(lambda act: revoke_consent(act, new_id())) == ("not_found", ())


async def test_a_consent_names_somebody_who_is_there_and_a_day_ahead(scene: Scene) -> None:
    """Each refusal names its place."""
    participant = await scene.participant()
    subscriber = await listening(scene)
    for new, refusal in (
        (NewConsent(new_id(), subscriber.id, "x"), ("unknown_participant", ("$.participant",))),
        (NewConsent(participant, new_id(), "x"), ("unknown_subscriber", ("$.subscriber",))),
        (NewConsent(participant, subscriber.id, "x", date(2026, 3, 1)), ("invalid", ("$.expires_on",))),
    ):
        assert await scene.refusal(lambda act, new=new: give_consent(act, new)) == refusal  # type: ignore[misc]


async def test_consents_are_listed_by_participant_and_by_subscriber(scene: Scene) -> None:
    """Newest first, page by page."""
    one, two = await scene.participant("A-1"), await scene.participant("A-2")
    here, there = await listening(scene), await listening(scene)
    given = []
    for participant, subscriber in ((one, here), (one, there), (two, here)):
        new = NewConsent(participant, subscriber.id, "Shared care.")
        given.append(await scene.value(lambda act, new=new: give_consent(act, new)))  # type: ignore[misc]

    async def found(wanted: ConsentFilter, page: Page = Page()) -> list[int]:  # noqa: B008 -- it is frozen
        shown = await scene.value(lambda act: list_consents(act, page, wanted))
        return [given.index(consent) for consent in shown.items]

    assert await found(ConsentFilter()) == [2, 1, 0]
    assert await found(ConsentFilter(participant=one)) == [1, 0]
    assert await found(ConsentFilter(subscriber=here.id)) == [2, 0]
    assert await found(ConsentFilter(one, here.id)) == [0]
    assert await found(ConsentFilter(), Page(limit=1)) == [2]


async def test_disclosures_are_listed_with_their_consent(scene: Scene) -> None:
    """Which notice, to whom, when and under which consent; looking is itself told."""
    enrollment = await scene.enrolled()
    subscriber = await listening(scene, "award.posted", consent=True)
    new = NewConsent(enrollment.participant, subscriber.id, "Shared care.")
    consent = await scene.value(lambda act: give_consent(act, new))
    await scene.record(enrollment.id, "negative")
    (delivery,) = await queued(scene, subscriber)
    await attempted(scene, delivery, "delivered")
    page = await scene.value(lambda act: list_disclosures(act, enrollment.participant, Page()), "auditor")
    (shown,) = page.items
    assert (shown.delivery, shown.subscriber, shown.consent) == (delivery, subscriber.id, consent.id)
    assert (shown.type, shown.at) == ("award.posted", MONDAY)
    assert (await scene.deeds())[-1] == "disclosures.read"
    assert await scene.refusal(lambda act: list_disclosures(act, new_id(), Page())) == ("not_found", ())
