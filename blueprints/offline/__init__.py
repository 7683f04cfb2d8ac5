"""Keep: the service worker, what it keeps, the offline page, and the app on the home screen."""

from blueprints.offline.views import bp, init_app, summaries, urls

__all__ = ["bp", "init_app", "summaries", "urls"]
