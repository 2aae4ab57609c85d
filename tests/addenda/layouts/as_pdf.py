"""A document as PDF, set by typst: wrapped lines, hyphenation, tables, page breaks in the middle of lists."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from .model import Block, Break, Doc, Heading, Items, Para, Table

_TEMPLATE = """
#let doc = json(bytes(sys.inputs.doc))
#set page(width: 210mm, height: doc.height * 1mm, margin: 22mm,
  header: if doc.header != "" { doc.header },
  footer: context if doc.footer != "" { doc.footer.replace("#", str(counter(page).get().first()), count: 1)
    .replace("#", str(counter(page).final().first())) })
#set text(lang: "nl", size: 10.5pt, font: ("Libertinus Serif", "DejaVu Sans Mono"), hyphenate: doc.justify)
#set par(justify: doc.justify)
#let marked(it) = if it.mark == "1." { enum(..it.texts.map(t => [#t])) } else if it.mark == "a)" {
  enum(numbering: "a)", ..it.texts.map(t => [#t])) } else if it.mark == "" {
  for t in it.texts [#t #parbreak()] } else { list(marker: it.mark, ..it.texts.map(t => [#t])) }
#let cell(it) = if type(it) == str { it } else { marked(it) }
#if doc.contents { outline(title: [Inhoud], depth: 1) }
#for it in doc.blocks {
  if it.kind == "heading" { if it.level == 0 { par(text(18pt, weight: "bold", it.text)) }
    else { heading(level: it.level, it.text) } }
  else if it.kind == "para" { par(if it.bold { strong(it.text) } else { it.text }) }
  else if it.kind == "items" { marked(it) }
  else if it.kind == "table" { set text(if it.columns > 3 { 8pt } else { 10.5pt })
    table(columns: it.columns, ..it.rows.flatten().map(cell)) }
  else { pagebreak(weak: true) }
}
"""


def pdf(doc: Doc) -> bytes:
    data = {
        "header": doc.header, "footer": doc.footer, "justify": doc.justify, "contents": doc.contents,
        "height": 297 if not doc.page else 180, "blocks": [_block(block) for block in doc.blocks],
    }  # fmt: skip
    with TemporaryDirectory() as folder:
        source = Path(folder) / "doc.typ"
        source.write_text(_TEMPLATE, encoding="utf-8")
        made: bytes = typst.compile(str(source), sys_inputs={"doc": json.dumps(data)})
    return made


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Para):
        return {"kind": "para", "text": block.text, "bold": block.bold}
    if isinstance(block, Items):
        return {"kind": "items", **_items(block)}
    if isinstance(block, Table):
        rows = [[_items(cell) if isinstance(cell, Items) else cell for cell in row] for row in block.rows]
        return {"kind": "table", "columns": max(len(row) for row in rows), "rows": rows}
    assert isinstance(block, Break)
    return {"kind": "break"}


def _items(items: Items) -> dict[str, Any]:
    return {"mark": items.mark, "texts": items.ended()}
