"""What becomes public, counted and named, for the last look before publication."""

from app.addenda.drafting.sections import Draft


def becomes_public(draft: Draft) -> list[str]:
    """One line per part of the page that everybody will read."""
    challenges = [challenge for _, challenge in draft.challenges.values()]
    obstacles = sum(len(one.obstacles) for one in challenges)
    goals = sum(len(one.goals) for one in challenges)
    criteria = len(draft.written.criteria) + len(draft.pitch.criteria)
    contacts = [one.name for one in draft.basics.contacts if one.name]
    rows = [
        _counted(len(draft.personas), "persona", "persona’s") + " met portret en verhaal",
        f"{_counted(len(challenges), 'regio-uitdaging', 'regio-uitdagingen')} met "
        f"{_counted(obstacles, 'obstakel', 'obstakels')} en {_counted(goals, 'doel', 'doelen')}",
        "de lokale analyse en de tijdlijn",
        f"{_counted(criteria, 'criterium', 'criteria')} met gewicht, en de drempels",
    ]
    if contacts:
        rows.append(f"de contactgegevens van {' en '.join(contacts)}: naam, functie, e-mailadres en telefoon")
    return rows


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
