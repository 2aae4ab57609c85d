"""All layouts by name, with what a text looks like in each."""

from . import page_layouts as pages
from . import plain_layouts as plain
from . import table_layouts as tables
from .held_out_layouts import HELD_OUT
from .held_out_regions import HELD_OUT_REGIONS
from .model import Layout
from .regions import REGIONS

LAYOUTS = tuple(
    Layout(make.__name__, make)
    for make in (
        plain.template, plain.numbered, plain.capitals, plain.story, plain.naked, pages.by_persona,
        pages.brochure, tables.card_per_challenge, tables.two_columns, tables.form, tables.cell_by_cell,
        tables.story_cards, tables.questions, tables.letter,
    )
)  # fmt: skip
HELD_OUT_LAYOUTS = tuple(Layout(make.__name__, make) for make in HELD_OUT)
ALL_LAYOUTS = LAYOUTS + HELD_OUT_LAYOUTS
ALL_REGIONS = REGIONS + HELD_OUT_REGIONS
