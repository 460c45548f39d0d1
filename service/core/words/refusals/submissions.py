"""Why something could not be handed in, or was not verified."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "not_found.submission": Sentence("There is no such submission."),
    "not_found.picture": Sentence("This submission has no picture, or not any more."),
    "invalid.submission_empty": Sentence(
        "Nothing was handed in; send a text or a picture.",
        page="There is nothing to hand in yet. Write something, or add a photo.",
    ),
    "invalid.submission_not_taken": Sentence("Nothing can be handed in for this target; ask the staff."),
    "invalid.submissions_many": Sentence(
        "Enough waits to be looked at; hand in more once the staff have looked.",
        page="Enough of yours waits to be looked at. Hand in more once the staff have looked.",
    ),
    "invalid.picture_unreadable": Sentence(
        "This picture cannot be read; send a JPEG, PNG or WebP.",
        page="We cannot read this picture. Take another photo, or send a JPEG, PNG or WebP.",
    ),
    "invalid.picture_too_large": Sentence(
        "This picture is too large; send one of up to {megabytes} MB and of fewer pixels."
    ),
    "already_settled.submission": Sentence(
        "This submission is settled already, or is being verified; read it again."
    ),
}
