"""All layouts by name, with what a text looks like in each."""

from . import plain_layouts as plain
from . import table_layouts as tables
from .model import Layout

LAYOUTS = tuple(
    Layout(make.__name__, make)
    for make in (
        plain.template, plain.numbered, plain.capitals, plain.story, plain.naked, plain.by_persona,
        plain.brochure, tables.card_per_challenge, tables.two_columns, tables.form, tables.cell_by_cell,
        tables.story_cards, tables.questions, tables.letter,
    )
)  # fmt: skip
