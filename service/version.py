"""The version of this release: written once, in `pyproject.toml`, and read from the installed package."""

from importlib.metadata import version
from typing import Final

VERSION: Final = version("rewards")
"""The version as `rewards --version`, the OpenAPI document and CHANGELOG.md say it."""
