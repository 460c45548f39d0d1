"""Service lines on their page and as a file, with the codes that a manager sets."""

from __future__ import annotations

import csv
import io

from tests.web.desk import today
from tests.web.manage import Manage, manage, text_of
from tests.web.test_minutes_over_http import session
from tests.web.test_quantities_over_http import enrolled

__all__ = ["manage"]


async def test_codes_are_set_on_the_page_and_lines_are_given_as_a_file(manage: Manage) -> None:
    """A line stands on the page, in the API and in the file; a fault is shown at its field."""
    who = await enrolled(manage.clinic)
    await manage.clinic.post("/v1/events", session(who, minutes=95))
    form = {"of": "work group", "outcome": "attended", "procedure": "H0005", "result": "Z1"}
    form |= {"starts_on": today().isoformat()}
    sent = await manage.post("/manage/billing", form)
    assert sent.status_code == 303, sent.text
    page = text_of((await manage.get("/manage/billing?done=set")).text)
    for words in ("The code is set.", "MRN-1", "H0005", "Z1", "95", "as recorded"):
        assert words in page
    (line,) = (await manage.clinic.get("/v1/service-lines")).json()["items"]
    assert (line["procedure"], line["minutes"], line["status"]) == ("H0005", 95, "final")
    file = await manage.get("/manage/billing.csv")
    (row, *_) = csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff")))
    assert (row["date"], row["procedure"], row["minutes"]) == (today().isoformat(), "H0005", "95")
    wrong = await manage.post("/manage/billing", {**form, "procedure": "", "result": "Z1"})
    assert wrong.status_code == 422
    assert "goes with a procedure code" in text_of(wrong.text)
