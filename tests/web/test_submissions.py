"""Handing in by a form without JavaScript, and verifying at the desk with one press."""

from __future__ import annotations

import copy
import io
import re
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.web.manage import Manage, manage
from tests.web.portal import PROGRAM, someone

if TYPE_CHECKING:
    import httpx

    from tests.web.conftest import Clinic, Server

__all__ = ["manage"]


def with_homework() -> dict[str, Any]:
    """The portal's program with homework in it."""
    program = copy.deepcopy(PROGRAM)
    program["targets"].append(
        {
            "name": "homework",
            "title": {"en": "Homework", "es": "Tarea"},
            "behavior": "homework",
            "phases": [{"weeks": [1, 12], "earn": {"type": "flat", "amount": 300}}],
        }
    )
    return program


def photo() -> bytes:
    """A small photo."""
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(made, "PNG")
    return made.getvalue()


async def send(own: httpx.AsyncClient, picture: bytes, **fields: str) -> httpx.Response:
    """Send the portal's form with a file, as a browser does."""
    shown = (await own.get("/portal/submissions")).text
    given = {name: re.search(rf'name="{name}" value="([^"]+)"', shown) for name in ("csrf", "once", "place")}
    data = {name: found[1] for name, found in given.items() if found is not None} | fields
    return await own.post("/portal/submissions", data=data, files={"picture": ("p.png", picture)})


async def test_a_photo_goes_from_the_portal_to_the_desk_and_back(
    server: Server, clinic: Clinic, manage: Manage
) -> None:
    """A manager allows it, the person hands it in, the desk sees and verifies it, and both pages say so."""
    who = await someone(server, clinic, program=with_homework())
    async with who.browser() as own:
        assert "/portal/submissions" not in (await own.get("/portal")).text
        on = await manage.post("/desk/submissions", {"takes": "homework", "keep_days": "14"})
        assert on.headers["location"] == "/desk/submissions?done=saved", on.text
        assert "/portal/submissions" in (await own.get("/portal")).text
        unread = await send(own, b"no picture", text="My page")
        assert unread.status_code == 422
        assert "We cannot read this picture" in unread.text
        assert "My page" in unread.text
        done = await send(own, photo(), text="My page")
        assert done.headers["location"] == "/portal/submissions?done=handed_in", done.text
        (one,) = (await clinic.get("/v1/submissions", participant=who.id)).json()["items"]
        assert (one["status"], one["has_picture"]) == ("waiting", True)
        shown = await own.get(f"/portal/submissions/{one['id']}/picture")
        assert shown.headers["content-type"] == "image/jpeg"
        assert "Handed in, to look at" in (await manage.get("/desk/work", "front_desk")).text
        desk = (await manage.get("/desk/submissions", "front_desk")).text
        assert "My page" in desk
        looked = await manage.get(f"/desk/submissions/{one['id']}/picture", "front_desk")
        assert looked.headers["content-type"] == "image/jpeg"
        pressed = await manage.post(f"/desk/submissions/{one['id']}/verify", {}, "front_desk")
        assert pressed.headers["location"] == "/desk/submissions?done=verified", pressed.text
        assert "it counts" in (await own.get("/portal/submissions")).text
    event = (await clinic.get("/v1/events", participant=who.id)).json()["items"][0]
    assert event["occurred_at"] == one["submitted_at"]
    balance = (await clinic.get(f"/v1/participants/{who.id}/balance")).json()["balances"]
    assert [each["available"] for each in balance if each["unit"] == "usd"] == [300]


async def test_somebody_reads_why_it_was_given_back(server: Server, clinic: Clinic, manage: Manage) -> None:
    """In the words of the staff; nothing was paid, and others cannot look at it."""
    who = await someone(server, clinic, program=with_homework())
    other = await someone(server, clinic, "P-2", program=with_homework())
    await clinic.post("/v1/submission-settings", {"takes": ["homework"]})
    async with who.browser() as own:
        await send(own, photo())
        (one,) = (await clinic.get("/v1/submissions")).json()["items"]
        async with other.browser() as another:
            assert (await another.get(f"/portal/submissions/{one['id']}/picture")).status_code == 404
        empty = await manage.post(f"/desk/submissions/{one['id']}/again", {}, "front_desk")
        assert empty.status_code == 422
        words = {"words": "Thank you! Please add the second page."}
        back = await manage.post(f"/desk/submissions/{one['id']}/again", words, "front_desk")
        assert back.headers["location"] == "/desk/submissions?done=asked_again", back.text
        assert (
            "The staff say: Thank you! Please add the second page."
            in (await own.get("/portal/submissions")).text
        )
    assert (await clinic.get("/v1/events", participant=who.id)).json()["items"] == []
    assert (await clinic.post(f"/v1/submissions/{one['id']}/verify", {})).json()["code"] == "already_settled"
