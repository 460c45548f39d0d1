"""Levels: the programs that may follow another, and which of them are due; nobody moves by a rule alone."""

from schemas.program import Next, Program
from service.core.state import State


def nexts_of(program: Program) -> tuple[Next, ...]:
    """The programs that may follow one, whether it names one or several."""
    if program.then is None:
        return ()
    return program.then if isinstance(program.then, tuple) else (program.then,)


def due_nexts(program: Program, state: State) -> tuple[Next, ...]:
    """Those of them whose condition an enrollment has reached."""
    place_of = {target.name: place for place, target in enumerate(program.targets)}
    return tuple(
        one for one in nexts_of(program) if state.targets[place_of[one.when.of]].total >= one.when.successes
    )
