"""A manual award is proposed by one person, approved by another, and paid once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from schemas.books import Statement
from schemas.people import Language, NewEnrollment
from schemas.program import Unit
from schemas.proposals import ManualAward, NewManualAward
from service.core.cursors import Page
from service.core.refusals import Refused
from service.core.words.refusals.catalog import in_english
from service.flows.ledger.manual_awards import (
    approve_manual_award,
    list_manual_awards,
    propose_manual_award,
    read_manual_award,
    refuse_manual_award,
)
from service.flows.ledger.statements import read_statement
from service.flows.people.enrollments import open_enrollment
from service.flows.perform import Act, Again, Done, Once
from tests.flows.conftest import TODAY

if TYPE_CHECKING:
    from tests.flows.conftest import Operation, Scene

WHY = "Walked here through the snow"


def proposing(
    participant: UUID,
    amount: int = 500,
    unit: Unit = "usd",
    enrollment: UUID | None = None,
    funding: str | None = None,
) -> Operation[ManualAward]:
    """Propose a manual award."""
    new = NewManualAward(participant, unit, amount, WHY, funding, enrollment)
    return lambda act: propose_manual_award(act, new)


def approving(award: UUID) -> Operation[ManualAward]:
    """Approve a manual award."""
    return lambda act: approve_manual_award(act, award)


def refusing(award: UUID, reason: str | None = "It was rewarded already") -> Operation[ManualAward]:
    """Refuse a manual award."""
    return lambda act: refuse_manual_award(act, award, reason)


def reading(award: UUID) -> Operation[ManualAward]:
    """Read a manual award."""
    return lambda act: read_manual_award(act, award)


async def statement(participant: UUID, language: Language, act: Act) -> Done[Statement] | Refused:
    """Read a statement in one language."""
    return await read_statement(act, participant, Page(), language=language)


async def transfers(scene: Scene, award: UUID) -> list[tuple[int, str, date, str | None, UUID | None]]:
    """List what was paid for a manual award: amount, accounts, day, funding and enrollment."""
    query = """
        select amount, source || ' ' || destination as way, day, funding, enrollment_id from transfers
        where cause = 'manual' and cause_id = $1
    """
    async with scene.database.transaction(scene.clinic) as tx:
        return [tuple(row) for row in await tx.connection.fetch(query, award)]


async def test_a_proposal_pays_nothing_until_another_person_approves_it(scene: Scene) -> None:
    """It is then paid at once, for the local day of the approval, and the answer shows what is there now."""
    who = (await scene.enrolled(welcome=1000)).participant
    made = await scene.done(proposing(who), "clinician")
    assert (made.made, made.value.status, made.value.reason, made.value.paid) == (
        "created",
        "proposed",
        WHY,
        None,
    )
    assert (await scene.balance(who)).earned == 1000
    assert await transfers(scene, made.value.id) == []
    # Nine in the evening in Los Angeles is the next day in UTC.
    scene.clock.now = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
    approved = await scene.by_another(approving(made.value.id))
    assert (approved.status, approved.paid, approved.clipped, approved.reasons) == ("approved", 500, 0, ())
    assert (approved.proposed_by, approved.settled_by) == (scene.actor("clinician").id, scene.another.id)
    assert approved.settled_at == scene.clock.now
    assert approved.balances == (await scene.balance(who),)
    assert approved.balances[0].available == 1500
    assert await transfers(scene, made.value.id) == [(500, "issued available", TODAY, None, None)]
    assert await scene.value(reading(made.value.id)) == msgspec.structs.replace(approved, balances=())


async def test_the_proposer_neither_approves_nor_refuses(scene: Scene) -> None:
    """Nothing moves, and another person still can."""
    who = await scene.participant()
    award = await scene.value(proposing(who))
    for operation in (approving(award.id), refusing(award.id)):
        assert await scene.refusal(operation) == ("same_person", ())
    assert await scene.value(reading(award.id)) == award
    assert (await scene.by_another(approving(award.id))).paid == 500


async def test_the_database_too_refuses_one_person_for_two(scene: Scene) -> None:
    """The rule holds beneath the code, and what was proposed cannot be changed at all."""
    award = await scene.value(proposing(await scene.participant()))
    alone = "update manual_awards set status = 'refused', settled_at = now(), settled_by = proposed_by"
    with pytest.raises(asyncpg.CheckViolationError, match="manual_awards_settled_by_another_person"):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(alone)
    for change in ("amount = 1", "participant_id = proposed_by", "proposed_by = participant_id"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with scene.database.transaction(scene.clinic) as tx:
                await tx.connection.execute(f"update manual_awards set {change}")  # noqa: S608  our own words
    assert await scene.value(reading(award.id)) == award


async def test_a_refused_manual_award_is_never_paid(scene: Scene) -> None:
    """The reason of a refusal stands beside that of the proposal, and may be left out."""
    who = await scene.participant()
    first, second = [await scene.value(proposing(who)) for _ in range(2)]
    refusal = await scene.by_another(refusing(first.id))
    assert (refusal.status, refusal.refusal, refusal.paid) == ("refused", "It was rewarded already", None)
    assert (await scene.by_another(refusing(second.id, None))).refusal is None
    for operation in (approving(first.id), refusing(first.id)):
        answer = await scene.ask_another(operation)
        assert isinstance(answer, Refused)
        assert answer.code == "already_settled"
    assert (await scene.balance(who)).earned == 0
    assert await transfers(scene, first.id) == []


async def test_fifty_approvals_at_once_pay_once(scene: Scene) -> None:
    """The other forty-nine hear that it is settled."""
    who = await scene.participant()
    award = await scene.value(proposing(who))
    answers = await asyncio.gather(*(scene.ask_another(approving(award.id)) for _ in range(50)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Refused)} == {"already_settled"}
    assert (await scene.balance(who)).available == 500
    assert len(await transfers(scene, award.id)) == 1


async def test_approving_and_refusing_at_once_do_one_of_the_two(scene: Scene) -> None:
    """It is paid exactly if the approval was first."""
    who = await scene.participant()
    award = await scene.value(proposing(who))
    steps = [approving(award.id), refusing(award.id)] * 10
    answers = await asyncio.gather(*(scene.ask_another(step) for step in steps))
    (done,) = [answer.value for answer in answers if isinstance(answer, Done)]
    assert (await scene.balance(who)).available == (500 if done.status == "approved" else 0)


async def test_one_key_approves_once_and_answers_the_same(scene: Scene) -> None:
    """Who is in doubt may ask again, fifty times at once."""
    who = await scene.participant()
    award = await scene.value(proposing(who))
    once = Once("key-1", b"\1" * 32)
    answers = await asyncio.gather(*(scene.ask_another(approving(award.id), once) for _ in range(50)))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    assert sum(isinstance(answer, Again) for answer in answers) == 49
    assert len({answer.body for answer in answers if isinstance(answer, Again)}) == 1
    assert (await scene.balance(who)).available == 500


async def test_draws_need_the_enrollment_that_they_are_drawn_in(scene: Scene) -> None:
    """The remedy is in the words; with an enrollment draws are paid like anything else."""
    enrollment = await scene.enrolled()
    answer = await scene.ask(proposing(enrollment.participant, 3, "draw"))
    assert isinstance(answer, Refused)
    assert (answer.code, [fault.pointer for fault in answer.faults]) == ("invalid", ["$.enrollment"])
    assert "name the enrollment" in in_english(answer)
    award = await scene.value(proposing(enrollment.participant, 3, "draw", enrollment.id))
    approved = await scene.by_another(approving(award.id))
    assert [(one.unit, one.available) for one in approved.balances] == [("draw", 3)]
    assert await transfers(scene, award.id) == [(3, "issued available", TODAY, None, enrollment.id)]


async def test_an_enrollment_pays_from_its_own_funding_unless_another_is_named(scene: Scene) -> None:
    """The funding stands in the proposal, so that whoever approves knows who pays."""
    document = await scene.program()
    who = await scene.participant()
    new = NewEnrollment(who, document.name, TODAY, funding="state-grant")
    enrollment = await scene.value(lambda act: open_enrollment(act, new))
    for named, pays in ((None, "state-grant"), ("county", "county")):
        award = await scene.value(proposing(who, 500, "usd", enrollment.id, named))
        assert award.funding == pays
        await scene.by_another(approving(award.id))
        assert await transfers(scene, award.id) == [(500, "issued available", TODAY, pays, enrollment.id)]


async def test_a_manual_award_to_an_unknown_person_is_refused(scene: Scene) -> None:
    """An unknown participant, somebody else's enrollment, and another clinic's award are all unknown."""
    enrollment = await scene.enrolled()
    stranger = await scene.participant("P-2")
    elsewhere = await scene.elsewhere()
    theirs = await elsewhere.value(proposing(await elsewhere.participant()))
    for unknown in (uuid4(), theirs.participant):
        assert await scene.refusal(proposing(unknown)) == ("unknown_participant", ("$.participant",))
    for episode in (uuid4(), enrollment.id):
        refusal = await scene.refusal(proposing(stranger, enrollment=episode))
        assert refusal == ("unknown_enrollment", ("$.enrollment",))
    for award in (uuid4(), theirs.id):
        for operation in (approving(award), refusing(award), reading(award)):
            assert await scene.refusal(operation) == ("not_found", ())


async def test_a_participant_reads_what_was_added_and_no_reason(scene: Scene) -> None:
    """The reason is for the clinic: a statement says, in English or Spanish, that something was added."""
    who = await scene.participant()
    award = await scene.value(proposing(who))
    await scene.by_another(approving(award.id))
    sentences: dict[Language, str] = {"en": "Your clinic added $5.00.", "es": "Tu clínica agregó $5.00."}
    for language, words in sentences.items():
        page = await scene.value(partial(statement, who, language))
        (line,) = page.items
        assert (line.sentence, line.cause, line.cause_id, line.reasons) == (words, "manual", award.id, ())
        assert WHY.encode() not in msgspec.json.encode(page)


async def test_reasons_are_encrypted_and_every_step_audited(scene: Scene) -> None:
    """Nobody with the database alone reads why, and the trail holds no free text."""
    who = await scene.participant()
    award = await scene.value(proposing(who))
    await scene.by_another(refusing(award.id))
    await scene.value(reading(award.id))
    await scene.value(lambda act: list_manual_awards(act, Page()))
    async with scene.database.transaction(scene.clinic) as tx:
        row = await tx.connection.fetchrow("select reason, refusal from manual_awards")
        told = await tx.connection.fetch(
            "select deed, participant_id, detail from audit where subject_id = $1", award.id
        )
    assert row is not None
    assert WHY.encode() not in row["reason"]
    assert b"rewarded" not in row["refusal"]
    assert [one["deed"] for one in told] == [
        "manual_award.proposed",
        "manual_award.refused",
        "manual_award.read",
        "manual_award.listed",
    ]
    assert {one["participant_id"] for one in told} == {who}
    assert not any("snow" in one["detail"] for one in told)


async def test_manual_awards_are_listed_by_status_and_participant(scene: Scene) -> None:
    """Newest first, page by page."""
    who, other = await scene.participant("P-1"), await scene.participant("P-2")
    ids = [(await scene.value(proposing(one))).id for one in (who, other, who)]
    await scene.by_another(approving(ids[0]))

    async def listed(page: Page, **asked: object) -> list[UUID]:
        found = await scene.value(lambda act: list_manual_awards(act, page, **asked))  # type: ignore[arg-type]  # filters
        return [item.id for item in found.items]

    assert await listed(Page(), status="proposed") == [ids[2], ids[1]]
    assert await listed(Page(), status="approved") == [ids[0]]
    assert await listed(Page(), participant=who) == [ids[2], ids[0]]
    assert await listed(Page(), participant=who, status="proposed") == [ids[2]]
    first = await scene.value(lambda act: list_manual_awards(act, Page(2)))
    assert await listed(Page(2, first.next_cursor)) == [ids[0]]
    assert await scene.refusal(lambda act: list_manual_awards(act, Page(2, "?"))) == ("invalid", ("cursor",))
