"""The browser and system named in a User-Agent header, in two words."""

from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def agent_name(agent: str | None) -> str:
    """The browser and the system: `Chrome, Android`; empty where it says nothing that is known."""
    text = agent or ""
    found = (next((name for mark, name in marks if mark in text), None) for marks in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name is not None)
