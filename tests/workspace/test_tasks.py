"""What is asked of whom, from plain facts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.domain.access import PERMISSIONS, Role
from app.domain.reassessment import Stages
from app.domain.timeline import Phase
from app.workspace.policy import Task, by_date
from app.workspace.policy_jury import JurorState, tasks_for_juror
from app.workspace.policy_own import OwnState, tasks_for_applicant
from app.workspace.policy_region import CallState, tasks_for_chair, tasks_for_regisseur

FULL = CallState(
    Phase.OPEN,
    launch=date(2023, 4, 21),
    deadline=datetime(2023, 6, 2, 22, tzinfo=UTC),
    written_from=date(2023, 6, 5),
    written_until=date(2023, 6, 14),
    pitch_from=date(2023, 6, 20),
    pitch_until=date(2023, 6, 22),
    decision_before=date(2023, 7, 15),
    jurors=7,
    chairs=1,
)


def asked(state: CallState, **facts: Any) -> list[tuple[str, str, date | None]]:
    tasks = tasks_for_regisseur(replace(state, **facts))
    return [(task.text, task.endpoint, task.due) for task in tasks]


def test_a_draft_is_to_be_published_before_its_launch() -> None:
    [task] = tasks_for_regisseur(replace(FULL, phase=Phase.DRAFT, published=False))
    assert (task.endpoint, task.due) == ("addenda.edit", date(2023, 4, 21))


def test_a_colleague_who_asked_waits_for_the_other_one_to_publish() -> None:
    draft = replace(FULL, phase=Phase.DRAFT, published=False, publication_asked_by="Annelore")
    [task] = tasks_for_regisseur(draft)
    assert (task.text, task.endpoint) == ("Annelore vraagt je om de oproep te publiceren", "addenda.publish")


def test_a_call_that_was_published_early_asks_nothing_until_its_launch() -> None:
    assert asked(FULL, phase=Phase.DRAFT) == []


def test_an_open_call_with_its_jury_asks_nothing() -> None:
    assert asked(FULL) == []


def test_questions_wait_for_an_answer_while_the_call_is_open() -> None:
    assert asked(FULL, questions=2) == [
        ("2 vragen wachten op een gepubliceerd antwoord", "questions.inbox", date(2023, 5, 28))
    ]
    assert asked(FULL, questions=1)[0][0] == "1 vraag wacht op een gepubliceerd antwoord"


@pytest.mark.parametrize(
    ("jurors", "chairs", "text"),
    [(0, 0, "Stel de jury samen"), (6, 0, "Wijs een voorzitter van de jury aan")],
)
def test_a_jury_is_complete_before_the_deadline(jurors: int, chairs: int, text: str) -> None:
    assert asked(FULL, jurors=jurors, chairs=chairs) == [(text, "evaluation.jury", date(2023, 6, 2))]


def test_two_people_open_the_seal() -> None:
    [first] = asked(FULL, phase=Phase.SEALED)
    assert "twee mensen tekenen" in first[0] and first[2] == date(2023, 6, 4)
    [second] = asked(FULL, phase=Phase.SEALED, signed_by="Vera")
    assert "als tweede" in second[0] and "Vera" in second[0]
    [own] = tasks_for_regisseur(replace(FULL, phase=Phase.SEALED, signed_by="Rik", signed_by_me=True))
    assert own.waiting


def test_missing_sheets_are_waited_for_and_then_the_round_is_closed() -> None:
    [missing] = tasks_for_regisseur(replace(FULL, phase=Phase.WRITTEN, proposals=4, written_missing=1))
    assert missing.text == "1 scoreblad ontbreekt nog" and missing.waiting
    assert missing.due == date(2023, 6, 14)
    [close] = tasks_for_regisseur(replace(FULL, phase=Phase.WRITTEN, proposals=4))
    assert "sluit de schriftelijke ronde" in close.text and not close.waiting


def test_a_call_without_proposals_can_be_closed_too() -> None:
    assert "geen kandidatuur" in asked(FULL, phase=Phase.WRITTEN)[0][0]


def test_the_pitch_is_prepared_heard_and_closed() -> None:
    pitch = replace(FULL, phase=Phase.PITCH, proposals=9)
    assert [text for text, *_ in asked(pitch)] == ["Kies wie mag pitchen"]
    invited = asked(pitch, invited=4, scheduled=3, pitch_missing=8)
    assert [text for text, *_ in invited] == ["Plan nog 1 pitch in", "8 pitchscorebladen ontbreken nog"]
    assert [due for *_, due in invited] == [date(2023, 6, 19), date(2023, 6, 22)]
    done = asked(pitch, invited=4, scheduled=4)
    assert [text for text, *_ in done] == ["Alles is binnen: sluit de pitchronde"]


def test_decisions_are_proposed_confirmed_and_told_before_the_promised_day() -> None:
    decided = replace(FULL, phase=Phase.DECIDED, proposals=5)
    assert [text for text, *_ in asked(decided, proposed=3, confirmed=1)] == [
        "De voorzitter stelt nog 2 beslissingen voor",
        "Bevestig 2 voorgestelde beslissingen",
    ]
    [tell] = asked(decided, proposed=5, confirmed=5)
    assert tell[1:] == ("decisions.announce", date(2023, 7, 14))


def test_objections_then_the_partnership() -> None:
    assert asked(FULL, phase=Phase.COMMUNICATED) == []
    assert asked(FULL, phase=Phase.OBJECTIONS, open_objections=1)[0][0] == "Behandel 1 weerwoord"
    again = Stages(to_name=1, scoring=2, to_close=1, to_decide=1, unsettled=6)
    assert [text for text, *_ in asked(FULL, phase=Phase.OBJECTIONS, open_objections=7, again=again)] == [
        "Behandel 1 weerwoord",
        "Kies wie 1 kandidatuur opnieuw beoordeelt",
        "Sluit 1 nieuwe beoordeling af: alles is binnen",
        "Stel 1 nieuwe beslissing voor, na een nieuwe beoordeling",
        "2 nieuwe beoordelingen wachten op scorebladen",
    ]
    assert asked(FULL, phase=Phase.PARTNERSHIP)[0][1] == "partnerships.compose"
    assert asked(FULL, phase=Phase.PARTNERSHIP, partnership=True) == []


def test_the_chair_proposes_decisions() -> None:
    [task] = tasks_for_chair(replace(FULL, phase=Phase.DECIDED, proposals=5, proposed=3))
    assert task.text == "Stel nog 2 beslissingen voor, met de redenen"
    assert tasks_for_chair(replace(FULL, phase=Phase.DECIDED, proposals=5, proposed=5)) == []


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN, Phase.PARTNERSHIP])
def test_the_chair_has_nothing_to_do_before_and_after(phase: Phase) -> None:
    assert tasks_for_chair(replace(FULL, phase=phase, jurors=0, chairs=0)) == []


def test_a_juror_declares_then_scores() -> None:
    state = JurorState(
        Phase.WRITTEN, 2, 3, FULL.written_from, FULL.written_until, FULL.pitch_from, FULL.pitch_until
    )
    assert [task.text for task in tasks_for_juror(state)] == [
        "Verklaar je belangen voor 2 kandidaten",
        "Dien nog 3 scorebladen in",
    ]
    assert tasks_for_juror(replace(state, phase=Phase.SEALED)) == []
    pitch = tasks_for_juror(replace(state, phase=Phase.PITCH, to_declare=0))
    assert [(task.text, task.due) for task in pitch] == [("Score nog 3 pitches", date(2023, 6, 22))]
    assert tasks_for_juror(replace(state, phase=Phase.DECIDED)) == []


def test_an_applicant_hands_in_and_only_an_owner_is_asked_to() -> None:
    state = OwnState(Phase.OPEN, "De Brug", handed_in=False, owner=True, deadline=FULL.deadline)
    [task] = tasks_for_applicant(state)
    assert "dien ze in" in task.text and task.due == date(2023, 6, 2)
    [task] = tasks_for_applicant(replace(state, owner=False))
    assert "een eigenaar dient ze in" in task.text
    assert tasks_for_applicant(replace(state, handed_in=True)) == []
    assert tasks_for_applicant(replace(state, phase=Phase.SEALED)) == []


def test_an_applicant_prepares_a_pitch_that_is_still_to_come() -> None:
    state = OwnState(Phase.PITCH, "De Brug", True, True, pitch_on=date(2023, 6, 20), today=date(2023, 6, 20))
    assert len(tasks_for_applicant(state)) == 1
    assert tasks_for_applicant(replace(state, today=date(2023, 6, 21))) == []


def test_an_objection_is_offered_inside_the_window_to_who_was_told() -> None:
    state = OwnState(Phase.COMMUNICATED, "De Brug", True, True, told=True, objection_until=date(2023, 7, 14))
    assert tasks_for_applicant(state)[0].due == date(2023, 7, 14)
    assert tasks_for_applicant(replace(state, told=False)) == []
    assert tasks_for_applicant(replace(state, selected=True)) == []
    assert tasks_for_applicant(replace(state, objection="filed")) == []
    assert "nog niet ingediend" in tasks_for_applicant(replace(state, objection="draft"))[0].text


def test_soonest_first_and_without_a_date_last() -> None:
    tasks = [Task("c", "x"), Task("b", "x", date(2023, 2, 2)), Task("a", "x", date(2023, 1, 1))]
    assert [task.text for task in by_date(tasks)] == ["a", "b", "c"]


def every_task(phase: Phase) -> list[tuple[Role, Task]]:
    busy = replace(
        FULL, phase=phase, published=phase > Phase.DRAFT, jurors=0, chairs=0, proposals=4, open_objections=1
    )
    states = [
        busy,
        replace(busy, invited=2, written_missing=2, pitch_missing=1, proposed=2, confirmed=1, jurors=1),
        replace(busy, invited=2, scheduled=2, proposed=4, confirmed=4, signed_by="Vera"),
    ]
    found = [(Role.REGISSEUR, task) for state in states for task in tasks_for_regisseur(state)]
    found += [(Role.CHAIR, task) for state in states for task in tasks_for_chair(state)]
    found += [(Role.JUROR, task) for task in tasks_for_juror(JurorState(phase, 1, 1))]
    own = OwnState(phase, "De Brug", False, True, pitch_on=date(2023, 1, 1), told=True)
    return found + [(Role.OWNER, task) for task in tasks_for_applicant(own)]


@pytest.mark.parametrize("phase", Phase)
def test_nobody_is_sent_to_a_closed_door(phase: Phase) -> None:
    """A task that is asked is one that the table of rights lets its role do in that phase."""
    closed = [
        (role, task.text)
        for role, task in every_task(phase)
        if task.action and not task.waiting and phase not in PERMISSIONS[task.action][role]
    ]
    assert closed == []
