"""The words of the default criteria: per criterion its Dutch name, its weight and the levels 0 to 5.

Plain data, read by `criteria.py`. A regisseur can change all of it before publication; these are the
defaults of the programme (weights: written 30-25-20-15-10, pitch 30-30-20-20).
"""

CriterionText = tuple[str, int, tuple[str, str, str, str, str, str]]

WRITTEN_TEXTS: tuple[CriterionText, ...] = (
    (
        "Past bij de obstakels",
        30,
        (
            "De kandidatuur gaat op geen enkel obstakel van de regio-uitdaging in.",
            "Ze noemt obstakels, maar legt niet uit wat de organisatie eraan wil doen.",
            "Ze antwoordt op enkele obstakels, vaak algemeen; de belangrijkste komen te weinig aan bod.",
            "Ze antwoordt op de belangrijkste obstakels die ze kiest, telkens met een duidelijk verband.",
            "Ze antwoordt gericht op elk obstakel dat ze kiest en vertrekt zichtbaar van de persona.",
            "Ze raakt de kern van elk gekozen obstakel, toont hoe obstakels samenhangen en wat eerst moet.",
        ),
    ),
    (
        "Expertise en bereik",
        25,
        (
            "Nergens blijkt ervaring met deze doelgroep, en er staat niet hoe mensen bereikt worden.",
            "Er wordt ervaring beweerd zonder voorbeelden; het bereik blijft bij folders of doorverwijzing.",
            "Er is verwante ervaring, maar met een andere doelgroep of schaal; het bereik is onzeker.",
            "Er is aantoonbare ervaring met de doelgroep en een haalbare manier om de mensen te vinden.",
            "Er zijn sterke voorbeelden met resultaten, en de organisatie komt al waar deze mensen zijn.",
            "Ze bewijst resultaten bij wie niemand anders bereikt, en heeft het vertrouwen van die mensen.",
        ),
    ),
    (
        "Aanpak",
        20,
        (
            "Er is geen aanpak beschreven.",
            "De aanpak is een opsomming van activiteiten zonder volgorde, doel of verantwoordelijke.",
            "De grote lijn is te volgen, maar stappen, intensiteit of maatwerk blijven vaag.",
            "De stappen zijn duidelijk en logisch, en laten ruimte voor wat de persoon zelf nodig heeft.",
            "De aanpak is uitgewerkt, outreachend en op maat, met aandacht voor taal en cultuur.",
            "De aanpak is overtuigend en onderbouwd, stuurt zichzelf bij en betrekt de mensen bij elke stap.",
        ),
    ),
    (
        "Aanvulling op anderen",
        15,
        (
            "De kandidatuur kijkt niet naar wat er in de regio al is.",
            "Ze doet vooral over wat anderen al doen, zonder te zeggen waarom dat nodig is.",
            "Ze kent enkele andere organisaties, maar wie wat doet en hoe men doorgeeft is onduidelijk.",
            "Ze zegt wat ze zelf doet, wat ze aan anderen laat, en met wie ze afspraken wil maken.",
            "Ze vult een leemte die in de regio gekend is en beschrijft vlotte overgangen naar partners.",
            "Ze maakt het aanbod van anderen sterker, brengt iets dat ontbrak en deelt kennis en netwerk.",
        ),
    ),
    (
        "Haalbaarheid",
        10,
        (
            "Mensen, tijd en middelen ontbreken of staan in geen verhouding tot wat beloofd wordt.",
            "De inzet is genoemd, maar lijkt ruim onvoldoende voor het voorstel.",
            "De inzet is gedeeltelijk onderbouwd; een tegenvaller zou het voorstel snel stilleggen.",
            "Mensen, tijd en middelen zijn realistisch voor wat er beloofd wordt.",
            "De inzet is goed onderbouwd, snel beschikbaar en houdt rekening met de gewone risico's.",
            "De inzet is zeker en aantoonbaar, met vervanging, fasering en een antwoord op elk groot risico.",
        ),
    ),
)

PITCH_TEXTS: tuple[CriterionText, ...] = (
    (
        "Overtuiging en helderheid",
        30,
        (
            "De pitch maakt niet duidelijk wat de organisatie wil doen.",
            "De boodschap is moeilijk te volgen of wijkt af van de kandidatuur.",
            "De hoofdlijn is te begrijpen, maar blijft algemeen en overtuigt nog niet.",
            "De pitch is helder, klopt met de kandidatuur en maakt het aanbod geloofwaardig.",
            "De pitch is scherp en concreet, met voorbeelden die tonen dat men de mensen kent.",
            "De pitch blijft hangen: wie luistert ziet voor zich wat er voor de persona verandert.",
        ),
    ),
    (
        "Klaar voor partnerschap en informatie delen",
        30,
        (
            "De organisatie wil alleen werken en geen informatie delen.",
            "Samenwerken wordt vermeld, maar alleen waar het de eigen werking uitkomt.",
            "Ze staat open voor samenwerking, zonder te kunnen zeggen wat ze deelt of waarover ze overlegt.",
            "Ze wil deelnemen aan overleg en zegt welke informatie ze deelt, met respect voor privacy.",
            "Ze toont met voorbeelden dat ze goed samenwerkt, en stelt zelf afspraken over delen voor.",
            "Ze stelt het gezamenlijke resultaat voorop, geeft anderen ruimte en deelt vanzelfsprekend.",
        ),
    ),
    (
        "Klaar om te leren en te experimenteren",
        20,
        (
            "De organisatie sluit elke verandering aan haar werkwijze uit.",
            "Ze wil veranderen als het moet, maar ziet zelf niets om te leren.",
            "Ze is nieuwsgierig, maar heeft geen idee hoe of wanneer ze iets zou uitproberen.",
            "Ze wil nieuwe dingen proberen en maakt er tijd voor vrij.",
            "Ze vertelt eerlijk wat eerder mislukte, wat ze eruit leerde en wat ze nu wil uitproberen.",
            "Ze meet wat ze probeert, deelt ook mislukkingen en past haar werking er aantoonbaar door aan.",
        ),
    ),
    (
        "Antwoorden op vragen",
        20,
        (
            "De vragen van de jury blijven onbeantwoord.",
            "De antwoorden gaan naast de vraag of spreken de kandidatuur tegen.",
            "Een deel van de vragen krijgt een antwoord; op moeilijke punten blijft het vaag.",
            "De vragen worden eerlijk en volledig beantwoord, ook wanneer iets nog niet vastligt.",
            "De antwoorden zijn concreet, nemen twijfels weg en voegen iets toe aan de kandidatuur.",
            "De antwoorden tonen diep inzicht, erkennen grenzen en maken het voorstel ter plekke sterker.",
        ),
    ),
)
