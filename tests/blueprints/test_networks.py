"""Which addresses are counted together: however one is written, it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.networks import network_of

ONE_IPV4 = [
    "203.0.113.7",
    "203.0.113.7:443",
    " 203.0.113.7 ",
    "[203.0.113.7]",
    "::ffff:203.0.113.7",
    "::FFFF:203.0.113.7",
    "::ffff:cb00:7107",
    "0:0:0:0:0:ffff:203.0.113.7",
    "[::ffff:203.0.113.7]:443",
    '"[::ffff:203.0.113.7]:443"',
    "::ffff:203.0.113.7%eth0",
    "::203.0.113.7",  # compatible, RFC 4291
    "::ffff:0:203.0.113.7",  # translated, RFC 7915
    "64:ff9b::203.0.113.7",  # NAT64, RFC 6052
    "2002:cb00:7107::1",  # 6to4, RFC 3056
    "2002:cb00:7107:ffff::1",
    "2001:0:4136:e378:8000:63bf:34ff:8ef8",  # Teredo, RFC 4380
]
ONE_IPV6 = [
    "2001:db8:1:2::1",
    "2001:DB8:1:2:0:0:0:1",
    "2001:db8:1:2:ffff:ffff:ffff:ffff",
    "[2001:db8:1:2::1]",
    "[2001:db8:1:2::1]:443",
    "2001:db8:1:2::1%eth0",
    "[2001:db8:1:2::1%25eth0]:443",
]
APART = [
    "203.0.113.7",
    "203.0.113.8",
    "::ffff:203.0.113.9",
    "64:ff9b::203.0.113.10",
    "2002:cb00:710b::1",
    "::1",
    "127.0.0.1",
    "2001:db8:1:2::1",
    "2001:db8:1:3::1",
    "fe80::1%eth0",
    "unknown",
    "_hidden",
    "",
]


@pytest.mark.parametrize("written", [ONE_IPV4, ONE_IPV6])
def test_an_address_is_one_network_however_it_is_written(written: list[str]) -> None:
    assert {each: network_of(each) for each in written} == dict.fromkeys(
        written, network_of(written[0])
    )


def test_addresses_of_different_networks_are_apart() -> None:
    assert len({network_of(each) for each in APART}) == len(APART)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_one_network_whatever_it_comes_by(address: object) -> None:
    assert network_of(f"::ffff:{address}") == network_of(f"[::ffff:{address}]:1") == str(address)


@given(st.one_of(st.text(), st.ip_addresses().map(str), st.text('[]:.%"0123456789abcdef')))
def test_whatever_a_proxy_tells_is_a_network(text: str) -> None:
    assert isinstance(network_of(text), str)
