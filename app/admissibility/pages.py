"""All pages of the formal check on one blueprint."""

from app.addenda.publishing.discarding import Attached, attach
from app.admissibility import views_checking as views_checking
from app.admissibility import views_own as views_own
from app.admissibility import views_refusing as views_refusing
from app.admissibility.requirements import remove_list
from app.admissibility.views import blueprint as blueprint

attach(Attached(("formal_requirement",), lambda _addendum_id: 0, remove_list))
