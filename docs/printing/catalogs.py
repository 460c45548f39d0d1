"""Keeps the catalogs of `schemas/languages` in step with the English of the code.

Entries are in the order of their contexts, one text a line, so that a changed text is a changed line. A new
text comes in empty; one whose English changed keeps its old words, marked as fuzzy with the English that they
were made of; one that is no longer said goes. What is empty or fuzzy is said in English until somebody puts
it into words.
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

import service
from schemas.languages import FOLDER, headers
from schemas.languages.po import Entry, read_entries
from schemas.program import Noun
from service.core.catalogs import ENGLISH, Plural, Text, Texts

NOUNS: Final = "noun."
SERVICE: Final = Path(service.__file__).parent
_COMMENT: Final = re.compile(r"\s*# (?:Translators: )?(.*)")
_PREFIXES: Final = {"service/core/words/refusals": "refusal."}
"""The contexts of files whose texts go into a table that is made elsewhere."""


def texts() -> Texts:
    """Every text of the service by its context, whichever module has it."""
    for path in sorted(SERVICE.rglob("*.py")):
        if "by_language(" in path.read_text(encoding="utf-8"):
            import_module(".".join(path.relative_to(SERVICE.parent).with_suffix("").parts))
    return ENGLISH


def comments() -> dict[str, str]:
    """What the code says to translators, by context."""
    found: dict[str, str] = {}
    for path in sorted(SERVICE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "# Translators: " in text:
            folder = path.parent.relative_to(SERVICE.parent).as_posix()
            found |= _comments_of(text, _PREFIXES.get(folder, ""))
    return found


def _comments_of(text: str, prefix: str) -> Iterator[tuple[str, str]]:
    lines = text.split("\n")
    for key, line in _keys(ast.parse(text), prefix):
        begin = line - 1
        while begin and lines[begin - 1].lstrip().startswith("# "):
            begin -= 1
        said = lines[begin : line - 1]
        if said and said[0].lstrip().startswith("# Translators: "):
            yield key, " ".join(_COMMENT.sub(r"\1", one) for one in said)


def _keys(node: ast.AST, prefix: str) -> Iterator[tuple[str, int]]:
    """The keys of every dictionary of texts with their lines."""
    match node:
        case ast.Call(func=ast.Name("by_language"), args=[ast.Constant(str(context)), table]):
            yield from _keys(table, f"{context}." if context else "")
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield f"{prefix}{key.value}", key.lineno
                    yield from _keys(value, f"{prefix}{key.value}.")
        case _:
            for inner in ast.iter_child_nodes(node):
                yield from _keys(inner, prefix)


def renewed(text: str, english: Texts, said: dict[str, str]) -> str:
    """A catalog as it has to be printed: its header as it stands, and an entry for every text."""
    header = text.partition("\n\n")[0]
    known = {one.context: one for one in read_entries(text)}
    catalog = Catalog(locale=headers(text)["Language"])
    for context in sorted(_wanted(english, is_field=catalog.locale.language in Noun.__struct_fields__)):
        made = _entry(context, english[context], known.get(context), catalog.num_plurals)
        made.auto_comments = [said[context]] if context in said else []
        catalog[made.id] = made
    out = BytesIO()
    write_po(out, catalog, width=0, omit_header=True, include_previous=True)
    return f"{header}\n\n{out.getvalue().decode().strip()}\n"


def _wanted(english: Texts, *, is_field: bool) -> list[str]:
    """The contexts of a catalog; nouns and titles are not where they have a field in the language."""
    return [context for context in english if not (is_field and context.startswith(NOUNS))]


def _entry(context: str, text: Text, old: Entry | None, plurals: int) -> Message:
    forms = text.forms if isinstance(text, Plural) else (text,)
    empty = ("",) * (plurals if len(forms) > 1 else 1)
    stays = old is not None and len(old.texts) == len(empty)
    said = old.texts if old is not None and stays else empty
    is_counted = len(forms) > 1
    made = Message(forms if is_counted else forms[0], said if is_counted else said[0], context=context)
    # Percent signs of ours are signs and no places.
    made.flags.clear()
    if old is not None and stays and any(said) and (old.is_fuzzy or old.english != forms):
        made.flags.add("fuzzy")
        made.previous_id = list(old.english if old.english != forms else ())
    return made


def catalogs() -> dict[Path, str]:
    """Every catalog with its text as it must be."""
    english, said = texts(), comments()
    return {
        path: renewed(path.read_text(encoding="utf-8"), english, said) for path in sorted(FOLDER.glob("*.po"))
    }


def write() -> list[Path]:
    """Write every catalog that was stale; gives those catalogs."""
    changed = [(path, text) for path, text in catalogs().items() if path.read_text(encoding="utf-8") != text]
    for path, text in changed:
        path.write_text(text, encoding="utf-8")
    return [path for path, _ in changed]
