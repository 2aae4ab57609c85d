"""What destruction does to each table: which rows of a call, what is emptied, what is deleted.

A row that others refer to stays with its numbers, days and outcome; where a text stood, stands that it was
destroyed. What only was content is deleted. Never the log, its heads, or a receipt.
"""

from sqlalchemy import and_, or_

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
from app.dossiers.keeping.rule import Rule, of_call, of_proposals, through
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
from app.notifications.kinds import KINDS
from app.notifications.models import OutboxMessage
from app.objections.models import (
    Objection,
    ObjectionFile,
    Reassessment,
    ReassessmentScore,
    ReassessmentSheet,
    Ruling,
)
from app.proposals.destroyed import GONE
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

_SUBMISSIONS = of_proposals(Submission.proposal_id)
_REQUESTS = of_proposals(CompletionRequest.proposal_id)
_WORKING = (
    Rule(Answer, of_proposals(Answer.proposal_id), delete=True),
    Rule(SectionSave, of_proposals(SectionSave.proposal_id), delete=True),
    Rule(Reminder, of_proposals(Reminder.proposal_id), delete=True),
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
        through(SubmittedFile.submission_id, Submission.id, _SUBMISSIONS),
        delete=True,
    ),
    Rule(
        Attachment,
        of_proposals(Attachment.proposal_id),
        delete=True,
        listed=True,
        shown=_FILES,
        words=("bijlage", "bijlagen"),
    ),
    *_WORKING,
    Rule(
        Proposal,
        of_proposals(Proposal.id),
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
        through(CompletionItem.request_id, CompletionRequest.id, _REQUESTS),
        texts=("text",),
    ),
    Rule(
        CompletionFile,
        through(CompletionFile.request_id, CompletionRequest.id, _REQUESTS),
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
        of_proposals(proposal_service_type.c.proposal_id),
        delete=True,
    ),
    Rule(AmendmentConfirmation, of_proposals(AmendmentConfirmation.proposal_id), delete=True),
    Rule(Attachment, of_proposals(Attachment.proposal_id), delete=True, words=("bijlage", "bijlagen")),
    Rule(Proposal, of_proposals(Proposal.id), delete=True, words=("ontwerp", "ontwerpen")),
)
_SHEETS = of_call(ScoreSheet.addendum_id)
_ANEW = of_call(Reassessment.addendum_id)
_CALL_PROPOSALS = of_call(Proposal.addendum_id)
SCORES = (
    Rule(
        ScoreSheet,
        _SHEETS,
        texts=("remark_applicant", "remark_internal"),
        listed=True,
        words=("scoreblad", "scorebladen"),
    ),
    Rule(Score, through(Score.sheet_id, ScoreSheet.id, _SHEETS), texts=("reason",)),
    Rule(SheetVersion, through(SheetVersion.sheet_id, ScoreSheet.id, _SHEETS), delete=True),
    Rule(
        Consensus,
        through(Consensus.proposal_id, Proposal.id, _CALL_PROPOSALS),
        texts=("reason",),
        words=("gezamenlijke score", "gezamenlijke scores"),
    ),
    Rule(
        ConflictDeclaration,
        of_call(ConflictDeclaration.addendum_id),
        texts=("explanation",),
        words=("verklaring", "verklaringen"),
    ),
    Rule(HintDismissal, of_call(HintDismissal.addendum_id), texts=("reason",)),
    Rule(Shortlisting, of_call(Shortlisting.addendum_id), texts=("reason",)),
    Rule(PitchHearing, of_call(PitchHearing.addendum_id), texts=("note",)),
    Rule(
        ReassessmentSheet,
        through(ReassessmentSheet.reassessment_id, Reassessment.id, _ANEW),
        texts=("remark_applicant", "remark_internal"),
    ),
    Rule(
        ReassessmentScore,
        through(ReassessmentScore.reassessment_id, Reassessment.id, _ANEW),
        texts=("reason",),
    ),
)
_PROOFS = sorted(key for key, one in KINDS.items() if one.group == "decision")


def _mails(proofs: bool, words: tuple[str, str]) -> Rule:
    """Mail that was sent or given up. What tells of a decision or a ruling proves the notice: it goes with
    the decisions and not before them."""
    return Rule(
        OutboxMessage,
        lambda scope: and_(
            OutboxMessage.addendum_id == scope.addendum_id,
            or_(OutboxMessage.sent_at.is_not(None), OutboxMessage.given_up_at.is_not(None)),
            OutboxMessage.kind.in_(_PROOFS) if proofs else OutboxMessage.kind.not_in(_PROOFS),
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
        words=words,
    )


_DECISIONS = of_call(Decision.addendum_id)
_OBJECTIONS = of_call(Objection.addendum_id)
_REFUSALS = through(Refusal.proposal_id, Proposal.id, _CALL_PROPOSALS)
_ALL_REQUESTS = through(CompletionRequest.proposal_id, Proposal.id, _CALL_PROPOSALS)
DECISIONS = (
    Rule(
        Decision,
        _DECISIONS,
        texts=("motivation", "legal_basis", "appeal_routes"),
        listed=True,
        shown=("proposal_id", "number", "outcome"),
        words=("beslissing", "beslissingen"),
    ),
    Rule(DecisionNotice, through(DecisionNotice.decision_id, Decision.id, _DECISIONS), texts=("reason",)),
    Rule(Acceptance, through(Acceptance.decision_id, Decision.id, _DECISIONS), texts=("reason",)),
    Rule(AcceptanceTerm, through(AcceptanceTerm.decision_id, Decision.id, _DECISIONS), texts=("reason",)),
    Rule(PreparedLetter, through(PreparedLetter.decision_id, Decision.id, _DECISIONS), delete=True),
    Rule(
        Letter,
        through(Letter.decision_id, Decision.id, _DECISIONS),
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
        through(ObjectionFile.objection_id, Objection.id, _OBJECTIONS),
        delete=True,
        listed=True,
        shown=_FILES,
        words=("bijlage bij een weerwoord", "bijlagen bij een weerwoord"),
    ),
    Rule(
        Ruling,
        through(Ruling.objection_id, Objection.id, _OBJECTIONS),
        texts=("reasons",),
        listed=True,
        shown=("outcome",),
    ),
    Rule(Reassessment, _ANEW, texts=("reason", "conclusion")),
    Rule(Check, through(Check.proposal_id, Proposal.id, _CALL_PROPOSALS), texts=("note",)),
    Rule(CompletionRequest, _ALL_REQUESTS, texts=("message",)),
    Rule(
        TermExtension,
        through(TermExtension.request_id, CompletionRequest.id, _ALL_REQUESTS),
        texts=("reason",),
    ),
    Rule(
        Refusal,
        _REFUSALS,
        texts=("legal_basis", "appeal_routes", "revocation_reason"),
    ),
    Rule(RefusalReason, through(RefusalReason.refusal_id, Refusal.id, _REFUSALS), texts=("text",)),
    _mails(True, ("mail over een beslissing", "mails over een beslissing")),
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
    Rule(Follower, of_call(Follower.addendum_id), delete=True, words=("volger", "volgers")),
)
MAILS = (_mails(False, ("mail", "mails")),)
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
