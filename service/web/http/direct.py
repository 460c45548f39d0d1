"""The routes that are asked most, found by a look at the path: the framework's way to a route costs more."""

from collections.abc import Iterable

from service.web.http.route import Method, Route


class Direct:
    """Some routes of the table, of which each path has one parameter at most."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Take routes; one with more parameters is refused with a ValueError."""
        self._plain: dict[tuple[str, str], Route] = {}
        self._named: list[tuple[Method, str, str, str, Route]] = []
        for route in routes:
            head, brace, rest = route.path.partition("{")
            name, _, tail = rest.partition("}")
            if "{" in tail:
                raise ValueError(route.path)
            if brace:
                self._named.append((route.method, head, tail, name, route))
            else:
                self._plain[route.method, route.path] = route

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a request with its path's parameter; none where the framework is to look."""
        route = self._plain.get((method, path))
        if route is not None:
            return route, {}
        for wanted, head, tail, name, named in self._named:
            if method == wanted and path.startswith(head) and path.endswith(tail):
                value = path[len(head) : len(path) - len(tail)]
                if value and "/" not in value:
                    return named, {name: value}
        return None
