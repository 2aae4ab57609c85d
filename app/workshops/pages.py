"""All pages of sessions on one blueprint."""

from app.workshops import discarding as discarding
from app.workshops import views_moderation as views_moderation
from app.workshops import views_room as views_room
from app.workshops.views import blueprint as blueprint
