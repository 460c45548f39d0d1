"""What the office's part of Manage says, each of its pages in a file of its own."""

from typing import Final

from service.web.words import (
    office_deeds,
    office_imports,
    office_papers,
    office_reports,
    office_shared,
    office_sources,
    office_subscribers,
)

WORDS: Final[dict[str, tuple[str, str]]] = {
    **office_shared.WORDS, **office_subscribers.WORDS, **office_papers.WORDS, **office_reports.WORDS,
    **office_imports.WORDS, **office_sources.WORDS, **office_deeds.WORDS,
}  # fmt: skip
