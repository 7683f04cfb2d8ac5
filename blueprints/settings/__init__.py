"""The settings an operator may give, each checked at start."""

from blueprints.settings.checks import SettingsError
from blueprints.settings.settings import Settings, from_environment

__all__ = ["Settings", "SettingsError", "from_environment"]
