"""What destruction does to each table: which rows of a call, what is emptied, what is deleted.

A row that others refer to stays with its numbers, days and outcome; where a text stood, stands that it was
destroyed. What only was content is deleted. Never the log, its heads, or a receipt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.addenda.following.models import Follower
from app.admissibility.models import (
    Check,
    CompletionFile,
    CompletionItem,
    CompletionRequest,
    Refusal,
    RefusalReason,
    TermExtension,
)
from app.decisions.models import (
    Acceptance,
    AcceptanceTerm,
    Decision,
    DecisionNotice,
    Letter,
    PreparedLetter,
)
from app.evaluation.juries.models import HintDismissal
from app.evaluation.models import (
    ConflictDeclaration,
    Consensus,
    Score,
    ScoreSheet,
    SheetVersion,
    Shortlisting,
)
from app.evaluation.pitchday.models import PitchHearing
from app.notifications.models import OutboxMessage
from app.objections.models import (
    Objection,
    ObjectionFile,
    Reassessment,
    ReassessmentScore,
    ReassessmentSheet,
    Ruling,
)
from app.proposals.models import (
    AmendmentConfirmation,
    Answer,
    Attachment,
    Proposal,
    Reminder,
    SectionSave,
    Submission,
    SubmittedFile,
    proposal_service_type,
)
from app.questions.models import Question

GONE = "vernietigd"


@dataclass(frozen=True)
class Scope:
    """A call, and the proposals that a class is about where it is about proposals."""

    addendum_id: int
    proposals: frozenset[int] = frozenset()


Where = Callable[[Scope], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """`texts` get the sentence where something stands, `values` these values; `delete` the whole row. The
    certificate names the rows of a `listed` rule one by one, with the columns `shown`; of others the number.
    `words` counts them for people: one, more."""

    model: Any
    where: Where
    texts: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    delete: bool = False
    listed: bool = False
    shown: tuple[str, ...] = ()
    words: tuple[str, str] = ("", "")

    @property
    def table(self) -> Any:
        return getattr(self.model, "__table__", self.model)


def _of_proposals(column: Any) -> Where:
    return lambda scope: column.in_(scope.proposals)


def _of_call(column: Any) -> Where:
    return lambda scope: column == scope.addendum_id


def _through(column: Any, parent: Any, where: Where) -> Where:
    return lambda scope: column.in_(select(parent).where(where(scope)))


_SUBMISSIONS = _of_proposals(Submission.proposal_id)
_REQUESTS = _of_proposals(CompletionRequest.proposal_id)
_WORKING = (
    Rule(Answer, _of_proposals(Answer.proposal_id), delete=True),
    Rule(SectionSave, _of_proposals(SectionSave.proposal_id), delete=True),
    Rule(Reminder, _of_proposals(Reminder.proposal_id), delete=True),
)
_FILES = ("size", "sha256")
PROPOSALS = (
    Rule(
        Submission,
        lambda scope: and_(_SUBMISSIONS(scope), Submission.destroyed_at.is_(None)),
        listed=True,
        shown=("receipt_number", "content_sha256", "addendum_id"),
        words=("ingediende versie", "ingediende versies"),
    ),
    Rule(
        SubmittedFile,
        _through(SubmittedFile.submission_id, Submission.id, _SUBMISSIONS),
        delete=True,
    ),
    Rule(
        Attachment,
        _of_proposals(Attachment.proposal_id),
        delete=True,
        listed=True,
        shown=_FILES,
        words=("bijlage", "bijlagen"),
    ),
    *_WORKING,
    Rule(
        Proposal,
        _of_proposals(Proposal.id),
        values={
            "summary": "",
            "references_text": "",
            "expectations": {},
            "capacity_fte": None,
            "cost_estimate": None,
        },
    ),
    Rule(
        CompletionItem,
        _through(CompletionItem.request_id, CompletionRequest.id, _REQUESTS),
        texts=("text",),
    ),
    Rule(
        CompletionFile,
        _through(CompletionFile.request_id, CompletionRequest.id, _REQUESTS),
        delete=True,
        listed=True,
        shown=_FILES,
        words=("aangevuld bestand", "aangevulde bestanden"),
    ),
)
DRAFTS = (
    *_WORKING,
    Rule(
        proposal_service_type,
        _of_proposals(proposal_service_type.c.proposal_id),
        delete=True,
    ),
    Rule(AmendmentConfirmation, _of_proposals(AmendmentConfirmation.proposal_id), delete=True),
    Rule(Attachment, _of_proposals(Attachment.proposal_id), delete=True, words=("bijlage", "bijlagen")),
    Rule(Proposal, _of_proposals(Proposal.id), delete=True, words=("ontwerp", "ontwerpen")),
)
_SHEETS = _of_call(ScoreSheet.addendum_id)
_ANEW = _of_call(Reassessment.addendum_id)
_CALL_PROPOSALS = _of_call(Proposal.addendum_id)
SCORES = (
    Rule(
        ScoreSheet,
        _SHEETS,
        texts=("remark_applicant", "remark_internal"),
        listed=True,
        words=("scoreblad", "scorebladen"),
    ),
    Rule(Score, _through(Score.sheet_id, ScoreSheet.id, _SHEETS), texts=("reason",)),
    Rule(SheetVersion, _through(SheetVersion.sheet_id, ScoreSheet.id, _SHEETS), delete=True),
    Rule(
        Consensus,
        _through(Consensus.proposal_id, Proposal.id, _CALL_PROPOSALS),
        texts=("reason",),
        words=("gezamenlijke score", "gezamenlijke scores"),
    ),
    Rule(
        ConflictDeclaration,
        _of_call(ConflictDeclaration.addendum_id),
        texts=("explanation",),
        words=("verklaring", "verklaringen"),
    ),
    Rule(HintDismissal, _of_call(HintDismissal.addendum_id), texts=("reason",)),
    Rule(Shortlisting, _of_call(Shortlisting.addendum_id), texts=("reason",)),
    Rule(PitchHearing, _of_call(PitchHearing.addendum_id), texts=("note",)),
    Rule(
        ReassessmentSheet,
        _through(ReassessmentSheet.reassessment_id, Reassessment.id, _ANEW),
        texts=("remark_applicant", "remark_internal"),
    ),
    Rule(
        ReassessmentScore,
        _through(ReassessmentScore.reassessment_id, Reassessment.id, _ANEW),
        texts=("reason",),
    ),
)
_DECISIONS = _of_call(Decision.addendum_id)
_OBJECTIONS = _of_call(Objection.addendum_id)
_REFUSALS = _through(Refusal.proposal_id, Proposal.id, _CALL_PROPOSALS)
_ALL_REQUESTS = _through(CompletionRequest.proposal_id, Proposal.id, _CALL_PROPOSALS)
DECISIONS = (
    Rule(
        Decision,
        _DECISIONS,
        texts=("motivation", "legal_basis", "appeal_routes"),
        listed=True,
        shown=("proposal_id", "number", "outcome"),
        words=("beslissing", "beslissingen"),
    ),
    Rule(DecisionNotice, _through(DecisionNotice.decision_id, Decision.id, _DECISIONS), texts=("reason",)),
    Rule(Acceptance, _through(Acceptance.decision_id, Decision.id, _DECISIONS), texts=("reason",)),
    Rule(AcceptanceTerm, _through(AcceptanceTerm.decision_id, Decision.id, _DECISIONS), texts=("reason",)),
    Rule(PreparedLetter, _through(PreparedLetter.decision_id, Decision.id, _DECISIONS), delete=True),
    Rule(
        Letter,
        _through(Letter.decision_id, Decision.id, _DECISIONS),
        listed=True,
        shown=("sha256",),
        words=("brief", "brieven"),
    ),
    Rule(
        Objection,
        _OBJECTIONS,
        texts=("contests", "grounds", "asks"),
        listed=True,
        shown=("decision_id",),
        words=("weerwoord", "weerwoorden"),
    ),
    Rule(
        ObjectionFile,
        _through(ObjectionFile.objection_id, Objection.id, _OBJECTIONS),
        delete=True,
        listed=True,
        shown=_FILES,
        words=("bijlage bij een weerwoord", "bijlagen bij een weerwoord"),
    ),
    Rule(
        Ruling,
        _through(Ruling.objection_id, Objection.id, _OBJECTIONS),
        texts=("reasons",),
        listed=True,
        shown=("outcome",),
    ),
    Rule(Reassessment, _ANEW, texts=("reason", "conclusion")),
    Rule(Check, _through(Check.proposal_id, Proposal.id, _CALL_PROPOSALS), texts=("note",)),
    Rule(CompletionRequest, _ALL_REQUESTS, texts=("message",)),
    Rule(
        TermExtension,
        _through(TermExtension.request_id, CompletionRequest.id, _ALL_REQUESTS),
        texts=("reason",),
    ),
    Rule(
        Refusal,
        _REFUSALS,
        texts=("legal_basis", "appeal_routes", "revocation_reason"),
    ),
    Rule(RefusalReason, _through(RefusalReason.refusal_id, Refusal.id, _REFUSALS), texts=("text",)),
)
QUESTIONS = (
    Rule(
        Question,
        lambda scope: and_(
            Question.addendum_id == scope.addendum_id,
            or_(Question.asked_by_id.is_not(None), Question.email != GONE),
        ),
        texts=("text",),
        values={"email": GONE, "asked_by_id": None, "key": None},
        words=("vraag", "vragen"),
    ),
    Rule(Follower, _of_call(Follower.addendum_id), delete=True, words=("volger", "volgers")),
)
MAILS = (
    Rule(
        OutboxMessage,
        lambda scope: and_(
            OutboxMessage.addendum_id == scope.addendum_id,
            or_(OutboxMessage.sent_at.is_not(None), OutboxMessage.given_up_at.is_not(None)),
        ),
        texts=("subject", "body_text", "body_html", "last_error", "handled_how"),
        values={
            "to_address": GONE,
            "to_name": "",
            "stop_url": None,
            "attachment_name": None,
            "attachment": None,
            "attached_letter": None,
            "document_template": None,
            "document_data": {},
            "beside": {},
        },
        words=("mail", "mails"),
    ),
)
RULES: dict[str, tuple[Rule, ...]] = {
    "drafts": DRAFTS,
    "questions": QUESTIONS,
    "proposals_not_selected": PROPOSALS,
    "proposals_partners": PROPOSALS,
    "scores": SCORES,
    "decisions": DECISIONS,
    "mails": MAILS,
}
"""In the order in which rows may go: what refers to another comes first."""
