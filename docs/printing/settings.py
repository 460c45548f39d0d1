"""The table of settings, from the settings' own docstrings and defaults."""

import ast
import inspect
import re
from pathlib import Path
from typing import Final

from msgspec import NODEFAULT
from msgspec.structs import fields

from service.settings import SAME_AS, Settings

_EXAMPLE: Final = Path(__file__).resolve().parents[2] / "deploy" / "service.env.example"


def settings() -> str:
    """Every setting with its default and its meaning; the defaults are those of the example file."""
    words = _words()
    shown = dict(re.findall(r"(?m)^#?([A-Z][A-Z0-9_]*)=(.*)$", _EXAMPLE.read_text(encoding="utf-8")))
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for field in fields(Settings):
        name = field.name.upper()
        needed = field.default is NODEFAULT and field.default_factory is NODEFAULT
        default = "needed" if needed else ", ".join(f"`{one}`" for one in shown[name].split(","))
        if name in SAME_AS:
            default = f"`{SAME_AS[name].upper()}`"
        lines.append(f"| `{name}` | {default} | {words[name]} |")
    return "\n".join(lines)


def _words() -> dict[str, str]:
    """What each docstring says after the setting's name."""
    (settings_class,) = ast.parse(inspect.getsource(Settings)).body
    found: dict[str, str] = {}
    for node in getattr(settings_class, "body", ()):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            name, colon, said = " ".join(str(node.value.value).split()).partition(": ")
            if colon and name.isupper():
                found[name] = said
    return found
