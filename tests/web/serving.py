"""A real server in a process of its own, as `rewards serve` runs it."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import cast

from service import logs
from service.commands.web import Served, limits_of, serve, take_ports
from service.settings import read
from service.web.http.application import Application


def made(application: str) -> Application:
    """Make the application by the function that `module:name` names; called in each web process.

    The one that watches them loads none of it, as in `rewards serve`: that is most of a start.
    """
    # Litestar reads it where it is there; the tools of the tests bring it, and an image has none.
    sys.modules["pydantic"] = None  # type: ignore[assignment]
    module, _, name = application.partition(":")
    return cast("Application", getattr(import_module(module), name)())


def main() -> int:
    """Serve on a port, with so many processes, what is made by the function that `module:name` names."""
    port, workers, application = sys.argv[1:4]
    given = read(os.environ)
    logs.set_up(given.log_level, given.log_format)
    _, sockets = take_ports("127.0.0.1", int(port), given)
    return serve(Served(sockets, int(workers), limits_of(given)), partial(made, application))


if __name__ == "__main__":
    sys.exit(main())
