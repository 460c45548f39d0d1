"""Where a place of a document stands in its text, so that a fault can be found by its line."""

import yaml

from service.core.pointers import steps_of


def line_of(text: str, pointer: str) -> int | None:
    """The line, counted from 1, of the deepest part of a pointer that the text has; none where it has none.

    JSON is read as YAML here: only lines are wanted of it.
    """
    wanted = steps_of(pointer) or ()
    try:
        return _deepest(text, tuple(wanted))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return None if mark is None else int(mark.line) + 1


def _deepest(text: str, wanted: tuple[str, ...]) -> int | None:
    best: tuple[int, int] | None = None
    # Each open list or mapping: its place, how many items it had, and the key that waits for its value.
    above: list[tuple[tuple[str, ...], bool, int, str | None]] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            above.pop()
            continue
        if not isinstance(event, yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent):
            continue
        place: tuple[str, ...] = ()
        line = 1 if event.start_mark is None else event.start_mark.line + 1
        if above:
            at, is_mapping, count, key = above[-1]
            if is_mapping and key is None:
                if not isinstance(event, yaml.ScalarEvent):
                    return None
                above[-1] = (at, is_mapping, count, event.value)
                place = (*at, event.value)
            else:
                place = (*at, key if key is not None else str(count))
                above[-1] = (at, is_mapping, count + 1, None)
        if place == wanted[: len(place)] and (best is None or len(place) > best[0]):
            best = (len(place), line)
        if not isinstance(event, yaml.ScalarEvent):
            above.append((place, isinstance(event, yaml.MappingStartEvent), 0, None))
    return None if best is None else best[1]
