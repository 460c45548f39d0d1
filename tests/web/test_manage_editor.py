"""A program written as a form and as a document: the two are one, and nothing red is published."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from schemas.program import Program
from service.core.authoring.lines import line_of
from service.core.authoring.programs import decode, digest, plain
from service.web.pages.editor.fields import groups_of
from service.web.pages.editor.reading import add, overlay, remove, text_in
from service.web.pages.editor.starters import starters
from tests.web.manage import manage, text_of

if TYPE_CHECKING:
    from tests.web.manage import Manage

__all__ = ["manage"]

CALIFORNIA = starters()["california-recovery-incentives"]


def plain_of(program: Program) -> dict[str, Any]:
    """A program as plain values, as the editor has it."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plain(program)))
    return found


def digest_of(document: dict[str, Any]) -> str:
    """The digest of a document that has no fault in its shape."""
    program = decode(msgspec.json.encode(document), yaml=False)
    assert isinstance(program, Program), program
    return digest(program)


class Fields(HTMLParser):
    """What a browser would send of a page's form if nothing were touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self._area = self._select = ""
        self.feed(page[page.index('<form class="editor"') :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field's name and what is in it."""
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name:
            self.sent[name] = given.get("value") or ""
        elif tag == "textarea":
            self._area = name
            self.sent[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.sent[self._select] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        """End an area."""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        """Take an area's text."""
        if self._area:
            self.sent[self._area] += data


@pytest.mark.parametrize("name", sorted(starters()))
def test_a_form_that_is_not_touched_is_the_identical_document(name: str) -> None:
    """What the form shows and what it does not know come back as they were."""
    program = starters()[name].program
    base = plain_of(program)
    texts = {spec.path: text_in(base, spec) for one in groups_of(base, is_new=True) for spec in one.specs}
    read = overlay(base, texts, is_new=True)
    assert read.faults == {}
    assert digest_of(read.plain) == digest(program)


@pytest.mark.parametrize("path", ["targets", "caps", "targets.0.phases", "targets.0.bonuses"])
def test_added_parts_of_a_program_can_be_removed(path: str) -> None:
    """The document is then the one that it was."""
    base = plain_of(CALIFORNIA.program)
    add(base, path)
    assert digest_of(base) != digest(CALIFORNIA.program)
    last = len(base["caps"] if path == "caps" else base["targets"]) - 1
    if path.startswith("targets.0."):
        last = len(base["targets"][0][path.rsplit(".", 1)[-1]]) - 1
    remove(base, f"{path}.{last}")
    assert digest_of(base) == digest(CALIFORNIA.program)


@pytest.mark.parametrize("path", ["targets.9.phases", "", "name", "targets.x.phases.0", "caps.0.per.1"])
def test_an_unknown_place_changes_nothing(path: str) -> None:
    """A form made by hand can name any place."""
    base = plain_of(CALIFORNIA.program)
    add(base, path)
    remove(base, path)
    assert digest_of(base) == digest(CALIFORNIA.program)


def test_a_fault_is_found_by_its_line() -> None:
    """In YAML and in JSON, at the deepest part of its place that is written."""
    assert line_of("a: 1\nb:\n  - c: 2\n  - d: 3\n", "$.b[1].d") == 4
    assert line_of('{"a": 1,\n "b": {"c": 2}}', "$.b.c") == 2
    assert line_of("a: 1\nb: {c: 1}\n", "$.b.missing") == 2


async def test_a_manager_sees_the_difference_and_publishes_it(manage: Manage) -> None:
    """The totals before and after, the sentences that go and come, and then the new version."""
    await manage.clinic.client().post(
        "/v1/programs", content=CALIFORNIA.text, headers={"content-type": "application/yaml"}
    )
    page = (await manage.get("/manage/program-editor?of=california-recovery-incentives")).text
    sent = Fields(page).sent
    same = await manage.post("/manage/program-editor", {**sent, "do": "review"})
    assert "there is nothing to publish" in text_of(same.text)
    changed = {**sent, "targets.0.phases.1.earn.amount": "$16.00", "caps.0.amount": "605.00"}
    red = await manage.post("/manage/program-editor", {**changed, "do": "review"})
    assert red.status_code == 422
    assert "perfect, visit 25: written" in text_of(red.text)
    refused = await manage.post("/manage/program-editor/publish", {**changed, "version": "2"})
    assert refused.status_code == 422
    review = await manage.post("/manage/program-editor", {**changed, "cases": "", "do": "review"})
    said = text_of(review.text)
    assert "$599.00" in said
    assert "$605.00" in said
    assert "negative test, $16.00 each time" in said
    assert "One miss, then back" in said
    assert "One miss, no recovery" in said
    form = dict(re.findall(r'name="(of|tab|version)" value="([^"]*)"', review.text))
    base = re.search(r'<textarea name="base" hidden>(.*?)</textarea>', review.text, re.DOTALL)
    assert base is not None
    done = await manage.post("/manage/program-editor/publish", {**form, "base": unescape(base[1])})
    assert done.status_code == 303
    assert "version=2" in done.headers["location"]
    published = (await manage.clinic.get("/v1/programs/california-recovery-incentives")).json()
    assert published["version"] == 2
    assert published["document"]["targets"][0]["retest_minutes"] == 120
    late = await manage.post(
        "/manage/program-editor/publish",
        {**form, "base": unescape(base[1]).replace("1600", "1700"), "version": "2"},
    )
    assert late.status_code == 412


async def test_faults_stand_at_their_place(manage: Manage) -> None:
    """A field keeps what was typed; a document's fault names its place and its line."""
    page = (await manage.get("/manage/program-editor?starter=california-recovery-incentives")).text
    sent = Fields(page).sent
    wrong = await manage.post(
        "/manage/program-editor", {**sent, "targets.0.phases.0.earn.start": "ten", "do": "review"}
    )
    assert wrong.status_code == 422
    assert 'value="ten"' in wrong.text
    assert 'id="f-targets-0-phases-0-earn-start-fault"' in wrong.text
    low = await manage.post(
        "/manage/program-editor", {**sent, "targets.0.phases.0.earn.max": "5.00", "do": "show"}
    )
    assert "is below start (1000)" in low.text
    text = CALIFORNIA.text.replace("step: 150", "step: many")
    document = {"tab": "document", "text": text, "of": "", "do": "review"}
    answer = await manage.post("/manage/program-editor", document)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "step: many" in one)
    assert f"Line {line}:" in text_of(answer.text)
    assert answer.status_code == 422


async def test_places_are_said_in_words_and_all_faults_at_once(manage: Manage) -> None:
    """Nobody who writes a program on the page reads a pointer, in either language."""
    text = CALIFORNIA.text.replace("step: 150", "stepp: 150").replace("amount: 1500", "amount: 15.00$")
    text = text.replace("missed_after_hours: 24}\n    phases", "per_day: 1}\n    phases")
    document = {"tab": "document", "text": text, "of": "", "do": "show"}
    answer = text_of((await manage.post("/manage/program-editor", document)).text)
    assert "Target “stimulant-negative”, phase 1, stepp: `stepp` is not a field here" in answer
    assert "Target “stimulant-negative”, phase 2, the amount: amounts are whole cents" in answer
    mended = document | {"text": text.replace("stepp", "step").replace("15.00$", "1500")}
    noted = text_of((await manage.post("/manage/program-editor", mended)).text)
    assert "Target “stimulant-negative”, the visits: Nothing is said of missed visits" in noted
    assert "$.targets" not in answer + noted


async def test_only_a_manager_writes_programs(manage: Manage) -> None:
    """Whoever reads them is told so."""
    assert (await manage.get("/manage/program-editor", "clinician")).status_code == 403


async def test_a_noun_with_an_apostrophe_is_read_back_as_it_is_written(manage: Manage) -> None:
    """What is escaped once for the page is not escaped twice."""
    text = CALIFORNIA.text.replace(
        "    behavior: test\n", "    behavior: test\n    noun: {en: day's test, es: prueba del día}\n"
    )
    answer = await manage.post("/manage/program-editor", {"tab": "document", "text": text, "do": "form"})
    assert "day's test, $10.00 the first time" in text_of(answer.text)
