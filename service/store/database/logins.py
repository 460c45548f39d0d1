"""The service's login: its password, and what it must not be able to do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from urllib.parse import unquote, urlsplit

import asyncpg
from asyncpg import Connection
from asyncpg.pool import PoolConnectionProxy

from service.store.database.hosts import open_connection
from service.store.database.queries import query

SERVICE_ROLE = "rewards_service"
ITERATIONS = 4096
"""How often a password is hashed for SCRAM (RFC 7677). It is long and random: more would only take time."""
SALT_BYTES = 16


class LoginError(Exception):
    """The service must not or cannot work as the user of DATABASE_URL; the message says the remedy."""


async def let_in(owner: Connection, service_url: str) -> bool:
    """Give the service's role the password of its URL where it cannot log in with it; whether that was done.

    Raises LoginError where only whoever made the role may do so.
    """
    parts = urlsplit(service_url)
    try:
        own = await open_connection(service_url)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError):
        if parts.username != SERVICE_ROLE:
            raise
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        # A pooler that is not up yet, say: whether it can log in is seen when it does.
        return False
    else:
        await own.close()
        return False
    password = unquote(parts.password or "")
    words = f"alter role {SERVICE_ROLE} login"
    if password:
        words += f" password '{verifier(password)}'"
    try:
        # It holds base64 alone, and no parameter can stand in this statement.
        await owner.execute(words)
    except asyncpg.InsufficientPrivilegeError as why:
        raise LoginError(
            f"The owner may not give {SERVICE_ROLE} its login, since another role made it. As that role: "
            f"ALTER ROLE {SERVICE_ROLE} LOGIN PASSWORD '…', with the password of DATABASE_URL."
        ) from why
    return True


def verifier(password: str, salt: bytes | None = None) -> str:
    """What PostgreSQL keeps of a password (RFC 5803), so that the password itself is in no statement or log.

    Raises LoginError for one with other than ASCII letters, which would have to be prepared (RFC 4013).
    """
    if not password.isascii():
        raise LoginError("The password in DATABASE_URL has other than ASCII letters. Choose one without.")
    salt = salt or os.urandom(SALT_BYTES)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    kept = (base64.b64encode(part).decode() for part in (salt, client, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(ITERATIONS, *kept)


async def refuse_powers(connection: Connection | PoolConnectionProxy) -> None:
    """Refuse a login that could step over row-level security, or become somebody who can.

    Raises LoginError with the remedy.
    """
    row = await connection.fetchrow(query("logins/powers").text, SERVICE_ROLE)
    if row is None:
        raise AssertionError("a login has a row of its own")
    login = row["login"]
    if row["is_stepping_over"]:
        why = f"{login} is, or can become, a superuser or a role that row-level security does not hold for"
    elif row["is_owner"]:
        why = f"{login} owns the tables, or can become their owner"
    elif row["is_making_roles"]:
        why = f"{login} may make roles, and give itself theirs"
    elif not row["is_service"]:
        why = f"{login} was not granted {SERVICE_ROLE}"
    else:
        return
    raise LoginError(
        f"The service does not work as this user of DATABASE_URL: {why}. Keep the owner's URL as "
        f"MIGRATION_DATABASE_URL, write DATABASE_URL as postgresql://{SERVICE_ROLE}:PASSWORD@host/database "
        "with a password of your own, and run: rewards migrate, which gives the role that password."
    )
