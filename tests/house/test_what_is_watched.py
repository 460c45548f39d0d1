"""Every alert fires when it should and not before, says what to do, and Prometheus understands all of it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.watched import CONFIG, DASHBOARDS, RULES, RUNBOOK, alerts, expressions, panels, promtool

NAMES = [rule["alert"] for rule in alerts()]
HOUR = 60
WEB, WORKER = 'up{job="rewards-web"}', 'up{job="rewards-worker"}'
EVENTS = 'rewards_http_request_duration_seconds_bucket{route="/v1/events",method="POST",le='
CHORE_LAST = 'rewards_chore_last_success_timestamp_seconds{chore="end_days"}'
CHORE_EVERY = 'rewards_chore_interval_seconds{chore="end_days"}'

Series = dict[str, str]
CASES: dict[str, tuple[int, Series, Series, dict[str, str]]] = {
    "RewardsWebDown": (5, {WEB: "1x10"}, {WEB: "0x10"}, {}),
    "RewardsWorkerDown": (5, {WORKER: "1x10"}, {}, {}),
    "RewardsNotReady": (
        20,
        {
            'rewards_http_requests_total{status="200"}': "0+100x30",
            'rewards_http_requests_total{status="503"}': "0x30",
        },
        {
            'rewards_http_requests_total{status="200"}': "0+100x30",
            'rewards_http_requests_total{status="503"}': "0+2x30",
        },
        {},
    ),
    "RewardsFaults": (
        20,
        {'rewards_http_requests_total{status="500"}': "5x30"},
        {'rewards_http_requests_total{status="500"}': "5x10 6x20"},
        {},
    ),
    "RewardsSlow": (
        30,
        {f'{EVENTS}"0.05"}}': "0+100x40", f'{EVENTS}"5.0"}}': "0+100x40", f'{EVENTS}"+Inf"}}': "0+100x40"},
        {f'{EVENTS}"0.05"}}': "0+90x40", f'{EVENTS}"5.0"}}': "0+100x40", f'{EVENTS}"+Inf"}}': "0+100x40"},
        {},
    ),
    "RewardsTurnedAway": (
        20,
        {'rewards_turned_away_total{why="left"}': "0+9x30"},
        {'rewards_turned_away_total{why="age"}': "0+9x30"},
        {},
    ),
    "RewardsPoolExhausted": (
        10,
        {"rewards_database_connections_waiting": "0x2 3 0x20"},
        {"rewards_database_connections_waiting": "3x20"},
        {},
    ),
    "RewardsDatabaseErrors": (
        20,
        {'rewards_database_errors_total{error="TimeoutError"}': "0+1x30"},
        {'rewards_database_errors_total{error="TimeoutError"}': "0+60x30"},
        {"error": "TimeoutError"},
    ),
    "RewardsRedisErrors": (
        30,
        {'rewards_redis_errors_total{use="limit"}': "4x40"},
        {'rewards_redis_errors_total{use="limit"}': "0+4x40"},
        {"use": "limit"},
    ),
    "RewardsNoticesLate": (
        20,
        {"rewards_notices_oldest_age_seconds": "900x30"},
        {"rewards_notices_oldest_age_seconds": "3601x30"},
        {},
    ),
    "RewardsNoticesDead": (30, {"rewards_notices_dead": "0x40"}, {"rewards_notices_dead": "1x40"}, {}),
    "RewardsMessagesUnread": (20, {"rewards_messages_kept": "7 0x30"}, {"rewards_messages_kept": "1x30"}, {}),
    "RewardsMessagesToReview": (
        25 * HOUR,
        {"rewards_messages_to_review": f"3x{10 * HOUR} 0x60 3x{20 * HOUR}"},
        {"rewards_messages_to_review": f"3x{30 * HOUR}"},
        {},
    ),
    "RewardsMessagesUnsent": (
        30,
        {"rewards_messages_queued": "10x40"},
        {"rewards_messages_queued": "11x40"},
        {},
    ),
    "RewardsChoreLate": (
        5 * HOUR,
        {CHORE_EVERY: f"3600x{6 * HOUR}", CHORE_LAST: f"0+60x{6 * HOUR}"},
        {CHORE_EVERY: f"3600x{6 * HOUR}", CHORE_LAST: f"0x{6 * HOUR}"},
        {"chore": "end_days"},
    ),
    "RewardsImportStuck": (
        40,
        {"rewards_imports_running": "1x50", "rewards_import_lines_done": "0+1x50"},
        {"rewards_imports_running": "1x50", "rewards_import_lines_done": "7x50"},
        {},
    ),
    "RewardsTalliesOld": (
        30,
        {"rewards_tallies_last_success_timestamp_seconds": "0+60x40"},
        {"rewards_tallies_last_success_timestamp_seconds": "0x40"},
        {},
    ),
    "RewardsOutOfStock": (
        90,
        {"rewards_shelf_out_of_stock": "0x100"},
        {"rewards_shelf_out_of_stock": "2x100"},
        {},
    ),
    "RewardsProviderLow": (
        40,
        {"rewards_provider_accounts_low": "0x40"},
        {"rewards_provider_accounts_low": "1x40"},
        {},
    ),
    "RewardsOrdersWait": (
        40,
        {"rewards_provider_orders_oldest_age_seconds": "7100x40"},
        {"rewards_provider_orders_oldest_age_seconds": "7201x40"},
        {},
    ),
    "RewardsProviderDiffers": (
        90,
        {"rewards_provider_differences": "0x100"},
        {"rewards_provider_differences": "1x100"},
        {},
    ),
    "RewardsBackupOld": (
        30,
        {"rewards_backup_age_seconds": "90000x40"},
        {"rewards_backup_age_seconds": "93601x40"},
        {},
    ),
    "RewardsDrawsUneven": (
        30,
        {'rewards_draw_chi_square_p{bowl="b"}': "0.0001x40", 'rewards_draw_slips{bowl="b"}': "499x40"},
        {'rewards_draw_chi_square_p{bowl="b"}': "0.0001x40", 'rewards_draw_slips{bowl="b"}': "500x40"},
        {"bowl": "b"},
    ),
    "RewardsVersionsDiffer": (
        90,
        {
            'rewards_build_info{version="1",instance="a"}': "1x100",
            'rewards_build_info{version="1",instance="b"}': "1x100",
        },
        {
            'rewards_build_info{version="1",instance="a"}': "1x100",
            'rewards_build_info{version="2",instance="b"}': "1x100",
        },
        {},
    ),
}
"""For each alert: the minute at which it is asked for, series with which all is well, series with which it
fires, and the labels that it then has. A series has a value a minute (`a+bxn`: from a by b, n times)."""


def test_every_alert_has_its_entry_in_the_runbook_under_its_own_name() -> None:
    """Whoever is woken finds what to do, and no entry is left of an alert that is gone."""
    headings = re.findall(r"(?m)^## (\w+)$", RUNBOOK.read_text(encoding="utf-8"))
    assert headings == NAMES
    for rule in alerts():
        assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in {"critical", "warning", "info"}
        assert rule["annotations"]["summary"].endswith(".")


def test_prometheus_understands_the_rules_the_configuration_and_every_panel(tmp_path: Path) -> None:
    """By its own tool: a typing error in an expression is found here and not in the night."""
    asked = tmp_path / "asked.yaml"
    rules = [{"record": f"asked:{number}", "expr": one} for number, one in enumerate(expressions())]
    asked.write_text(yaml.safe_dump({"groups": [{"name": "asked", "rules": rules}]}), encoding="utf-8")
    for words in (("rules", str(RULES)), ("rules", str(asked)), ("config", str(CONFIG))):
        checked(tmp_path, "check", *words)


def test_every_alert_fires_when_it_should_and_not_while_all_is_well(tmp_path: Path) -> None:
    """Each is tried with series of both kinds."""
    assert list(CASES) == NAMES
    tests: dict[str, list[dict[str, Any]]] = {"1m": [], "30m": []}
    for rule in alerts():
        minute, well, ill, labels = CASES[rule["alert"]]
        fires = {
            "exp_labels": {**rule["labels"], **labels},
            "exp_annotations": rule["annotations"],
        }
        # What takes hours is looked at less often: each look works out every rule.
        own = tests["1m" if minute <= 2 * HOUR else "30m"]
        own += [tried(rule["alert"], minute, well, []), tried(rule["alert"], minute, ill, [fires])]
    for interval, some in tests.items():
        cases = tmp_path / f"{interval}.yaml"
        given = {"rule_files": [str(RULES)], "evaluation_interval": interval, "tests": some}
        cases.write_text(yaml.safe_dump(given), encoding="utf-8")
        checked(tmp_path, "test", "rules", str(cases))


def tried(alert: str, minute: int, series: Series, expected: list[dict[str, Any]]) -> dict[str, Any]:
    """Write one test in promtool's own form."""
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "alert_rule_test": [{"eval_time": f"{minute}m", "alertname": alert, "exp_alerts": expected}],
    }


def checked(folder: Path, *words: str) -> None:
    """Let promtool check something."""
    done = subprocess.run(
        [promtool(), *words], cwd=folder, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_dashboard_has_panels_that_do_not_overlap() -> None:
    """Each has a title and says in which unit it is; their ids are their own."""
    assert len(DASHBOARDS) == 1
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
        assert panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert all(target["legendFormat"] for target in panel["targets"])
    assert len({panel["id"] for panel in panels()}) == len(panels())
