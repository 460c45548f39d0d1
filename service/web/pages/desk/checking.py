"""Before somebody is enrolled: what it comes to, by the rules of the deed itself."""

from typing import Final

from service.flows.people.admission import Begun
from service.web.http.answers import Answer
from service.web.pages.framework.call import PageCall

OURS: Final = frozenset({"csrf", "sure", "change"})
"""Fields that belong to this page, and not to the form behind it."""


def to_check(call: PageCall, begun: Begun, back: str) -> Answer:
    """Show what an enrollment would be; nothing is written until it is said here that it is meant."""
    behind = [(name, text) for name, texts in call.form.fields.items() if name not in OURS for text in texts]
    return call.show("desk/check.html", begun=begun, behind=behind, back=back, action=call.request.path)
