"""Whether an address may be a subscriber's, as it is written; where a name leads is judged at each post."""

from typing import Final

from service.core.refusals import Refused, refused
from service.outbound.addresses import Allowed
from service.outbound.urls import URL_CHARACTERS_MAX, Fault, Unfit, read_url

WORDS: Final[dict[Fault, str]] = {
    "too_long": f"The address is longer than {URL_CHARACTERS_MAX} characters; give a shorter one.",
    "characters": "The address holds a space or a character that no address has; write it percent-encoded.",
    "scheme": "Notices go over HTTPS only; give an address that begins with https://.",
    "form": "This is not an address of the form https://host/path.",
    "userinfo": "The address names a user or a password; leave them out, for every notice is signed.",
    "fragment": "What follows a # is never sent; leave it out.",
    "port": "Notices do not go to this port; give 443 or one from 1024 on that nothing else is known by.",
    "host": "The host is neither a name nor an IP address; give the receiver's public name.",
    "number": "An IPv4 address is four plain numbers; write it so, or give the receiver's public name.",
    "zone": "An address with a zone leads to this machine's own network; give the receiver's public name.",
    "inside_name": "Such a name means something inside one network only; give the receiver's public name.",
    "address": "Notices do not go to this machine, private networks and the like; give a public address.",
}
"""What is wrong with an address, and what to do about it."""


def judge_url(url: str, allowed: Allowed) -> Refused | None:
    """Why an address may not be a subscriber's; none where it may."""
    match read_url(url, allowed):
        case Unfit(why):
            return refused("url_not_allowed", WORDS[why], "$.url")
        case _:
            return None
