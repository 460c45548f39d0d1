"""What somebody has chosen of how a table is read: judged before anything is read by it."""

import re
from datetime import datetime
from typing import Final

from service.core.refusals import Refused, refused
from service.core.sheets.columns import plain_name
from service.core.sheets.mapping import Mapping
from service.core.sheets.splitting import SEPARATOR_NAMES

DIRECTIVES: Final = frozenset("YymdHIMSfpzbBaA")
SEPARATOR_OF: Final = {name: sign for sign, name in SEPARATOR_NAMES.items()}


def judge_pattern(pattern: str) -> Refused | None:
    """Why a pattern cannot say how times are written (`strptime`); none where it can."""
    given = re.findall(r"%(.?)", pattern)
    strange = sorted(set(given) - DIRECTIVES)
    if strange:
        known = tuple(f"%{letter}" for letter in sorted(DIRECTIVES))
        return refused("invalid.times_directive", "$.pattern", letter=strange[0], known=known)
    parts = set(given)
    is_day = {"d"} <= parts and parts & {"Y", "y"} and parts & {"m", "b", "B"}
    if len(given) != len(parts) or not is_day:
        return refused("invalid.times_parts", "$.pattern")
    try:
        datetime.strptime("", pattern)  # noqa: DTZ007  nothing is read by it
    except re.error:
        return refused("invalid.times_parts", "$.pattern")
    except ValueError:
        pass
    return None


def judge_choices(mapping: Mapping) -> Refused | None:
    """Why a table cannot be read by a mapping; none where it can. Its zone is known elsewhere."""
    if mapping.times == "pattern" and (why := judge_pattern(mapping.pattern or "")) is not None:
        return why
    names = [plain_name(column.name) for column in mapping.columns]
    if len(names) != len(set(names)):
        return refused("invalid.column_twice", "$.columns")
    if mapping.separator is not None and (len(mapping.separator) != 1 or mapping.separator in '"\r\n\0'):
        return refused("invalid.separator", "$.separator", known=tuple(SEPARATOR_OF))
    return None
