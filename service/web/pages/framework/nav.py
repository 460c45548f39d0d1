"""Where staff go: the pages of Manage in five groups, and what other pages are found by."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from schemas.people import Role

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "now": ("overview", "approvals", "redemptions"),
    "programs": ("programs", "shelf", "providers", "groups", "closures", "caps"),
    "people": ("consents", "reminders", "records", "duplicates", "imports"),
    "reports": ("reports", "budgets", "billing", "audit"),
    "setup": ("staff", "subscribers", "sources"),
}
"""The pages of Manage by their group; a name of a group leads to the first that somebody may open."""
OWN: Final[Mapping[str, frozenset[str]]] = {
    "manager": frozenset(name for names in GROUPS.values() for name in names),
    "clinician": frozenset(
        {"overview", "programs", "redemptions", "approvals", "closures", "groups", "consents", "reminders"}
    ),
    "auditor": frozenset(
        {"overview", "programs", "shelf", "redemptions", "approvals", "reports", "budgets", "billing"}
    )
    | frozenset({"caps", "providers", "closures", "groups", "subscribers", "consents", "reminders", "audit"}),
}
AT_DESK: Final = frozenset({"front_desk", "clinician", "manager"})
ELSEWHERE: Final[tuple[tuple[str, str, frozenset[str]], ...]] = (
    ("today", "/desk", AT_DESK),
    ("new", "/desk/new", AT_DESK),
    ("handover", "/desk/handover", AT_DESK),
    ("week", "/desk/week", AT_DESK),
    ("work", "/desk/work", AT_DESK),
    ("sessions", "/desk/groups", AT_DESK),
    ("submissions", "/desk/submissions", AT_DESK),
    ("tax", "/manage/reports/tax", frozenset({"manager", "auditor"})),
    ("progress", "/manage/reports/progress", frozenset({"manager", "auditor"})),
    ("hours", "/manage/reports/hours", frozenset({"manager", "auditor"})),
    ("deeds", "/manage/reports/deeds", frozenset({"manager", "auditor"})),
    ("pack", "/manage/audit/pack", frozenset({"manager", "auditor"})),
    ("editor", "/manage/program-editor", frozenset({"manager"})),
    ("seeds", "/manage/seeds", frozenset({"manager", "auditor"})),
    ("account", "/account", AT_DESK | {"auditor"}),
)
"""Pages that stand in no row of names, with whom they are open to."""


class NavGroup(Struct, frozen=True):
    """A group of pages as one role sees it."""

    name: str
    pages: tuple[str, ...]


def path_of(page: str) -> str:
    """The path of a page of Manage."""
    return "/manage" if page == "overview" else f"/manage/{page}"


def groups_of(role: Role | None) -> tuple[NavGroup, ...]:
    """The groups of somebody's pages; one without any is left out."""
    own = OWN.get(role or "", frozenset())
    found = (NavGroup(name, tuple(one for one in pages if one in own)) for name, pages in GROUPS.items())
    return tuple(one for one in found if one.pages)


def places_of(role: Role | None) -> tuple[tuple[str, str], ...]:
    """Every page that somebody can go to by its name, with its path."""
    own = ((one, path_of(one)) for group in groups_of(role) for one in group.pages)
    return (*own, *((name, path) for name, path, who in ELSEWHERE if role in who))
