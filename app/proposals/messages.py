"""The Dutch sentences for refusals about proposals."""

from app.infra.messages import register

register(
    {
        "too_late": "Te laat: de oproep is afgesloten. Indienen, vervangen of intrekken kan niet meer. "
        "Je teksten zijn bewaard en blijven voor jullie leesbaar.",
        "edit_too_late": "De oproep is afgesloten: wijzigen kan niet meer. Wat je typte staat nog op deze "
        "pagina.",
        "changed_meanwhile": "Intussen is er iets gewijzigd. Hier staat de kandidatuur zoals ze nu is: kijk "
        "ze na en klik dan nog eens om in te dienen.",
        "owner_only": "Alleen een eigenaar van de organisatie kan indienen, vervangen of intrekken.",
        "not_complete": "Er ontbreekt nog iets voor je kan indienen. Kijk de lijst na.",
        "nothing_to_withdraw": "Er is niets ingediend dat je kan intrekken.",
        "attachment_too_late": "Te laat: de oproep sloot af voor dit helemaal binnen was. Er is niets "
        "toegevoegd of verwijderd.",
        "attachments_too_often": "Vandaag kwam er voor deze kandidatuur al {megabytes} MB binnen, ook wat je "
        "weer verwijderde. Morgen kan je verder; wat er staat, blijft staan.",
        "too_many_attachments": "Er staan al {most} bestanden bij: meer kan niet. Verwijder er eerst een.",
        "attachments_too_large": "Samen zouden de bestanden groter zijn dan {megabytes} MB. Verwijder er "
        "eerst een, of maak dit bestand kleiner.",
        "second_person": "Jij tekende al. Een tweede persoon moet de opening bevestigen.",
        "opener_of_organisation": "Wie bij een organisatie hoort, opent geen kandidaturen. Laat iemand "
        "anders tekenen: een regisseur of de voorzitter van de jury die bij geen organisatie hoort.",
        "role_after_first_signature": "Je kreeg je rol pas na de eerste handtekening. Wie mee tekent, moest "
        "toen al regisseur of voorzitter van de jury zijn.",
        "opener_alone": "Er is nog iemand nodig die kan meetekenen: een andere regisseur of de voorzitter "
        "van de jury, met een open account en bij geen enkele organisatie.",
        "not_independent": "Vink dit aan om te tekenen.",
        "already_opened": "De kandidaturen zijn al geopend.",
        "sealed": "Dit is nog verzegeld. Het wordt leesbaar nadat twee mensen de kandidaturen openden.",
        "nothing_to_copy": "Je vinkte niets aan dat nog kan worden overgenomen.",
        "choose_organisation": "Kies voor welke organisatie je een kandidatuur start.",
        "amount_invalid": "Dit is geen getal. Schrijf bijvoorbeeld 1,5 of 45.000.",
        "amount_out_of_range": "Kies een getal tussen 0 en {maximum}.",
        "text_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "amendment_unconfirmed": "De oproep is gewijzigd. Lees wat er veranderde en bevestig dat je bij je "
        "antwoorden blijft. Daarna kan je indienen.",
        "confirm_owner_only": "Alleen een eigenaar van de organisatie kan dit bevestigen voor wat "
        "ingediend is.",
        "confirm_too_late": "De oproep is afgesloten: bevestigen kan niet meer. Wat ingediend is, blijft "
        "geldig.",
        "unknown_service_type": "Kies een dienst uit de lijst van deze oproep.",
    }
)
