"""What was asked and what came in: the call, questions, sessions, the opening, the formal check."""

from app.addenda.amending.models import AddendumVersion
from app.addenda.models import (
    Addendum,
    CallFact,
    Challenge,
    Contact,
    Criterion,
    CriterionLevel,
    DeadlineExtension,
    EnrichmentFinding,
    Goal,
    Obstacle,
    Persona,
    PitchWindow,
    ServiceType,
    addendum_municipality,
    challenge_persona,
    goal_obstacle,
)
from app.admissibility.models import (
    Check,
    CompletionFile,
    CompletionItem,
    CompletionRequest,
    Examination,
    Refusal,
    RefusalReason,
    Requirement,
    TermExtension,
)
from app.dossiers.collecting.source import STORED, Source, of_call, of_challenge, of_proposal
from app.proposals.models import AmendmentConfirmation, Opening, Proposal
from app.questions.models import Question
from app.workshops.models import Note, NoteGroup, Participant, Workshop

_FORMAL = "ontvankelijkheid/{group}"

THE_CALL = (
    Source(
        Addendum, "oproep/opbouw", "oproep", Addendum.id, without=frozenset(("source_text", "import_report"))
    ),
    Source(addendum_municipality, "oproep/opbouw", "oproep", addendum_municipality.c.addendum_id),
    of_call(Persona, "oproep/opbouw", "oproep"),
    of_call(Challenge, "oproep/opbouw", "oproep"),
    Source(
        challenge_persona,
        "oproep/opbouw",
        "oproep",
        Challenge.addendum_id,
        ((Challenge, Challenge.id == challenge_persona.c.challenge_id),),
    ),
    Source(Obstacle, "oproep/opbouw", "oproep", Challenge.addendum_id, of_challenge(Obstacle)),
    Source(Goal, "oproep/opbouw", "oproep", Challenge.addendum_id, of_challenge(Goal)),
    Source(
        goal_obstacle,
        "oproep/opbouw",
        "oproep",
        Challenge.addendum_id,
        ((Goal, Goal.id == goal_obstacle.c.goal_id), (Challenge, Challenge.id == Goal.challenge_id)),
    ),
    of_call(ServiceType, "oproep/opbouw", "oproep"),
    of_call(EnrichmentFinding, "oproep/opbouw", "oproep"),
    of_call(Criterion, "oproep/opbouw", "oproep"),
    Source(
        CriterionLevel,
        "oproep/opbouw",
        "oproep",
        Criterion.addendum_id,
        ((Criterion, Criterion.id == CriterionLevel.criterion_id),),
    ),
    of_call(PitchWindow, "oproep/opbouw", "oproep"),
    of_call(Contact, "oproep/contact", "oproep"),
    of_call(CallFact, "oproep/feiten", "oproep"),
    of_call(DeadlineExtension, "oproep/feiten", "oproep"),
    of_call(AddendumVersion, "oproep/versies/{group}", "oproep", group=AddendumVersion.number),
    of_call(Question, "vragen/vragen", "vragen", without=STORED, only=(Question.confirmed_at.is_not(None),)),
    of_call(Workshop, "werksessies/{group}", "werksessies", group=Workshop.id, without=frozenset(("code",))),
    Source(
        Participant,
        "werksessies/{group}",
        "werksessies",
        Workshop.addendum_id,
        ((Workshop, Workshop.id == Participant.workshop_id),),
        Workshop.id,
        without=STORED,
    ),
    Source(
        NoteGroup,
        "werksessies/{group}",
        "werksessies",
        Workshop.addendum_id,
        ((Workshop, Workshop.id == NoteGroup.workshop_id),),
        Workshop.id,
    ),
    Source(
        Note,
        "werksessies/{group}",
        "werksessies",
        Workshop.addendum_id,
        ((NoteGroup, NoteGroup.id == Note.group_id), (Workshop, Workshop.id == NoteGroup.workshop_id)),
        Workshop.id,
        (Note.withdrawn_at.is_(None),),
        frozenset(("client_key",)),
    ),
    of_call(Opening, "opening/opening", "opening"),
    Source(
        AmendmentConfirmation,
        "kandidaturen/{group}/gelezen-wijzigingen",
        "kandidaturen",
        Proposal.addendum_id,
        of_proposal(AmendmentConfirmation),
        AmendmentConfirmation.proposal_id,
    ),
)
THE_FORM = (
    of_call(Requirement, "ontvankelijkheid/vereisten", "ontvankelijkheid"),
    of_call(Examination, _FORMAL, "ontvankelijkheid", group=Examination.proposal_id),
    Source(Check, _FORMAL, "ontvankelijkheid", Proposal.addendum_id, of_proposal(Check), Check.proposal_id),
    Source(
        CompletionRequest,
        _FORMAL,
        "ontvankelijkheid",
        Proposal.addendum_id,
        of_proposal(CompletionRequest),
        CompletionRequest.proposal_id,
    ),
    *(
        Source(
            model,
            _FORMAL,
            "ontvankelijkheid",
            Proposal.addendum_id,
            (
                (CompletionRequest, CompletionRequest.id == model.request_id),
                (Proposal, Proposal.id == CompletionRequest.proposal_id),
            ),
            CompletionRequest.proposal_id,
            without=STORED,
        )
        for model in (TermExtension, CompletionItem, CompletionFile)
    ),
    Source(
        Refusal, _FORMAL, "ontvankelijkheid", Proposal.addendum_id, of_proposal(Refusal), Refusal.proposal_id
    ),
    Source(
        RefusalReason,
        _FORMAL,
        "ontvankelijkheid",
        Proposal.addendum_id,
        ((Refusal, Refusal.id == RefusalReason.refusal_id), (Proposal, Proposal.id == Refusal.proposal_id)),
        Refusal.proposal_id,
    ),
)
