"""Preview: the site as an edit of a catalog or an article makes it, with what translators ask.

Its routes exist only on the application that `flask translations preview` serves.
"""

from blueprints.translating.preview.command import preview
from blueprints.translating.preview.pages import previewing

__all__ = ["preview", "previewing"]
