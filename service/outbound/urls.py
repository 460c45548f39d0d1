"""The web address of a receiver: one strict form, so that no two readers of it can disagree.

What is refused, and why:

* anything but `https`; where loopback is allowed `http` too, and then for loopback only (`post` sees to it);
* spaces, control characters, backslashes, characters outside ASCII: readers drop, turn or translate them
  (`https://ⓛocalhost`), so an internationalized name is written as `xn--…`;
* a user or password: the part before `@` reads like a host, and secrets belong into the secret;
* a fragment: it is never sent;
* an IPv4 address in any form but four plain decimal numbers: octal, hex, one number and short forms lead
  to other addresses in other readers; so does a last label that begins like a number;
* an IPv6 address with a zone, or with a dotted part that is not one; percent-encoded, empty or dotted ends
  of hosts; labels that are no labels;
* names that mean something inside one network only (`localhost`, one label, `.internal`, `.local`, …), where
  private or loopback addresses are not allowed. Which address a name leads to is judged when it is posted to;
* port 0 and above 65535; ports below 1024 save 443 (and 80 for http), because what listens there speaks mail,
  shells or names and may take a line of ours for a command; the higher ones that browsers refuse for the same
  reason; and the usual ports of databases.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import Final, Literal

from msgspec import Struct

from service.outbound.addresses import Allowed, judge

URL_CHARACTERS_MAX: Final = 2048
HOST_CHARACTERS_MAX: Final = 253
PORT_MAX: Final = 65_535
PRIVILEGED: Final = 1024
DEFAULT_PORTS: Final = {"https": 443, "http": 80}

BAD_PORTS: Final = frozenset({
    # The Fetch standard's list of bad ports, from 1024 on.
    1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
    6697, 10080,
    # PostgreSQL, MySQL, SQL Server, Redis, memcached, MongoDB, Elasticsearch.
    1433, 3306, 5432, 6379, 11211, 27017, 9200, 9300,
})  # fmt: skip  # table: numbers that are compared, and read as a whole

INSIDE_ONLY: Final = frozenset(
    {
        "local",
        "localdomain",
        "internal",
        "intranet",
        "private",
        "corp",
        "home",
        "lan",
        "arpa",
        "onion",
        "test",
        "invalid",
        "example",
        "svc",
        "cluster",
    }
)
"""Last labels of names that nobody outside can have: by RFC 6761, 6762, 7686 and 8375, or by habit."""

Fault = Literal[
    "too_long",
    "characters",
    "scheme",
    "form",
    "userinfo",
    "fragment",
    "port",
    "host",
    "number",
    "zone",
    "inside_name",
    "address",
]
"""Which rule a web address breaks."""

_CHARACTERS: Final = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]*")
_FORM: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<target>[^#]*)(?P<fragment>#.*)?"
)
_ESCAPES: Final = re.compile(r"(?:[^%\[\]]|%[0-9A-Fa-f]{2})*")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_DECIMAL: Final = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")


class Url(Struct, frozen=True):
    """A web address that can be posted to: its parts, each in the one form in which it is used."""

    scheme: Literal["https", "http"]
    host: str
    """A name in lower case, or an IP address without brackets."""
    port: int
    target: str
    """The path and the query, as they are sent."""
    is_address: bool

    @property
    def authority(self) -> str:
        """The host and the port as the `Host` header gives them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


class Unfit(Struct, frozen=True):
    """A web address that is not posted to, and which rule it breaks."""

    why: Fault


def read_url(text: str, allowed: Allowed) -> Url | Unfit:
    """Read the web address of a receiver; a literal address in it is judged at once."""
    if len(text) > URL_CHARACTERS_MAX:
        return Unfit("too_long")
    if not _CHARACTERS.fullmatch(text):
        return Unfit("characters")
    form = _FORM.fullmatch(text)
    if form is None or not _ESCAPES.fullmatch(form["target"]):
        return Unfit("form")
    scheme, authority = form["scheme"].lower(), form["authority"]
    if scheme != "https" and not (scheme == "http" and allowed.loopback):
        return Unfit("scheme")
    if form["fragment"] is not None:
        return Unfit("fragment")
    if "@" in authority:
        return Unfit("userinfo")
    target = form["target"] if form["target"].startswith("/") else f"/{form['target']}"
    where = _host_and_port(authority, scheme)
    if isinstance(where, Unfit):
        return where
    host, port = where
    fault = _fault_of_host(host, allowed)
    if fault is not None:
        return Unfit(fault)
    known: Literal["https", "http"] = "https" if scheme == "https" else "http"
    if host.startswith("["):
        return Url(known, str(IPv6Address(host[1:-1])), port, target, is_address=True)
    return Url(known, host, port, target, is_address=_DECIMAL.fullmatch(host) is not None)


def _host_and_port(authority: str, scheme: str) -> tuple[str, int] | Unfit:
    if authority.startswith("["):
        end = authority.find("]") + 1
        host, rest = authority[:end], authority[end:]
        if not end or (rest and not rest.startswith(":")):
            return Unfit("host")
        port = rest[1:] if rest else None
    else:
        host, colon, after = authority.partition(":")
        port = after if colon else None
    host = host.lower()
    default = DEFAULT_PORTS[scheme]
    if port is None:
        return host, default
    if not re.fullmatch(r"[1-9][0-9]{0,4}", port):
        return Unfit("port")
    number = int(port)
    usual = number == default or (number >= PRIVILEGED and number not in BAD_PORTS)
    return (host, number) if usual and number <= PORT_MAX else Unfit("port")


def _fault_of_host(host: str, allowed: Allowed) -> Fault | None:
    if host.startswith("["):
        return _fault_of_6(host[1:-1], allowed)
    if not host.strip(".") or len(host) > HOST_CHARACTERS_MAX:
        return "host"
    labels = host.split(".")
    if (
        all(re.fullmatch(r"[0-9]+|0x[0-9a-f]*", label) for label in labels if label)
        or labels[-1][:1].isdigit()
    ):
        # Some reader takes it for an IPv4 address, so it must be one for all of them.
        if not _DECIMAL.fullmatch(host) or any(int(label) > 255 for label in labels):  # noqa: PLR2004  an octet
            return "number"
        return None if judge(host, allowed) is None else "address"
    if not all(_LABEL.fullmatch(label) for label in labels):
        return "host"
    if labels[-1] == "localhost":
        return None if allowed.loopback else "inside_name"
    if (len(labels) == 1 or labels[-1] in INSIDE_ONLY) and not allowed.private:
        return "inside_name"
    return None


def _fault_of_6(inner: str, allowed: Allowed) -> Fault | None:
    if "%" in inner:
        return "zone"
    try:
        IPv6Address(inner)
    except ValueError:
        return "host"
    return None if judge(inner, allowed) is None else "address"
