"""What a clock on an open page asks the server."""

from flask.typing import ResponseReturnValue

from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.infra import clock
from app.infra.formats import deadline, milliseconds


@blueprint.get("/oproepen/<int:addendum_id>/klok.json")
@for_call("addendum.published.view", hidden=True)
def server_clock(call: Call) -> ResponseReturnValue:
    """{now, deadline, until}: the time of the server and the deadline of the call, in milliseconds since
    1970 (None for a call without one), and its last minute in words."""
    return {
        "now": milliseconds(clock.now()),
        "deadline": milliseconds(call.deadline) if call.deadline else None,
        "until": deadline(call.deadline),
    }
