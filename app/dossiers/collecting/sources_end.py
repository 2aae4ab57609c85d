"""What was decided and what followed."""

from app.decisions.models import (
    Acceptance,
    AcceptanceReminder,
    AcceptanceTerm,
    Decision,
    DecisionNotice,
    LetterText,
)
from app.dossiers.collecting.source import STORED, Source, of_call
from app.objections.models import (
    Objection,
    ObjectionFile,
    Reassessment,
    ReassessmentScore,
    ReassessmentSheet,
    Ruling,
    RulingJudge,
)
from app.partnerships.models import Partnership, PartnershipMember

_TOLD = (Decision.notified_at.is_not(None),)
_FILED = (Objection.submitted_at.is_not(None),)
_DECISION = "beslissingen/{group}"
_OBJECTION = "weerwoorden/{group}"
_ANEW = "weerwoorden/{group}-herbeoordeling"

THE_END = (
    of_call(Decision, _DECISION, "beslissingen", group=Decision.proposal_id, only=_TOLD),
    *(
        Source(
            model,
            _DECISION,
            "beslissingen",
            Decision.addendum_id,
            ((Decision, Decision.id == model.decision_id),),
            Decision.proposal_id,
            _TOLD,
        )
        for model in (DecisionNotice, Acceptance, AcceptanceTerm, AcceptanceReminder)
    ),
    of_call(LetterText, "brieven/teksten", "brieven"),
    of_call(Objection, _OBJECTION, "weerwoorden", group=Objection.id, only=_FILED),
    *(
        Source(
            model,
            _OBJECTION,
            "weerwoorden",
            Objection.addendum_id,
            ((Objection, Objection.id == model.objection_id),),
            Objection.id,
            _FILED,
            STORED,
        )
        for model in (ObjectionFile, Ruling, RulingJudge)
    ),
    of_call(
        Objection,
        "weerwoorden/te-laat",
        "weerwoorden",
        only=(Objection.submitted_at.is_(None), Objection.late_at.is_not(None)),
        without=frozenset(("contests", "grounds", "asks", "criteria")),
    ),
    of_call(Reassessment, _ANEW, "weerwoorden", group=Reassessment.objection_id),
    *(
        Source(
            model,
            _ANEW,
            "weerwoorden",
            Reassessment.addendum_id,
            (
                (Reassessment, Reassessment.id == model.reassessment_id),
                *more,
            ),
            Reassessment.objection_id,
            (ReassessmentSheet.submitted_at.is_not(None),),
        )
        for model, more in (
            (ReassessmentSheet, ()),
            (
                ReassessmentScore,
                (
                    (
                        ReassessmentSheet,
                        (ReassessmentSheet.reassessment_id == ReassessmentScore.reassessment_id)
                        & (ReassessmentSheet.juror_id == ReassessmentScore.juror_id),
                    ),
                ),
            ),
        )
    ),
    of_call(Partnership, "partnerschap/partnerschap", "partnerschap"),
    Source(
        PartnershipMember,
        "partnerschap/partnerschap",
        "partnerschap",
        Partnership.addendum_id,
        ((Partnership, Partnership.id == PartnershipMember.partnership_id),),
    ),
)
