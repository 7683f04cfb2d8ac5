"""The production server: granian, and the gateway through which it reaches the application."""

from blueprints.server.command import bp, server
from blueprints.server.gateway import Gateway
from blueprints.server.refusal import init_app

__all__ = ["Gateway", "bp", "init_app", "server"]
