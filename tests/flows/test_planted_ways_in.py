"""What was written into the tables by somebody who has the database alone lets nobody in."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schemas.keys import NewKey
from service.core.actors import Actor
from service.flows.access.codes import issue_code
from service.flows.access.keys import issue_key
from service.flows.access.pins import set_pin
from service.flows.perform import Act, Done, perform, rehearse
from service.store import invitations, keys, passkeys, pins, sign_in_codes
from tests.flows.entering import with_passkey

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def opening(act: Act) -> dict[str, int]:
    """Count what opens something, of all rows of each table."""

    async def column(table: str, name: str) -> list[bytes]:
        return [row[0] for row in await act.connection.fetch(f"select {name} from {table}")]  # noqa: S608

    own = [UUID(str(one)) for one in await column("pins", "participant_id")]
    found: dict[str, list[object]] = {
        "pins": [await pins.kept(act, one) for one in own],
        "passkeys": [await passkeys.find(act, one) for one in await column("passkeys", "credential_id")],
        "keys": [await keys.find(act, one) for one in await column("keys", "secret_hash")],
        "sign_in_codes": [
            await sign_in_codes.holder(act, one) for one in await column("sign_in_codes", "code_index")
        ],
        "invitations": [
            await invitations.find(act, one) for one in await column("invitations", "token_hash")
        ],
    }
    return {table: sum(one is not None for one in rows) for table, rows in found.items()}


async def furnished(scene: Scene) -> tuple[UUID, UUID]:
    """Give one person every way in, and another one none."""
    has, other = await scene.participant("P-1"), await scene.participant("P-2")
    own = Actor(scene.clinic, has, "participant")
    setting = partial(set_pin, pin_hash="$argon2id$kept", let_in_by=None)
    assert isinstance(await perform(scene.database, own, setting), Done)
    await with_passkey(scene, has)
    await scene.value(lambda act: issue_key(act, NewKey("integration", scopes=("events.write",))))
    await scene.value(lambda act: issue_code(act, has))

    async def linked(act: Act) -> Done[None]:
        token, ends_at = sha256(b"link").digest(), act.now + timedelta(days=1)
        await invitations.insert(act, act.new_id(), scene.actor("clinician").id, token, act.actor.id, ends_at)
        return Done(None)

    await scene.value(linked)
    return has, other


PLANTED = [
    ("pins", "update pins set pin_hash = 'mine'", 0),
    ("pins", "update pins set pin_hash = 'mine', mark = null", 0),
    ("pins", "update pins set let_in_by = :other", 0),
    (
        "pins",
        """insert into pins (clinic_id, participant_id, pin_hash, set_at, mark)
        select clinic_id, :other, pin_hash, set_at, mark from pins""",
        1,
    ),
    (
        "passkeys",
        """insert into passkeys (
            clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at, mark
        ) select clinic_id, :other, participant_id, 'mine', 'mine', 0, created_at, mark from passkeys""",
        1,
    ),
    (
        "passkeys",
        """insert into passkeys (
            clinic_id, passkey_id, participant_id, credential_id, public_key, sign_count, created_at
        ) select clinic_id, :other, participant_id, 'mine', 'mine', 0, created_at from passkeys""",
        1,
    ),
    (
        "keys",
        """insert into keys (
            clinic_id, key_id, role, secret_hash, created_at, created_by, expires_on, scopes, mark
        )
        select clinic_id, :other, 'manager', sha256('mine'), created_at, created_by, expires_on, scopes, mark
        from keys""",
        1,
    ),
    (
        "sign_in_codes",
        """insert into sign_in_codes (
            clinic_id, code_id, participant_id, kind, code_index, created_at, created_by, ends_at, mark
        ) select clinic_id, :other, :other, 'sent', sha256('mine'), created_at, created_by, ends_at, mark
        from sign_in_codes""",
        1,
    ),
    (
        "invitations",
        """update invitations set retired_at = now();
        insert into invitations (
            clinic_id, invitation_id, staff_id, token_hash, made_at, made_by, ends_at, mark
        )
        select clinic_id, :other, staff_id, sha256('mine'), made_at, made_by, ends_at, mark
        from invitations""",
        0,
    ),
]
"""What is planted into which table, and how many of its rows open something then; one did before."""


@pytest.mark.parametrize(("table", "planted", "left"), PLANTED)
async def test_planted_secret_opens_nothing(scene: Scene, table: str, planted: str, left: int) -> None:
    """A row that is changed, another's or new has no mark that fits, even where one was copied."""
    _, other = await furnished(scene)

    async def asked(act: Act) -> Done[tuple[int, int]]:
        before = (await opening(act))[table]
        await act.connection.execute(planted.replace(":other", f"'{other}'::uuid"))
        return Done((before, (await opening(act))[table]))

    tried = await rehearse(scene.database, scene.actor(), asked)
    assert isinstance(tried, Done)
    assert tried.value == (1, left)


@pytest.mark.parametrize("table", ["keys", "sign_in_codes", "invitations"])
async def test_secret_without_a_mark_is_not_written(scene: Scene, table: str) -> None:
    """What stood there before marks goes on opening; nothing more comes without one."""
    await furnished(scene)
    statement = f"insert into {table} select (r).* from (select jsonb_populate_record(t, '{{\"mark\": null}}') as r from {table} as t) as one"  # noqa: S608, E501  a table's name

    async def asked(act: Act) -> Done[None]:
        await act.connection.execute(statement)
        return Done(None)

    with pytest.raises(asyncpg.CheckViolationError, match="comes with a mark"):
        await rehearse(scene.database, scene.actor(), asked)


async def test_secret_of_before_marks_opens_by_what_the_trail_has(scene: Scene) -> None:
    """A PIN and a passkey whose rows have no mark, as a version of before writes them."""
    await furnished(scene)

    async def asked(act: Act) -> Done[dict[str, int]]:
        await act.connection.execute("update pins set mark = null")
        await act.connection.execute(
            "create temp table kept as select * from passkeys; delete from passkeys; "
            "update kept set mark = null; insert into passkeys select * from kept; drop table kept"
        )
        return Done(await opening(act))

    tried = await rehearse(scene.database, scene.actor(), asked)
    assert isinstance(tried, Done)
    assert (tried.value["pins"], tried.value["passkeys"]) == (1, 1)
