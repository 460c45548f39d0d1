"""What an answer shows once: the first answer holds it, and a repeat of it holds null."""

from typing import Annotated, Final

from msgspec import Meta

MARK: Final = "shown_once"
"""The key of a field's `Meta.extra` by which it is known."""

ShownOnce = Annotated[str | None, Meta(extra={MARK: True})]
"""A secret that is kept nowhere but as a digest or sealed for its use, and that no repeated answer holds."""


def shown(secret: ShownOnce) -> str:
    """The secret of a first answer.

    Raises LookupError for that of a repeated one, which holds none.
    """
    if secret is None:
        raise LookupError("a repeated answer holds no secret")
    return secret
