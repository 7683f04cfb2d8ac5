"""The network that an address belongs to, in one spelling, however the address is written."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# A household or a clinic has all addresses of such a network of IPv6.
_IPV6_NETWORK = 64

# Under these, the last 32 bits are somebody's IPv4 address: compatible, mapped, translated, NAT64.
_IPV4_INSIDE = tuple(
    map(IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"))
)
_OWN = {IPv6Address("::"), IPv6Address("::1")}

_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]*)\](?::\d*)?|(?P<v4>[^:]*):\d*")


def network_of(address: str) -> str:
    """The network of `address`; of what is no address, the text itself.

    Brackets, a port and a zone are left out, as some proxies add them.
    """
    bare = address.strip().strip('"')
    if found := _WITH_PORT.fullmatch(bare):
        bare = found["v6"] or found["v4"] or ""
    try:
        parsed = ip_address(bare.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return _network_of_ipv6(parsed)
    return str(parsed)


def _network_of_ipv6(address: IPv6Address) -> str:
    inside = _ipv4_inside(address)
    return str(inside or IPv6Network((address, _IPV6_NETWORK), strict=False))


def _ipv4_inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address of whoever comes by IPv6 through a translator or a tunnel."""
    if address.teredo:
        _server, client = address.teredo
        return client
    if address.sixtofour:
        return address.sixtofour
    if address not in _OWN and any(address in network for network in _IPV4_INSIDE):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
