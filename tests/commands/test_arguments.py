"""Everything that can be typed after `rewards` is explained, shown by example, and completed by a shell."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
from collections.abc import Iterator

import pytest

from service.cli import main
from service.commands.arguments import EXITS, SHELLS, parser
from service.commands.speech import Exit


def commands(
    above: argparse.ArgumentParser | None = None, name: str = "rewards"
) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Walk every word that has a help of its own, the groups included."""
    one = parser() if above is None else above
    yield name, one
    for action in one._actions:  # noqa: SLF001  argparse has no public way to walk a parser
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for word, below in action.choices.items():
                yield from commands(below, f"{name} {word}")


COMMANDS = dict(commands())
LEAVES = {name: one for name, one in COMMANDS.items() if one.get_default("run")}


def test_the_commands_of_the_contract_are_there() -> None:
    """Scripts are written against these names."""
    assert {name.removeprefix("rewards ") for name in LEAVES} == {
        "demo",
        "serve",
        "work",
        "migrate",
        "audit pack",
        "mllp",
        "clinic create",
        "clinic move",
        "clinic list",
        "clinic export",
        "clinic import",
        "participant export",
        "participant erase",
        "key create",
        "keys rotate",
        "key assign",
        "staff create",
        "provider check",
        "send event",
        "send batch",
        "send participant",
        "send enrollment",
        "send correction",
        "send redemption",
        "program new",
        "program check",
        "program table",
        "program forecast",
        "program review",
        "program back-test",
        "draw check",
        "import",
        "audit checkpoint",
        "backup",
        "backups",
        "restore",
        "verify",
        "completion",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_line(name: str) -> None:
    """An option without one is a riddle; `--data` is hidden where it does nothing."""
    silent = [
        action.dest
        for action in COMMANDS[name]._actions  # noqa: SLF001
        if not action.help and not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    ]
    assert silent == []
    hidden = {action.dest for action in COMMANDS[name]._actions if action.help == argparse.SUPPRESS}  # noqa: SLF001
    assert hidden <= {"data"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_in_a_help_text_can_be_typed(name: str) -> None:
    """Each help has at least one, and each begins as the command that it explains."""
    shown = re.findall(r"^  (rewards .*)$", COMMANDS[name].format_help(), re.MULTILINE)
    assert shown
    for example in shown:
        assert example.startswith(name)
        words = shlex.split(re.split(r" [<>] ", example)[0])[1:]
        if "--help" in words:
            words.remove("--help")
            assert f"rewards {' '.join(words)}" in COMMANDS
        else:
            assert parser().parse_args(words).run


@pytest.mark.parametrize("name", LEAVES)
def test_every_command_takes_json_and_says_what_it_prints(name: str) -> None:
    """A program reads every command in the same way."""
    (option,) = [action for action in LEAVES[name]._actions if "--json" in action.option_strings]  # noqa: SLF001
    assert re.fullmatch(r"print \S.* as one line of JSON", option.help or "")


def test_help_lists_every_exit_code() -> None:
    """The closed pipe needs no line: whoever would read it is gone."""
    listed = {int(code) for code in re.findall(r"^  (\d+) ", parser().format_help(), re.MULTILINE)}
    assert listed == set(Exit) - {Exit.PIPE_CLOSED}
    assert set(EXITS) == listed


@pytest.mark.parametrize("shell", SHELLS)
def test_a_completion_script_names_every_command_and_option(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script is printed once and needs nothing of the service when it completes."""
    assert main(["completion", shell]) == Exit.DONE
    script = capsys.readouterr().out
    for name, one in LEAVES.items():
        assert name.split()[-1] in script
        for action in one._actions:  # noqa: SLF001
            assert all(option.lstrip("-") in script for option in action.option_strings)
    assert main(["completion", shell, "--json"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out) == {"shell": shell, "script": script.rstrip("\n")}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["cl"], {"clinic"}),
        (["clinic", ""], {"create", "export", "import", "list", "move"}),
        (["key", "create", "--role", "a"], {"auditor"}),
        (["program", "table", "--lang"], {"--language"}),
        (["completion", ""], set(SHELLS)),
    ],
)
def test_bash_completes_commands_options_and_choices(
    typed: list[str], offered: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The script is read by a real bash and asked as a person's Tab asks it."""
    assert main(["completion", "bash"]) == Exit.DONE
    script = capsys.readouterr().out
    words = shlex.join(["rewards", *typed])
    asked = re.search(r"-F (\S+) rewards$", script, re.MULTILINE)
    assert asked
    ask = f'COMP_WORDS=({words}); COMP_CWORD={len(typed)}; {asked[1]}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    ran = subprocess.run(
        ["/bin/bash", "--norc", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True
    )
    assert {word.strip() for word in ran.stdout.split()} == offered


@pytest.mark.parametrize("words", [["serve", "--port", "x"], ["program", "check"], ["nothing"], []])
def test_what_is_not_understood_is_said_in_the_form_that_was_asked_for(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The usage and a sentence on stderr; with `--json` one object on stdout, and the same exit code."""
    assert main(words) == Exit.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("usage: rewards")
    assert main([*words, "--json"]) == Exit.USAGE
    printed = json.loads(capsys.readouterr().out)
    assert printed["code"] == "usage"
    assert printed["detail"] in said.err
