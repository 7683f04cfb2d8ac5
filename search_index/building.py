"""Building an index on disk, and finding the one that is already built."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from search_index import engine
from search_index.analysis import is_hindi, is_stop, sentences, stem, words
from search_index.sections import Section
from search_index.synonyms import Synonyms

KNOWN_WORDS = "words.txt"
# An older version of the site may still run beside a new one and read its own index.
KEPT_SECONDS = 7 * 24 * 3600


def built(folder: Path, sections: Sequence[Section], synonyms: Synonyms) -> Path:
    """The folder of the index of `sections`, built unless it is already there.

    An index is made beside its place and renamed into it, so none is ever seen half built. What
    it was made from is in its name: sections, rules, synonyms and this code.
    """
    ours = sorted(file for file in Path(__file__).parent.iterdir() if file.is_file())
    made_from = hashlib.sha256(repr(sections).encode())
    for file in ours:
        made_from.update(file.read_bytes())
    target = folder / made_from.hexdigest()[:24]
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
        _build(beside, sections, synonyms)
        try:
            os.rename(beside, target)  # noqa: PTH104 (fails if another process was first)
        except OSError:
            shutil.rmtree(beside)
    os.utime(target)
    _clear(folder)
    return target


def _clear(folder: Path) -> None:
    """Remove indexes that nothing has opened for a while."""
    oldest = time.time() - KEPT_SECONDS
    for other in folder.iterdir():
        with suppress(FileNotFoundError):  # another process was first
            if other.stat().st_mtime < oldest:
                shutil.rmtree(other, ignore_errors=True)


def known_words(folder: Path) -> list[str]:
    """The known words of a built index, folded, in alphabetical order."""
    return (folder / KNOWN_WORDS).read_text(encoding="utf-8").split()


def sentences_of(section: Section) -> list[str]:
    """The sentences of a section in every language; a heading and a list item is one too."""
    blocks = [block for texts in section.texts.values() for block in texts]
    return [sentence for block in blocks for sentence in sentences(block)]


def known_of(found: Iterable[str]) -> list[str]:
    """What is kept of the words: Hindi ones for their sound, of English ones one for each stem."""
    telling = sorted(word for word in found if not is_stop(word))
    english = {stem(word): word for word in reversed(telling) if not is_hindi(word)}
    return sorted([*english.values(), *filter(is_hindi, telling)])


def _build(folder: Path, sections: Sequence[Section], synonyms: Synonyms) -> None:
    texts = {section.key: sentences_of(section) for section in sections}
    known = known_of({word for listed in texts.values() for text in listed for word in words(text)})
    (folder / KNOWN_WORDS).write_text("\n".join(known), encoding="utf-8")
    engine.write(folder, ((key, map(synonyms.terms, listed)) for key, listed in texts.items()))
