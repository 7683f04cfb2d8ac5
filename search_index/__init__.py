"""Text to terms to ranked sections, in English, Hindi and Hindi in Roman letters.

A library of its own: it knows no Flask and no database. `docs/search.md` explains the chain.
"""

from search_index.excerpt import Piece
from search_index.export import export
from search_index.index import Answer, Hit, Index
from search_index.memory import MemoryIndex
from search_index.query import Unit
from search_index.sections import Section
from search_index.synonyms import SynonymError
from search_index.vocabulary import Way

__all__ = [
    "Answer",
    "Hit",
    "Index",
    "MemoryIndex",
    "Piece",
    "Section",
    "SynonymError",
    "Unit",
    "Way",
    "export",
]
