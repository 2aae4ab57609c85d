"""The blueprint of this feature with all its pages."""

import app.dossiers.collecting.views  # noqa: F401
import app.dossiers.forgetting.views  # noqa: F401
import app.dossiers.keeping.views  # noqa: F401
import app.dossiers.marking.views  # noqa: F401
import app.dossiers.models  # noqa: F401
from app.dossiers.views import blueprint

__all__ = ["blueprint"]
