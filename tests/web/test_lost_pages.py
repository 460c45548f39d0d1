"""Lost rewards, openings and pasted codes, as their pages do them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.web.manage import manage, text_of
from tests.web.test_manage_reports import rows_of

if TYPE_CHECKING:
    from tests.web.manage import Manage

__all__ = ["manage"]

CARD = {"name": "Card", "unit": "usd", "price": 2500, "kind": "code", "category": "gift-cards"}


async def a_card(manage: Manage, codes: int = 4) -> tuple[str, dict[str, Any]]:
    """Give somebody a card of $25.00; gives the address of their rewards at the desk, and the redemption."""
    clinic = manage.clinic
    reward = (await clinic.post("/v1/rewards", CARD)).json()["id"]
    made = [f"CARD-000{number}" for number in range(codes)]
    await clinic.post(f"/v1/rewards/{reward}/codes", {"codes": made})
    who = (await manage.person("A-1"))["id"]
    award = {"participant": who, "unit": "usd", "amount": 4000, "reason": "Helped others"}
    proposed = await clinic.post("/v1/manual-awards", award, "clinician", idempotency_key=str(uuid4()))
    await clinic.post(f"/v1/manual-awards/{proposed.json()['id']}/approve", {}, "another")
    asked = {"participant": who, "reward": reward}
    answer = await clinic.post("/v1/redemptions", asked, "front_desk", idempotency_key=str(uuid4()))
    return f"/desk/people/{who}/rewards", dict(answer.json())


async def test_desk_replaces_a_card_and_is_asked_before_it_does_so_again(manage: Manage) -> None:
    """The second code stands there, the first is crossed out; a second time that day takes a word."""
    page, one = await a_card(manage)
    deed = f"{page}/{one['id']}/replace"
    assert "CARD-0000" in (await manage.get(page, "front_desk")).text
    done = await manage.post(deed, {"reason": "Used by a stranger", "once": str(uuid4())}, "front_desk")
    assert (done.status_code, done.headers["location"]) == (303, f"{page}?done=replaced")
    said = (await manage.get(done.headers["location"], "front_desk")).text
    assert '<b class="num">CARD-0001</b>' in said
    assert '<s class="num">CARD-0000</s>' in said
    again = await manage.post(deed, {"reason": "Lost too"}, "front_desk")
    assert again.status_code == 409
    assert "replaced today already" in text_of(again.text)
    assert 'name="another"' in again.text
    assert 'value="Lost too"' in again.text
    meant = await manage.post(deed, {"reason": "Lost too", "another": "yes"}, "front_desk")
    assert meant.status_code == 303
    assert "CARD-0002" in (await manage.get(page, "front_desk")).text


async def test_desk_takes_a_card_back(manage: Manage) -> None:
    """What is taken back stays in sight as that."""
    page, one = await a_card(manage)
    done = await manage.post(f"{page}/{one['id']}/take-back", {"reason": "The shop closed"}, "front_desk")
    assert done.headers["location"] == f"{page}?done=taken_back"
    said = text_of((await manage.get(done.headers["location"], "front_desk")).text)
    assert "taken back" in said
    assert "can be used again" in said
    balance = await manage.clinic.get(f"/v1/participants/{one['participant']}/balance")
    assert balance.json()["balances"][0]["available"] == 4000


async def test_above_the_limit_a_manager_approves_what_the_desk_proposed(manage: Manage) -> None:
    """The limit is set there too; what waits is told of at the desk and counted in Manage."""
    page, one = await a_card(manage)
    await manage.post("/manage/approvals/limit", {"limit": "10.00", "unit": "usd"})
    assert "Alone up to $10.00" in text_of((await manage.get("/manage/approvals")).text)
    for deed in ("replace", "take-back"):
        asked = await manage.post(f"{page}/{one['id']}/{deed}", {"reason": "Void"}, "front_desk")
        assert asked.headers["location"] == f"{page}?done=proposed"
        waits = (await manage.get(page, "front_desk")).text
        assert "waits for another person" in text_of(waits)
        assert f"{one['id']}/replace" not in waits
        listed = (await manage.get("/manage/approvals")).text
        change = re.search(r"/manage/approvals/changes/([0-9a-f-]+)/approve", listed)
        assert change is not None
        step = "approve" if deed == "take-back" else "refuse"
        done = await manage.post(f"/manage/approvals/changes/{change[1]}/{step}", {"refusal": "Found"})
        assert done.status_code == 303
    read = (await manage.clinic.get(f"/v1/redemptions/{one['id']}")).json()
    assert (read["status"], read["void_codes"]) == ("canceled", ["CARD-0000"])


async def test_opening_is_proposed_and_approved_on_its_page(manage: Manage) -> None:
    """Whoever proposed does not approve; a field that is wrong keeps the others."""
    await manage.person("A-1")
    form = {"person": "A-1", "unit": "usd", "as_of": "2026-01-31", "reason": "The old sheet"}
    empty = await manage.post("/manage/openings", form)
    assert empty.status_code == 422
    assert 'id="available-fault"' in empty.text
    assert 'value="The old sheet"' in empty.text
    sums = {"available": "20.00", "paid_before": "130.00", "paid_in_year": "40"}
    done = await manage.post("/manage/openings", {**form, **sums, "once": str(uuid4())})
    assert done.headers["location"] == "/manage/openings?done=proposed"
    own = await manage.get("/manage/openings")
    assert "To spend: $20.00 · Paid before: $130.00" in text_of(own.text)
    assert "/approve" not in own.text
    (opening,) = (await manage.clinic.get("/v1/openings")).json()["items"]
    refused = await manage.post(f"/manage/openings/{opening['id']}/approve", {})
    assert refused.status_code == 403
    await manage.clinic.another().post(f"/v1/openings/{opening['id']}/approve")
    page = (await manage.get("/manage/openings", "auditor")).text
    assert "approved" in text_of(page)
    assert "/withdraw" not in page


async def test_openings_are_a_file_for_whoever_may_see_them_all(manage: Manage) -> None:
    """Amounts as numbers, no cell a formula; it ends in the notice, and each person is accounted for."""
    who = await manage.person("=cmd()")
    sums = {"available": 2000, "paid_before": 13_000, "paid_in_year": 4000}
    new = {"participant": who["id"], "unit": "usd", "as_of": "2026-01-31", "reason": "The old sheet", **sums}
    assert (await manage.clinic.post("/v1/openings", new)).status_code == 201
    kept = await manage.get("/manage/openings.csv", "auditor")
    (line, notice) = rows_of(kept.content)
    assert notice["reference"] == kept.headers["part2-notice"]
    assert (line["reference"], line["code"], line["status"]) == ("'=cmd()", who["display_code"], "proposed")
    assert [line[name] for name in sums] == ["20.00", "130.00", "40.00"]
    told = (await manage.clinic.get(f"/v1/participants/{who['id']}/accounting")).json()["items"]
    assert [(one["how"], one["what"]) for one in told] == [("export", "openings")]
    assert "/manage/openings.csv" in (await manage.get("/manage/openings")).text
    assert "/manage/openings.csv" not in (await manage.get("/manage/openings", "clinician")).text
    assert (await manage.get("/manage/openings.csv", "clinician")).status_code == 403


async def test_pasted_codes_stay_in_the_form_while_one_of_them_is_wrong(manage: Manage) -> None:
    """The wrong lines are named by number, and nothing is kept before all are right."""
    reward = (await manage.clinic.post("/v1/rewards", CARD)).json()["id"]
    page, deed = f"/manage/shelf/{reward}", f"/manage/shelf/{reward}/codes"
    pasted = "Code\n6006491234567891\n\n6.00649E+15\n6006491234567892"
    wrong = await manage.post(deed, {"codes": pasted})
    said = text_of(wrong.text)
    assert wrong.status_code == 422
    assert "Line 1 (Code): This is a heading" in said
    assert "Line 4 (6.00649E+15): A spreadsheet has spoiled" in said
    assert "6006491234567892" in wrong.text
    assert (await manage.clinic.get(f"/v1/rewards/{reward}")).json()["stock"] == 0
    right = await manage.post(deed, {"codes": "6006491234567891\n6006491234567892"})
    assert right.headers["location"] == f"{page}?done=codes"
    known = await manage.post(deed, {"codes": "6006491234567893\n6006491234567892"})
    assert "Line 2: This code was added before. It is left out below." in text_of(known.text)
    assert "6006491234567893" in known.text
    assert "6006491234567892" not in known.text
    odd = await manage.post(deed, {"codes": "6006491234567894\n600649123456"})
    assert odd.status_code == 422
    assert "several lengths" in text_of(odd.text)
    assert 'name="as_they_are"' in odd.text
    added = await manage.post(deed, {"codes": "6006491234567894\n600649123456", "as_they_are": "yes"})
    assert added.status_code == 303
    assert (await manage.clinic.get(f"/v1/rewards/{reward}")).json()["stock"] == 4
    assert "600649123456" not in (await manage.get(added.headers["location"])).text


async def test_codes_over_the_api_are_refused_at_their_place_or_warned_of(manage: Manage) -> None:
    """None is added where one is wrong; what is odd is added, and said."""
    clinic = manage.clinic
    reward = (await clinic.post("/v1/rewards", CARD)).json()["id"]
    path = f"/v1/rewards/{reward}/codes"
    wrong = await clinic.post(path, {"codes": ["GIFT-0001", "1.2E+15"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    assert [fault["pointer"] for fault in wrong.json()["errors"]] == ["$.codes[1]"]
    odd = (await clinic.post(path, {"codes": ["GIFT-0001", "GIFT-00002"]})).json()
    assert (odd["stock"], [warning["pointer"] for warning in odd["warnings"]]) == (2, ["$.codes"])
