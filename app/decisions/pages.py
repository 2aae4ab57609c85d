"""All pages of decisions on one blueprint, and what decisions have to say to the features before them."""

from app.decisions import resigning as resigning
from app.decisions import views_telling as views_telling
from app.decisions.views import blueprint as blueprint
