"""The places of a walk over FHIR resources, as cursors that callers hand back."""

import base64
import binascii
from typing import Final

from service.core.refusals import Refused, refused

PLACE_BYTES: Final = 17
"""A step of a letter, and an id."""
STEPS: Final = b"nco"


def place_in(cursor: str | None) -> bytes | Refused | None:
    """The place that a cursor holds; refused where it is not one of ours."""
    if cursor is None:
        return None
    try:
        place = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return refused("invalid.cursor", "_cursor")
    if len(place) != PLACE_BYTES or place[0] not in STEPS:
        return refused("invalid.cursor", "_cursor")
    return place
