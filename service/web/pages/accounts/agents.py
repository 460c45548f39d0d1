"""Browsers by the names that people know them by."""

from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""The marks in what a browser says of itself, those first that others imitate."""
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def name_of(agent: str | None) -> str | None:
    """A browser and its machine, such as `Firefox · Windows`; none where it says neither."""
    said = agent or ""
    found = [next((name for mark, name in marks if mark in said), None) for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in found if name) or None
