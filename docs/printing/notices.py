"""The table of notices: each type with what its data holds."""

import inspect

from msgspec.structs import fields

from schemas.notices import SHAPES, Carried


def notices() -> str:
    """Every type of notice, when it is sent, and the fields of its data besides those that all have."""
    lines = ["| type | sent when | fields of `data` |", "|---|---|---|"]
    for kind, shape in SHAPES.items():
        said = inspect.cleandoc(shape.__doc__ or "").split("\n", maxsplit=1)[0]
        names = ", ".join(f"`{field.encode_name}`" for field in fields(shape))
        lines.append(f"| `{kind}` | {said} | {names} |")
    common = ", ".join(f"`{field.encode_name}`" for field in fields(Carried))
    return "\n".join([*lines, "", f"The data of every notice also holds {common}."])
