"""What people sign in with, kept as they would make it themselves, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from service.core.actors import Actor
from service.flows.perform import Act, Done, perform
from service.store import passkeys, staff_passkeys
from service.store.database.ids import new_id
from service.store.passkeys import Passkey
from service.store.staff_passkeys import StaffPasskey

if TYPE_CHECKING:
    from tests.flows.conftest import Scene


async def with_passkey(scene: Scene, who: UUID, let_in_by: UUID | None = None) -> UUID:
    """Let somebody have a passkey, of which the trail tells."""
    made = Passkey(new_id(), who, b"public", 0, let_in_by)

    async def kept(act: Act) -> Done[None]:
        await passkeys.insert(act, made, made.id.bytes)
        act.audit("passkey.added", made.id, who, mark=passkeys.mark_of(act, made))
        return Done(None)

    assert isinstance(await perform(scene.database, Actor(scene.clinic, who, "participant"), kept), Done)
    return made.id


async def own_passkey(act: Act) -> None:
    """Let whoever acts have a passkey as a member of staff, of which the trail tells."""
    made = StaffPasskey(act.new_id(), act.actor.id, b"key", 0)
    await staff_passkeys.insert(act, made, made.id.bytes, "My phone")
    act.audit("staff.passkey_added", made.id, mark=staff_passkeys.mark_of(act, made))
