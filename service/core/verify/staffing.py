"""Who was who on the staff, and what rules held, at any place of the audit trail: pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from schemas.ids import Id
from schemas.second_looks import SecondPersonRules
from service.core.persons import Hands, are_one
from service.core.second_looks import of_one_alone, rules_held
from service.core.verify.checking_persons import OnRecord

CROSSED: Final = timedelta(minutes=1)
"""How long before its entry what is handed out may have been weighed: what changed within that time for the
whole clinic may not have been seen yet."""


class Moment(Struct, frozen=True):
    """A place in the trail, and the newest time of what was surely seen there."""

    seq: int
    at: datetime

    def before(self) -> "Moment":
        """The same place, by what was there some time before it."""
        return Moment(self.seq, self.at - CROSSED)


class Setting(Struct, frozen=True):
    """Rules that somebody set, with the number of their entry in the trail."""

    seq: int
    rules: SecondPersonRules


class Became(Struct, frozen=True):
    """What became of a member of staff: their role, and whether they were disabled or let in again by it."""

    seq: int
    at: datetime
    staff: Id
    role: str
    toggles: bool


class Staffing:
    """Everybody on the staff, every key, and every setting of the rules, the newest first."""

    def __init__(
        self,
        record: OnRecord,
        keys: Mapping[Id, str],
        changes: Sequence[Became],
        settings: Sequence[Setting],
        asked_since: datetime | None,
    ) -> None:
        """Keep what is on record of all of them; a clinic's staff is few beside its people."""
        self.record = record
        self.keys = keys
        self.changes = changes
        self.settings = settings
        self.asked_since = asked_since
        self._seqs = sorted([*(one.seq for one in changes), *(one.seq for one in settings)])
        set_at = (one.rules.set_at for one in settings)
        self._times = sorted(
            [
                *(one.at for one in changes),
                *(one.at for one in (*record.told, *record.kept)),
                *(at for at in set_at if at is not None),
            ]
        )
        self._known: dict[tuple[int, int], Standing] = {}

    def at(self, moment: Moment) -> "Standing":
        """Who was who at a moment, and what rules held: the same between two changes."""
        place = (bisect_left(self._seqs, moment.seq), bisect_right(self._times, moment.at))
        if place not in self._known:
            self._known[place] = Standing(self, moment)
        return self._known[place]


class Standing:
    """Who was who at one moment, as far as it was asked."""

    def __init__(self, staffing: Staffing, moment: Moment) -> None:
        """Read everybody's role at the moment."""
        self._all = staffing
        self._moment = moment
        self._hands: dict[Id, Hands] = {}
        self._roles: dict[Id, str] = {}
        self._out: set[Id] = set()
        for one in staffing.changes:
            if one.seq < moment.seq and one.at <= moment.at:
                self._roles[one.staff] = one.role
                if one.toggles:
                    self._out ^= {one.staff}

    def hands(self, who: Id) -> Hands:
        """Through whose hands an account or key had gone; somebody who is neither is nobody's."""
        if who not in self._hands:
            known = self._all.record.hands(who, self._moment.at)
            self._hands[who] = known or Hands(frozenset({who}), frozenset(), is_person=False)
        return self._hands[who]

    def role(self, who: Id) -> str | None:
        """The role of an account or key."""
        return self._roles.get(who) or self._all.keys.get(who)

    @property
    def asked_since(self) -> datetime | None:
        """Since when managers and integrations are asked about as anybody."""
        return self._all.asked_since

    def newest(self) -> SecondPersonRules:
        """The rules that were set last."""
        return next((one for one, _ in self._settings(None)), SecondPersonRules())

    def rules_over(self, who: Id) -> SecondPersonRules:
        """The rules that an account or key is held to, whoever else is there."""
        found = list(self._settings(who))
        return rules_held(found, settled_by=self._all.asked_since) if found else SecondPersonRules()

    def rules_among_colleagues(self, who: Id) -> SecondPersonRules:
        """The same, with those left out that nobody else could look at."""
        rules = self.rules_over(who)
        alone = of_one_alone(rules)
        return rules if alone == rules or self.could_another_look(who) else alone

    def could_another_look(self, who: Id) -> bool:
        """Whether somebody else on the staff surely could look at what an account or key did.

        Who ever could read a way into an account may have been one with its owner by then.
        """
        record = self._all.record
        own = record.hands_ever(who)
        return any(
            role != "auditor" and other not in self._out and not are_one(record.hands_ever(other), own)
            for other, role in self._roles.items()
        )

    def _settings(self, who: Id | None) -> "list[tuple[SecondPersonRules, bool]]":
        found = []
        for one in self._all.settings:
            by, at = one.rules.set_by, one.rules.set_at
            if one.seq < self._moment.seq and (at is None or at <= self._moment.at):
                is_theirs = who is not None and by is not None and are_one(self.hands(by), self.hands(who))
                found.append((one.rules, is_theirs))
        return found
