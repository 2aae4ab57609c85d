"""What somebody reads who opens a dossier without this application: a page and a short guide."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import NamedTuple

from app.domain.blackening import BAR
from app.domain.dossier import KINDS
from app.dossiers.collecting.parts import Dossier
from app.infra.formats import counted, moment
from app.infra.signing import public_key
from app.infra.uploads import size_text

VERSION_LABELS = {"full": "Volledige versie", "public": "Openbare versie"}
_STYLE = """
body{font:17px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;
background:#fff}
h1{line-height:1.2}h2{margin-top:2.5rem;border-top:2px solid #1b1b1b;padding-top:.6rem}
h3{margin:1.6rem 0 .3rem}
a{color:#0b4a99}code{overflow-wrap:anywhere}ul{margin:.2rem 0;padding-left:1.2rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem}dt{font-weight:600}dd{margin:0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .8rem .35rem 0;vertical-align:top}
thead th,tbody tr{border-bottom:1px solid #bbb}td:last-child{white-space:nowrap}td{overflow-wrap:anywhere}
.small{color:#595959;font-size:.88em;overflow-wrap:anywhere}
@media (max-width:40rem){dl{display:block}dd{margin-bottom:.5rem}thead{position:absolute;clip-path:inset(50%)}
tr,td{display:block}tbody tr{padding:.5rem 0}td{padding:0}}
@media print{body{margin:0;max-width:none}a{color:inherit}}
"""
_MINUTE = timedelta(minutes=1)
_NAMELESS = "Kandidaat zonder naam"


class Line(NamedTuple):
    """A file as the page lists it; `proposal` is 0 for what is about no applicant."""

    path: str
    kind: str
    size: int
    label: str
    name: str
    proposal: int


def index_page(
    dossier: Dossier, version: str, lines: Sequence[Line], withheld: Sequence[Mapping[str, str]]
) -> str:
    """Without scripts, and with nothing that comes from elsewhere."""
    call = dossier.call
    title = f"Dossier: {escape(call.title)}"
    sections = [
        ("gebeurd", "Wat wanneer gebeurde", _moments(dossier)),
        ("kandidaten", "Per kandidaat", _applicants(lines)),
        ("soorten", "Alle stukken per soort", _kinds(lines)),
        *([("weg", "Wat niet in deze versie zit", _withheld(withheld))] if withheld else []),
        ("nakijken", "Is dit dossier heel en echt?", _CHECK),
    ]
    contents = "".join(f'<li><a href="#{key}">{label}</a></li>' for key, label, _ in sections)
    body = "".join(
        f'<section aria-labelledby="{key}"><h2 id="{key}">{label}</h2>{content}</section>'
        for key, label, content in sections
    )
    return (
        f'<!doctype html>\n<html lang="nl-BE"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>{title}</h1><p>{escape(call.service_area)}. {VERSION_LABELS[version]}. "
        f"{counted(len(lines), 'stuk', 'stukken')}. Stand op {escape(_when(dossier.as_of))}.</p>"
        f"{_ABOUT[version]}"
        f'<nav aria-label="Inhoud"><ul>{contents}</ul></nav>{body}</main></body></html>\n'
    )


_ABOUT = {
    "full": "<p>PDF’s lees je meteen. JSON-bestanden zijn de gegevens zoals ze bewaard werden; elke browser "
    'opent ze. Mensen en organisaties staan daarin met een nummer: <a href="namen/namen.json">wie dat '
    "is</a>.</p>",
    "public": "<p>Waar █████ staat, is een naam, een adres of een nummer zwart gemaakt. Wie geselecteerd of "
    "reserve is, staat er met naam in. JSON-bestanden opent elke browser.</p>",
}
_CHECK = (
    '<p>Elk bestand staat met zijn vingerafdruk in <a href="manifest.json">manifest.json</a>, en die lijst '
    'is ondertekend. Hoe je dat nakijkt, staat in <a href="LEESMIJ.txt">LEESMIJ.txt</a>.</p>'
)


def _moments(dossier: Dossier) -> str:
    facts = dossier.call.facts
    told = (
        ("Gepubliceerd", facts.published_at),
        ("Uiterste moment om in te dienen", facts.deadline and facts.deadline - _MINUTE),
        ("Kandidaturen geopend", facts.opened_at),
        ("Beoordeling van de kandidaturen afgesloten", facts.written_closed_at),
        ("Pitchronde afgesloten", facts.pitch_closed_at),
        ("Beslissingen meegedeeld", facts.communicated_at),
    )
    rows = "".join(f"<dt>{label}</dt><dd>{escape(moment(at))}</dd>" for label, at in told if at)
    return f"<dl>{rows}</dl>"


def _applicants(lines: Sequence[Line]) -> str:
    found: dict[int, list[Line]] = {}
    for one in lines:
        if one.proposal:
            found.setdefault(one.proposal, []).append(one)
    headed = sorted((_heading(one), key) for key, one in found.items())
    return "".join(
        f'<h3><bdi>{escape(heading)}</bdi> <span class="small">kandidatuur {key}</span></h3>'
        f"<ul>{''.join(_item(one) for one in found[key])}</ul>"
        for heading, key in headed
    )


def _heading(lines: Sequence[Line]) -> str:
    """The name, when each of the files may say it."""
    return _NAMELESS if any(BAR in one.name or not one.name for one in lines) else lines[0].name


def _item(one: Line) -> str:
    return f'<li><a href="{escape(one.path)}">{escape(one.label)}</a></li>'


def _kinds(lines: Sequence[Line]) -> str:
    kinds = list(dict.fromkeys(one.kind for one in lines))
    return "".join(_kind(kind, [one for one in lines if one.kind == kind]) for kind in kinds)


def _kind(kind: str, lines: Iterable[Line]) -> str:
    rows = "".join(
        f'<tr><td><a href="{escape(one.path)}">{escape(one.label)}</a>'
        f'<br><span class="small">{escape(one.path)}</span></td>'
        f"<td><bdi>{escape(one.name)}</bdi></td><td>{escape(size_text(one.size))}</td></tr>"
        for one in lines
    )
    head = '<tr><th scope="col">Stuk</th><th scope="col">Kandidaat</th><th scope="col">Grootte</th></tr>'
    label = escape(KINDS[kind].label)
    return (
        f'<h3 id="{kind}">{label}</h3><table aria-labelledby="{kind}"><thead>{head}</thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _withheld(withheld: Sequence[Mapping[str, str]]) -> str:
    """By kind and reason, with how many."""
    groups = Counter((one["kind"], one["why"]) for one in withheld)
    return "".join(
        f"<h3>{escape(KINDS[kind].label)}: {counted(number, 'stuk', 'stukken')}</h3><p>{escape(why)}</p>"
        for (kind, why), number in groups.items()
    )


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
