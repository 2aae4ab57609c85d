"""What surrounds every page: the menu of the person's roles, the clock, signing in and out.

Costs no query beyond the one that loads the actor: roles come from the grants, and an address that needs
the name or the phase of a call is left to the home page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, g, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError

from app.accounts.actors import current_actor
from app.domain.access import VISITOR, Actor, Role
from app.infra import clock
from app.infra.formats import moment
from app.workspace.links import link


@dataclass(frozen=True)
class Item:
    label: str
    href: str
    active: bool = False


@dataclass(frozen=True)
class Shell:
    """The attributes that templates/base.html reads."""

    user_name: str
    navigation: list[Item]
    clock_notice: str
    home_href: str | None
    sign_in_href: str | None
    sign_out_href: str | None
    account_href: str | None
    accessibility_href: str | None
    check_href: str | None
    region_label: str = ""
    task: None = None


def init_shell(app: Flask) -> None:
    app.context_processor(_provide)


def _provide() -> dict[str, Any]:
    """Nothing outside a request (mails of the worker); once per request otherwise."""
    if not has_request_context():
        return {}
    if "shell" not in g:
        g.shell = shell_for(_actor())
    return {"shell": g.shell}


def _actor() -> Actor:
    """The page that reports a failing database must not fail on the same database."""
    try:
        return current_actor()
    except SQLAlchemyError:
        return VISITOR


def shell_for(actor: Actor) -> Shell:
    items = [item for item in _items(actor) if item.href]
    return Shell(
        user_name=actor.name,
        navigation=[replace(item, active=item.href == request.path) for item in items],
        clock_notice=_clock_notice(),
        home_href=link("workspace.home"),
        sign_in_href=link("security.login"),
        sign_out_href=link("security.logout"),
        account_href=link("accounts.profile"),
        accessibility_href=link("workspace.accessibility"),
        check_href=link("audit.check"),
    )


def _clock_notice() -> str:
    if not clock.is_moved():
        return ""
    return f"De klok is verzet: hier is het {moment(clock.now())}."


def _items(actor: Actor) -> Iterator[Item]:
    if actor.holds(Role.REGISSEUR) or actor.holds(Role.OBSERVER):
        yield _item("Mijn regio", "workspace.home")
    yield from _jury(actor)
    yield from _applicant(actor)
    yield _item("Oproepen", "addenda.index")
    if not actor.signed_in:
        yield _item("Stel je kandidaat", "organisations.register")
    yield from _logs(actor)
    if actor.holds(Role.ADMINISTRATOR):
        yield _item("Personen", "accounts.people")
        yield _item("Organisaties", "organisations.overview")
        yield _item("Regio’s", "regions.index")
        yield _item("Thesaurus", "matching.thesaurus")


def _jury(actor: Actor) -> Iterator[Item]:
    """To the home page, which knows which of the calls can be read now."""
    calls = actor.scopes(Role.JUROR, "addendum_id") | actor.scopes(Role.CHAIR, "addendum_id")
    if calls:
        label = "Mijn leeslijst" if len(calls) == 1 else "Mijn leeslijsten"
        yield _item(label, "workspace.home", _anchor="jury")


def _applicant(actor: Actor) -> Iterator[Item]:
    own = actor.scopes(Role.OWNER, "organisation_id") | actor.scopes(Role.MEMBER, "organisation_id")
    if own:
        yield _item("Mijn kandidaturen", "proposals.mine")
        yield _item("Mijn organisatie", "organisations.show", organisation_id=min(own))
    elif actor.signed_in and not actor.grants:
        yield _item("Meld je organisatie aan", "organisations.register")


def _logs(actor: Actor) -> Iterator[Item]:
    regions = actor.scopes(Role.REGISSEUR, "service_area_id") | actor.scopes(Role.OBSERVER, "service_area_id")
    if regions:
        yield _item("Logboek", "workspace.audit_log", service_area_id=min(regions))
    elif actor.holds(Role.ADMINISTRATOR):
        yield _item("Logboek", "workspace.system_log")


def _item(label: str, endpoint: str, **values: Any) -> Item:
    return Item(label, link(endpoint, **values) or "")
