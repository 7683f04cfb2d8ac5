"""What a text says: the words that carry its meaning, and whether an edit changes it."""

from blueprints.meaning.change import Edits, word_diff
from blueprints.meaning.lexicon import NUMBER, WORD, Lexicon, LexiconError
from blueprints.meaning.words import Words

__all__ = ["NUMBER", "WORD", "Edits", "Lexicon", "LexiconError", "Words", "word_diff"]
