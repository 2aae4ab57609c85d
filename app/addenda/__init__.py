"""Calls: from the document of a region to a page that everybody can read."""

from app.addenda import messages as messages
from app.addenda.amending import messages as amending_messages  # noqa: F401
from app.addenda.criteria import messages as criteria_messages  # noqa: F401
from app.addenda.criteria import models as criteria_models  # noqa: F401
