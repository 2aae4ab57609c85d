"""Partnerwijzer: from a region's addendum to a partnership that is followed."""

from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from app.accounts import actors
from app.accounts.cli import account_commands
from app.accounts.mail_examples import examples as account_mails
from app.accounts.mails.queries import unwanted
from app.accounts.own_data.queries import personal_data as account_data
from app.accounts.pages import blueprint as accounts
from app.accounts.security import init_security, security_settings
from app.accounts.views_sign_in import take_over
from app.addenda.cli import addendum_commands
from app.addenda.following.personal_data import followed_by
from app.addenda.following.personal_data import personal_data as following_data
from app.addenda.following.services import followers_of
from app.addenda.mail_examples import examples as call_mails
from app.addenda.navigation import init_navigation
from app.addenda.pages import blueprint as addenda
from app.admissibility.files import stored_files as stored_completions
from app.admissibility.mail_examples import examples as formal_mails
from app.admissibility.pages import blueprint as admissibility
from app.admissibility.presenters import call_part as formal_part
from app.admissibility.requirements import start_list
from app.audit.cli import audit_commands
from app.audit.heads import publish_head_when_due
from app.audit.personal_data import personal_data as log_data
from app.audit.views import blueprint as audit
from app.decisions.answering.reminding import remind_selected_when_due
from app.decisions.letters.making import continue_letters
from app.decisions.letters.queries import letter_file
from app.decisions.letters.services import take_over_words
from app.decisions.mail_examples import examples as decision_mails
from app.decisions.pages import blueprint as decisions
from app.dossiers.pages import blueprint as dossiers
from app.evaluation.cli import ranking_commands
from app.evaluation.deliberating.reminding import remind_jurors_when_due
from app.evaluation.mail_examples import examples as jury_mails
from app.evaluation.merged_organisations import merge_declarations
from app.evaluation.pages import blueprint as evaluation
from app.evaluation.personal_data import personal_data as jury_data
from app.evaluation.queries import conflict_grants, seat_grants
from app.evaluation.standings import sheets_that_count, totals_of
from app.infra import clock
from app.infra.cli import file_commands
from app.infra.database import init_database
from app.infra.formats import init_formats
from app.infra.gallery import gallery
from app.infra.stored import sweep_objects
from app.infra.typed import TypedRequest
from app.infra.uploads import FilesInMemory
from app.infra.web import init_web
from app.infra.worker import job_commands
from app.matching.cli_matching import matching_commands
from app.matching.cli_team import team_commands
from app.matching.coverage.support import read_what_was_opened
from app.matching.mail_examples import examples as matching_mails
from app.matching.pages import blueprint as matching
from app.notifications.cli import notification_commands
from app.notifications.personal_data import personal_data as mail_data
from app.objections.attached import stored_files as stored_objection_files
from app.objections.attaching import forget_taken_out
from app.objections.mail_examples import examples as objection_mails
from app.objections.pages import blueprint as objections
from app.organisations.documents import stored_documents
from app.organisations.mail_examples import examples as organisation_mails
from app.organisations.pages import blueprint as organisations
from app.organisations.personal_data import personal_data as organisation_data
from app.organisations.queries import membership_grants
from app.partnerships.cli import partnership_commands
from app.partnerships.mail_examples import examples as partnership_mails
from app.partnerships.views import blueprint as partnerships
from app.proposals.files.attaching import forget_removed, stored_files
from app.proposals.handing_in.reminding import remind_when_due
from app.proposals.mail_examples import examples as proposal_mails
from app.proposals.merged_organisations import merge_proposals
from app.proposals.own.statuses import statuses_by_person
from app.proposals.pages import blueprint as proposals
from app.proposals.queries import people_with_a_proposal
from app.proposals.seal.cli import seal_commands
from app.proposals.seal.keyring import start_problem
from app.questions.mail_examples import examples as question_mails
from app.questions.personal_data import personal_data as question_data
from app.questions.presenters import call_part
from app.questions.queries import published_answers
from app.questions.views import blueprint as questions
from app.regions.personal_data import personal_data as region_data
from app.regions.queries import region_grants
from app.regions.views import blueprint as regions
from app.workshops.pages import blueprint as workshops
from app.workspace.queries_health import hushed_mail
from app.workspace.road import applicant_facts
from app.workspace.shell import init_shell
from app.workspace.views import blueprint as workspace
from config import ROOT, Settings

csrf = CSRFProtect()


class _Request(FilesInMemory, TypedRequest):
    pass


class _Application(Flask):
    request_class = _Request

    def log_exception(self, exc_info: Any) -> None:
        """Nothing: `error_line` tells the log. Flask's own line has the address and the message in it."""


def create_app(settings: Settings) -> Flask:
    """The application with these settings; nothing is read from the environment here."""
    app = _Application(
        __name__, template_folder=str(ROOT / "templates"), instance_path=str(ROOT / "instance")
    )
    _configure(app, settings)
    _extend(app)
    _add_features(app)
    return app


OFFERED: dict[str, Any] = {
    "GRANT_SOURCES": (
        actors.administrator_grants,
        region_grants,
        membership_grants,
        seat_grants,
        conflict_grants,
    ),
    "AUDIENCE_SOURCES": (followers_of, people_with_a_proposal),
    "AUDIENCE_LINES": (statuses_by_person,),
    "ORGANISATION_MERGERS": (merge_proposals, merge_declarations),
    "CALL_PAGE_PARTS": (formal_part, call_part),
    "NEW_CALLS": (start_list, take_over_words),
    "COUNTING_SHEETS": sheets_that_count,
    "PROPOSAL_SCORES": totals_of,
    "PUBLISHED_ANSWERS": published_answers,
    "APPLICANT_FACTS": (applicant_facts,),
    "SWEEPS": (
        publish_head_when_due,
        remind_when_due,
        remind_jurors_when_due,
        forget_removed,
        forget_taken_out,
        sweep_objects,
        read_what_was_opened,
        continue_letters,
        remind_selected_when_due,
    ),
    "HUSHED_MAIL": hushed_mail,
    "UNWANTED_MAIL": unwanted,
    "MAIL_LISTS": (followed_by,),
    "MAIL_EXAMPLES": (
        account_mails,
        organisation_mails,
        call_mails,
        question_mails,
        proposal_mails,
        formal_mails,
        matching_mails,
        jury_mails,
        decision_mails,
        objection_mails,
        partnership_mails,
    ),
    "PERSONAL_DATA": (
        account_data,
        organisation_data,
        region_data,
        jury_data,
        following_data,
        question_data,
        mail_data,
        log_data,
    ),
    "LETTER_FILES": letter_file,
    "START_CHECKS": (start_problem,),
    "STORED_FILES": (stored_files, stored_documents, stored_completions, stored_objection_files),
}
"""What features offer to those that may not import them, by the name under which these ask for it."""


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},  # an error in the log shows no texts
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.production,
        MAX_CONTENT_LENGTH=6 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=6 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE="nl_NL",
        BABEL_DEFAULT_TIMEZONE="Europe/Brussels",
        WTF_CSRF_TIME_LIMIT=None,
        **OFFERED,
        **security_settings(settings),
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.clock_start is not None:
        clock.set_to(settings.clock_start)


def _extend(app: Flask) -> None:
    init_database(app)
    Babel(app)
    csrf.init_app(app)
    csrf.exempt("app.addenda.following.views.stop_following")  # mail programs post there (RFC 8058)
    init_formats(app)
    init_security(app)
    init_web(app)


def _add_features(app: Flask) -> None:
    take_over(app)
    app.register_blueprint(accounts)
    app.register_blueprint(regions)
    app.register_blueprint(organisations)
    app.register_blueprint(addenda)
    app.register_blueprint(questions)
    app.register_blueprint(gallery)
    app.register_blueprint(audit)
    app.register_blueprint(workspace)
    app.register_blueprint(proposals)
    app.register_blueprint(admissibility)
    app.register_blueprint(matching)
    app.register_blueprint(decisions)
    app.register_blueprint(objections)
    app.register_blueprint(partnerships)
    app.register_blueprint(dossiers)
    app.register_blueprint(evaluation)
    app.register_blueprint(workshops)
    init_navigation(app)
    init_shell(app)
    app.cli.add_command(account_commands)
    app.cli.add_command(addendum_commands)
    app.cli.add_command(audit_commands)
    app.cli.add_command(ranking_commands)
    app.cli.add_command(matching_commands)
    app.cli.add_command(partnership_commands)
    app.cli.add_command(seal_commands)
    app.cli.add_command(team_commands)
    app.cli.add_command(notification_commands)
    app.cli.add_command(file_commands)
    app.cli.add_command(job_commands)
