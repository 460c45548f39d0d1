"""Each list of the API, walked page by page, has each thing once and in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from service.web.api.routes import ROUTES

if TYPE_CHECKING:
    from tests.walks.conftest import Demo

LOOKED_AT: Final = 40
"""So many things of a list are walked through."""
HOLDERS: Final = {
    "participant": "/v1/participants",
    "enrollment": "/v1/enrollments?status=open",
    "cap": "/v1/caps",
    "subscriber": "/v1/subscribers",
    "provider_account": "/v1/providers",
}
"""Where the things are listed that have lists of their own."""
SHORT: Final = {
    "/v1/billing-rules",
    "/v1/caps",
    "/v1/cards-to-load",
    "/v1/consents",
    "/v1/emergencies",
    "/v1/enrollments/{enrollment}/drawn-days",
    "/v1/erasures",
    "/v1/groups",
    "/v1/hats",
    "/v1/inbound-messages",
    "/v1/openings",
    "/v1/participants/{participant}/disclosures",
    "/v1/participants/{participant}/screenings",
    "/v1/points-worth",
    "/v1/providers",
    "/v1/providers/{provider_account}/differences",
    "/v1/providers/{provider_account}/products",
    "/v1/redemption-changes",
    "/v1/reminders",
    "/v1/restrictions",
    "/v1/service-lines",
    "/v1/sources",
    "/v1/submissions",
    "/v1/subscribers",
    "/v1/subscribers/{subscriber}/deliveries",
    "/v1/write-offs",
}
"""Lists of which the demo has one thing or none."""
LISTS: Final = sorted({route.path for route in ROUTES if route.shown and route.is_list} - SHORT)
TOLD_OF: Final = {"/v1/audit", "/v1/participants/{participant}/accounting"}
"""Lists that say who read what."""


def items(demo: Demo, path: str, limit: int, cursor: str | None = None) -> tuple[list[Any], str | None]:
    """Read one page of a list, and where the next one begins."""
    asked = f"{path}{'&' if '?' in path else '?'}limit={limit}" + (f"&cursor={cursor}" if cursor else "")
    page = demo.get(asked)
    return page["items"], page["next_cursor"]


def longest(demo: Demo, path: str) -> tuple[str, list[Any]]:
    """The list of a kind that has the most, among the first few things that have one, and its beginning."""
    before, opens, rest = path.partition("{")
    if not opens:
        return path, items(demo, path, LOOKED_AT)[0]
    holder, _, after = rest.partition("}")
    ids = [one["id"] for one in items(demo, HOLDERS[holder], LOOKED_AT)[0]]
    lists = {f"{before}{one}{after}": items(demo, f"{before}{one}{after}", LOOKED_AT)[0] for one in ids}
    return max(lists.items(), key=lambda one: len(one[1]), default=(path, []))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_by_pages_is_the_list(demo: Demo, path: str) -> None:
    """Pages of a few, the last of which may end with the list, say together what one page says."""
    filled, whole = longest(demo, path)
    assert len(whole) > 1
    if path in TOLD_OF:
        # Each reading adds to it: only what was there before is looked at.
        filled = f"{filled}?until={whole[0]['at']}"
        whole = items(demo, filled, LOOKED_AT)[0]
    size = max(len(whole) // 4, 1)
    walked: list[Any] = []
    cursor: str | None = None
    while len(walked) < len(whole):
        page, cursor = items(demo, filled, size, cursor)
        assert page, "a page without anything"
        walked += page
    assert walked[: len(whole)] == whole
    if len(walked) == len(whole) < LOOKED_AT:
        assert cursor is None
