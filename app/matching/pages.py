"""All pages of matching on one blueprint: whoever imports this has them all."""

# ruff: noqa: F401
from app.matching.views import blueprint as blueprint
