"""Rendering: Jinja's templates with everything escaped, and the few words that they may use."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.languages import OWN, SPOKEN
from service.core.currencies import worth_unit
from service.core.naming import target_titles
from service.core.pictures import picture_of
from service.core.shelf import called
from service.web.pages.framework import static
from service.web.pages.framework.nav import groups_of, path_of
from service.web.pages.framework.voice import Voice

TEMPLATES: Final = Path(__file__).parents[2] / "templates"


@cache
def environment() -> Environment:
    """Everything that is not ours is escaped, and a name that a template does not know is a fault."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["reward_called"] = called
    made.globals["worth_unit"] = worth_unit
    made.globals["picture_of"] = picture_of
    made.globals["static"] = static.address
    made.globals["nav_groups"] = groups_of
    made.globals["nav_path"] = path_of
    made.globals["languages"] = SPOKEN
    made.globals["own_languages"] = OWN
    made.globals["own_names"] = [(code, SPOKEN[code].name) for code in OWN]
    made.globals["target_called"] = lambda program, name: target_titles(program).get(name, name)
    return made


def render(template: str, voice: Voice, values: Mapping[str, Any]) -> bytes:
    """Draw one template.

    Raises jinja2.TemplateError for a template or a name that there is not.
    """
    spoken = {
        "say": voice.say,
        "money": voice.money,
        "unit_name": voice.unit,
        "unit_options": voice.units,
        "outcome": voice.outcome,
        "titled": voice.titled,
        "tier": voice.tier,
        "category": voice.category,
        "clock": voice.clock,
        "day": voice.day,
        "day_of": voice.day_of,
        "time": voice.time,
        "moment": voice.moment,
        "explain": voice.explain,
        "since": voice.since,
        "long_day": voice.long_day,
        "language": voice.language,
    }
    return environment().get_template(template).render(**spoken, **values).encode()
