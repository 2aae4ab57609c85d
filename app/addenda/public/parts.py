"""Sections of a call's public page that belong to a feature further along the road (questions, results).

Such a feature may not be imported here: it hands a function to `create_app` (setting CALL_PAGE_PARTS).
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from app.addenda.queries import Call
from app.domain.access import Actor


@dataclass(frozen=True)
class Part:
    """One section: `anchor` its address within the page, `title` the words of its heading (the page draws
    the h2 and lists the section in its navigation), `html` what stands under it, with headings from h3."""

    anchor: str
    title: str
    html: Markup


Maker = Callable[[Call, Actor], Part | None]


def parts_of(call: Call, actor: Actor) -> list[Part]:
    """The sections that have something to show to this actor, in the order of the setting."""
    makers: tuple[Maker, ...] = current_app.config["CALL_PAGE_PARTS"]
    found = (make(call, actor) for make in makers)
    return [part for part in found if part is not None]
