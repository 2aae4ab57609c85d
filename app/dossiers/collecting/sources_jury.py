"""The work of the jury."""

from app.addenda.models import (
    Challenge,
    Obstacle,
)
from app.dossiers.collecting.source import Source, of_call, of_proposal
from app.evaluation.assigning.models import Assignment, AssignmentPlan, JurorExpertise
from app.evaluation.deliberating.models import JurorReminder
from app.evaluation.juries.models import HintDismissal, JuryRule
from app.evaluation.models import (
    ConflictDeclaration,
    Consensus,
    JurySeat,
    PitchSlot,
    Score,
    ScoreSheet,
    SheetVersion,
    Shortlisting,
)
from app.evaluation.pitchday.models import PitchAbsence, PitchHearing, PitchPlan
from app.matching.models import CallInvitation, Confirmation, InvitationText, MatchJudgement, TeamChoice
from app.proposals.models import Proposal

_IN = (ScoreSheet.submitted_at.is_not(None),)
_SHEET = "scores/{group}"

THE_JURY = (
    of_call(JuryRule, "jury/jury", "jury"),
    of_call(JurySeat, "jury/jury", "jury"),
    Source(
        JurorExpertise,
        "jury/jury",
        "jury",
        JurySeat.addendum_id,
        ((JurySeat, JurySeat.id == JurorExpertise.seat_id),),
    ),
    of_call(ConflictDeclaration, "jury/verklaringen", "jury"),
    of_call(HintDismissal, "jury/verklaringen", "jury"),
    of_call(AssignmentPlan, "jury/verdeling", "jury"),
    of_call(Assignment, "jury/verdeling", "jury"),
    of_call(JurorReminder, "jury/herinneringen", "jury"),
    of_call(ScoreSheet, _SHEET, "scores", group=ScoreSheet.proposal_id, only=_IN),
    *(
        Source(
            model,
            _SHEET,
            "scores",
            ScoreSheet.addendum_id,
            ((ScoreSheet, ScoreSheet.id == model.sheet_id),),
            ScoreSheet.proposal_id,
            only,
        )
        for model, only in ((Score, _IN), (SheetVersion, (*_IN, SheetVersion.kind != "saved")))
    ),
    Source(
        Consensus,
        "consensus/{group}",
        "consensus",
        Proposal.addendum_id,
        of_proposal(Consensus),
        Consensus.proposal_id,
    ),
    of_call(Shortlisting, "pitch/pitch", "pitch"),
    of_call(PitchSlot, "pitch/pitch", "pitch"),
    of_call(PitchPlan, "pitch/pitch", "pitch"),
    of_call(PitchHearing, "pitch/verloop", "pitch"),
    of_call(PitchAbsence, "pitch/verloop", "pitch"),
    Source(
        Confirmation,
        "samenstelling/dekking",
        "samenstelling",
        Proposal.addendum_id,
        of_proposal(Confirmation),
    ),
    of_call(TeamChoice, "samenstelling/ploeg", "samenstelling"),
    Source(
        MatchJudgement,
        "samenstelling/oordelen",
        "samenstelling",
        Challenge.addendum_id,
        (
            (Obstacle, Obstacle.id == MatchJudgement.obstacle_id),
            (Challenge, Challenge.id == Obstacle.challenge_id),
        ),
    ),
    of_call(InvitationText, "samenstelling/uitnodigingen", "samenstelling"),
    of_call(CallInvitation, "samenstelling/uitnodigingen", "samenstelling"),
)
