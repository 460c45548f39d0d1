"""Why a subscriber was not added, changed or sent to."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

SENTENCES: Final[Catalog] = {
    "not_found.subscriber": Sentence("There is no such subscriber."),
    "not_found.delivery": Sentence("There is no such delivery."),
    "invalid.replay_backwards": Sentence("The end of the time lies after its beginning."),
    "precondition_failed.subscriber": changed_meanwhile(
        "The subscriber was changed meanwhile; read it again and change that."
    ),
    "subscriber_disabled": Sentence("The subscriber is disabled, so nothing is sent to it; enable it first."),
    "url_not_allowed.too_long": Sentence(
        "The address is longer than {characters} characters; give a shorter one."
    ),
    "url_not_allowed.characters": Sentence(
        "The address holds a space or a character that no address has; write it percent-encoded."
    ),
    "url_not_allowed.scheme": Sentence(
        "Notices go over HTTPS only; give an address that begins with https://."
    ),
    "url_not_allowed.form": Sentence("This is not an address of the form https://host/path."),
    "url_not_allowed.userinfo": Sentence(
        "The address names a user or a password; leave them out, for every notice is signed."
    ),
    "url_not_allowed.fragment": Sentence("What follows a # is never sent; leave it out."),
    "url_not_allowed.port": Sentence(
        "Notices do not go to this port; give 443 or one from 1024 on that nothing else is known by."
    ),
    "url_not_allowed.host": Sentence(
        "The host is neither a name nor an IP address; give the receiver's public name."
    ),
    "url_not_allowed.number": Sentence(
        "An IPv4 address is four plain numbers; write it so, or give the receiver's public name."
    ),
    "url_not_allowed.zone": Sentence(
        "An address with a zone leads to this machine's own network; give the receiver's public name."
    ),
    "url_not_allowed.inside_name": Sentence(
        "Such a name means something inside one network only; give the receiver's public name."
    ),
    "url_not_allowed.address": Sentence(
        "Notices do not go to this machine, private networks and the like; give a public address."
    ),
}
