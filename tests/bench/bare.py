"""A bare JSON route of the same framework and server: the most that a route of ours could reach."""

from litestar import Litestar, get
from msgspec import Struct


class Hello(Struct):
    """A small answer."""

    participant: str
    available: int


@get("/bare", sync_to_thread=False)
def bare() -> Hello:
    """Answer the same each time."""
    return Hello("01a2087d-6a90-706b-8d94-a0f81da06857", 1000)


app = Litestar([bare], openapi_config=None, logging_config=None)
