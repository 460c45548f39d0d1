"""What is wrong with a document's text and shape, before its rules are read."""

from typing import Final

from service.core.words.refusals.sentence import Catalog, Sentence

SENTENCES: Final[Catalog] = {
    "document.long": Sentence("the document is longer than {bytes} bytes; shorten it"),
    "document.not_utf8": Sentence("byte {byte} is not UTF-8; save the document as UTF-8"),
    "document.unreadable_at": Sentence("line {line}, column {column}: {why}"),
    "document.unreadable": Sentence("{why}"),
    "document.constant": Sentence("{word} is not a number in JSON; write a whole number"),
    "document.digits": Sentence("a number has more than {digits} digits"),
    "document.twice": Sentence("is written twice; keep one of the two"),
    "document.empty": Sentence("the document is empty"),
    "document.several": Sentence("there is more than one document; keep one to a file"),
    "document.character": Sentence("the document has a character that YAML does not allow"),
    "document.anchor": Sentence("anchors and aliases (& and *) are not read; write the value out"),
    "document.tag": Sentence("tags (!) are not read; write the plain value"),
    "document.key": Sentence("a key must be a plain word"),
    "document.control": Sentence("a text has a control character; take it out"),
    "document.surrogate": Sentence("a text has half of a surrogate pair; write the whole character"),
    "document.deep": Sentence("lies more than {levels} levels deep; a document is flatter than that"),
    "document.not_known": Sentence("`{name}` is not a field here; take it out. The fields here are: {known}"),
    "document.not_known_near": Sentence(
        "`{name}` is not a field here; did you mean `{near}`? The fields here are: {known}"
    ),
    "document.needed": Sentence("`{name}` is missing; add it"),
    "document.needed_of": Sentence("`{name}` is missing; add it, with one of: {known}"),
    "document.word": Sentence("`{text}` is not a word here; write one of: {known}"),
    "document.word_near": Sentence("`{text}` is not a word here; did you mean `{near}`? There are: {known}"),
    "document.number_or_word": Sentence(
        "`{text}` is not read here; write a whole number such as 2, or: {known}"
    ),
    "document.cents": Sentence("amounts are whole cents: write {write} for {amount}"),
    "document.minor": Sentence("amounts are in the currency's smallest part: write {write} for {amount}"),
    "document.whole_amount": Sentence("points and draws are whole: write a number such as 25"),
    "document.no_minor": Sentence("amounts in {currency} are whole: write a number such as 250"),
    "document.unit": Sentence(
        "`{text}` is no unit; write usd, points, draw, or another currency by its code of ISO 4217 in "
        "small letters, such as eur"
    ),
    "document.unit_near": Sentence(
        "`{text}` is no unit; did you mean `{near}`? Write usd, points, draw, or another currency by its "
        "code of ISO 4217 in small letters, such as eur"
    ),
    "document.needed_unit": Sentence(
        "`{name}` is missing; add it: usd, points, draw, or another currency by its code of ISO 4217 in "
        "small letters, such as eur"
    ),
    "document.whole": Sentence("write a whole number, such as 2"),
    "document.quoted": Sentence("is a text; write the number without quotes: {number}"),
    "document.least": Sentence("is too small; write {least} or more"),
    "document.most": Sentence("is too large; write {most} or less"),
    "document.short": Sentence("is too short; write {least} characters or more"),
    "document.wide": Sentence("is too long; write {most} characters or fewer"),
    "document.few": Sentence("has too little in it; give {least} or more"),
    "document.many": Sentence("has too much in it; give {most} or fewer"),
    "document.so_many": Sentence("write a list of {count}, such as [1, 12]"),
    "document.list": Sentence("write a list here: each item after a dash, or all in [ ]"),
    "document.mapping": Sentence("write fields with their values here, such as {{name: value}}"),
    "document.text": Sentence("write a text here; put one that looks like a number or like true into quotes"),
    "document.yes_or_no": Sentence("write true or false"),
    "document.nothing": Sentence("has no value; write one, or take the field out"),
    "document.nothing_of": Sentence("has no value; write one of: {known}"),
    "document.slug": Sentence("must be small letters and digits, in words joined by - _ or ."),
}
