"""Building an index, and finding the one that an earlier start has built."""

from __future__ import annotations

import hashlib
import io
import logging
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

from search_index import engine, keeping
from search_index.analysis import is_hindi, is_stop, sentences, stem, words
from search_index.sections import Section
from search_index.synonyms import Synonyms

KNOWN_WORDS = "words.txt"
# These decide what an index holds, or how it is written.
_LIBRARIES = ("snowballstemmer", "whoosh-reloaded")

_log = logging.getLogger(__name__)


def built(folder: Path, sections: Sequence[Section], synonyms: Synonyms) -> Mapping[str, bytes]:
    """The files of the index of `sections`, by name; built unless `folder` keeps them whole.

    They are kept as one file. What they were made from is in its name: sections, rules, synonyms,
    this code and its libraries.
    """
    file = folder / f"{_made_from(sections)}.index"
    kept = keeping.read(file)
    files = _build(sections, synonyms) if kept is None else _unpacked(kept)
    try:
        if kept is None:
            keeping.write(file, _packed(files))
        keeping.clear(folder)
    except OSError as error:
        _log.warning(
            "The search index cannot be kept in %s (%s): each start has to build it again.",
            folder,
            error.strerror,
        )
    return files


def _made_from(sections: Sequence[Section]) -> str:
    libraries = [version(name) for name in _LIBRARIES]
    digest = hashlib.sha256(repr((sections, sys.version_info, libraries)).encode())
    digest.update(unicodedata.unidata_version.encode())
    for file in sorted(Path(__file__).parent.iterdir()):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


def _packed(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def _unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def known_words(files: Mapping[str, bytes]) -> list[str]:
    """The known words of a built index, folded, in alphabetical order."""
    return files[KNOWN_WORDS].decode().split()


def sentences_of(section: Section) -> list[str]:
    """The sentences of a section in every language; a heading and a list item is one too."""
    blocks = [block for texts in section.texts.values() for block in texts]
    return [sentence for block in blocks for sentence in sentences(block)]


def known_of(found: Iterable[str]) -> list[str]:
    """What is kept of the words: Hindi ones for their sound, of English ones one for each stem."""
    telling = sorted(word for word in found if not is_stop(word))
    english = {stem(word): word for word in reversed(telling) if not is_hindi(word)}
    return sorted([*english.values(), *filter(is_hindi, telling)])


def _build(sections: Sequence[Section], synonyms: Synonyms) -> dict[str, bytes]:
    texts = {section.key: sentences_of(section) for section in sections}
    known = known_of({word for listed in texts.values() for text in listed for word in words(text)})
    rows = ((key, map(synonyms.terms, listed)) for key, listed in texts.items())
    return {**engine.written(rows), KNOWN_WORDS: "\n".join(known).encode()}
