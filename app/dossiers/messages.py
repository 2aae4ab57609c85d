"""The Dutch sentences for refusals about dossiers."""

from app.infra.messages import register

register(
    {
        "forget_address_differs": "Dit is niet het e-mailadres van deze persoon.",
        "forget_close_first": "Sluit eerst het account van deze persoon af.",
        "forget_done": "Deze persoon is al naamloos. Er is niets veranderd.",
        "forget_ground_unknown": "Kies waarom deze persoon naamloos wordt.",
        "forget_in_jury": "Deze persoon zit in de jury van ‘{call}’, die nog loopt. Haal de persoon "
        "eerst uit de jury, of wacht tot de oproep voorbij is.",
        "forget_last_owner": "Deze persoon is de enige eigenaar van {organisation}, en die heeft een "
        "kandidatuur in een oproep die nog loopt. Laat eerst iemand anders eigenaar worden.",
        "retention_already_proposed": "Voor ‘{label}’ ligt al een voorstel. Keur het goed of laat het "
        "vallen.",
        "retention_changed": "Intussen is er iets veranderd: er zou nu iets anders vernietigd worden dan "
        "voorgesteld was. Laat dit voorstel vallen en maak een nieuw.",
        "retention_class_unknown": "Kies uit de soorten die in de lijst staan.",
        "retention_gone": "Over dit voorstel is al beslist. Er is niets veranderd.",
        "retention_ground_unknown": "Kies waarom er vernietigd mag worden.",
        "retention_needs_reason": "Schrijf waarom, in minstens {least} tekens.",
        "retention_nothing_chosen": "Kies minstens één soort.",
        "retention_nothing_left": "Van ‘{label}’ is er niets meer om te vernietigen.",
        "retention_not_certain": "Vink aan dat je de lijst hebt nagekeken. Vernietigen kan niet ongedaan "
        "gemaakt worden.",
        "retention_reason_too_long": "Deze reden is te lang: hoogstens {most} tekens.",
        "retention_request_classes": "Op vraag van een kandidaat kan alleen zijn eigen kandidatuur weg, en "
        "alleen als hij geen partner werd.",
        "retention_request_whose": "Kies over welke kandidaat het gaat.",
        "retention_same_person": "Je deed dit voorstel zelf. Een collega-regisseur moet het goedkeuren.",
        "retention_too_early": "De bewaartermijn van ‘{label}’ is nog niet voorbij.",
        "retention_years_range": "Geef een aantal jaren van 0 tot {most}.",
        "dossier_version_unknown": "Kies de volledige of de openbare versie.",
        "mark_unknown": "Kies hoe dit deel in de openbare versie komt.",
        "mark_cannot_blacken": "Van een bestand kunnen geen namen zwart gemaakt worden. "
        "Kies helemaal openbaar of niet openbaar.",
        "mark_needs_reason": "Schrijf waarom, in minstens {least} tekens.",
        "mark_reason_too_long": "Deze reden is te lang: hoogstens {most} tekens.",
        "mark_not_told": "Dit deel is nog aan niemand meegedeeld. Het komt in geen enkele openbare versie.",
    }
)
