"""All pages of matching on one blueprint: whoever imports this has them all."""

# ruff: noqa: F401
from app.matching.candidates import views as candidates_views
from app.matching.candidates import views_inviting
from app.matching.composing import views as composing_views
from app.matching.coverage import views as coverage_views
from app.matching.own import views as own_views
from app.matching.views import blueprint as blueprint
from app.matching.vocabulary import views as vocabulary_views
from app.matching.vocabulary import views_trying
