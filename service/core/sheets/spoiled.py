"""Ids that a spreadsheet has spoiled: told from ids, so that nobody is made of them."""

import re
from typing import Final

from service.core.refusals import Refused, refused

SHOWN_MAX: Final = 48

_KINDS: Final = (
    ("invalid.id_powers", re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]\d+", re.IGNORECASE)),
    ("invalid.id_decimal", re.compile(r"[+-]?\d+[.,]0+")),
    ("invalid.id_apostrophe", re.compile(r"['`\u00b4\u2018\u2019].*", re.DOTALL)),
    # Errors of a formula in English and Spanish, and the hashes of a column that is too narrow.
    (
        "invalid.id_error",
        re.compile(
            r"#[¡¿]?(?:n/?a|n/d|ref|value|valor|name|nombre|div/0|num|null|nulo|spill|calc|field|getting_data"
            r"|blocked|connect|unknown|busy)[!?]?|#{2,}",
            re.IGNORECASE,
        ),
    ),
    (
        "invalid.id_nothing",
        re.compile(
            r"[(<\[]?(?:null|none|nil|nan|n/?a|undefined|unknown|#?ref!?|true|false|verdadero|falso)[)>\]]?|[-\u2013\u2014?.*]+",
            re.IGNORECASE,
        ),
    ),
    (
        "invalid.id_date",
        re.compile(
            r"\d{1,2}-[a-z]{3}(?:-\d{2}|-\d{4})?|[a-z]{3}-\d{2}|\d{1,2}/\d{1,2}/(?:\d{2}|\d{4})(?: .*)?"
            r"|\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?",
            re.IGNORECASE,
        ),
    ),
)
_MONTHS: Final = frozenset(
    "jan feb mar apr may jun jul aug sep oct nov dec ene abr ago set dic".split()  # noqa: SIM905  read as words
)


def spoiled_id(text: str, column: str) -> Refused | None:
    """Why a text is what a spreadsheet made of an id, or of none; none where it may be an id."""
    for kind, pattern in _KINDS:
        if pattern.fullmatch(text) and (kind != "invalid.id_date" or _is_month(text)):
            return refused(kind, f"$.{column}", column=column, text=text[:SHOWN_MAX])
    return None


def _is_month(text: str) -> bool:
    letters = re.search(r"[a-z]{3}", text, re.IGNORECASE)
    return letters is None or letters[0].casefold() in _MONTHS
