"""The tree that README draws is the tree that there is."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LINE = re.compile(r"^(?P<indent> *)(?P<name>[\w.\-]+/?)(?:\s{2,}\S.*)?$")


def drawn() -> set[str]:
    """Read the block below `<!-- tree -->`: two spaces a level, a folder ends with /, then words."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- tree -->\n+```\w*\n(.*?)\n```", text, re.DOTALL)
    assert block, "README.md has no fenced block below a line <!-- tree -->"
    above: list[str] = []
    paths: set[str] = set()
    for line in block[1].splitlines():
        found = LINE.match(line)
        assert found, f"not a line of a tree: {line!r}"
        level = len(found["indent"]) // 2
        above = [*above[:level], found["name"]]
        paths.add("".join(above))
    return paths


def there() -> set[str]:
    """List what git keeps or would keep: the top level, and the first level inside `service/`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths: set[str] = set()
    for path in listed.splitlines():
        if not (ROOT / path).exists():
            continue
        head, _, rest = path.partition("/")
        if head.startswith(".") and not rest:
            continue
        paths.add(f"{head}/" if rest else head)
        if head == "service":
            inner, _, deeper = rest.partition("/")
            paths.add(f"service/{inner}/" if deeper else f"service/{inner}")
    return {path for path in paths if not path.endswith("__init__.py")}


def test_the_tree_in_the_readme_is_the_real_one() -> None:
    """A reader who knows the drawn tree knows where everything is; dot-files go without saying."""
    shown = {path for path in drawn() if path.count("/") - path.endswith("/") < 2}
    real = there()
    wanted = {path for path in shown if path.startswith("service/") or "/" not in path.rstrip("/")}
    assert wanted == real
