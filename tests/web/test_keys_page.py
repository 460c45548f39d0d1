"""Keys as the staff's page makes them: who answers for one, until when it lasts, and what it may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.core.access.keys import SCOPES
from tests.web.test_accounts import manager, send
from tests.web.test_signin_staff import browser

if TYPE_CHECKING:
    import httpx

    from schemas.staff import CreatedStaff
    from tests.web.conftest import Clinic

__all__ = ["browser", "manager"]


async def test_a_key_s_page_says_who_answers_for_it_and_until_when(
    browser: httpx.AsyncClient, clinic: Clinic, manager: CreatedStaff
) -> None:
    """Somebody whose role covers it; a day that lies behind is refused at its field."""
    auditor = clinic.staff_ids["auditor"]
    form = {"label": "The county", "role": "manager", "responsible": auditor}
    refused = await send(browser, "/manage/staff", "/manage/keys", **form)
    assert (refused.status_code, 'id="responsible-fault"' in refused.text) == (422, True)
    late = {**form, "role": "auditor", "expires_on": "2020-01-01"}
    assert (await send(browser, "/manage/staff", "/manage/keys", **late)).status_code == 422
    issued = await send(browser, "/manage/staff", "/manage/keys", **{**form, "role": "auditor"})
    assert issued.status_code == 200
    (key,) = [one for one in (await clinic.get("/v1/keys")).json()["items"] if one["label"] == "The county"]
    assert key["responsible"] == auditor != str(manager.id)


async def test_a_key_made_on_the_page_may_do_what_was_ticked_and_no_more(
    browser: httpx.AsyncClient, clinic: Clinic, manager: CreatedStaff
) -> None:
    """Everything inside its role where that is chosen, whatever is ticked; nothing ticked is refused."""
    del manager
    form: dict[str, Any] = {"role": "integration", "may": "chosen", "scopes": ["events.write", "people.read"]}
    none = await send(browser, "/manage/staff", "/manage/keys", role="integration", may="chosen")
    assert (none.status_code, 'id="scopes-fault"' in none.text) == (422, True)
    page = await send(browser, "/manage/staff", "/manage/keys", label="Scheduler", **form)
    assert page.status_code == 200
    await send(browser, "/manage/staff", "/manage/keys", **{**form, "label": "Record system", "may": "all"})
    scopes = {one["label"]: one["scopes"] for one in (await clinic.get("/v1/keys")).json()["items"]}
    assert scopes["Scheduler"] == ["people.read", "events.write"]
    assert len(scopes["Record system"]) == len(SCOPES)
    shown = (await browser.get("/manage/staff")).text
    assert shown.count("May only: see people, record visits") == 1
