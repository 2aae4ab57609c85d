"""All pages of accounts on one blueprint."""

import app.accounts.mails.views
import app.accounts.own_data.views  # noqa: F401
from app.accounts.views import blueprint as blueprint
