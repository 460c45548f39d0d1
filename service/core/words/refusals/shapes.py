"""What a field takes: the faults that reading a body, a query, a form or a line finds.

The English of most is msgspec's own, which integrators know; pages say the same without our types' names.
"""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "shape.needed": Sentence("This field is required.", page="Fill this in."),
    "shape.missing": Sentence("Object missing required field `{name}`", page="`{name}` is missing."),
    "shape.not_known": Sentence("This field is not known here; leave it out."),
    "shape.unknown": Sentence("Object contains unknown field `{name}`", page="`{name}` is not known here."),
    "shape.short": Sentence(
        "Expected `str` of length >= {least}", page="This is too short. Use {least} characters or more."
    ),
    "shape.long": Sentence(
        "Expected `str` of length <= {most}", page="This is too long. Use {most} characters or fewer."
    ),
    "shape.few": Sentence("Expected `array` of length >= {least}", page="Choose at least one."),
    "shape.many": Sentence("Expected `array` of length <= {most}", page="Choose {most} at most."),
    "shape.least": Sentence("Expected `{kind}` >= {least}", page="Use {least} or more."),
    "shape.most": Sentence("Expected `{kind}` <= {most}", page="Use {most} or less."),
    "shape.number": Sentence("Expected `{kind}`, got `{got}`", page="Write a whole number, such as 12."),
    "shape.kind": Sentence("Expected `{kind}`, got `{got}`", page="This cannot be read here. Correct it."),
    "shape.day": Sentence("Invalid RFC3339 encoded date", page="Write a day, such as 2026-10-15."),
    "shape.moment": Sentence("Invalid RFC3339 encoded datetime", page="Write a day and a time."),
    "shape.time": Sentence("Invalid RFC3339 encoded time", page="Write a time."),
    "shape.zone": Sentence(
        "Expected `{kind}` with a timezone component", page="Write a day and a time with its zone."
    ),
    "shape.id": Sentence("Invalid UUID", page="Choose one from the list."),
    "shape.word": Sentence("Invalid enum value {word}", page="Choose one from the list."),
    "shape.unit": Sentence(
        "Invalid unit {word}: write usd, points, draw, or another currency by its code of ISO 4217 in small "
        "letters, such as eur",
        page="Choose one from the list.",
    ),
    "shape.one_of": Sentence("This must be one of: {known}.", page="Choose one from the list."),
    "shape.pattern": Sentence(
        "Expected `str` matching regex {pattern}",
        page="This text does not have the form that it must have here.",
    ),
    "shape.form": Sentence("This text does not have the form that it must have here."),
    "shape.form_said": Sentence(
        "This text does not have the form that it must have here. {form}",
        page="This text does not have the form that it must have here.",
    ),
    "shape.other": Sentence("{said}", page="This cannot be read here. Correct it."),
    "shape.year": Sentence(
        "The year must lie between {least} and {most}.", page="The year must be between {least} and {most}."
    ),
    "shape.nul": Sentence("A text must not hold the character U+0000; leave it out."),
    "shape.query_long": Sentence("The query is longer than {bytes} bytes."),
    "shape.query_unreadable": Sentence("The query is not UTF-8, percent-encoded, of at most {most} parts."),
    "shape.parameter_twice": Sentence("This parameter is given more than once; give it once."),
    "shape.parameter_unknown": Sentence("This parameter is not known here; leave it out."),
}
