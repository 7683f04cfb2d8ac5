"""Files of `static/`: scripts and images under content-hashed URLs, styles inlined.

A hashed URL never changes its bytes, so browsers keep it for ever. A script that imports
another names it by its plain file name; publishing puts the hashed name there, and takes
comments out.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import posixpath
import re
from functools import partial
from pathlib import Path

import minify
from markupsafe import Markup

IMMUTABLE = "public, max-age=31536000, immutable"

# Styles stand inside the pages; a service worker has an address of its own, without a hash.
_WITHOUT_HASHED_NAME = re.compile(r".*\.css|workers/.*")

# What only the preview for translators serves.
_FOR_TOOLS = "translating/"

# The minifier may write what scripts of that year may, and nothing newer.
minify.config({"js-version": 2017})

_IMPORT = re.compile(r'(?P<before>\b(?:from|import)\s*\(?\s*")(?P<path>\.\.?/[\w./-]+)"')
_EXPORT = re.compile(r"^export ", re.MULTILINE)


class Assets:
    """The files of one static folder as they were at the start; a name is a path below it.

    Pages, hashes and the security policy must agree while the site runs, whatever a later
    update puts into the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.relative_to(folder).as_posix().startswith(_FOR_TOOLS)
        }
        self._contents: dict[str, bytes] = {}
        self._hashed_names: dict[str, str] = {}
        self._by_hashed_name = {self.hashed_name(name): name for name in self.names()}

    def names(self, start: str = "") -> list[str]:
        """Every file with a hashed name, and whose name begins so."""
        return [
            name
            for name in self._files
            if name.startswith(start) and not _WITHOUT_HASHED_NAME.fullmatch(name)
        ]

    def content(self, name: str) -> bytes:
        if name not in self._contents:
            self._contents[name] = self._made(name)
        return self._contents[name]

    def _made(self, name: str) -> bytes:
        content = self._files[name]
        if not name.endswith(".js"):
            return content
        hash_import = partial(self._hash_import, posixpath.dirname(name))
        text = content.decode()
        text = minify.string("text/javascript", text)
        return _IMPORT.sub(hash_import, text).encode()

    def classic(self, *names: str) -> bytes:
        """These files as one classic script, which a service worker has to be.

        What they export and import they have in common, in a function where every name can be
        shortened.
        """
        texts = [_EXPORT.sub("", self._files[name].decode()) for name in names]
        text = "\n".join(texts)
        return str(minify.string("text/javascript", f"(() => {{{text}\n}})()")).encode()

    def content_type(self, name: str) -> str:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        is_text = kind.startswith("text/") or kind == "image/svg+xml"
        return f"{kind}; charset=utf-8" if is_text else kind

    def hashed_name(self, name: str) -> str:
        """`page.js` -> `page.0f3a….js`, twelve hex digits of the content's SHA-256."""
        if name not in self._hashed_names:
            digest = hashlib.sha256(self.content(name)).hexdigest()
            stem, _, ending = name.rpartition(".")
            self._hashed_names[name] = f"{stem}.{digest[:12]}.{ending}"
        return self._hashed_names[name]

    def by_hashed_name(self, hashed: str) -> str | None:
        """The name whose hashed name this is, if there is one."""
        return self._by_hashed_name.get(hashed)

    def style(self, name: str) -> Markup:
        """A stylesheet without comments and spare white space, to stand in a page."""
        text = self._files[name].decode()
        return Markup(minify.string("text/css", text))  # noqa: S704 (our own file)

    def loader(self) -> Markup:
        """The one inline script: it fetches `page.js` when the page has been painted.

        As a plain <script type=module> the scripts would compete with the first paint. Where
        the network is gone by then, the page goes on without them.
        """
        start = f'import("/static/{self.hashed_name("page.js")}").catch(()=>{{}})'
        observer = f"new PerformanceObserver((_,observer)=>{{observer.disconnect();{start}}})"
        when_painted = f'{observer}.observe({{type:"paint",buffered:true}})'
        return Markup(when_painted)  # noqa: S704 (our own file)

    def style_hashes(self) -> list[str]:
        """The Content-Security-Policy source of each stylesheet as it is inlined."""
        return [_csp_hash(self.style(name)) for name in self._files if name.endswith(".css")]

    def script_hash(self) -> str:
        """The Content-Security-Policy source of the loader."""
        return _csp_hash(self.loader())

    def _hash_import(self, folder: str, match: re.Match[str]) -> str:
        way, file = posixpath.split(match["path"])
        hashed = self.hashed_name(posixpath.normpath(posixpath.join(folder, way, file)))
        return f'{match["before"]}{way}/{posixpath.basename(hashed)}"'


def _csp_hash(inlined: str) -> str:
    digest = hashlib.sha256(inlined.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
