"""What is refused is told whole on a Spanish page: the case, with its days, amounts and names."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import msgspec
import pytest

from service.core.words.sentences import day_words
from service.web.contract import examples
from service.web.contract.examples_of_inbound import MAPPING
from tests.clock import now
from tests.web.manage import Manage, manage, text_of
from tests.web.test_manage_imports import TEXT, checked, ran
from tests.web.test_manage_sources import SAMPLE, added, sent

__all__ = ["manage"]

TODAY = now().date()


@pytest.fixture
async def spanish(manage: Manage) -> Manage:
    """A manager who reads Spanish."""
    (await manage.as_role("manager")).cookies["cmr_language"] = "es"
    return manage


async def test_a_cap_that_ended_names_its_day_as_people_write_it(spanish: Manage) -> None:
    """The API says the same in English with the day by ISO 8601."""
    begins = TODAY + timedelta(days=40)
    cap = {"per": "year", "unit": "usd", "amount": 100, "starts_on": begins.isoformat(), "reason": "County"}
    made = (await spanish.clinic.post("/v1/caps", cap)).json()["id"]
    day = TODAY + timedelta(days=20)
    page = await spanish.post(f"/manage/caps/{made}/end", {"on": day.isoformat()})
    assert page.status_code == 422
    assert f"Este límite empieza el {day_words(begins, 'es')}" in text_of(page.text)
    answer = await spanish.clinic.post(f"/v1/caps/{made}/end", {"on": day.isoformat()})
    assert answer.json()["detail"] == f"This cap begins on {begins}; its last day cannot be earlier."


async def test_a_closure_far_away_names_how_far_it_may_be(spanish: Manage) -> None:
    """The number of days stands in the sentence."""
    form = {"first_day": f"{TODAY.year + 5}-01-01", "last_day": f"{TODAY.year + 5}-01-02", "reason": "Fiesta"}
    page = await spanish.post("/manage/closures", form)
    assert page.status_code == 422
    assert "Un cierre empieza a menos de 366 días de hoy. Revisa su año." in text_of(page.text)


async def test_the_lines_of_an_import_are_explained_in_the_reader_s_language(spanish: Manage) -> None:
    """On the page of the check, and in the file of refused lines for whoever asks for it."""
    await spanish.clinic.post("/v1/programs", msgspec.to_builtins(examples.PROGRAM))
    path = await checked(spanish, TEXT)
    says = "occurred_at no es una hora con su diferencia con UTC (2026-08-13 09:30)"
    assert says in text_of((await spanish.get(path)).text)
    await spanish.post(f"{path}/begin", {"enrolls": "yes"})
    await ran(spanish)
    told = {}
    for language in ("es", "en"):
        (await spanish.as_role("manager")).cookies["cmr_language"] = language
        file = (await spanish.get(f"{path}/refused")).text.removeprefix("\ufeff")
        told[language] = [(row["code"], row["words"]) for row in csv.DictReader(io.StringIO(file))]
    assert [code for code, _ in told["es"]] == [code for code, _ in told["en"]]
    assert told["es"][0][1].startswith("test no tiene el resultado 'no such'. Elige uno de estos: ")
    assert told["en"][0][1].startswith("test has no outcome 'no such'; it has ")
    assert told["es"][1][1].startswith(says)


async def test_a_message_that_waits_is_explained_in_spanish_and_in_english_over_the_api(
    spanish: Manage,
) -> None:
    """Why it waits is kept as a reason, and not as a sentence."""
    source, secret = await added(spanish)
    mapping = msgspec.json.encode(MAPPING).decode()
    saved = {"mapping": mapping, "do": "save"}
    await spanish.post(f"/manage/sources/{source}/mapping", saved)
    message = await sent(spanish, source, secret, "???")
    review = message["review"]
    assert review["detail"] == (
        f"{review['faults'][0]['pointer']}: `???` is not among the words of the mapping; add it there."
    )
    page = text_of((await spanish.get(f"/manage/messages/{message['id']}")).text)
    assert "`???` no está entre las palabras del mapa. Agrégala allí." in page
    assert review["faults"][0]["pointer"] in page
    tried = await spanish.post(
        f"/manage/sources/{source}/mapping", {"mapping": mapping, "sample": SAMPLE % "???", "do": "try"}
    )
    assert "`???` no está entre las palabras del mapa. Agrégala allí." in text_of(tried.text)
    unread = await spanish.post(f"/manage/sources/{source}/mapping", {"mapping": '{"only": 5}', "do": "save"})
    assert "Esto no se puede leer como mapa: $.only" in text_of(unread.text)
    assert "Expected" not in unread.text


async def test_the_editor_says_faults_of_a_document_in_spanish(spanish: Manage) -> None:
    """The place is told in words, and the name stays as the document has it."""
    document = msgspec.json.decode(msgspec.json.encode(examples.PROGRAM))
    document["targets"].append(document["targets"][0])
    form = {"tab": "document", "text": msgspec.json.encode(document).decode(), "do": "show"}
    page = text_of((await spanish.post("/manage/program-editor", form)).text)
    name = document["targets"][0]["name"]
    assert f"«{name}», el nombre corto: `{name}` está dos veces; da a cada uno su nombre" in page
    assert "$.targets" not in page
