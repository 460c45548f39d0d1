"""Keys that are not the database's are refused before anything is written under them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from schemas.staff import NewStaff
from service.flows.access.staff import create_staff
from service.flows.setup.key_check import WrongKeysError, check_keys
from service.store.database.cipher import Cipher

if TYPE_CHECKING:
    from service.settings import Settings
    from tests.flows.conftest import Scene

OTHER = b"x" * 32


async def test_the_database_s_own_keys_fit(scene: Scene) -> None:
    """With others before them, too: the first encrypts, and each opens what it encrypted."""
    await check_keys(scene.database)


@pytest.mark.parametrize(
    ("keys", "index", "says"),
    [
        ((("another", OTHER),), None, "FIELD_KEYS lacks a key"),
        (None, None, "of the same id"),
        ((), OTHER, "INDEX_KEY is another"),
    ],
    ids=["lost", "another of the same id", "another index key"],
)
async def test_wrong_keys_are_named_with_the_remedy(
    scene: Scene,
    test_settings: Settings,
    keys: tuple[tuple[str, bytes], ...] | None,
    index: bytes | None,
    says: str,
) -> None:
    """What is lost, and that nothing was changed; the message holds no key."""
    if index is not None:
        # Somebody to find; a clinic without anybody has a seed to open all the same.
        new = NewStaff("ana@example.org", "front_desk", "Ana Ruiz", password="three blue herons")
        await scene.value(partial(create_staff, new=new))
    field_keys = tuple(test_settings.field_keys)
    given = ((field_keys[0][0], OTHER),) if keys is None else keys or field_keys
    own = scene.database.cipher
    scene.database.cipher = Cipher(given, index or test_settings.index_key, test_settings.audit_key)
    try:
        with pytest.raises(WrongKeysError, match=says) as wrong:
            await check_keys(scene.database)
    finally:
        scene.database.cipher = own
    assert "Nothing was changed" in str(wrong.value)


def test_the_index_key_signs_nothing(test_settings: Settings) -> None:
    """What forms and the set-up carry has a key of its own, which does not give it away."""
    assert test_settings.form_key != bytes(test_settings.index_key)
    assert len(test_settings.form_key) == 32
