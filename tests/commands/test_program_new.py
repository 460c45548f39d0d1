"""A program is begun with a few answers: what is written explains itself, is sound, and raises no doubt."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

import pytest

from schemas.program import Program
from schemas.purposes import Purpose
from service.cli import main
from service.commands.program_new import TEMPLATES
from service.commands.speech import Exit
from service.core.authoring.programs import check, decode, warnings
from service.core.authoring.purposes import USUAL
from service.web.pages.editor.starters import begun


class Terminal(io.StringIO):
    """Somebody who answers at a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_template_of_each_purpose_is_a_sound_program_that_explains_itself(
    purpose: Purpose, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the usual answers the check is quiet, and the document says why it is as it is."""
    path = tmp_path / "mine.yaml"
    assert main(["program", "new", str(path), "--purpose", purpose, "--json"]) == Exit.DONE
    found = decode(path.read_bytes(), yaml=True)
    assert isinstance(found, Program)
    assert (found.name, found.title, found.weeks) == ("mine", USUAL[purpose].title, USUAL[purpose].weeks)
    assert check(found) == warnings(found) == ()
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert begun(purpose).targets == found.targets
    assert capsys.readouterr().out


def test_every_template_belongs_to_a_purpose() -> None:
    """Nothing lies there that nobody is offered."""
    assert {one.stem for one in TEMPLATES.glob("*.yaml")} == set(get_args(Purpose)) == set(USUAL)


def test_answers_at_a_terminal_are_asked_for_again_until_they_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty answer is the usual one."""
    monkeypatch.setattr("sys.stdin", Terminal("prizes\ntests\n\nTests: ours\nmany\n8\n3\n\n"))
    path = tmp_path / "ours.yaml"
    assert main(["program", "new", str(path)]) == Exit.DONE
    found = decode(path.read_bytes(), yaml=True)
    assert isinstance(found, Program)
    assert (found.name, found.title, found.weeks) == ("ours", "Tests: ours", 8)
    said = capsys.readouterr().out
    assert "Write one of: tests" in said
    assert "Write a whole number, such as 12." in said


def test_new_program_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there is not written over, a purpose is named, and a name is a name."""
    path = tmp_path / "mine.yaml"
    assert main(["program", "new", str(path)]) == Exit.USAGE
    assert "--purpose: tests, groups" in capsys.readouterr().err
    assert main(["program", "new", str(path), "--purpose", "tests", "--name", "My Own"]) == Exit.USAGE
    assert "$.name: must be small letters" in capsys.readouterr().err
    path.write_text("mine", encoding="utf-8")
    assert main(["program", "new", str(path), "--purpose", "tests"]) == Exit.USAGE
    assert path.read_text(encoding="utf-8") == "mine"
