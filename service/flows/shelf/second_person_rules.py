"""The rules by which a second person is asked about what leaves: read and set."""

from typing import Any

from msgspec import UNSET
from msgspec.structs import asdict, replace

from schemas.second_looks import SecondPersonRules, SecondPersonRulesChange
from service.flows.perform import Act, Done
from service.store import second_looks


async def read_rules(act: Act) -> Done[SecondPersonRules]:
    """The rules that hold."""
    return Done(await second_looks.rules(act))


async def set_rules(act: Act, new: SecondPersonRulesChange) -> Done[SecondPersonRules]:
    """Set rules from now on; what waits for a look is asked about by them too."""
    changes = {name: value for name, value in asdict(new).items() if value is not UNSET}
    made = replace(await second_looks.rules(act), **changes, set_at=act.now, set_by=act.actor.id)
    made_id = await second_looks.set_rules(act, made)
    said: dict[str, Any] = {name: _said(value) for name, value in changes.items()}
    act.audit("second_person_rules.set", made_id, **said)
    return Done(made, "created")


def _said(value: object) -> str | int:
    if isinstance(value, tuple):
        return " ".join(value)
    return "none" if value is None else int(value) if isinstance(value, int) else str(value)
