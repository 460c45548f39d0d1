"""The shape of the catalog: what one reason is called in the API, and on the pages."""

from msgspec import Struct


class Sentence(Struct, frozen=True):
    """One or two sentences for a reason: what is wrong and what to do, with a placeholder for each value.

    `{place}` and `{fault}` are the place and the sentence of a refusal's first fault.
    """

    english: str
    """What the API, the command line and English pages say."""
    page: str | None = None
    """What pages say instead, where the API speaks of its own fields and headers."""

    @property
    def on_pages(self) -> str:
        """What English pages say."""
        return self.english if self.page is None else self.page


Catalog = dict[str, Sentence]
"""Sentences by reason."""


def changed_meanwhile(english: str) -> Sentence:
    """What whoever edits something is told where somebody else has changed it; the API names what it was."""
    return Sentence(
        english,
        page=(
            "Someone changed this while you were here. Load the page again and check it before you change it."
        ),
    )
