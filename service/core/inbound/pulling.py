"""Pages of a FHIR search for what is new: what they hold and where they go on; and notices of it."""

from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

NOTICES: Final = frozenset({"history", "subscription-notification"})
"""Types of bundles that tell of something: R4 with the backport of subscriptions, and R5."""

NAME_LETTERS_MAX: Final = 200


class PulledPage(Struct, frozen=True):
    """One page: its resources with their ids and times, and the address of the next one."""

    resources: tuple["PulledResource", ...]
    next_url: str | None


class PulledResource(Struct, frozen=True):
    """One resource: its name with its version, when it was last changed, and itself as JSON."""

    name: str
    updated: datetime | None
    body: bytes


def read_page(body: bytes, kind: str) -> PulledPage | None:
    """What a page holds of one type, and the address of the next one as it says; none where it is no page."""
    try:
        bundle = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        return None
    entries, links = bundle.get("entry") or [], bundle.get("link") or []
    if not isinstance(entries, list) or not isinstance(links, list):
        return None
    found = []
    for entry in entries:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict) or resource.get("resourceType") != kind:
            # What else is there (an OperationOutcome, an include) is no message.
            continue
        made = _resource(resource)
        if made is None:
            return None
        found.append(made)
    nexts = [one.get("url") for one in links if isinstance(one, dict) and one.get("relation") == "next"]
    next_url = nexts[0] if nexts else None
    if next_url is not None and not isinstance(next_url, str):
        return None
    return PulledPage(tuple(found), next_url)


def _resource(resource: dict[str, Any]) -> PulledResource | None:
    named, about = resource.get("id"), resource.get("meta") or {}
    if not isinstance(named, str) or not isinstance(about, dict):
        return None
    updated: datetime | None = None
    text = about.get("lastUpdated")
    if text is not None:
        try:
            updated = msgspec.convert(text, datetime)
        except msgspec.ValidationError:
            return None
        if updated.tzinfo is None:
            return None
    version = about.get("versionId") or text or ""
    name = f"{resource['resourceType']}/{named}/{version}"[:NAME_LETTERS_MAX]
    return PulledResource(name, updated, msgspec.json.encode(resource))


def may_be_notice(body: bytes) -> bool:
    """Whether it is worth a look: most messages are told by a word that they lack."""
    return not body.strip() or b'"history"' in body or b'"subscription-notification"' in body


def is_notice(body: bytes) -> bool:
    """Whether a message only tells that there is something: a notice of a subscription, with ids at most."""
    if not body.strip():
        return True
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    if not isinstance(told, dict) or told.get("resourceType") != "Bundle" or told.get("type") not in NOTICES:
        return False
    entries = told.get("entry") or []
    if not isinstance(entries, list) or not entries or not isinstance(entries[0], dict):
        return False
    first = entries[0].get("resource")
    return isinstance(first, dict) and first.get("resourceType") in {"Parameters", "SubscriptionStatus"}
