"""The Dutch sentences for refusals of an amendment."""

from app.infra.messages import register

register(
    {
        "amend_launch_frozen": "De lancering is voorbij en kan niet meer wijzigen.",
        "amend_obstacle_removed": "Een obstakel weghalen of leegmaken kan niet meer: misschien antwoordde al "
        "iemand erop. Herformuleren en toevoegen kan wel.",
        "amend_challenge_removed": "Een uitdaging weghalen kan niet meer: misschien antwoordde al iemand "
        "erop.",
        "amend_challenge_order": "De nummers van de uitdagingen staan vast sinds de publicatie.",
        "amend_service_type_removed": "Een type dienstverlening weghalen kan niet meer: misschien koos al "
        "iemand ervoor. Herformuleren en toevoegen kan wel.",
        "amendment_gone": "Er staat geen wijziging klaar. Misschien is ze al gepubliceerd of weggegooid.",
        "amendment_changed_meanwhile": "De wijziging werd intussen nog aangepast. Kijk hieronder na hoe ze "
        "nu is en publiceer opnieuw.",
        "amendment_empty": "Er is nog niets gewijzigd.",
        "amendment_needs_reason": "Schrijf waarom. Iedereen kan dit lezen.",
        "amendment_incomplete": "Wat erbij kwam, is nog niet volledig. Wat nog open staat: {count}, zie de "
        "lijst.",
    }
)
