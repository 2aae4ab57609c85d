"""Rules of the page of declared, likely and missing conflicts, and of the composition of a jury."""

from app.domain.conflict_hints import CERTAIN
from app.domain.jury_rule import TOTAL

VIEW = "conflict.other.view"
DISMISS = "conflict.hint.dismiss"
REASON_LIMIT = 500
SHARED_BY = 3  # applicants with one mail domain, before it is that of a provider
ASKED = "conflict.juror_asked"  # the act in the log; once a day for each juror
ALL, LIKELY, CONFLICTS, MISSING, DISMISSED = "", "verband", "conflicten", "ontbreekt", "afgewezen"
FILTERS = {
    ALL: "Overzicht",
    LIKELY: "Mogelijke verbanden",
    CONFLICTS: "Conflicten",
    MISSING: "Nog te verklaren",
    DISMISSED: "Afgewezen",
}
# (one, more) of each kind of seat, in "geen …" and in "1 van de 2 …".
MEMBERS = {
    "vdab": ("jurylid van VDAB", "juryleden van VDAB"),
    "local_authority": ("jurylid van een lokaal bestuur", "juryleden van een lokaal bestuur"),
    "independent": ("onafhankelijk expert", "onafhankelijke experten"),
    TOTAL: ("jurylid", "juryleden"),
}


def strength_word(strength: int) -> str:
    if strength >= CERTAIN:
        return "zeker"
    return "sterk" if strength >= 75 else "zwak"
