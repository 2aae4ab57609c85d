"""The pages about one call, as tabs: each feature adds its line here, in the order of the road, under the
stretch of it that people name.

A tab is (label, endpoint, action): the endpoint takes `addendum_id`, the action is a row of
`domain.access`. A tab shows when the endpoint exists and the current actor may do the action now.
"""

from typing import Any

from flask import Flask, current_app, request, url_for

from app.addenda.guard import may_here
from app.addenda.portraits import portrait_key
from app.addenda.presenters import state_of
from app.addenda.queries import Call
from app.addenda.strip import call_steps, today_text
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.formats import short_day
from app.notifications.services import absolute_url

GROUPS: dict[str, list[tuple[str, str, str]]] = {
    "Oproep": [
        ("Oproep", "addenda.show", "addendum.published.view"),
        ("Bewerken", "addenda.edit", "addendum.draft.edit_and_publish"),
        ("Bron en resultaat", "addenda.review", "addendum.draft.view"),
        ("Verrijkingssessie", "workshops.index", "addendum.draft.view"),
        ("Voorbeeld", "addenda.preview", "addendum.draft.view"),
        ("Vragen", "questions.inbox", "question.inbox"),
        ("Wijzigen", "addenda.amend", "addendum.amend_and_extend_deadline"),
        ("Datum verlengen", "addenda.extend", "addendum.amend_and_extend_deadline"),
    ],
    "Kandidaten": [
        ("Wie kan dit?", "matching.candidates", "matching.candidates"),
        ("Opening", "proposals.opening", "proposal.other.applicant_names"),
        ("Kandidaturen", "proposals.listing", "proposal.other.applicant_names"),
        ("Ontvankelijkheid", "admissibility.overview", "admissibility.view"),
    ],
    "Jury": [
        ("Jury", "evaluation.jury", "jury.manage_of_own_region"),
        ("Mijn leeslijst", "evaluation.reading_list", "conflict.own.declare"),
        ("Belangen", "evaluation.conflicts", "conflict.other.view"),
        ("Toewijzing", "evaluation.assignment", "score.progress"),
        ("Voortgang", "evaluation.progress", "score.progress"),
    ],
    "Pitch": [
        ("Pitchdag", "evaluation.pitch_day", "score.progress"),
        ("Mijn pitchdag", "evaluation.own_pitch_day", "conflict.own.declare"),
        ("Pitchdag vandaag", "evaluation.pitch_today", "score.own.edit_pitch"),
    ],
    "Keuze": [
        ("Beraad", "evaluation.consensus", "deliberation.view"),
        ("Rangschikking", "evaluation.ranking", "ranking.view"),
        ("Verslag", "evaluation.report", "export.scores"),
        ("Dekking", "matching.coverage", "proposal.other.content"),
        ("Team", "matching.team", "team.view"),
    ],
    "Beslissing": [
        ("Beslissingen", "decisions.table", "decision.view_embargoed"),
        ("Beslissingen", "decisions.other", "decision.other.view_with_motivation"),
        ("Brieven", "decisions.letter_texts", "letter.texts"),
        ("Uitgaande post", "decisions.outbox", "mail.preview_and_outbox"),
        ("Resultaat", "decisions.results", "decision.public_result_list"),
        ("Weerwoorden", "objections.listing", "objection.other.view"),
    ],
    "Partnerschap": [
        ("Partnerschap", "partnerships.show", "partnership.other.view"),
        ("Dossier", "dossiers.dossier", "dossier.view"),
        ("Bewaren", "dossiers.keeping", "retention.view"),
    ],
}
ONE_ROW = 7
"""As many tabs as can be taken in at a glance; who has more first chooses the stretch of the road."""

# Where a deeper page hangs, by the beginning of its endpoint (the longest that fits counts): the first of
# these tabs that the actor has. What is written in a published call is written under "Wijzigen".
_WORDS = ("addenda.edit", "addenda.amend")
_SHEETS = ("evaluation.reading_list", "evaluation.progress")
_BELONGS: dict[str, tuple[str, ...]] = {
    "addenda.edit": _WORDS,
    "addenda.challenge": _WORDS,
    "addenda.persona": _WORDS,
    "addenda.move_": _WORDS,
    "addenda.publish": _WORDS,
    "addenda.discard_draft": _WORDS,
    "addenda.import_": ("addenda.review", *_WORDS),
    "addenda.review": ("addenda.review", *_WORDS),
    "addenda.amend": ("addenda.amend",),
    "addenda.criteria_from_template": _WORDS,
    "addenda.keep_criteria": _WORDS,
    "addenda.extend": ("addenda.extend",),
    "admissibility.requirements": _WORDS,
    "admissibility.save_list": _WORDS,
    "admissibility.": ("admissibility.overview",),
    "dossiers.part": ("dossiers.dossier",),
    "dossiers.decide": ("dossiers.dossier",),
    "dossiers.keeping": ("dossiers.keeping",),
    "dossiers.propose_destruction": ("dossiers.keeping",),
    "dossiers.send_proposal": ("dossiers.keeping",),
    "dossiers.term": ("dossiers.keeping",),
    "dossiers.save_term": ("dossiers.keeping",),
    "dossiers.destruction": ("dossiers.keeping",),
    "dossiers.approve_destruction": ("dossiers.keeping",),
    "dossiers.drop_destruction": ("dossiers.keeping",),
    "matching.candidates": ("matching.candidates",),
    "matching.judge_match": ("matching.candidates",),
    "matching.invite": ("matching.candidates",),
    "workshops.": ("workshops.index",),
    "questions.": ("questions.inbox",),
    "evaluation.readers": ("evaluation.assignment",),
    "evaluation.save_assignment": ("evaluation.assignment",),
    "evaluation.save_readers": ("evaluation.assignment",),
    "evaluation.expertise": ("evaluation.assignment", "evaluation.jury"),
    "evaluation.save_expertise": ("evaluation.assignment", "evaluation.jury"),
    "evaluation.declare": _SHEETS,
    "evaluation.sheet": _SHEETS,
    "evaluation.save_sheet": _SHEETS,
    "evaluation.peers": _SHEETS,
    "evaluation.own_sheet_versions": _SHEETS,
    "evaluation.sheet_versions": _SHEETS,
    "evaluation.pitch_availability": ("evaluation.pitch_day",),
    "evaluation.pitch_versions": ("evaluation.pitch_day",),
    "evaluation.save_slots": ("evaluation.pitch_day",),
    "evaluation.save_shortlist": ("evaluation.pitch_day",),
    "evaluation.save_availability": ("evaluation.pitch_day",),
    "evaluation.save_own_pitch_day": ("evaluation.own_pitch_day",),
    "evaluation.note_pitch": ("evaluation.pitch_today", "evaluation.pitch_day"),
    "evaluation.pitch_today": ("evaluation.pitch_day", *_SHEETS),
    "evaluation.shifts": ("evaluation.ranking",),
    "evaluation.firmness": ("evaluation.ranking",),
    "evaluation.spread": ("evaluation.consensus",),
    "evaluation.deliberate": ("evaluation.consensus", *_SHEETS),
    "evaluation.record_consensus": ("evaluation.consensus", *_SHEETS),
    "evaluation.report": ("evaluation.report",),
    "matching.team": ("matching.team",),
    "matching.choose_team": ("matching.team",),
    "matching.covered": ("matching.coverage",),
    "proposals.": ("proposals.listing", "proposals.opening"),
    "decisions.": ("decisions.table", "decisions.other", "decisions.results"),
    "decisions.letter_texts": ("decisions.letter_texts",),
    "decisions.letter_words": ("decisions.letter_texts",),
    "decisions.save_letter_words": ("decisions.letter_texts",),
    "decisions.restore_letter_words": ("decisions.letter_texts",),
    "decisions.mail": ("decisions.outbox",),
    "decisions.undelivered": ("decisions.outbox",),
    "decisions.send_mail_again": ("decisions.outbox",),
    "decisions.note_delivered_otherwise": ("decisions.outbox",),
    "objections.": ("objections.listing",),
    "partnerships.": ("partnerships.show",),
}
_OTHERWISE = ("addenda.show", "addenda.preview")


def _tab_of(page: str, shown: list[str]) -> str | None:
    """The endpoint of the tab under which a page stands, among the tabs that are shown."""
    beginnings = [one for one in _BELONGS if page.startswith(one)]
    wanted = _BELONGS[max(beginnings, key=len)] if beginnings else ()
    return next((one for one in (page, *wanted, *_OTHERWISE) if one in shown), None)


def _of_everybody(endpoint: str) -> bool:
    """Whether a page shows all applicants together: a conflict with one of them closes it, and its tab."""
    return getattr(current_app.view_functions[endpoint], "every_applicant", False)


def call_tabs(call: Call) -> dict[str, list[dict[str, Any]]]:
    """{"tabs", "groups"} of this call for the current actor, each {label, href, active}. Many tabs are shown
    by their group, a few without; a single tab is no choice and shows none."""
    shown = {name: [one for one in tabs if _has(call, one)] for name, tabs in GROUPS.items()}
    every = [one for tabs in shown.values() for one in tabs]
    active = _tab_of(request.endpoint or "", [endpoint for _, endpoint, _ in every])
    if len(every) <= ONE_ROW:
        return {"groups": [], "tabs": _links(call, every, active) if len(every) > 1 else []}
    groups = {name: _links(call, tabs, active) for name, tabs in shown.items() if tabs}
    open_group = next((name for name, tabs in groups.items() if any(one["active"] for one in tabs)), "")
    return {
        "groups": [
            {"label": name, "href": tabs[0]["href"], "active": name == open_group}
            for name, tabs in groups.items()
        ],
        "tabs": groups.get(open_group, []),
    }


def _has(call: Call, tab: tuple[str, str, str]) -> bool:
    _, endpoint, action = tab
    return endpoint in current_app.view_functions and may_here(
        call, action, every_applicant=_of_everybody(endpoint)
    )


def _links(call: Call, tabs: list[tuple[str, str, str]], active: str | None) -> list[dict[str, Any]]:
    return [
        {"label": label, "href": url_for(endpoint, addendum_id=call.id), "active": endpoint == active}
        for label, endpoint, _ in tabs
    ]


def call_page(call: Call) -> str:
    """Where the name of a call leads: its public page, or the preview as long as there is none."""
    endpoint = "addenda.preview" if call.phase is Phase.DRAFT else "addenda.show"
    return url_for(endpoint, addendum_id=call.id)


def paper_line(call: Call) -> str:
    """Above a printed page: of which call and region it is, its address and the day."""
    day = short_day(local_day(clock.now()))
    return " · ".join((call.title, call.service_area, absolute_url(request.path), f"stand van {day}"))


def init_navigation(app: Flask) -> None:
    """Template globals for `addenda/_call_layout.html` and for lists of calls."""
    app.add_template_global(call_tabs, "call_tabs")
    app.add_template_global(lambda call: call_steps(call, clock.now()), "call_steps")
    app.add_template_global(state_of, "call_state")
    app.add_template_global(call_page, "call_page")
    app.add_template_global(paper_line, "paper_line")
    app.add_template_filter(portrait_key, "portrait_key")
    app.add_template_global(lambda: today_text(clock.now()), "today_text")
