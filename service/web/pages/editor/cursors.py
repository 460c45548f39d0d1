"""Where a list goes on that is asked for up to a day: ids begin with the moment at which they were made."""

from datetime import date, datetime, time, timedelta
from typing import Final

from service.core.cursors import cursor_of
from service.web.pages.framework.call import PageCall

RANDOM_BYTES: Final = 10
MOMENT_BYTES: Final = 6


def until(call: PageCall, day: date) -> str:
    """The cursor of a list, newest first, that begins with what was made on a local day of the clinic."""
    end = datetime.combine(min(day, date(9999, 1, 1)) + timedelta(days=1), time(), call.voice.zone)
    millis = max(0, int(end.timestamp() * 1000))
    return cursor_of(millis.to_bytes(MOMENT_BYTES, "big") + bytes(RANDOM_BYTES))
