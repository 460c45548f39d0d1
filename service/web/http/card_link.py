"""The link of a printed card."""


def link_of(origin: str, code: str) -> str:
    """The link that a card's QR code shows: it opens a page that asks once more before the code is used."""
    return f"{origin}/c/{code.replace('-', '')}"
