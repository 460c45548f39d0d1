"""When a consent to disclose holds, and what the whole form of 42 CFR 2.31 needs."""

from datetime import date, datetime

from schemas.consents import Consent, NewConsent, SignatureMedia
from service.core.refusals import Fault, fault

_MAGIC: dict[bytes, SignatureMedia] = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def in_force(expires_on: date | None, revoked_at: datetime | None, today: date) -> bool:
    """Whether a consent holds on the clinic's local day: not revoked, and its last day is not over."""
    return revoked_at is None and (expires_on is None or today <= expires_on)


def told_of_consent(given: Consent) -> dict[str, str]:
    """What the audit trail says of a consent beside its ids; the short form's words are those of old."""
    last = "" if given.expires_on is None else given.expires_on.isoformat()
    told = {"subscriber": "" if given.subscriber is None else str(given.subscriber), "expires_on": last}
    if given.kind is not None and given.signature is not None:
        told |= {"kind": given.kind, "signed_on": given.signature.signed_on.isoformat()}
    return told


def media_of(picture: bytes) -> SignatureMedia | None:
    """What kind of picture these bytes begin as; None where it is neither PNG nor JPEG."""
    return next((media for magic, media in _MAGIC.items() if picture.startswith(magic)), None)


def faults_of_consent(new: NewConsent, today: date) -> tuple[Fault, ...]:
    """What a new consent lacks, and what does not go together in it; none where it can be recorded."""
    found = []
    if new.expires_on is not None and new.expires_on < today:
        found.append(fault("$.expires_on", "invalid.consent_past", day=today))
    if new.subscriber is None and new.recipient is None:
        found.append(fault("$.recipient", "invalid.consent_to_nobody"))
    if new.recipient_is_class and new.recipient is None:
        found.append(fault("$.recipient", "invalid.consent_class_unnamed"))
    return (*found, *(_short(new) if new.kind is None else _whole(new, today)))


def _short(new: NewConsent) -> list[Fault]:
    """The short form is to a subscriber, and says nothing that belongs to the whole one."""
    whole = ("information", "signature", "ends_when", "how_to_revoke", "recipient")
    return [
        fault("$.kind", "invalid.consent_without_kind", field=name)
        for name in whole
        if getattr(new, name) is not None
    ][:1]


def _whole(new: NewConsent, today: date) -> list[Fault]:
    found = []
    if new.information is None:
        found.append(fault("$.information", "invalid.consent_of_nothing"))
    if new.kind == "specific" and new.expires_on is None and new.ends_when is None:
        found.append(fault("$.expires_on", "invalid.consent_without_end"))
    signed = new.signature
    if signed is None:
        return [*found, fault("$.signature", "invalid.consent_unsigned")]
    if signed.signed_on > today:
        found.append(fault("$.signature.signed_on", "invalid.signed_in_future", day=today))
    if (signed.how == "drawn") != (signed.drawn is not None):
        found.append(fault("$.signature.drawn", "invalid.signature_drawn"))
    return found
