"""The edition: everything the public reads at one moment, ready as bytes.

    edition = publish(content/, translations/, templates/ + static/, settings, answers)

The blueprints' views make each page once; from then on the layer around the application
answers its URL without entering Flask. `docs/architecture.md` tells why.
"""

from blueprints.edition.assets import IMMUTABLE
from blueprints.edition.following import follow, keep_on
from blueprints.edition.publish import Edition, Inputs, PublishError, inputs, published
from blueprints.edition.resource import Resource
from blueprints.edition.wiring import init_app, publisher, ready

__all__ = [
    "IMMUTABLE",
    "Edition",
    "Inputs",
    "PublishError",
    "Resource",
    "follow",
    "init_app",
    "inputs",
    "keep_on",
    "published",
    "publisher",
    "ready",
]
