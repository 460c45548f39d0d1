"""The links by which somebody chooses their password: where they lead, and whether they go by mail."""

from service.flows.access.invitations import Way
from service.web.http.resources import Resources


def mailed_from(resources: Resources) -> str | None:
    """The address that mailed links name: that of the settings; none where none is mailed.

    Who has a link mailed chooses the host of their request. Were the link to name it, its owner would bring
    it to whoever asked: somebody unknown, or a manager who makes a second person of their own.
    """
    is_mailed = "email" in resources.senders and not resources.settings.show_messages
    return resources.settings.public_url if is_mailed else None


def way_of(resources: Resources, origin: str) -> Way:
    """How invitations are made here: mailed where that can be, else shown, as of the address asked at."""
    mailed = mailed_from(resources)
    return Way(lambda token: f"{mailed or origin}/join/{token}", mailed is not None)
