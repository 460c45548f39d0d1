"""The page of brands that may be given: lists are set, one name a line, and shown."""

from __future__ import annotations

from tests.web.manage import Manage, manage, text_of

__all__ = ["manage"]


async def test_a_list_is_set_on_its_page(manage: Manage) -> None:
    """Empty lists allow all again; a name that is too long is said at its field."""
    sent = await manage.post(
        "/manage/brands", {"program": "", "categories": "Restaurants\r\n Groceries \r\n", "brands": ""}
    )
    assert sent.status_code == 303, sent.text
    page = text_of((await manage.get("/manage/brands?done=set")).text)
    assert "Everybody Categories: Restaurants, Groceries" in page
    (rule,) = (await manage.clinic.get("/v1/brand-rules")).json()["items"]
    assert (rule["categories"], rule["brands"]) == (["Restaurants", "Groceries"], None)
    wrong = await manage.post("/manage/brands", {"program": "", "categories": "x" * 81, "brands": ""})
    assert wrong.status_code == 422
    await manage.post("/manage/brands", {"program": "", "categories": "", "brands": ""})
    assert "All that is on the shelf may be given." in text_of((await manage.get("/manage/brands")).text)
