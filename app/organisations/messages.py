"""Dutch sentences for the refusals of this feature."""

from app.infra.messages import register

register(
    {
        "enterprise_number_form": "Een ondernemingsnummer telt tien cijfers en begint met 0 of 1, "
        "zoals 0566.988.259.",
        "enterprise_number_establishment": "Dit is een vestigingsnummer. Vul het ondernemingsnummer in: dat "
        "begint met 0 of 1.",
        "enterprise_number_digits": "Dit nummer klopt niet: het controlegetal op het einde past niet bij de "
        "rest. Kijk de cijfers na.",
        "organisation_known": "Dit ondernemingsnummer is al geregistreerd. Vraag om bij die "
        "organisatie te komen.",
        "organisation_name_missing": "Vul de naam van de organisatie in.",
        "already_member": "Deze persoon hoort al bij de organisatie met deze rol.",
        "last_owner": "Een organisatie heeft altijd minstens één eigenaar. "
        "Draag eerst het eigenaarschap over aan een collega.",
        "successor_missing": "Kies een collega.",
        "successor_gone": "Deze persoon is geen collega meer. Kies iemand anders.",
        "not_owner_now": "Je bent intussen zelf geen eigenaar meer.",
        "references_full": "Er zijn al {most} referenties. Verwijder er eerst één.",
        "reference_title_missing": "Geef de referentie een naam.",
        "documents_full": "Er zijn al {most} documenten. Verwijder er eerst één.",
        "document_there": "Dit bestand staat er al, als {label}.",
        "merge_same": "Kies twee verschillende organisaties.",
        "merge_done": "Eén van deze organisaties is al samengevoegd.",
        "merge_own": "Je hoort zelf bij één van deze organisaties. Laat een andere beheerder ze samenvoegen.",
        "merge_pending": "Dit is al voorgesteld. De eigenaars hebben nog niet allemaal geantwoord.",
        "merge_ended": "Op dit voorstel kan niemand meer antwoorden.",
        "merge_no_owner": "{organisation} heeft geen eigenaar met een open account, en niemand anders kan "
        "akkoord gaan. Zonder eigenaar samenvoegen kan pas als geen enkele oproep open of verzegeld is.",
        "inviter_gone": "Wie je uitnodigde, kan dat nu niet meer. Vraag een nieuwe uitnodiging aan een "
        "eigenaar van de organisatie.",
        "merge_unconfirmed": "Kruis aan dat je beide organisaties nagekeken hebt.",
        "capacity_invalid": "Vul een getal in van 0 tot 9.999, met hoogstens twee cijfers na de komma. "
        "Bijvoorbeeld 1,5.",
        "municipality_unknown": "Eén van de gekozen gemeenten bestaat niet meer. Kies opnieuw.",
        "life_domain_unknown": "Kies levensdomeinen uit de lijst.",
        "website_invalid": "Dit is geen webadres. Een voorbeeld: https://www.organisatie.be.",
        "offer_title_missing": "Geef het aanbod een naam.",
        "member_role_unknown": "Kies eigenaar of medewerker.",
    }
)
