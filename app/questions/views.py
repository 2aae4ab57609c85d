"""Addresses of questions: for everybody, and for the regisseur."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.throttle import TooManyAttempts
from app.addenda.following.services import followers_of
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call, load_call
from app.domain.errors import DomainError, Stale
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.access import public
from app.infra.messages import say
from app.questions import services
from app.questions.forms import AnswerForm, AskForm, VisitorAskForm
from app.questions.models import Question
from app.questions.presenters import inbox_lists, publish_facts, same_choices, similar, until_text
from app.questions.queries import answered, closing, load_question, names_in, waiting

blueprint = Blueprint("questions", __name__)
READ, INBOX = "addendum.published.view", "question.inbox"
TOO_OFTEN = (
    "Er zijn net heel wat berichten verstuurd. Probeer over een kwartier opnieuw; je vraag staat er nog."
)


@blueprint.get("/oproepen/<int:addendum_id>/vragen")
@for_call(READ, hidden=True)
def index(call: Call) -> ResponseReturnValue:
    """What was asked and answered, and the way to ask."""
    return render_template(
        "questions/index.html",
        call=call,
        rows=answered(call.id),
        until=until_text(closing(call), clock.now()),
        crumb="Vragen en antwoorden",
    )


@blueprint.route("/oproepen/<int:addendum_id>/vragen/nieuw", methods=["GET", "POST"])
@for_call(READ, hidden=True)
def ask(call: Call) -> ResponseReturnValue:
    """Ask. Who types what was answered already sees that first."""
    actor = current_actor()
    form = AskForm() if actor.signed_in else VisitorAskForm()
    looks_like: list[object] = []
    if form.validate_on_submit():
        looks_like = (
            [] if form.sure.data == form.text.data else list(similar(form.text.data, answered(call.id)))
        )
        if not looks_like and (answer := _sent(call, form)):
            return answer
        form.sure.data = form.text.data
    page = render_template(
        "questions/ask.html",
        call=call,
        form=form,
        looks_like=looks_like,
        until=until_text(closing(call), clock.now()),
        crumb="Stel een vraag",
    )
    return page, _status(form)


def _status(form: AskForm) -> int:
    too_often = any(one == TOO_OFTEN for one in form.form_errors)
    return 429 if too_often else 422 if form.errors or form.form_errors else 200


def _sent(call: Call, form: AskForm) -> ResponseReturnValue | None:
    """The next page, or None with the reason in the form."""
    email = form.email.data if isinstance(form, VisitorAskForm) else ""
    try:
        at_once = services.ask(
            call.id, form.text.data, by=current_actor(), email=email, address=request.remote_addr
        )
    except TooManyAttempts:
        form.form_errors.append(TOO_OFTEN)
        return None
    except DomainError as error:
        form.refuse(error if error.code != "not_in_this_phase" else DomainError("questions_closed"))
        return None
    if not at_once:
        return render_template("questions/sent.html", call=call, email=email)
    flash("Je vraag is binnen. Het antwoord komt voor iedereen tegelijk op deze pagina.", "success")
    return redirect(url_for("questions.index", addendum_id=call.id))


@blueprint.route("/vragen/<key>", methods=["GET", "POST"])
@public
def confirm(key: str) -> ResponseReturnValue:
    """Behind the link of the mail: yes, I asked this."""
    if request.method == "POST":
        services.confirm(key)
        return redirect(url_for("questions.confirm", key=key))
    question = services.find_by_key(key)
    open_still = load_call(question.addendum_id, clock.now()).phase is Phase.OPEN
    return render_template("questions/confirm.html", question=question, open=open_still)


@blueprint.get("/oproepen/<int:addendum_id>/vragen/postvak")
@for_call(INBOX)
def inbox(call: Call) -> ResponseReturnValue:
    """What waits for an answer, for who runs or watches the call."""
    may_answer = may_here(call, services.ANSWER)
    return render_template(
        "questions/inbox.html",
        call=call,
        lists=inbox_lists(waiting(call.id), {row.id for row in services.ready(call.id)}, call, may_answer),
        published=answered(call.id),
        may_answer=may_answer,
        until=until_text(closing(call), clock.now()),
        crumb="Vragen",
    )


@blueprint.route("/oproepen/<int:addendum_id>/vragen/<int:question_id>", methods=["GET", "POST"])
@for_call(services.ANSWER)
def answer(call: Call, question_id: int) -> ResponseReturnValue:
    """Write one answer; it stays a draft until answers are published together."""
    row = load_question(call.id, question_id)
    if row.published_at is not None and request.method == "GET":
        return redirect(url_for("questions.index", addendum_id=call.id, _anchor=f"vraag-{row.id}"))
    form = AnswerForm() if request.method == "POST" else AnswerForm(data=_as_stored(row))
    if form.validate_on_submit():
        try:
            services.save_answer(
                question_id, call.id, form.wanted(), seen=form.seen_version(), by=current_actor()
            )
        except Stale as error:
            form.refuse(error)
            form.version.data = str(error.version)
            return _answer_page(call, row, form, theirs=error.theirs), 409
        except DomainError as error:
            form.refuse(error)
        else:
            flash("Het antwoord staat klaar. Niemand ziet het voor je publiceert.", "success")
            return redirect(url_for("questions.inbox", addendum_id=call.id))
    return _answer_page(call, row, form), 422 if form.errors or form.form_errors else 200


def _as_stored(row: Question) -> dict[str, str]:
    return {
        "version": str(row.version),
        "public_text": row.public_text or row.text,
        "answer": row.answer,
        "same_as": str(row.same_as_id or ""),
    }


def _answer_page(call: Call, row: Question, form: AnswerForm, theirs: dict[str, object] | None = None) -> str:
    form.offer(same_choices(row.id, row.text, waiting(call.id), answered(call.id)))
    return render_template(
        "questions/answer.html",
        call=call,
        question=row,
        form=form,
        theirs=theirs,
        names=names_in(form.public_text.data or ""),
        crumb="Antwoord",
    )


@blueprint.post("/oproepen/<int:addendum_id>/vragen/<int:question_id>/opzij")
@for_call(services.ANSWER)
def set_aside(call: Call, question_id: int) -> ResponseReturnValue:
    """Keep a question apart, or bring it back."""
    aside = request.form.get("terug") is None
    services.set_aside(question_id, call.id, aside=aside, by=current_actor())
    flash("De vraag staat apart." if aside else "De vraag staat weer bij de open vragen.", "success")
    return redirect(url_for("questions.inbox", addendum_id=call.id))


@blueprint.route("/oproepen/<int:addendum_id>/vragen/publiceren", methods=["GET", "POST"])
@for_call(services.ANSWER)
def publish(call: Call) -> ResponseReturnValue:
    """The last look, and then for everybody at once."""
    problem = ""
    if request.method == "POST":
        try:
            count = services.publish_answers(call.id, seen=request.form.get("seen", ""), by=current_actor())
        except DomainError as error:
            problem = say(error)
        else:
            done = "Eén antwoord is" if count == 1 else f"{count} antwoorden zijn"
            flash(f"{done} gepubliceerd. Iedereen krijgt nu een mail.", "success")
            return redirect(url_for("questions.index", addendum_id=call.id))
    rows = services.ready(call.id)
    facts = publish_facts(rows, services.seal_of(rows), len(list(followers_of(call.id))))
    page = render_template("questions/publish.html", call=call, problem=problem, crumb="Publiceren", **facts)
    return page, 422 if problem else 200
