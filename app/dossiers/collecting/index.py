"""What somebody reads who opens a dossier without this application: a page and a short guide."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from app.domain.dossier import KINDS
from app.dossiers.collecting.parts import Dossier
from app.infra.formats import counted, moment
from app.infra.signing import public_key
from app.infra.uploads import size_text

VERSION_LABELS = {"full": "Volledige versie", "public": "Openbare versie"}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;"
    "background:#fff}table{border-collapse:collapse;width:100%}th,td{text-align:left;"
    "padding:.3rem .6rem .3rem 0;border-bottom:1px solid #bbb;vertical-align:top}"
    "td:last-child{white-space:nowrap}a{color:#0b4a99}"
)


def index_page(dossier: Dossier, version: str, files: Sequence[tuple[str, str, int]]) -> str:
    """`files` are (path, kind, bytes). Without scripts, and with nothing that comes from elsewhere."""
    call = dossier.call
    labels = {part.path: _line(part.label, part.name) for part in dossier.parts} if version == "full" else {}
    title = f"Dossier: {escape(call.title)}"
    kinds = list(dict.fromkeys(kind for _, kind, _ in files))
    sections = "".join(
        _section(kind, [one for one in files if one[1] == kind], labels) for kind in kinds if kind != "uitleg"
    )
    contents = "".join(
        f'<li><a href="#{kind}">{escape(KINDS[kind].label)}</a></li>' for kind in kinds if kind != "uitleg"
    )
    return (
        f'<!doctype html>\n<html lang="nl-BE"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>{title}</h1><p>{escape(call.service_area)}. {VERSION_LABELS[version]}. "
        f"{counted(len(files), 'bestand', 'bestanden')}. Stand op {escape(_when(dossier.as_of))}.</p>"
        '<p>Hoe je nakijkt of dit dossier heel is, staat in <a href="LEESMIJ.txt">LEESMIJ.txt</a>.</p>'
        f'<nav aria-label="Inhoud"><h2>Inhoud</h2><ul>{contents}</ul></nav>{sections}</main></body></html>\n'
    )


def _section(kind: str, files: Iterable[tuple[str, str, int]], labels: dict[str, str]) -> str:
    rows = "".join(
        f'<tr><td><a href="{escape(path)}">{escape(path)}</a></td><td>{escape(labels.get(path, ""))}</td>'
        f"<td>{escape(size_text(size))}</td></tr>"
        for path, _, size in files
    )
    head = '<tr><th scope="col">Bestand</th><th scope="col">Wat</th><th scope="col">Grootte</th></tr>'
    label = escape(KINDS[kind].label)
    return (
        f'<section aria-labelledby="{kind}"><h2 id="{kind}">{label}</h2>'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></section>"
    )


def _line(label: str, name: str) -> str:
    return f"{label}: {name}" if name else label


def _when(as_of: str) -> str:
    return moment(datetime.fromisoformat(as_of)) if as_of else "geen enkel moment"


def guide_text(dossier: Dossier, version: str) -> str:
    """LEESMIJ.txt."""
    call = dossier.call
    return "\n".join(
        [
            f"DOSSIER VAN DE OPROEP: {call.title}",
            f"{call.service_area}. {VERSION_LABELS[version]}. Stand op {_when(dossier.as_of)}.",
            "",
            "Begin met index.html: dat opent in elke browser.",
            "",
            *_contents(version),
            "",
            "IS DIT DOSSIER HEEL EN ECHT?",
            "manifest.json noemt elk bestand met zijn SHA-256. handtekening.json is de handtekening",
            "(Ed25519) over dat manifest. Kijk het na met het programma verify_dossier.py, dat los van",
            "Partnerwijzer werkt en op de site staat, op de pagina Controle:",
            "",
            "    python verify_dossier.py dossier.zip --key SLEUTEL",
            "",
            "SLEUTEL is de openbare sleutel die daar ook staat. Bij het maken was dat",
            public_key(),
            "",
        ]
    )


def _contents(version: str) -> list[str]:
    if version == "public":
        return [
            "DIT IS DE OPENBARE VERSIE",
            "Waar █████ staat, is een naam, een adres of een nummer zwart gemaakt. Wie geselecteerd of",
            "reserve is, staat er met naam in. Wat er niet in zit, noemt manifest.json onder ‘withheld’,",
            "met de reden.",
        ]
    return [
        "WAT ERIN STAAT",
        "JSON-bestanden zijn de rijen zoals ze bewaard werden, met tijden in UTC. Mensen en organisaties",
        "staan er met een nummer in: namen/namen.json zegt wie dat is. PDF’s en bijlagen zijn zoals ze",
        "verstuurd of ingediend werden. Ontwerpen die nooit ingediend werden, zitten er niet in.",
        "",
        "HET LOGBOEK",
        "Elke regel van log/log.jsonl heeft haar eigen vingerafdruk en die van de regel ervoor. Tussen",
        "twee regels kunnen regels over iets anders staan: dan is er een sprong in de nummers. Zolang",
        "ergens een andere oproep verzegeld is, hebben de regels van die tijd nog geen nummer en geen",
        "vingerafdruk. Dat iemand het dossier zelf nam, staat er niet in.",
    ]
