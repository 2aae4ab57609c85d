"""What the templates of the block "Meenemen" need beside addresses."""

import re
from datetime import date, datetime

from app.addenda.public.queries import PublicPage
from app.addenda.queries import Call
from app.addenda.takeaway.document import dates_of
from app.addenda.takeaway.steps import Step, steps_of
from app.infra.formats import short_day
from app.notifications.services import page_url


def webcal(call: Call) -> str:
    """The address with which a calendar program subscribes."""
    return re.sub(r"^https?:", "webcal:", page_url("addenda.timeline_calendar", addendum_id=call.id))


def page_steps(call: Call, page: PublicPage) -> list[Step]:
    """The steps one can put in a calendar; without a question to the database."""
    return steps_of(dates_of(call, page))


def step_day(start: date | datetime) -> str:
    """ "2 juni 2023"."""
    return short_day(start.date() if isinstance(start, datetime) else start)
