# long: a hundred and eighty hostile web addresses, one a line, are read best in one list
"""Each hostile way to write a web address is refused for its reason, and ordinary ones are read exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.outbound.addresses import Allowed
from service.outbound.urls import Fault, Unfit, Url, read_url

NONE = Allowed()
LOOPBACK = Allowed(loopback=True)
BOTH = Allowed(loopback=True, private=True)

HOSTILE: dict[Fault, tuple[str, list[str]]] = {
    "scheme": (
        "Only https goes out; other schemes read files, speak other protocols or run code.",
        [
            "http://example.com/",
            "HTTP://example.com/",
            "ftp://example.com/",
            "file:\x2f//etc/passwd",
            "file://localhost/etc/passwd",
            "gopher://example.com:70/_x",
            "dict://example.com:11111/",
            "ldap://example.com/",
            "jar://example.com/",
            "ws://example.com/",
            "wss://example.com/",
            "httpss://example.com/",
            "unix://var/run/docker.sock",
            "netdoc://example.com/",
            "tftp://example.com/x",
            "http://127.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
        ],
    ),
    "form": (
        "It is no absolute address with a host, or escapes something that is not a byte.",
        [
            "",
            "/",
            "//example.com/",
            "///example.com",
            "example.com",
            "example.com/hooks",
            "https:",
            "https:/",
            "https:example.com",
            "https:/example.com",
            "javascript:alert(1)",
            "data:text/html,x",
            "://example.com",
            "mailto:a@example.com",
            "1https://example.com/",
            "https://example.com/%",
            "https://example.com/%2",
            "https://example.com/%zz",
            "https://example.com/[x]",
            "?https://example.com",
            "#https://example.com",
        ],
    ),
    "characters": (
        "Readers drop, turn or translate these, each in its own way.",
        [
            " https://example.com/",
            "https://example.com/ ",
            "https://exa mple.com/",
            "https://example.com/a b",
            "https://example.com/\r\nHost:%20evil",
            "https://example.com\n/",
            "https://exam\tple.com/",
            "https://example.com/\x00",
            "https://example.com\x00.evil.com/",
            "https://example.com/\x7f",
            "\thttps://example.com",
            "https://example.com\\@127.0.0.1/",
            "https:\\\\example.com\\",
            "https://example.com/\\..\\",
            "https://127.0.0.1\\.example.com/",
            "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
            "https://\uff11\uff12\uff17.0.0.1/",
            "https://127。0。0。1/",
            "https://①②⑦.⓪.⓪.①/",
            "https://exämple.com/",
            "https://example。com/",
            "https://ex\u0430mple.com/",
            "https://\u202eexample.com/",
            "https://exam\u00adple.com/",
            "https://example.com\u2028/",
            "https://example.com/ñ",
            "https://example.com/\ud800",
            "https://exa\u200bmple.com/",
            "https://ﬁle.com/",
            "https://[::ﬀff:127.0.0.1]/",
            "https://example.com/<x>",
            'https://example.com/"',
            "https://example.com/`",
            "https://example.com/{x}",
            "https://example.com/|",
            "https://example.com/^",
        ],
    ),
    "userinfo": (
        "What stands before the @ reads like a host.",
        [
            "https://user@example.com/",
            "https://user:password@example.com/",
            "https://@example.com/",
            "https://:@example.com/",
            "https://example.com@127.0.0.1/",
            "https://example.com:443@evil.com/",
            "https://example.com%2f@127.0.0.1/",
            "https://a@b@example.com/",
            "https://127.0.0.1:80@example.com/",
            "https://[::1]@example.com/",
        ],
    ),
    "fragment": (
        "It is never sent, and some readers look for the host behind it.",
        [
            "https://example.com/#",
            "https://example.com/#x",
            "https://example.com#@evil.com/",
            "https://example.com/a#b?c",
        ],
    ),
    "port": (
        "No such port, or one where something other than the web listens.",
        [
            "https://example.com:/",
            "https://example.com:0/",
            "https://example.com:00443/",
            "https://example.com:0443/",
            "https://example.com:65536/",
            "https://example.com:99999/",
            "https://example.com:999999999999/",
            "https://example.com:-1/",
            "https://example.com:+443/",
            "https://example.com:4e2/",
            "https://example.com:0x1bb/",
            "https://example.com:443:443/",
            "https://example.com:80/",
            "https://example.com:22/",
            "https://example.com:25/",
            "https://example.com:53/",
            "https://example.com:110/",
            "https://example.com:465/",
            "https://example.com:587/",
            "https://example.com:1023/",
            "https://example.com:2049/",
            "https://example.com:3306/",
            "https://example.com:5432/",
            "https://example.com:6379/",
            "https://example.com:11211/",
            "https://example.com:6000/",
            "https://example.com:6667/",
            "https://example.com:9200/",
            "https://example.com:27017/",
            "https://[2606:4700::1]:25/",
            "https://[2606:4700::1]:/",
            "https://::1/",
            "https://]::1[/",
            "https://2606:4700::1/",
        ],
    ),
    "number": (
        "Some reader takes it for an IPv4 address, and not all for the same.",
        [
            "https://0177.0.0.1/",
            "https://0x7f.0.0.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://017700000001/",
            "https://127.1/",
            "https://127.0.1/",
            "https://0/",
            "https://1/",
            "https://0x/",
            "https://127.0.0.1./",
            "https://127.0.0.1../",
            "https://127.0.0.256/",
            "https://127.0.0.01/",
            "https://127.000.000.001/",
            "https://1.2.3.4.5/",
            "https://0x7F.1/",
            "https://0300.0250.0.1/",
            "https://0xc0a80001/",
            "https://3232235521/",
            "https://0xA9FEA9FE/",
            "https://169.254.43518/",
            "https://425.510.425.510/",
            "https://4294967296/",
            "https://example.123/",
            "https://example.0x7f/",
            "https://1e3.1/",
            "https://00000000177.0.0.1/",
            "https://127..1/",
            "https://example.1a/",
            "https://%31%32%37.0.0.1/",
        ],
    ),
    "host": (
        "It is no host name and no address.",
        [
            "https:///",
            "https:///example.com/",
            "https://?x",
            "https://./",
            "https://../",
            "https://.example.com/",
            "https://example..com/",
            "https://example.com./",
            "https://example.com../",
            "https://-example.com/",
            "https://example-.com/",
            "https://exa_mple.com/",
            "https://exa%6dple.com/",
            "https://%65xample.com/",
            "https://example.com%00.evil.com/",
            "https://example.com%2eevil.com/",
            "https://*.example.com/",
            "https://exa!mple.com/",
            "https://$HOST/",
            "https://example.com,evil.com/",
            "https://example.com;evil.com/",
            "https://(example).com/",
            "https://example.com&evil.com/",
            "https://a=b.com/",
            "https://'example'.com/",
            f"https://{'a' * 64}.com/",
            f"https://{'a.' * 127}com/",
            "https://[]/",
            "https://[::1/",
            "https://[example.com]/",
            "https://[127.0.0.1]/",
            "https://[::1]x/",
            "https://[::1]evil.com/",
            "https://[[::1]]/",
            "https://[::g]/",
            "https://[1:2:3]/",
            "https://[::ffff:0177.0.0.1]/",
            "https://[::ffff:127.1]/",
            "https://[v1.fe80::a]/",
            "https://[::1]]/",
            "https://example.com]/",
            "https://[:::1]/",
            "https://127.0.0.1%20.com/",
        ],
    ),
    "zone": (
        "A zone is one link of our own machine.",
        [
            "https://[fe80::1%25eth0]/",
            "https://[fe80::1%eth0]/",
            "https://[::1%25lo]/",
            "https://[2606:4700::1%251]/",
        ],
    ),
    "inside_name": (
        "Nobody outside can have this name.",
        [
            "https://localhost/",
            "https://LOCALHOST/",
            "https://localhost:8443/",
            "https://foo.localhost/",
            "https://intranet/",
            "https://redis/",
            "https://metadata/",
            "https://metadata.google.internal/",
            "https://router.local/",
            "https://a.localdomain/",
            "https://kubernetes.default.svc/",
            "https://x.svc.cluster/",
            "https://printer.lan/",
            "https://nas.home/",
            "https://abcdefghij.onion/",
            "https://1.0.0.127.in-addr.arpa/",
            "https://server.corp/",
            "https://x.test/",
            "https://x.invalid/",
            "https://ip6-localhost/",
        ],
    ),
    "address": (
        "The address is one of ours, of a network's or of nobody's.",
        [
            "https://127.0.0.1/",
            "https://127.0.0.1:8443/",
            "https://127.8.8.8/",
            "https://0.0.0.0/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://100.64.0.1/",
            "https://100.100.100.200/",
            "https://168.63.129.16/",
            "https://192.0.0.8/",
            "https://198.18.0.1/",
            "https://192.0.2.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[0:0:0:0:0:0:0:1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:7f00:1]/",
            "https://[::FFFF:A9FE:A9FE]/",
            "https://[::127.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fc00::1]/",
            "https://[fd00:ec2::254]/",
            "https://[ff02::1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[64:ff9b:1::1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
            "https://[2001:db8::1]/",
            "https://[::ffff:0:127.0.0.1]/",
        ],
    ),
    "too_long": (
        "Nobody needs so long a one.",
        ["https://example.com/" + "a" * 2029, "https://" + "a" * 10_000],
    ),
}

CASES = [(text, fault) for fault, (_, texts) in HOSTILE.items() for text in texts]


def test_there_are_at_least_a_hundred_and_twenty_hostile_addresses() -> None:
    """Each stands there once."""
    assert len(CASES) >= 120
    assert len({text for text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "fault"), CASES, ids=lambda value: ascii(value)[:60])
def test_a_hostile_address_is_refused_for_its_reason(text: str, fault: Fault) -> None:
    """The reasons of each class stand beside it."""
    assert read_url(text, NONE) == Unfit(fault)


@pytest.mark.parametrize(
    ("text", "fault"),
    [case for case in CASES if case[1] not in {"scheme", "inside_name", "address"}],
    ids=lambda value: ascii(value)[:60],
)
def test_no_setting_allows_odd_address_forms(text: str, fault: Fault) -> None:
    """Loopback and private addresses may be allowed; a form that readers disagree about never is."""
    assert read_url(text, BOTH) == Unfit(fault)


@pytest.mark.parametrize(
    ("text", "url", "authority"),
    [
        ("https://example.com", Url("https", "example.com", 443, "/", is_address=False), "example.com"),
        (
            "HTTPS://Example.COM/A?b=C",
            Url("https", "example.com", 443, "/A?b=C", is_address=False),
            "example.com",
        ),
        (
            "https://example.com?x=1",
            Url("https", "example.com", 443, "/?x=1", is_address=False),
            "example.com",
        ),
        ("https://example.com:443/", Url("https", "example.com", 443, "/", is_address=False), "example.com"),
        (
            "https://a.example.com:8443/",
            Url("https", "a.example.com", 8443, "/", is_address=False),
            "a.example.com:8443",
        ),
        (
            "https://xn--exmple-cua.com/%C3%A9",
            Url("https", "xn--exmple-cua.com", 443, "/%C3%A9", is_address=False),
            "xn--exmple-cua.com",
        ),
        ("https://8.8.8.8/x", Url("https", "8.8.8.8", 443, "/x", is_address=True), "8.8.8.8"),
        (
            "https://[2606:4700:0:0::1111]/",
            Url("https", "2606:4700::1111", 443, "/", is_address=True),
            "[2606:4700::1111]",
        ),
        (
            "https://[2606:4700::1]:8443/",
            Url("https", "2606:4700::1", 8443, "/", is_address=True),
            "[2606:4700::1]:8443",
        ),
        (
            "https://1password.com//a/../b;c?d=/e?f",
            Url("https", "1password.com", 443, "//a/../b;c?d=/e?f", is_address=False),
            "1password.com",
        ),
        (
            "https://0xdeadbeef.com/",
            Url("https", "0xdeadbeef.com", 443, "/", is_address=False),
            "0xdeadbeef.com",
        ),
    ],
)
def test_an_ordinary_address_is_read_exactly(text: str, url: Url, authority: str) -> None:
    """The host is in lower case, the port is a number, and the path is sent as it was written."""
    assert read_url(text, NONE) == url
    assert url.authority == authority


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:8123/hooks",
        "http://localhost:8123/",
        "http://[::1]:8123/",
        "http://localhost/",
        "https://localhost:8443/",
    ],
)
def test_a_setting_opens_loopback_and_http_with_it(text: str) -> None:
    """The demo's receivers have no certificate."""
    assert isinstance(read_url(text, NONE), Unfit)
    assert isinstance(read_url(text, Allowed(private=True)), Unfit)
    assert isinstance(read_url(text, LOOPBACK), Url)


@pytest.mark.parametrize(
    "text", ["https://10.0.0.1/", "https://intranet/", "https://hooks.internal/", "https://[fd12::1]/"]
)
def test_a_setting_opens_private_addresses_and_names(text: str) -> None:
    """Loopback stays closed, and so does http."""
    assert isinstance(read_url(text, LOOPBACK), Unfit)
    assert isinstance(read_url(text, Allowed(private=True)), Url)
    assert read_url(text.replace("https", "http"), Allowed(private=True)) == Unfit("scheme")


def test_an_address_inside_the_bound_is_read() -> None:
    """2,048 characters are the most."""
    assert isinstance(read_url("https://example.com/" + "a" * 2028, NONE), Url)


@given(st.text(max_size=100) | st.builds("https://{}/".format, st.text(max_size=60)))
def test_whatever_is_written_there_it_is_read_or_refused(text: str) -> None:
    """Nothing raises, and what is read goes out as ASCII without a break."""
    url = read_url(text, NONE)
    if isinstance(url, Url):
        assert f"{url.authority}{url.target}".isascii()
        assert not set(f"{url.authority}{url.target}") & set(" \r\n\t\\@#")
