# long: every way in which words leave a record, or may not, has its test here
"""A record is taken along whole, and who somebody is is erased so that the books are provable as before."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from schemas.consents import NewConsent, NewSignature
from schemas.corrections import NewCorrection
from schemas.erasures import Erasure, NewErasure
from schemas.events import NewAddition, NewEvent
from schemas.merges import NewMerge
from schemas.people import NewEnrollment, NewIdentifier, NewParticipant
from schemas.proposals import NewManualAward
from schemas.restrictions import NewEmergency, NewRestriction
from schemas.second_looks import SecondLook
from schemas.staff import NewStaff
from service.core.cursors import Page
from service.core.erasing import tomb
from service.core.refusals import Refused
from service.flows.access.codes import issue_code
from service.flows.access.staff import create_staff
from service.flows.ledger.manual_awards import propose_manual_award
from service.flows.people.consents import give_consent
from service.flows.people.emergencies import open_emergency
from service.flows.people.enrollments import open_enrollment
from service.flows.people.erasures import (
    approve_erasure,
    list_erasures,
    propose_erasure,
    refuse_erasure,
)
from service.flows.people.identifiers import add_identifier
from service.flows.people.merges import merge_participants
from service.flows.people.participants import read_participant, register_participant
from service.flows.people.restrictions import ask_restriction
from service.flows.people.whole_record import read_whole_record
from service.flows.perform import Act, Again, Done, Once
from service.flows.verify.verify import verify
from service.flows.visits.additions import add_to_event, read_said
from service.flows.visits.corrections import correct_event
from service.flows.visits.record_events import Recorded, Recorder, ToRecord
from service.store import charts, drafts, erasures, second_looks, whole_records
from service.store.database.ids import new_id
from tests.flows.conftest import MONDAY, TODAY, Scene
from tests.flows.test_accounting import told

SECRETS = (
    "Josephine", "619 555 0199", "jo@example.org", "MRN-7781", "LAB-4412", "ev-9934", "born in 1984",
    "sad about her brother", "sample seen", "later word", "the lab called", "helped Maria", "for Dr. Roe",
    "not my aunt", "Old-Chart-5", "he was tired",
)  # fmt: skip  # table: one of each kind of words
"""Words that are somebody's, each of them once in the record that `somebody` makes."""
SCHEMA = Path(__file__).parents[2] / "service" / "store" / "schema.sql"
SQL = Path(__file__).parents[2] / "service" / "store" / "sql" / "whole_records.sql"


async def somebody(scene: Scene) -> UUID:
    """Make a person with words of every kind about them, under two charts that were merged."""
    await scene.program()
    new = NewParticipant("MRN-7781", "Josephine", "619 555 0199", "jo@example.org", mark="born in 1984")
    asked = await scene.ask(lambda act: register_participant(act, new), once=Once.of("registered", "asked"))
    assert isinstance(asked, Done)
    who = asked.value.id
    other = await scene.participant("Old-Chart-5")
    enrollment = await scene.value(lambda act: open_enrollment(act, NewEnrollment(who, "ladder", TODAY)))
    event = NewEvent(
        "negative",
        MONDAY,
        enrollment=enrollment.id,
        target="test",
        reference="ev-9934",
        note="sad about her brother",
        evidence="sample seen",
    )
    recorder = Recorder(scene.database, timedelta(minutes=5))
    (done,) = await recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
    assert isinstance(done, Recorded)
    receipt = json.loads(done.receipt)
    about = UUID(receipt["event"]["id"])
    await scene.value(lambda act: add_to_event(act, about, NewAddition("later word")))
    correction = NewCorrection("lab_overturn", "the lab called", "positive")
    await scene.value(lambda act: correct_event(act, about, correction))
    await scene.value(lambda act: add_identifier(act, who, NewIdentifier("LAB", "LAB-4412")))
    award = NewManualAward(who, "usd", 100, "helped Maria")
    await scene.ask(lambda act: propose_manual_award(act, award), once=Once.of("proposed", "asked"))
    await scene.by_another(partial(looked, who=who))
    signed = NewSignature("typed", "Josephine", TODAY)
    consent = NewConsent(
        who, None, "for Dr. Roe", TODAY, "specific", "all", recipient="Dr. Roe", signature=signed
    )
    await scene.value(lambda act: give_consent(act, consent))
    restriction = NewRestriction(who, "not my aunt", recipient="My aunt")
    await scene.value(lambda act: ask_restriction(act, restriction))
    await scene.value(lambda act: issue_code(act, who))
    typist = await scene.value(partial(create_staff, new=NewStaff("typist@example.org", "front_desk")))
    await scene.value(partial(drafted, typist=typist.id))
    await scene.value(lambda act: merge_participants(act, who, NewMerge(other, reason="same person")))
    return who


async def drafted(act: Act, typist: UUID) -> Done[None]:
    """Type half of a form about somebody."""
    await drafts.save(act, typist, "/desk/new", "half a form", act.now)
    return Done(None)


async def looked(act: Act, who: UUID) -> Done[None]:
    """Note something of what was recorded of somebody, as whoever has looked does."""
    made = SecondLook(act.new_id(), who, act.now, act.actor.id, 0, "he was tired")
    await second_looks.insert(act, made, [who])
    act.audit("second_look.taken", made.id, who, deeds=0)
    return Done(None)


async def everything(scene: Scene) -> str:
    """All that the clinic's tables hold, with what is sealed opened where it can be: a search for words."""
    async with scene.database.transaction(scene.clinic) as tx:
        names = await tx.connection.fetch(
            "select c.relname from pg_class as c where c.relnamespace = 'public'::regnamespace "
            "and c.relkind in ('r', 'p') and not c.relispartition "
            "and c.relname <> 'schema_migrations'"
        )
        found: list[str] = []
        for name in (row["relname"] for row in names):
            for row in await tx.connection.fetch(f'select * from "{name}"'):  # noqa: S608
                for column, value in row.items():
                    opened = None
                    if isinstance(value, bytes):
                        own = row.get("participant_id", row.get("staff_id"))
                        opened = tx.cipher.opened(scene.clinic, f"{name}.{column}", value, own)
                        opened = value if opened is None else opened
                    found.append(repr(opened if opened is not None else value))
    return "\n".join(found)


async def test_a_record_has_every_word_of_every_table(scene: Scene) -> None:
    """In words and line by line; it says the notice, and taking it along is accounted for and told."""
    who = await somebody(scene)
    record = await scene.value(lambda act: read_whole_record(act, who))
    lines = [json.loads(line) for line in record.ndjson.splitlines()]
    assert "42 CFR part 2" in lines[0]["notice"]
    assert "42 CFR part 2" in record.words
    whole = record.ndjson.decode()
    assert [word for word in SECRETS if word not in whole] == []
    assert all(word in record.words for word in ("Josephine", "sad about her brother", "for Dr. Roe"))
    assert "Result: negative; When: 2026-03-02 17:00 UTC; Note: sad about her brother" in record.words
    spanish = await scene.value(lambda act: read_whole_record(act, who, "es"))
    assert "Todo lo registrado sobre una persona" in spanish.words
    assert (await told(scene, who))[0].how == "record"
    assert "record.exported" in await scene.deeds()
    assert await scene.refusal(lambda act: read_whole_record(act, new_id())) == ("not_found", ())


async def test_a_record_is_complete_by_the_catalog(scene: Scene) -> None:
    """Every table that names a person, an event or a redemption of theirs is read for it."""
    read = set(re.findall(r"from (\w+) as t", SQL.read_text(encoding="utf-8")))
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(
            "select distinct c.relname from pg_class as c inner join pg_attribute as a on a.attrelid = c.oid "
            "where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') "
            "and not c.relispartition and (a.attname "
            "in ('participant_id', 'event_id', 'redemption_id', 'enrollment_id', 'survivor_id') or exists ("
            "select from pg_constraint as k where k.conrelid = c.oid "
            "and k.confrelid = 'participants'::regclass and a.attnum = any(k.conkey) "
            "and a.attname <> 'clinic_id'))"
        )
    # A void code is told of by its change, and says nothing but ids; a key leads to the receipt of an event.
    tables = {row["relname"] for row in rows}
    assert tables - read == {"void_codes", "idempotency"} & tables


async def test_every_sealed_column_of_a_record_is_known(scene: Scene) -> None:
    """A column of bytes is opened, or is no words: a digest, a hash or what was worked out."""
    no_words = {
        "digest", "hash", "receipt", "why", "state", "name_index", "phone_index", "email_index", "code_index",
        "body_index", "key", "token_hash", "mark", "proof", "credential_id", "public_key", "body",
        "settled_mark", "secret_hash", "appointment",
    }  # fmt: skip  # table: columns without words
    kinds = set(re.findall(r"from (\w+) as t", SQL.read_text(encoding="utf-8")))
    async with scene.database.transaction(scene.clinic) as tx:
        rows = await tx.connection.fetch(
            "select table_name, column_name from information_schema.columns where data_type = 'bytea' "
            "and table_schema = 'public'"
        )
    unknown = [
        f"{row['table_name']}.{row['column_name']}"
        for row in rows
        if row["table_name"] in kinds
        and row["column_name"] not in {*no_words, *whole_records.SEALED.get(row["table_name"], ())}
    ]
    assert unknown == []


async def test_every_sealed_column_of_a_record_is_erased_or_has_its_reason() -> None:
    """One that is made tomorrow cannot be forgotten, nor one that stays without a word why."""
    words = {f"{table}.{name}" for table, names in whole_records.SEALED.items() for name in names}
    erased = {place for place in words if place.partition(".")[0] in {*erasures.IDS, "participants"}}
    assert words - erased == set(erasures.STAYING)
    assert erased >= erasures.KEPT
    # The database lets the service change no other words of people, and these in an erasure alone.
    allowed = set(re.findall(r"\('(\w+)', '(\w+)', '\w+', '\w+'\)", SCHEMA.read_text(encoding="utf-8")))
    missing = {place for place in erased if tuple(place.split(".")) not in allowed}
    assert {place for place in missing if not place.startswith("participants.")} == set()


async def test_a_repeated_request_is_not_done_again_and_tells_nothing_of_who_was_erased(scene: Scene) -> None:
    """Its first answer is kept for ever where it moved value; the words in it go with the others."""
    who = await somebody(scene)
    made = await scene.value(lambda act: propose_erasure(act, who, NewErasure("They asked for it.")))
    await scene.by_another(lambda act: approve_erasure(act, made.id))
    award = NewManualAward(who, "usd", 100, "helped Maria")
    again = await scene.ask(lambda act: propose_manual_award(act, award), once=Once.of("proposed", "asked"))
    assert isinstance(again, Again)
    said = json.loads(again.body)
    assert (said["reason"], said["amount"], said["participant"]) == ("[erased]", 100, str(who))


async def test_who_somebody_is_is_erased_and_the_books_stay_provable(scene: Scene) -> None:
    """No word of theirs is left in any table, and every digest, balance and entry is as it was."""
    who = await somebody(scene)
    before = await everything(scene)
    assert [word for word in (*SECRETS, "half a form") if word not in before] == []
    balance = await scene.balance(who)
    new = NewErasure("They asked for it.")
    seen = await scene.value(lambda act: propose_erasure(act, who, NewErasure("x", dry_run=True)))
    assert {one.place: one.count for one in seen.erases}["events.note"] == 1
    assert (await scene.value(lambda act: list_erasures(act, Page()))).items == ()
    made = await scene.value(lambda act: propose_erasure(act, who, new))
    assert await scene.refusal(lambda act: approve_erasure(act, made.id)) == ("same_person", ())
    done = await scene.by_another(lambda act: approve_erasure(act, made.id))
    assert (done.status, done.erases) == ("approved", seen.erases)
    after = await everything(scene)
    assert [word for word in (*SECRETS, "half a form") if word in after] == []
    assert await scene.balance(who) == balance
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None
    async with scene.database.transaction(scene.clinic) as tx:
        events = [row["event_id"] for row in await tx.connection.fetch("select event_id from events")]
    (said,) = (await scene.value(lambda act: read_said(act, events))).values()
    assert [(one.note, one.evidence) for one in said] == [("[erased]", "[erased]"), ("[erased]", None)]
    shown = await scene.value(lambda act: read_participant(act, who))
    assert (shown.name, shown.phone, shown.email) == (None, None, None)
    assert shown.reference.startswith("erased-")
    again = await scene.ask_another(lambda act: approve_erasure(act, made.id))
    assert isinstance(again, Refused)
    assert again.code == "already_settled"


async def test_words_may_look_like_the_mark_of_erased_ones(scene: Scene) -> None:
    """Whoever types the mark has written a note, and the books are as right as with any other."""
    enrollment = await scene.enrolled()
    typed = tomb(bytes(32))
    event = NewEvent("negative", MONDAY, enrollment=enrollment.id, target="test", note=typed)
    recorder = Recorder(scene.database, timedelta(minutes=5))
    (done,) = await recorder.record(scene.clinic, [ToRecord(scene.actor("clinician"), event)])
    assert isinstance(done, Recorded)
    verdict = await verify(scene.database, scene.clinic, lambda _what, _count: None)
    assert verdict is not None
    assert verdict.fault is None


async def test_an_erasure_is_refused_with_its_reason(scene: Scene) -> None:
    """Nothing is erased then; a second step is refused, and so is one of nobody."""
    who = await somebody(scene)
    made = await scene.value(lambda act: propose_erasure(act, who, NewErasure("x")))
    kept = await scene.by_another(lambda act: refuse_erasure(act, made.id, "The audit needs it."))
    assert (kept.status, kept.refusal) == ("refused", "The audit needs it.")
    assert "Josephine" in await everything(scene)
    assert await scene.refusal(lambda act: refuse_erasure(act, new_id(), None)) == ("not_found", ())
    assert await scene.refusal(lambda act: propose_erasure(act, new_id(), NewErasure("x"))) == (
        "not_found",
        (),
    )


async def test_a_record_is_kept_for_as_long_as_a_setting_says(scene: Scene) -> None:
    """It counts from the last entry, and the refusal names the day; looking is never refused."""
    who = await somebody(scene)
    new = NewErasure("Asked.")
    early = await scene.refusal(lambda act: propose_erasure(act, who, new, 365))
    assert early == ("invalid", ("$.reason",))
    await scene.value(lambda act: propose_erasure(act, who, NewErasure("x", dry_run=True), 365))
    scene.clock.now += timedelta(days=366)
    late = await scene.value(lambda act: propose_erasure(act, who, new, 365))
    assert late.status == "proposed"


async def erase_by_hand(scene: Scene, erasure: UUID, place: str, *, approved: bool) -> None:
    """Ask the function that erases words as the service could, with an approval before it or without."""
    async with scene.database.transaction(scene.clinic) as tx:
        if approved:
            approval = "update erasures set status = 'approved', settled_at = now(), settled_by = $1"
            await tx.connection.execute(approval, scene.another.id)
        asked = "select erase_words($1, $2, $3::uuid[], $4::bytea[])"
        await tx.connection.fetchval(asked, erasure, place, [new_id()], [b""])


@pytest.mark.parametrize(
    ("place", "approved"), [("events.note", False), ("events.outcome", True), ("transfers.amount", True)]
)
async def test_the_service_can_erase_nothing_by_itself(scene: Scene, place: str, *, approved: bool) -> None:
    """Not without an approval in the same transaction, and nothing but the words that people are known by."""
    who = await somebody(scene)
    made = await scene.value(lambda act: propose_erasure(act, who, NewErasure("x")))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await erase_by_hand(scene, made.id, place, approved=approved)
    done = await scene.by_another(lambda act: approve_erasure(act, made.id))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await erase_by_hand(scene, done.id, "events.note", approved=False)


async def test_a_proposal_that_nobody_approved_erases_nothing(scene: Scene) -> None:
    """Not even in the transaction in which it was made."""
    who = await somebody(scene)
    new = Erasure(new_id(), who, "x", "proposed", scene.clock.now, scene.actor().id)

    async def propose_and_erase() -> None:
        async with scene.database.transaction(scene.clinic) as tx:
            person = await charts.person(tx, who)
            assert person is not None
            await erasures.insert(tx, new, person)
            asked = "select erase_words($1, 'events.note', $2::uuid[], $3::bytea[])"
            await tx.connection.fetchval(asked, new.id, [new_id()], [b""])

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await propose_and_erase()


async def test_a_record_is_opened_in_an_emergency_and_by_nobody_else(scene: Scene) -> None:
    """The front desk sees it for an hour after it said why."""
    who = await somebody(scene)
    look = lambda act: read_whole_record(act, who)  # noqa: E731
    assert await scene.refusal(look, "front_desk") == ("forbidden", ())
    urgent = NewEmergency(who, "Found unconscious.", "Dr. Poe")
    await scene.value(lambda act: open_emergency(act, urgent), "front_desk")
    assert (await scene.value(look, "front_desk")).ndjson
    assert await scene.refusal(look, "clinician") == ("forbidden", ())
    scene.clock.now += timedelta(hours=1)
    assert await scene.refusal(look, "front_desk") == ("forbidden", ())
