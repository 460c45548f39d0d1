"""A document that a form was read onto, without what was left empty."""

from service.web.pages.editor.fields import Plain


def expecting_nobody(plain: Plain) -> list[Plain]:
    """The phases that say with empty visits that nobody is expected; else their target's visits hold."""
    phases = (phase for target in plain.get("targets", []) for phase in target.get("phases", []))
    return [phase for phase in phases if phase.get("visits") == {}]


def tidy(plain: Plain) -> None:
    """Take out what was left without anything in it, and a way back that is not begun."""
    following = plain.get("then")
    if isinstance(following, dict) and not following.get("program") and not following.get("when"):
        del plain["then"]
    _tidy_titles(plain)
    for target in plain.get("targets", []):
        for name in ("limit", "visits", "outcomes", "title", "noun"):
            if target.get(name) == {}:
                del target[name]
        _tidy_conditions(target)
        for phase in target.get("phases", []):
            rule = phase.get("on_failure")
            is_begun = isinstance(rule, dict) and (rule.get("recovery") or {}).get("after")
            if isinstance(rule, dict) and not is_begun:
                rule.pop("recovery", None)
            if isinstance(rule, dict) and rule.get("to") == {}:
                del rule["to"]
            for name in ("on_failure", "visits", "outcomes"):
                if phase.get(name) == {}:
                    del phase[name]


def _tidy_titles(plain: Plain) -> None:
    """Write a title once where it is the same in both languages."""
    title = plain.get("title")
    if isinstance(title, dict) and title.get("en") == title.get("es"):
        plain["title"] = title.get("en")
    if plain.get("shown_as") == {}:
        del plain["shown_as"]


def _tidy_conditions(target: Plain) -> None:
    earns = [one.get("earn", {}) for one in target.get("phases", [])]
    for conditional in (*earns, *target.get("bonuses", [])):
        if conditional.get("if") == {}:
            del conditional["if"]
