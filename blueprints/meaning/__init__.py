"""What a text says: the words that carry its meaning, and whether an edit changes it."""

from blueprints.meaning.change import Edits, word_diff
from blueprints.meaning.lexicon import WORD, Lexicon, LexiconError

__all__ = ["WORD", "Edits", "Lexicon", "LexiconError", "word_diff"]
