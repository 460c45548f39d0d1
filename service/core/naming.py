"""What programs and their targets are called: by their own titles, else by what a success is called."""

from typing import Final

from schemas.people import Language
from schemas.program import Noun, Program, Target, Title
from schemas.shelf import RewardName
from service.core.catalogs import by_language, worded
from service.core.words.sentences import noun_of
from service.core.words.shipped import SHIPPED

SHOWN_AS: Final = Title("{weeks}-week rewards program", "Programa de recompensas de {weeks} semanas")
"""What participants read where a program says nothing: it tells nobody what the program is about."""
by_language("noun", {SHOWN_AS.en: SHOWN_AS.en})


def program_title(program: Program) -> Title:
    """What staff call a program; a title that is written once is read in both languages."""
    title = program.title
    return title if isinstance(title, Title) else SHIPPED.get(title) or Title(title, title)


def shown_as(program: Program, language: Language) -> str:
    """What participants read of a program: on a phone that others see, and on the clinic's tablet."""
    if program.shown_as is not None:
        return worded(program.shown_as, language)
    return worded(SHOWN_AS, language).format(weeks=program.weeks)


def target_title(program: Program, target: Target) -> Title:
    """What a target is called: its title, or its noun where no other target has the same one."""
    if target.title is not None:
        return target.title
    noun = noun_of(target)
    alike = [one for one in program.targets if one.title is None and noun_of(one) == noun]
    if len(alike) > 1:
        said = _first_large(target.name.replace("-", " ").replace("_", " ").replace(".", " "))
        return Title(said, said)
    return Title(*(_first_large(getattr(noun, one)) for one in Title.__struct_fields__))


def target_titles(program: Program) -> dict[str, Title]:
    """What each target of a program is called, by its name."""
    return {one.name: target_title(program, one) for one in program.targets}


def titled(title: Title | Noun | RewardName, language: Language) -> str:
    """A title in one language."""
    return worded(title, language)


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]
