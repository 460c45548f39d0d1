"""Who did what, changed or planted in the database, is found out by what the audit trail tells of it."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import asyncpg
import pytest
from asyncpg import Connection

from schemas.keys import NewKey
from schemas.people import CloseEnrollment
from schemas.redemption_changes import NewSecondPersonLimit, NewTakeBack
from schemas.second_looks import NewSecondLook, SecondPersonRulesChange
from schemas.shelf import NewRedemption, RewardChange
from schemas.staff import StaffChange
from service.flows.access.keys import issue_key
from service.flows.access.staff import change_staff
from service.flows.people.enrollments import close_enrollment
from service.flows.shelf.lost_rewards import take_back_redemption
from service.flows.shelf.redemptions import cancel_redemption, give_redemption, redeem
from service.flows.shelf.rewards import change_reward
from service.flows.shelf.second_looks import take_second_look
from service.flows.shelf.second_person_limits import set_second_person_limit
from service.flows.shelf.second_person_rules import set_rules
from tests.flows.alone import EVERYBODY
from tests.flows.conftest import MONDAY, TODAY
from tests.flows.test_verify_changes import UNGUARDED, fault_in, owner

if TYPE_CHECKING:
    from tests.flows.conftest import Scene

__all__ = ["owner"]

FAULTS = [
    # what is planted, and the table that is named
    ("update redemptions set requested_by = redemption_id", "redemptions"),
    ("update redemptions set requested_at = requested_at - interval '1 day'", "redemptions"),
    ("update redemptions set settled_by = redemption_id where settled_by is not null", "redemptions"),
    ("update redemptions set settled_by = requested_by where status = 'given'", "redemptions"),
    ("update redemptions set settled_by = redemption_id where :back", "redemptions"),
    ("update redemptions set settled_at = settled_at - interval '1 day'", "redemptions"),
    ("update redemptions set reward_id = redemption_id where status = 'held'", "rewards"),
    (
        (
            "insert into second_person_rules select (planted).* from (select jsonb_populate_record(r, "
            "jsonb_build_object('second_person_rules_id', gen_random_uuid(), 'roles', '{}'::text[])) "
            "as planted from second_person_rules as r limit 1) as one"
        ),
        "second_person_rules",
    ),
    ("update second_person_rules set overturn_own = true where not :first", "second_person_rules"),
    ("update second_person_rules set roles = '{}' where not :first", "second_person_rules"),
    ("update second_person_rules set given_usd_max = null where not :first", "second_person_rules"),
    ("update second_person_rules set set_by = clinic_id where :first", "second_person_rules"),
    ("delete from second_person_rules where not :first", "second_person_rules"),
    (
        (
            "insert into second_looks select clinic_id, gen_random_uuid(), participant_id, now(), looked_by, "
            "3, null from second_looks"
        ),
        "second_looks",
    ),
    ("update second_looks set looked_by = clinic_id", "second_looks"),
    (
        (
            "insert into second_looks select clinic_id, gen_random_uuid(), participant_id, now(), "
            "'00000000-0000-0000-0000-000000000001', 0, null from second_looks"
        ),
        "second_looks",
    ),
    ("update second_looks set looked_at = looked_at + interval '9 days'", "second_looks"),
    ("update second_looks set participant_id = :other", "second_looks"),
    ("update second_looks set deeds = deeds + 1", "second_looks"),
    ("delete from second_looks", "second_looks"),
    ("update keys set created_by = key_id", "keys"),
    ("update keys set created_by = null", "keys"),
    ("update enrollments set opened_by = enrollment_id", "enrollments"),
    ("update enrollments set opened_at = opened_at + interval '9 days'", "enrollments"),
    ("update events set recorded_by = event_id", "events"),
    ("update rewards set price = 1", "rewards"),
    ("update staff set disabled_at = disabled_at - interval '99 days'", "staff"),
    ("update staff set role_changed_at = role_changed_at - interval '99 days'", "staff"),
    ("update staff set role_changed_at = created_at where role_changed_at is null", "staff"),
    ("update rewards set fair_value = 1", "rewards"),
    ("update rewards set fair_value = null", "rewards"),
    ("update rewards set lowered_by = null", "rewards"),
    ("update rewards set moved_by = null", "rewards"),
    ("update rewards set category = 'small'", "rewards"),
    ("update redemptions set lowered_by = null where lowered_by is not null", "redemptions"),
    ("update redemptions set fair_value = 0", "redemptions"),
    ("update enrollments set closed_by = enrollment_id where closed_on is not null", "enrollments"),
    ("update enrollments set closed_on = closed_on + 1", "enrollments"),
]

WORDS = {
    ":back": "redemption_id in (select redemption_id from redemption_changes where kind = 'take_back')",
    ":first": (
        "second_person_rules_id = (select min(second_person_rules_id::text)::uuid from second_person_rules)"
    ),
    ":other": "(select min(participant_id::text)::uuid from participants)",
}
"""Words for rows that faults are planted in."""


async def furnish(scene: Scene) -> None:
    """Hand out, cancel and take back; set rules and look; issue a key; lower a price; close an enrollment."""
    await scene.by_another(lambda act: set_rules(act, SecondPersonRulesChange(roles=EVERYBODY)))
    gone = await scene.enrolled("P-0")
    await scene.by_another(lambda act: close_enrollment(act, gone.id, CloseEnrollment("Moved away.", TODAY)))
    enrollment = await scene.enrolled("P-1", welcome=20_000, starts_on=TODAY - timedelta(days=3))
    who = enrollment.participant
    await scene.record(enrollment.id, "negative")
    mug = await scene.reward(500, stock=9)
    held, given, canceled, back = [
        await scene.value(lambda act: redeem(act, NewRedemption(who, mug.id)), "front_desk") for _ in range(4)
    ]
    assert held.status == "held"
    await scene.value(lambda act: give_redemption(act, given.id), "clinician")
    await scene.by_another(lambda act: cancel_redemption(act, canceled.id))
    await scene.value(lambda act: give_redemption(act, back.id), "clinician")
    await scene.by_another(lambda act: set_second_person_limit(act, NewSecondPersonLimit("usd", 100_000)))
    await scene.value(lambda act: take_back_redemption(act, back.id, NewTakeBack("Broken")))
    await scene.value(lambda act: set_rules(act, SecondPersonRulesChange(roles=("front_desk", "manager"))))
    await scene.value(lambda act: set_rules(act, SecondPersonRulesChange(recorded_usd_max=0)))
    await scene.record(enrollment.id, "negative", MONDAY + timedelta(minutes=1), "manager")
    await scene.by_another(lambda act: take_second_look(act, who, NewSecondLook("Read.")))
    await scene.value(lambda act: issue_key(act, NewKey("integration", scopes=("events.write",))))
    gone_since = StaffChange(role="auditor", disabled=True)
    clinician = scene.actor("clinician").id
    await scene.value(lambda act: change_staff(act, clinician, gone_since, None))
    card = await scene.reward(500)
    for reward, change in (
        (mug, RewardChange(price=400)),
        (card, RewardChange(fair_value=900, category="small-prizes")),
    ):
        await scene.value(partial(change_reward, reward_id=reward.id, change=change, revision=1))
    await scene.value(lambda act: redeem(act, NewRedemption(who, mug.id)), "front_desk")


async def test_verify_names_whoever_is_said_to_have_done_what_they_did_not(
    scene: Scene, owner: Connection
) -> None:
    """Whatever is planted, the first fault that is named lies there; what is put back is clean again."""
    await furnish(scene)
    await owner.execute(UNGUARDED)
    assert await fault_in(scene) is None
    missed: dict[str, object] = {}
    for written, table in FAULTS:
        fault = written
        for word, row in WORDS.items():
            fault = fault.replace(word, row)
        changed = re.search(r"(?:update|delete from|insert into) (\w+)", fault)
        assert changed
        await owner.execute(f"create temporary table kept as select * from {changed[1]}")  # noqa: S608  our own words
        done = await owner.execute(fault)
        found = await fault_in(scene)
        if done.endswith(" 0") or found is None or found.table != table or not found.ids:
            missed[written] = (done, found)
        await owner.execute(f"delete from {changed[1]}")  # noqa: S608  our own words
        await owner.execute(f"insert into {changed[1]} select * from kept; drop table kept")  # noqa: S608
    assert missed == {}
    assert await fault_in(scene) is None


@pytest.mark.parametrize(
    "planted",
    [
        "update keys set created_by = key_id", "update keys set role = 'manager'",
        "update keys set secret_hash = sha256('mine')", "update keys set expires_on = '2099-01-01'",
        "update enrollments set opened_by = enrollment_id", "update enrollments set opened_at = now()",
        "update enrollments set starts_on = '2020-01-01'",
        "update redemptions set requested_by = redemption_id", "update redemptions set amount = 1",
        "update redemptions set participant_id = redemption_id", "update rewards set unit = 'points'",
    ],
)  # fmt: skip  # table: columns that are written once
async def test_what_is_written_once_the_service_s_role_does_not_change(scene: Scene, planted: str) -> None:
    """Who asked, opened or issued, and what for, stays as it was inserted."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scene.database.transaction(scene.clinic) as tx:
            await tx.connection.execute(planted)
