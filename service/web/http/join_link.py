"""The link by which a member of staff chooses their password."""

from service.flows.access.invitations import Way
from service.web.http.resources import Resources


def way_of(resources: Resources, origin: str) -> Way:
    """How invitations are made here: mailed where a mail server sends, shown on the page where none does."""
    is_mailed = "email" in resources.senders and not resources.settings.show_messages
    return Way(lambda token: f"{origin}/join/{token}", is_mailed)
