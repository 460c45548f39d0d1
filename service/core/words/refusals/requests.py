"""Why a request was not read or not admitted: what HTTP, keys, bodies and queries must be."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence, changed_meanwhile

UNREADABLE: Final = Sentence("The request could not be read.")
"""What litestar refuses by a status alone."""

SENTENCES: Final[Catalog] = {
    "invalid": Sentence("{place}: {fault}", page="{fault}"),
    "invalid.cursor": Sentence(
        "No cursor of this list has this form; begin again without a cursor.",
        page="There is no such page of this list. Begin the list again.",
    ),
    "idempotency_in_flight": Sentence(
        "The first request with this Idempotency-Key is still in flight; send it again in a moment.",
        page="This is already being done. Wait a moment. It will be done only once.",
    ),
    "idempotency_conflict": Sentence(
        "This Idempotency-Key was used for another request; use a new key for a new request.",
        page="This form was sent before with something else in it. Load the page again.",
    ),
    "idempotency_key_required": Sentence(
        "Send an Idempotency-Key with this: it moves value and must be done once.",
        page="The form is incomplete. Load the page again and send it once more.",
    ),
    "idempotency_key_malformed": Sentence(
        "Send one Idempotency-Key of 1 to 255 visible ASCII characters, bare or in double quotes.",
        page="The form is not complete. Load the page again and send it once more.",
    ),
    "precondition_required": Sentence(
        "Read the resource, and send its ETag as If-Match with the edit.",
        page="The page is too old for this change. Load it again.",
    ),
    "malformed.if_match": Sentence(
        "If-Match is not an ETag as the resource was sent with.",
        page="The page is not as it should be. Load it again and send it once more.",
    ),
    "precondition_failed": changed_meanwhile(
        "The resource was changed since; read it again.",
    ),
    "unauthenticated": Sentence(
        "Send a key that was not revoked as `Authorization: Bearer cmr_...`.",
        page="That did not work. Check what you typed, or ask the front desk.",
    ),
    "forbidden": Sentence("A key with role {role} does not do this; {allowed} may."),
    "too_many_requests": Sentence("At most {requests} requests in {seconds} seconds; wait {wait} seconds."),
    "too_many_requests.unfinished": Sentence(
        "{requests} requests from this address are not sent whole yet; finish those first."
    ),
    "request_timeout.head": Sentence(
        "The head of the request did not arrive within {seconds} seconds; send it again."
    ),
    "request_timeout.body": Sentence(
        "The body of the request did not arrive in time: nothing came for {seconds} seconds, or too little. "
        "Send it again."
    ),
    "malformed.http": Sentence(
        "This is no request of HTTP/1.1 (RFC 9112): lines end with CRLF, and a length is said once."
    ),
    "malformed.host": Sentence("A request names one host, in one Host header."),
    "too_large.head": Sentence("The head of a request has at most {bytes} bytes."),
    "too_many_streams": Sentence(
        "As many streams are open here as this process holds; try again in a moment.",
        page="Many pages are open just now. Load the page again in a moment.",
    ),
    "too_many_streams.desk": Sentence(
        "As many pages are open here as this process holds; it goes on without news for a while."
    ),
    "too_many_streams.portal": Sentence("As many streams are open here as can be."),
    "not_acceptable": Sentence("Answers here are {media}; let Accept allow it."),
    "unsupported_media_type": Sentence("Send this as {media}, named in Content-Type."),
    "unsupported_media_type.encoding": Sentence("A body is read as it is; send it without Content-Encoding."),
    "clinic_moved": Sentence(
        "This clinic has moved. It is at {address} now: ask there.",
        page="This clinic has a new place. Open {address} and sign in there. Everything is kept.",
    ),
    "clinic_moving": Sentence(
        "This clinic is being moved to another place; send it again in a moment.",
        page="This clinic is just moving. Wait a few minutes and try again. Everything is kept.",
    ),
    "unavailable": Sentence(
        "The database cannot be reached or is busy; send it again in a moment.",
        page="The service is busy. Wait a moment and try again. Nothing was lost.",
    ),
    "unavailable.connections": Sentence(
        "As many connections are open here as this process serves; try again in a moment."
    ),
    "unavailable.crowded": Sentence(
        "More requests wait here than this process can serve in time; send it again in a moment."
    ),
    "unavailable.item": Sentence("The database was away for this item; send it again."),
    "internal": Sentence(
        "Something unforeseen happened here; it was logged under this trace id.",
        page=(
            "Something went wrong on our side. Nothing was changed. Try again. If it happens again, tell a "
            "manager."
        ),
    ),
    "internal.item": Sentence("Something unforeseen happened to this item; it was logged."),
    "too_large.body": Sentence("The body is larger than {bytes} bytes; send less at a time."),
    "too_large.batch": Sentence("The batch has {items} items; send at most {most} at a time."),
    "too_large.message": Sentence("A message has at most {bytes} bytes."),
    "malformed.nested": Sentence("The body is nested too deeply; no shape here is."),
    "malformed.not_utf8": Sentence("The body is not valid UTF-8; send JSON in UTF-8."),
    "malformed.not_json": Sentence("The body is not valid JSON: {why}."),
    "malformed.twice": Sentence("An object of the body says one name twice; say each once."),
    "malformed.request": UNREADABLE,
    "not_acceptable.request": UNREADABLE,
    "too_large.request": UNREADABLE,
    "unsupported_media_type.request": UNREADABLE,
    "internal.request": UNREADABLE,
    "not_found.path": Sentence("There is nothing at this path; /openapi.json lists what there is."),
    "method_not_allowed": Sentence("This path has other methods; Allow lists them."),
    "not_found.id": Sentence(
        "There is nothing with this id here.",
        page="There is nothing like that here. Go back and look for it again.",
    ),
    "not_found.refusal": Sentence("There is no refusal of this name."),
    "invalid.bodiless": Sentence("This takes no body; leave it out."),
    "invalid.not_an_array": Sentence("A batch is a JSON array of events; send [ ... ], or one event a line."),
}
