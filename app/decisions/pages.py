"""All pages of decisions on one blueprint, and what decisions have to say to the features before them."""

from app.addenda.publishing.discarding import Attached, attach
from app.decisions import resigning as resigning
from app.decisions import views_mails as views_mails
from app.decisions import views_telling as views_telling
from app.decisions.answering import views as views_answering  # noqa: F401
from app.decisions.later import views as views_later  # noqa: F401
from app.decisions.letters import views as views_letters  # noqa: F401
from app.decisions.letters.services import remove_words
from app.decisions.post import views as views_post  # noqa: F401
from app.decisions.views import blueprint as blueprint

attach(Attached(("letter_text",), lambda _addendum_id: 0, remove_words))
