"""The index of published answers, in memory alone; it follows the database."""

from __future__ import annotations

from blueprints.questions import published
from blueprints.questions.published import PublishedAnswer
from search_index import MemoryIndex, Section

_ID = "answer-"
# So many are read at once, that the first are found before the last of many are read.
_BATCH = 1000


class Answers:
    """The index of all answers, and of which state of each."""

    def __init__(self) -> None:
        self.index = MemoryIndex()
        self._number: int | None = None
        self._held: dict[int, tuple[published.Stamp, str]] = {}

    def catch_up(self) -> None:
        """Take in what was published, and out what was taken back, since the last time.

        Raises:
            DBAPIError, TimeoutError: the database is busy or away; the rest follows next time.
        """
        # Before the answers: what changes in between is looked at again.
        number = published.number()
        if number == self._number:
            return
        stamps = published.stamps()
        self._drop([answer_id for answer_id in self._held if answer_id not in stamps])
        new = [key for key, stamp in stamps.items() if self._held.get(key, ("",))[0] != stamp]
        new.sort(reverse=True)
        for start in range(0, len(new), _BATCH):
            self._take(published.with_ids(new[start : start + _BATCH]))
        self._number = number

    def _drop(self, ids: list[int]) -> None:
        if ids:
            self.index = self.index.changed([self._held.pop(each)[1] for each in ids], [])

    def _take(self, found: dict[int, PublishedAnswer]) -> None:
        sections = {answer_id: section(answer) for answer_id, answer in found.items()}
        self.index = self.index.changed([], list(sections.values()))
        for answer_id, made in sections.items():
            self._held[answer_id] = found[answer_id].stamp, made.key


def section(answer: PublishedAnswer) -> Section:
    """The answer as it is searched; its heading is the question."""
    texts = {
        code: [
            text.wording if text.wording_language == code else "",
            *(" ".join(lines) for lines in text.paragraphs),
        ]
        for code, text in answer.texts.items()
    }
    return Section(answer.article, f"{_ID}{answer.id}", texts)


def answer_id(found: Section) -> int:
    """Of which answer this is the section."""
    return int(found.id.removeprefix(_ID))
