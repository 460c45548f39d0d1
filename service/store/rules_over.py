"""The rules of a second person as they hold over one account or key, and who is one person with whom."""

from datetime import timedelta
from uuid import UUID

from schemas.program import Unit
from schemas.second_looks import SecondPersonRules
from service.core.persons import Hands, are_one
from service.core.redemption import USUAL_UNITS, alone_max
from service.core.second_looks import (
    BEGINNING_DAYS,
    LEFT_DAYS,
    limit_held,
    of_a_feed,
    of_one_alone,
    rules_held,
)
from service.store import persons, second_looks, second_person_limits
from service.store.database.pool import Tx


class Persons:
    """Who is one person with whom, as far as it was asked in this transaction, and what each is held to."""

    def __init__(self, tx: Tx, actor: UUID) -> None:
        self._tx = tx
        self._actor = actor
        self._known: dict[UUID, Hands] = {}
        self._settings: list[SecondPersonRules] | None = None

    async def of(self, who: UUID) -> Hands:
        """The hands of an account or key."""
        if who not in self._known:
            self._known[who] = await persons.hands_of(self._tx, who)
        return self._known[who]

    async def note_feed(self, who: UUID) -> None:
        """A key records for a program: where nobody answers for it, anybody on the staff looks at that."""
        self._known[who] = of_a_feed(await self.of(who))

    async def are_mine(self, who: UUID) -> bool:
        """Whether an account or key is whoever acts."""
        return are_one(await self.of(who), await self.of(self._actor))

    async def first_of(self, who: UUID, among: dict[UUID, UUID]) -> UUID:
        """The first of some that is one person with another, by whom a person is known from then on."""
        if who not in among:
            same = [one for one in among.values() if are_one(await self.of(one), await self.of(who))]
            among[who] = same[0] if same else who
        return among[who]

    async def rules_over(self, who: UUID) -> SecondPersonRules:
        """The rules that an account or key is held to, whoever else is there."""
        if self._settings is None:
            self._settings = await second_looks.settings(self._tx)
        if not self._settings:
            return SecondPersonRules()
        own = await self.of(who)
        history = [
            (one, one.set_by is not None and are_one(await self.of(one.set_by), own))
            for one in self._settings
        ]
        return rules_held(history, settled_by=await second_looks.managers_asked_since(self._tx))

    async def rules_among_colleagues(self, who: UUID) -> SecondPersonRules:
        """The rules that an account or key is held to, with those left out that nobody else could look at."""
        rules = await self.rules_over(who)
        alone = of_one_alone(rules)
        return rules if alone == rules or await self.could_another_look(who) else alone

    async def limits_over(self, who: UUID, *units: Unit) -> dict[Unit, int]:
        """How much an account or key replaces and takes back alone, by unit: those asked for among them."""
        settings = await second_person_limits.settings(self._tx)
        own = await self.of(who)
        history = [
            (one, one.set_by is not None and are_one(await self.of(one.set_by), own)) for one in settings
        ]
        if any(is_theirs for _, is_theirs in history) and not await self.could_another_look(who):
            history = [(one, False) for one, _ in history]
        since = await second_looks.managers_asked_since(self._tx)
        return {
            unit: limit_held(
                alone_max(unit), [each for each in history if each[0].unit == unit], settled_by=since
            )
            for unit in {*USUAL_UNITS, *units, *(one.unit for one in settings)}
        }

    async def could_another_look(self, who: UUID) -> bool:
        """Whether somebody else on the staff could look at what an account or key did."""
        left = self._tx.now - timedelta(days=LEFT_DAYS)
        found = await self._tx.value(
            "persons/others", actor=who, left=left, beginning=timedelta(days=BEGINNING_DAYS)
        )
        return found is not None
