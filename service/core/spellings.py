"""One spelling of names, phone numbers and addresses, so that a look-up finds them however typed."""

import unicodedata

US_DIGITS = 10
US_PREFIX = "1"


def name_spelling(name: str) -> str:
    """A name without accents, capitals or extra blanks: `  José  PÉREZ` is found as `jose perez`."""
    apart = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


def phone_spelling(phone: str) -> str:
    """The digits of a phone number; the United States' own prefix may be there or not."""
    digits = "".join(digit for digit in phone if digit in "0123456789")
    if len(digits) == US_DIGITS + 1 and digits.startswith(US_PREFIX):
        return digits[1:]
    return digits


def email_spelling(email: str) -> str:
    """An address without capitals: the part before the @ is read so by every mail service in use."""
    return email.strip().casefold()
