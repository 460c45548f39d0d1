"""The demo's clinic has somebody for everything that there is to see, on whatever day it is made."""

from __future__ import annotations

import re
import stat
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import httpx

if TYPE_CHECKING:
    from tests.walks.conftest import Demo

ZONE = ZoneInfo("America/Los_Angeles")
SERVICE = "-000000000001"
"""How the id ends under which the service itself records."""
PROGRAMS = Path(__file__).resolve().parents[2] / "schemas" / "programs"


def test_a_member_of_staff_of_each_role_signs_in(demo: Demo) -> None:
    """As it is printed; the auditor comes to Manage and the others to the desk."""
    assert {one["role"] for one in demo.said["staff"]} == {"front_desk", "clinician", "manager", "auditor"}
    for one in demo.said["staff"]:
        with httpx.Client(base_url=demo.url) as browser:
            word = re.findall(r'name="csrf" value="(\w+)"', browser.get("/").text)[0]
            location = browser.post("/sign-in", data={**one, "csrf": word}).headers["location"]
            assert location == ("/manage" if one["role"] == "auditor" else "/desk")


def test_each_participant_has_a_code_that_signs_in_once(demo: Demo) -> None:
    """It is typed as it is printed, and opens the portal the first time only."""
    code = demo.said["participants"][0]["code"]
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert len({one["code"] for one in demo.said["participants"]}) == len(demo.said["participants"])
    for status in (httpx.codes.SEE_OTHER, httpx.codes.UNAUTHORIZED):
        with httpx.Client(base_url=demo.url) as phone:
            token = re.search(r'name="csrf" value="(\w+)"', phone.get("/sign-in/code").text)
            assert token
            answer = phone.post("/sign-in/code", data={"code": code, "csrf": token[1]})
            assert answer.status_code == status


def test_there_is_a_key_for_each_role_and_each_is_kept_private(demo: Demo) -> None:
    """The keys stay readable to their owner alone."""
    assert set(demo.said["keys"]) == {"front_desk", "clinician", "manager", "auditor", "integration"}
    for role, key in demo.said["keys"].items():
        answer = httpx.get(f"{demo.url}/v1/audit", headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == (200 if role in {"auditor", "manager"} else 403), role
    kept = demo.data / "secrets" / "demo.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_demo_enrolls_somebody_in_each_published_program(demo: Demo) -> None:
    """Every schedule can be looked at in somebody's history."""
    enrolled = {one["program"] for one in demo.get("/v1/enrollments?limit=200")["items"]}
    published = {path.stem for path in PROGRAMS.glob("*.yaml")}
    assert published <= enrolled


def test_the_history_has_a_reset_a_recovery_a_cap_draws_and_a_closed_enrollment(demo: Demo) -> None:
    """Everything that a reader of a balance may wonder about is there to be asked about."""
    enrollments = demo.get("/v1/enrollments?limit=200")["items"]
    assert any(one["status"] == "closed" for one in enrollments)
    codes, recovering = set(), set()
    for one in enrollments:
        events = demo.get(f"/v1/events?enrollment={one['id']}&limit=1")["items"]
        receipt = demo.get(f"/v1/events/{events[0]['id']}")
        codes |= {reason["code"] for award in receipt["awards"] for reason in award["reasons"]}
        if one["status"] == "open":
            ahead = demo.get(f"/v1/enrollments/{one['id']}/outlook")["outlook"]
            recovering |= {part["successes_to_recover"] for part in ahead}
    assert {"reset", "cap:enrollment"} <= codes
    assert {1, 2} <= recovering
    balances = [
        balance
        for one in demo.said["participants"]
        for balance in demo.get(f"/v1/participants/{one['id']}/balance")["balances"]
    ]
    assert any(balance["unit"] == "draw" and balance["available"] > 0 for balance in balances)
    assert any(balance["unit"] == "points" and balance["available"] > 0 for balance in balances)


def test_the_shelf_has_codes_low_stock_and_open_redemptions(demo: Demo) -> None:
    """A front desk finds something to hand over, and something to reorder."""
    shelf = demo.get("/v1/rewards?limit=200")["items"]
    assert len(shelf) >= 8
    assert {reward["kind"] for reward in shelf} == {"item", "code"}
    assert any(reward["stock"] is not None and reward["stock"] <= 2 for reward in shelf)
    by_status = {one["status"] for one in demo.get("/v1/redemptions?limit=200")["items"]}
    assert by_status == {"held", "given", "canceled"}


def test_the_record_was_corrected_in_each_way_and_each_has_its_reason(demo: Demo) -> None:
    """An overturn, an excuse, an entry error and a closure's excuse: each says why."""
    events = [
        event
        for one in demo.get("/v1/enrollments?limit=200")["items"]
        for event in demo.get(f"/v1/events?enrollment={one['id']}&limit=200")["items"]
    ]
    changed = {one["id"] for one in events if "recorded_outcome" in one or one.get("withdrawn")}
    told = [one for event in changed for one in demo.get(f"/v1/events/{event}")["corrections"]]
    assert {one["kind"] for one in told} == {"lab_overturn", "excuse", "entry_error"}
    assert all(one["reason"] for one in told)
    assert any(one["reason"] == "The clinic was closed." for one in told)


def test_nobody_came_while_the_clinic_was_closed(demo: Demo) -> None:
    """It closed at noon: whoever is on record as having been there that day came in the morning."""
    (early,) = (one for one in demo.get("/v1/closures")["items"] if "at noon" in one["reason"])
    events = [
        event
        for one in demo.get("/v1/enrollments?limit=200")["items"]
        for event in demo.get(f"/v1/events?enrollment={one['id']}&limit=200")["items"]
        if not event["recorded_by"].endswith(SERVICE)
    ]
    times = [datetime.fromisoformat(one["occurred_at"]).astimezone(ZONE) for one in events]
    that_day = [at for at in times if at.date().isoformat() == early["first_day"]]
    assert that_day
    assert max(at.hour for at in that_day) < 12


def test_a_missed_visit_was_recorded_by_the_service_itself(demo: Demo) -> None:
    """Nobody recorded it, and the day's list of its day says so."""
    missed = [one for one in demo.get("/v1/events?limit=200")["items"] if one["outcome"] == "missed"]
    by_service = [one for one in missed if one["recorded_by"].endswith(SERVICE)]
    assert by_service
    visits = demo.get(f"/v1/enrollments/{by_service[0]['enrollment']}/visits")
    assert "missed" in {one["status"] for one in visits["items"]}


def test_a_cap_was_reached_and_names_were_drawn(demo: Demo) -> None:
    """The funder's cap warned at 80 and at 100 percent, once each; half of those present won a draw."""
    (cap,) = demo.get("/v1/caps")["items"]
    warned = demo.get(f"/v1/caps/{cap['id']}/warnings")["items"]
    assert sorted(one["percent"] for one in warned) == [80, 100]
    (hat,) = demo.get("/v1/hats")["items"]
    assert len(hat["people"]) == 3
    assert len(hat["names"]) == 2


def test_the_demo_has_a_version_move_and_a_step_down(demo: Demo) -> None:
    """The newer version paid the difference; the step down began the day after the first program's last."""
    enrollments = demo.get("/v1/enrollments?limit=200")["items"]
    assert any(one["version"] == 2 for one in enrollments)
    assert any(one["ends_on"] is not None for one in enrollments)
    (down,) = (one for one in enrollments if one["program"] == "iop-step-down")
    (before,) = (
        one
        for one in enrollments
        if one["participant"] == down["participant"] and one["program"] != "iop-step-down"
    )
    assert before["status"] == "closed"
    assert before["closed_on"] < down["starts_on"]


def test_the_demo_has_a_proposal_that_waits(demo: Demo) -> None:
    """The manager can approve a manual award and a write-off that others proposed, and their key cannot."""
    by_status = {one["status"]: one for one in demo.get("/v1/manual-awards")["items"]}
    assert set(by_status) == {"proposed", "approved"}
    assert by_status["approved"]["paid"] == by_status["approved"]["amount"]
    waiting = demo.get("/v1/write-offs?status=proposed")["items"]
    assert len(waiting) == 1
    key = {"Authorization": f"Bearer {demo.said['api_key']}"}
    who = next(one for one in demo.said["staff"] if one["role"] == "manager")
    entered = {"email": who["email"], "password": who["password"]}
    token = httpx.post(f"{demo.url}/v1/sessions", json=entered).json()["token"]
    manager = {"Authorization": f"Bearer {token}"}
    paths = (f"manual-awards/{by_status['proposed']['id']}", f"write-offs/{waiting[0]['id']}")
    for path in paths:
        assert httpx.post(f"{demo.url}/v1/{path}/approve", headers=key).json()["code"] == "person_needed"
        answer = httpx.post(f"{demo.url}/v1/{path}/approve", headers=manager)
        assert answer.json()["status"] == "approved", answer.text


def test_the_demo_has_budgets_homework_that_waits_and_somebody_to_remind(demo: Demo) -> None:
    """Of each budget something is spent, and nothing is amiss; one page each has something to look at."""
    budgets = demo.get("/v1/budgets")["items"]
    assert {(one.get("program"), one.get("funding")) for one in budgets} == {
        (None, "county-fund"),
        ("california-recovery-incentives", None),
    }
    assert {one["status"] for one in budgets} == {"well"}
    assert all(one["spent"] > 0 for one in budgets)
    assert any(one["promised"] > 0 for one in budgets)
    (waiting,) = demo.get("/v1/submissions?status=waiting")["items"]
    assert waiting["target"] == "cbt-homework"
    assert demo.get("/v1/reminder-settings")["kinds"] == ["before_visit", "waiting"]
    said = [
        demo.get(f"/v1/participants/{one['id']}/reminder-leave")["channel"]
        for one in demo.said["participants"]
    ]
    assert [channel for channel in said if channel is not None] == ["text"]
