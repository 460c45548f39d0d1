"""Keys that are not the database's are refused before anything is written under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from service.flows.perform import Done
from service.flows.setup.clinics import create_clinic
from service.flows.setup.key_check import WrongKeysError, check_keys
from service.flows.trail.checkpoints import make_checkpoint
from service.store.database.cipher import Cipher

if TYPE_CHECKING:
    from service.settings import Settings
    from service.store.database.pool import Database
    from tests.flows.conftest import Clock, Scene

OTHER = b"x" * 32


async def test_the_database_s_own_keys_fit(scene: Scene) -> None:
    """With others before them, too: the first encrypts, and each opens what it encrypted."""
    await check_keys(scene.database)


@pytest.mark.parametrize(
    ("keys", "index", "audit", "says"),
    [
        ((("another", OTHER),), None, None, "FIELD_KEYS lacks a key"),
        (None, None, None, "of the same id"),
        ((), OTHER, None, "INDEX_KEY is another"),
        ((), None, OTHER, "AUDIT_KEY is another"),
    ],
    ids=["lost", "another of the same id", "another index key", "another audit key"],
)
async def test_wrong_keys_are_named_with_the_remedy(
    scene: Scene,
    test_settings: Settings,
    keys: tuple[tuple[str, bytes], ...] | None,
    index: bytes | None,
    audit: bytes | None,
    says: str,
) -> None:
    """What is lost, and that nothing was changed; the message holds no key."""
    field_keys = tuple(test_settings.field_keys)
    given = ((field_keys[0][0], OTHER),) if keys is None else keys or field_keys
    own = scene.database.cipher
    scene.database.cipher = Cipher(given, index or test_settings.index_key, audit or test_settings.audit_key)
    try:
        with pytest.raises(WrongKeysError, match=says) as wrong:
            await check_keys(scene.database)
    finally:
        scene.database.cipher = own
    assert "Nothing was changed" in str(wrong.value)


def with_other(settings: Settings, which: str) -> Cipher:
    """Give the keys with another one in the place of one."""
    index = OTHER if which == "index" else settings.index_key
    audit = OTHER if which == "audit" else settings.audit_key
    return Cipher(tuple(settings.field_keys), index, audit)


@pytest.mark.parametrize("which", ["index", "audit"])
async def test_wrong_key_is_named_where_nobody_is_on_the_staff(
    opened: tuple[Database, Clock], own_database: str, test_settings: Settings, which: str
) -> None:
    """A clinic keeps a hash under each from its beginning."""
    assert own_database
    database, _ = opened
    assert isinstance(await create_clinic(database, "Harbor Clinic", "America/Los_Angeles"), Done)
    await check_keys(database)
    database.cipher = with_other(test_settings, which)
    with pytest.raises(WrongKeysError, match=f"{which.upper()}_KEY is another"):
        await check_keys(database)


@pytest.mark.parametrize("which", ["index", "audit"])
async def test_clinic_of_before_is_given_what_the_next_start_compares(
    scene: Scene, own_database: str, test_settings: Settings, which: str
) -> None:
    """By a start with its own keys; until then another one is told by the staff, and by a checkpoint."""
    owner = await asyncpg.connect(own_database)
    await owner.execute("alter table clinics disable trigger clinics_checks_for_good")
    await owner.execute("update clinics set index_check = null, audit_check = null")
    await scene.value(lambda act: make_checkpoint(act, "asked"))
    own, other = scene.database.cipher, with_other(test_settings, which)
    for _ in range(2):
        scene.database.cipher = other
        with pytest.raises(WrongKeysError, match=f"{which.upper()}_KEY is another"):
            await check_keys(scene.database)
        scene.database.cipher = own
        await check_keys(scene.database)
        assert await owner.fetchval("select count(*) from clinics where index_check is null") == 0
    await owner.close()


def test_the_index_key_signs_nothing(test_settings: Settings) -> None:
    """What forms and the set-up carry has a key of its own, which does not give it away."""
    assert test_settings.form_key != bytes(test_settings.index_key)
    assert len(test_settings.form_key) == 32
