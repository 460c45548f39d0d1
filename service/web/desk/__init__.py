"""The front desk: what is due today, and recording it."""

from typing import Final

from service.web.desk import live, record, today
from service.web.page.page import Page

PAGES: Final[tuple[Page, ...]] = (
    today.today, today.rows, today.panel, today.find, record.record, record.undo, live.stream,
)  # fmt: skip
