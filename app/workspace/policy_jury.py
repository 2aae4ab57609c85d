"""What a round asks of a juror."""

from dataclasses import dataclass
from datetime import date

from app.domain.timeline import Phase
from app.infra.formats import counted
from app.workspace.policy import Task


@dataclass(frozen=True)
class JurorState:
    """One juror in one call, in the round that runs. `to_score` leaves out what was not declared yet."""

    phase: Phase
    to_declare: int = 0
    to_score: int = 0
    written_from: date | None = None
    written_until: date | None = None
    pitch_from: date | None = None
    pitch_until: date | None = None


def tasks_for_juror(state: JurorState) -> list[Task]:
    """Declare first, then score."""
    found = []
    if state.to_declare and state.phase in (Phase.WRITTEN, Phase.PITCH):
        text = f"Verklaar je belangen voor {counted(state.to_declare, 'kandidaat', 'kandidaten')}"
        last = state.written_until if state.phase is Phase.WRITTEN else state.pitch_from
        found.append(Task(text, "evaluation.declare", last, "conflict.own.declare"))
    if state.to_score and state.phase is Phase.WRITTEN:
        text = f"Dien nog {counted(state.to_score, 'scoreblad', 'scorebladen')} in"
        found.append(Task(text, "evaluation.reading_list", state.written_until, "score.own.edit_written"))
    if state.to_score and state.phase is Phase.PITCH:
        text = f"Score nog {counted(state.to_score, 'pitch', 'pitches')}"
        found.append(Task(text, "evaluation.reading_list", state.pitch_until, "score.own.edit_pitch"))
    return found
