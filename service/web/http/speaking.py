"""Which of the spoken languages a client asks for."""

from schemas.languages import SPOKEN
from schemas.people import Language


def wanted_of(header: str) -> Language | None:
    """The language that an Accept-Language header asks for first; none where it is not spoken here."""
    code = header.partition(",")[0].partition(";")[0].strip().lower().partition("-")[0]
    return code if code in SPOKEN else None
