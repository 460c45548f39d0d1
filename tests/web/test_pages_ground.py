"""The ground of the pages: their texts are complete, and their files and forms are our own."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.core.catalogs import text_of
from service.web import words
from service.web.pages.framework import static
from service.web.pages.framework.render import TEMPLATES, environment
from service.web.pages.framework.voice import Voice
from service.web.pages.routes import PAGES
from service.web.words import FACES, SAID, WORDS

if TYPE_CHECKING:
    from tests.web.conftest import Server

KEYS = re.compile(r"""say\(\s*["']([a-z_]+\.[a-zA-Z0-9_:]+)["']""")
CODE = TEMPLATES.parent
DRAWN = sorted(TEMPLATES.rglob("*.html"))


def name_of(path: Path) -> str:
    """Show a template as Jinja names it."""
    return str(path.relative_to(TEMPLATES))


FORMAL = re.compile(
    r"(?i)\busted\b|\bsu (?:navegador|acuerdo)\b"
    r"|(?:^|[.:;!?] |, | y )(?:abra|agregue|busque|cambie|cierre|consulte|copie|corrija|deje|diga|elija"
    r"|encienda|entre|envíe|escriba|espere|guarde|haga|imprima|indique|intente|lea|marque|mire|pegue|pida|ponga"
    r"|pregunte|pruebe|puede salir|quite|registre|revise|salga|seleccione|tome|toque|traiga|use|vea|vuelva)\b"
    r"|\b(?:cópie|corríja|déje|dé|divída|elíja|enciénda|envíe|guárde|impríma|pída|pónga|pruébe|regístre|revíse)"
    r"(?:se|me)?l[oa]s?\b"
)
"""Spanish that speaks to its reader as `usted`: the word, its imperatives, and what is the reader's own."""


def test_spanish_speaks_to_everybody_as_tu() -> None:
    """One form of address on every page: two of them read as two voices."""
    assert [key for key, text in SAID["es"].items() if FORMAL.search(text_of(text))] == []


def test_no_text_key_belongs_to_two_faces() -> None:
    """One of them would win unseen."""
    assert len(WORDS) == sum(len(part.WORDS) for part in FACES)


def test_no_text_key_stands_twice() -> None:
    """Not within a face either: a page that gives the values of the other one would fail."""
    keys = Counter(
        key
        for path in Path(words.__file__).parent.glob("*.py")
        for key in re.findall(r'^    "([^"]+)": ', path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert len(keys) >= len(WORDS)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("path", DRAWN, ids=name_of)
def test_templates_use_only_existing_text_keys(path: Path) -> None:
    """It is looked at without being drawn, so that a rare branch is looked at too."""
    said = {key for key in KEYS.findall(path.read_text(encoding="utf-8")) if not key.endswith(".")}
    assert said - set(WORDS) == set()


@pytest.mark.parametrize("path", DRAWN, ids=name_of)
def test_a_template_holds_no_text_of_its_own(path: Path) -> None:
    """Letters between tags, or in what is read aloud, would be in one language alone."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{% block (?:face|main_class) %\}(?:[a-z -]|\{\{[^}]*\}\})*\{% endblock %\}", " ", text)
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style|title id)[^>]*>.*?</\1>", " ", text, flags=re.DOTALL)
    spoken = re.findall(r"""(?:aria-label|placeholder|title|alt)=["']([^"']*[^\W\d_][^"']*)["']""", text)
    between = [part.strip() for part in re.sub(r"<[^>]*>", "\n", text).splitlines()]
    letters = [part for part in between if re.search(r"[^\W\d_]{2,}", re.sub(r"&[a-z]+;", "", part))]
    assert (spoken, letters) == ([], [])


@pytest.mark.parametrize("path", DRAWN, ids=name_of)
def test_a_template_is_one_that_jinja_understands(path: Path) -> None:
    """A fault in it is found here and not at the desk."""
    environment().get_template(name_of(path))


def test_a_page_declares_its_language_and_title() -> None:
    """Each has a path of its own and somebody who may open it."""
    assert len({page.name for page in PAGES}) == len(PAGES)
    assert all(page.who for page in PAGES)


async def test_the_stylesheet_is_kept_for_ever_and_comes_packed(server: Server) -> None:
    """Its name changes with its content."""
    async with httpx.AsyncClient(base_url=server.url) as anyone:
        answer = await anyone.get(static.address("app.css"))
        assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in answer.headers["cache-control"]
        assert "--accent" in answer.text
        gone = await anyone.get("/static/app.0000000000.css")
        assert gone.status_code == 404
        assert "default-src 'self'" in gone.headers["content-security-policy"]


async def test_a_form_from_elsewhere_is_refused(server: Server) -> None:
    """By its origin, and by the word that it lacks."""
    async with httpx.AsyncClient(base_url=server.url) as anyone:
        for headers in ({"origin": "https://elsewhere.example"}, {"origin": server.url}):
            answer = await anyone.post("/language", data={"language": "es"}, headers=headers)
            assert answer.status_code == 403
            assert "cmr_language" not in answer.cookies


@pytest.mark.usefixtures("clinic")
async def test_a_browser_that_is_refused_gets_a_page_and_a_program_gets_json(server: Server) -> None:
    """A path that nothing is at, or a method that a page has not, is said in words and with the way back."""
    async with httpx.AsyncClient(base_url=server.url, headers={"accept": "text/html,*/*"}) as browser:
        for method, path, status in (("GET", "/nothing/here", 404), ("PUT", "/sign-in", 405)):
            answer = await browser.request(method, path)
            assert (answer.status_code, answer.headers["content-type"]) == (
                status,
                "text/html; charset=utf-8",
            )
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            assert "/nothing" not in answer.text
        put = await browser.put("/sign-in")
        assert put.headers["allow"] == "GET, HEAD, OPTIONS, POST"
        for path in ("/v1/nothing", "/v1"):
            assert (await browser.get(path)).json()["code"] == "not_found"
        spanish = await browser.get("/nothing", headers={"accept-language": "es"})
        assert "No encontramos esta página. Vuelve atrás o empieza en la primera página." in spanish.text


def test_plain_texts_are_escaped_once() -> None:
    """A value with an apostrophe comes to the page as it was typed."""
    voice = Voice("en", ZoneInfo("UTC"), datetime(2026, 3, 2, tzinfo=UTC))
    assert voice.plain("manage.cap.funder", name="O'Neil & Sons") == "Funder: O'Neil & Sons"
    assert voice.say("manage.cap.funder", name="O'Neil & Sons") == "Funder: O&#39;Neil &amp; Sons"


def test_a_count_of_one_is_singular() -> None:
    """Where a text has words of its own for one, they are used for one alone."""
    voice = Voice("en", ZoneInfo("UTC"), datetime(2026, 3, 2, tzinfo=UTC))
    said = [voice.plain("manage.imp.lines_n", count=count) for count in (0, 1, 2)]
    assert said == ["0 lines", "1 line", "2 lines"]


@pytest.mark.parametrize("path", sorted(CODE.rglob("*.py")), ids=lambda path: str(path.relative_to(CODE)))
def test_no_page_escapes_twice(path: Path) -> None:
    """What a template or a chart escapes is said with `plain`."""
    assert not re.search(r"\bstr\([\w.]*\bsay\(|\.unescape\(", path.read_text())


@pytest.mark.usefixtures("clinic")
async def test_unreadable_input_is_answered_with_a_page(server: Server) -> None:
    """Headers and places that are no addresses are read as none, and a NUL is refused."""
    async with httpx.AsyncClient(base_url=server.url) as browser:
        shown = await browser.get("/")
        word = re.search(r'name="csrf" value="([0-9a-f]+)"', shown.text)
        assert word is not None
        for referer in ("http://[::1", f"{server.url}//example.net/", f"{server.url}/\\example.net"):
            sent = {"csrf": word[1], "language": "en"}
            answer = await browser.post("/language", data=sent, headers={"referer": referer})
            assert answer.status_code == 303, referer
            assert answer.headers["location"] == "/", referer
        nul = await browser.post("/language", data={"csrf": word[1], "language": "e\0n"})
        assert nul.status_code == 400
        for to in ("//[", "/\\example.net", "//example.net", "/\t/example.net", "/\u00e9/example.net"):
            front = await browser.get("/", params={"to": to})
            assert front.status_code == 200, to
            assert "example.net" not in front.text, to
        assert (await browser.get("/", headers={"host": "[::1"})).status_code == 400
