"""The post's turn: at once after a commit that queued mail, and each minute anyway."""

from datetime import timedelta

from app.infra.alone import alone
from app.infra.jobs import job
from app.infra.worker import stopping
from app.notifications.delivery import Counts, deliver_all

PATIENCE = 20.0  # seconds that a turn waits for the one before it: that one looks until nothing is due


@job(every=timedelta(minutes=1))
def post() -> Counts:
    """Deliver until nothing is due, one turn at a time. Asked with `post.soon()`, which tells nothing of the
    mail: not which, not how many. It may be lost; the outbox is what counts."""
    with alone("post", wait=PATIENCE) as only:
        if not only:
            return Counts()
        post.begins()
        return deliver_all(stopping)
