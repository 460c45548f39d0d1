"""Why a pasted line is no code of a card, or what is odd about the codes."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "paste.several": Sentence("This line holds more than one column; keep the code alone, one a line."),
    "paste.unprintable": Sentence("This line holds letters that cannot be printed; copy the code again."),
    "paste.heading": Sentence("This is a heading and no code; leave the line out."),
    "paste.spoiled": Sentence("A spreadsheet has spoiled this code; copy it from where it came, as text."),
    "paste.short": Sentence("This is too short for a code; look at it again."),
    "paste.of_lengths": Sentence(
        "The codes have several lengths, with so many of each: {lengths}. Check that none is cut off."
    ),
    "paste.end_in_zeros": Sentence(
        "All long codes end in zeros after {digits} digits, as a spreadsheet leaves them. Check them."
    ),
}
