"""What a text says: the words that carry its meaning, and whether an edit changes it."""

from blueprints.meaning.lexicon import Lexicon, LexiconError

__all__ = ["Lexicon", "LexiconError"]
