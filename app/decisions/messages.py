"""The Dutch sentences for refusals about decisions."""

from app.infra.messages import register

register(
    {
        "outcome_unknown": "Kies een van de vier uitkomsten.",
        "reasons_empty": "Schrijf waarom. Een beslissing heeft altijd redenen in woorden nodig.",
        "reasons_points_alone": "Punten alleen zijn geen redenen. Zeg in woorden wat de jury sterk vond en "
        "wat ontbrak.",
        "reasons_too_short": "Schrijf wat meer: minstens {characters} tekens en {words} woorden over deze "
        "kandidatuur.",
        "reasons_unedited": "Dit is nog het samengestelde ontwerp. Lees het na en maak er eigen redenen van "
        "voor je bewaart.",
        "text_too_long_here": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "legal_basis_missing": "Vermeld de wet van 29 juli 1991 als rechtsgrond.",
        "appeal_routes_missing": "Vermeld de Raad van State en de termijn van 60 dagen.",
        "same_person_confirms": "Jij stelde dit zelf voor. Iemand anders moet het bevestigen.",
        "not_read": "Vink aan dat je de redenen las.",
        "nothing_chosen": "Kies minstens één beslissing om te bevestigen.",
        "nothing_to_communicate": "Er is geen enkele kandidatuur om over te beslissen.",
        "decisions_not_confirmed": "Nog niet elke kandidatuur heeft een bevestigde beslissing. Het gaat om: "
        "{names}.",
        "confirmations_lapsed": "De rangschikking veranderde sinds deze beslissingen bevestigd werden. "
        "Lees en bevestig ze opnieuw: {names}.",
        "decisions_changed_meanwhile": "Er veranderde iets terwijl de brieven gemaakt werden. Er is niets "
        "verstuurd. Kijk na en probeer opnieuw.",
        "cause_unknown": "Kies waarom er een nieuwe beslissing komt.",
        "not_a_reserve": "Deze kandidaat staat niet op de reservelijst, en kan dus niet opschuiven.",
        "reserve_becomes_selected": "Wie opschuift van de reservelijst, wordt geselecteerd.",
        "decision_says_the_same": "Dit is dezelfde uitkomst met dezelfde redenen als wat nu geldt. "
        "Zeg wat er veranderde, en waarom.",
        "later_has_other_cause": "Er loopt al een voorstel voor deze kandidaat, om een andere reden. "
        "Handel dat eerst af.",
        "later_withdrawn_since": "Dit voorstel is intussen ingetrokken. Je tekst staat hieronder nog: bewaar "
        "je opnieuw, dan wordt het een nieuw voorstel.",
        "later_changed_since": "Intussen paste iemand dit voorstel aan. Lees het hieronder opnieuw voor je "
        "het intrekt.",
        "later_follows_objection": "Dit voorstel volgt uit een weerwoord dat gegrond is. Dat eindigt altijd "
        "met een beslissing: je kan het voorstel aanpassen, niet intrekken.",
        "withdraw_reason_missing": "Zeg waarom je dit voorstel intrekt. Het komt in het logboek.",
        "withdraw_reason_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "later_not_confirmed": "Nog niet bevestigd, of gewijzigd na de bevestiging: {names}. Er is niets "
        "verstuurd.",
        "partnership_formed_already": "Het partnerschap van deze oproep is al gevormd. Aan wie erin zit "
        "en aan de beslissingen verandert hier niets meer.",
        "letters_not_ready": "Van de {total} brieven zijn er nog {count} te maken voor vandaag. "
        "Partnerwijzer maakt ze nu. Er is niets verstuurd. Deel alles mee zodra de brieven klaar zijn.",
        "letter_opening_missing": "Schrijf een opening: minstens één zin.",
        "letter_words_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "letter_place_unknown": "{names} kan Partnerwijzer niet invullen. Dit kan wel: {known}.",
        "letter_place_for_selected": "{names} kan alleen in de brief aan wie geselecteerd is.",
        "letter_day_out_of_range": "Kies vandaag of een van de zeven dagen erna.",
        "later_not_agreed": "Vink aan dat je deze nieuwe beslissingen nu wilt meedelen.",
        "mails_already_sent": "De beslissingen zijn al meegedeeld. De mails staan bij de uitgaande post.",
        "not_agreed": "Vink aan dat je dit nu aan iedereen wilt meedelen.",
    }
)
