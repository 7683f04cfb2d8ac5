"""Gettext catalogs: read, refused when they would break a page, compiled.

Only `.po` files are kept in git. `messages.po` holds the words of templates and Python files
and is compiled for Flask-Babel; `article.po` holds the blocks of the articles and is read as
it is, because the reader is told the state of each block's translation.
"""

from blueprints.catalogs.compiling import CompileError, compile_messages
from blueprints.catalogs.entries import digest, has_translation, id_at, id_of
from blueprints.catalogs.faults import CatalogError, Fault
from blueprints.catalogs.files import ARTICLE, MESSAGES, examined, path, read
from blueprints.catalogs.header import header, plural_forms
from blueprints.catalogs.texts import (
    PLACEHOLDER,
    SCRIPT_PLACEHOLDER,
    markup,
    markup_problem,
    placeholder_problem,
    plain,
)

__all__ = [
    "ARTICLE",
    "MESSAGES",
    "PLACEHOLDER",
    "SCRIPT_PLACEHOLDER",
    "CatalogError",
    "CompileError",
    "Fault",
    "compile_messages",
    "digest",
    "examined",
    "has_translation",
    "header",
    "id_at",
    "id_of",
    "markup",
    "markup_problem",
    "path",
    "placeholder_problem",
    "plain",
    "plural_forms",
    "read",
]
