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
        "organisation_known": "Deze organisatie is al geregistreerd en heeft een eigenaar in Partnerwijzer. "
        "Vraag aan je collega’s wie dat is: die kan je uitnodigen.",
        "organisation_name_missing": "Vul de naam van de organisatie in.",
        "already_member": "Deze persoon hoort al bij de organisatie met deze rol.",
        "last_owner": "Een organisatie heeft altijd minstens één eigenaar. "
        "Nodig eerst een andere eigenaar uit.",
        "capacity_invalid": "Vul een getal in van 0 tot 9.999, met hoogstens twee cijfers na de komma. "
        "Bijvoorbeeld 1,5.",
        "municipality_unknown": "Eén van de gekozen gemeenten bestaat niet meer. Kies opnieuw.",
        "life_domain_unknown": "Kies levensdomeinen uit de lijst.",
        "website_invalid": "Dit is geen webadres. Een voorbeeld: https://www.organisatie.be.",
        "offer_title_missing": "Geef het aanbod een naam.",
        "member_role_unknown": "Kies eigenaar of medewerker.",
    }
)
