"""Charts that merges ever made one: what is on record of any of them is compared as that of one person.

What was recorded while a merge held names the survivor, whatever became of the merge since. Which of them has
what by now follows from the merges that hold, and is compared by itself.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from schemas.ids import Id


class Kin(Struct, frozen=True):
    """The charts that belong together, each by the first of them, and where each leads by now."""

    first_of: Mapping[Id, Id] = {}
    charts_of: Mapping[Id, tuple[Id, ...]] = {}
    leads_to: Mapping[Id, Id] = {}

    def one(self, chart: Id | None) -> Id | None:
        """The chart that stands for all that belong together with one."""
        return None if chart is None else self.first_of.get(chart, chart)

    def of(self, chart: Id) -> Id:
        """The chart that stands for all that belong together with one."""
        return self.first_of.get(chart, chart)

    def charts(self, first: Id) -> tuple[Id, ...]:
        """All charts that one stands for."""
        return self.charts_of.get(first, (first,))

    def person(self, chart: Id) -> Id:
        """Where a chart leads by the merges that hold."""
        return self.leads_to.get(chart, chart)


def kin_of(merges: Iterable[tuple[Id, Id, bool]]) -> Kin:
    """The kin by all merges: the chart that ended, the survivor, and whether the merge holds."""
    group: dict[Id, set[Id]] = {}
    next_: dict[Id, Id] = {}
    for ended, survivor, holds in merges:
        whole = group.setdefault(ended, {ended}) | group.setdefault(survivor, {survivor})
        for chart in whole:
            group[chart] = whole
        if holds:
            next_[ended] = survivor
    first_of = {chart: min(whole, key=lambda one: one.bytes) for chart, whole in group.items()}
    charts_of = {
        first: tuple(sorted(group[first], key=lambda one: one.bytes)) for first in set(first_of.values())
    }
    return Kin(first_of, charts_of, {chart: _end(next_, chart) for chart in next_})


def _end(next_: Mapping[Id, Id], chart: Id) -> Id:
    seen = {chart}
    while chart in next_ and next_[chart] not in seen:
        chart = next_[chart]
        seen.add(chart)
    return chart
