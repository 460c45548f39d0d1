"""The words of a mail that says that a report is ready: a link, and nothing of what it shows."""

from typing import Final

from schemas.people import Language
from service.core.access.messages import Message
from service.core.catalogs import ByLanguage, by_language

_READY: Final[ByLanguage[tuple[str, str]]] = by_language(
    "messages.report_ready",
    (
        "A report is ready",
        (
            "A report that you asked for is ready: {link}\n"
            'Sign in to see it. To get no more of these mails, press "Turn off mail" here: {list}'
        ),
    ),
)


def report_mail(to: str, public_url: str, saved_report: str, language: Language) -> Message:
    """The mail about a saved report, by its id."""
    base = public_url.rstrip("/")
    subject, text = _READY[language]
    link, listed = f"{base}/manage/reports/saved/{saved_report}", f"{base}/manage/reports/saved"
    return Message("email", to, subject, text.format(link=link, list=listed))
