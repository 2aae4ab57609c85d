"""Which table of the database goes where in a dossier. One source is one query, however large the call.

What is in no source is named in NOT_IN_IT with why: a test holds both together against all tables.
"""

from app.dossiers.collecting.source import Source
from app.dossiers.collecting.sources_call import THE_CALL, THE_FORM
from app.dossiers.collecting.sources_end import THE_END
from app.dossiers.collecting.sources_jury import THE_JURY

SOURCES: tuple[Source, ...] = (*THE_CALL, *THE_FORM, *THE_JURY, *THE_END)

_OTHERWISE = "stands in files of its own"
_WORK = "what is being written"
_WHOLE = "of the installation or the region, not of a call"
_MACHINE = "the machinery"
NOT_IN_IT: dict[str, str] = {
    "submission": _OTHERWISE,
    "submitted_file": _OTHERWISE,
    "attachment": _OTHERWISE,
    "claim": "stands in what was handed in",
    "letter": _OTHERWISE,
    "signed_ranking": _OTHERWISE,
    "outbox_message": _OTHERWISE,
    "audit_entry": _OTHERWISE,
    "user_account": _OTHERWISE,
    "organisation": _OTHERWISE,
    "service_area": "its name stands in the manifest",
    "municipality": _WHOLE,
    "audit_head": "public, on the page Controle",
    "proposal": _WORK,
    "proposal_service_type": _WORK,
    "answer": _WORK,
    "section_save": _WORK,
    "amendment": _WORK,
    "import_job": _WORK,
    "letter_run": _MACHINE,
    "prepared_letter": _MACHINE,
    "reminder": _MACHINE,
    "text_support": "worked out from what was handed in",
    "call_key": "a key",
    "follower": "addresses of who asked for mail",
    "mail_preference": _WHOLE,
    "invitation": _WHOLE,
    "sign_in_attempt": _WHOLE,
    "region_role": _WHOLE,
    "membership": _WHOLE,
    "join_request": _WHOLE,
    "merge_proposal": _WHOLE,
    "offer": _WHOLE,
    "organisation_document": _WHOLE,
    "organisation_municipality": _WHOLE,
    "organisation_reference": _WHOLE,
    "criteria_template": _WHOLE,
    "thesaurus_change": _WHOLE,
    "retention_term": _WHOLE,
    "dossier_mark": "of the dossier itself",
    "dossier_copy": "of the dossier itself",
    "destruction": "a certificate stands by itself",
    "service_area_municipality": _WHOLE,
}
