"""The TLS settings of the tests' HTTP clients."""

from __future__ import annotations

from typing import Final

import httpx

CONTEXT: Final = httpx.create_ssl_context()
"""Shared: a client that makes its own reads all known authorities, which costs ten requests."""
