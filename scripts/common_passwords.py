"""Write the hashes of the commonest passwords that are long enough to be chosen here.

    python -m scripts.common_passwords 10-million-password-list-top-1000000.txt

The list, the commonest first, is that of OWASP's SecLists (Passwords/Common-Credentials). ASVS 5
asks (6.2.4) that the first 3,000 are refused which the rules for passwords would let through.
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from blueprints.people import passwords

COMMONEST = 3000


def main(listed: Path) -> None:
    lines = listed.read_text(encoding="utf-8", errors="replace").splitlines()
    fit = dict.fromkeys(line.lower() for line in lines if len(line) >= passwords.SHORTEST)
    hashes = sorted(passwords.digest(each) for each in islice(fit, COMMONEST))
    target = Path(passwords.__file__).with_name("common_passwords.txt")
    target.write_text("\n".join(hashes) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
