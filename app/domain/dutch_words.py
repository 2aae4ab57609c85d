"""Dutch words from which the compounds of welfare, work and living together are made; own choice, by theme.

Base forms without accents: plurals and diminutives are derived in `compounds`. A word that must not be cut,
such as "onderwijs", stands here as a whole. Words that only occur in front, such as "woon", are marked "-".
"""

_TEXT = """
# In front only: stems of verbs and short forms
aanmeld- aanspreek- achter- adjunct- afspraak- anders- anti- bak- basis- begeleid- beheer- bel- beleid-
bemiddel- beneden- beslis- bestuur- betaal- beveilig- bezoek- bij- binnen- bio- blauw- bouw- boven- breed-
breng- buiten- dans- deel- deeltijds- denk- derde- digi- doe- door- doorstroom- doorverwijs- dorps- draag-
droom- dubbel- eco- eerste- eet- eier- eigen- enkel- extra- familie- fiets- geef- geel- gemeente- geur-
gevoels- groen- groot- haal- half- heel- help- hoger- hoofd- hoog- hoor- huur- instap- intra- isoleer-
jong- kern- keur- keuze- kies- kijk- kinder- klein- klus- knel- knip- kom- kook- koop- kort- koud- kring-
laag- laatste- lager- lang- leef- leeg- leen- leer- lees- leg- leid- loop- los- lot- luister- mede- mee-
meet- meld- micro- midden- mini- model- multi- na- naai- neven- niet- nieuw- onder- onthaal- ontmoet-
ontspan- opvoed- opvolg- oud- over- overleef- overleg- plan- pleeg- poets- post- praat- pre- proef-
pseudo- psycho- reis- reken- rij- rijks- rood- ruil- rust- samen- schoon- schrijf- schuil- semi- slaap-
sleutel- smal- snel- socio- spaar- speel- spreek- sta- staats- stads- standaard- start- stel- stem- steun-
stief- stook- strijk- stuur- sub- super- taal- tegen- teken- tel- tele- test- thuis- toegang- toets-
totaal- traag- tref- tussen- tweede- uitnodig- uitstroom- vang- verbind- vergader- verhuur- verkoop-
versterk- vertrouwens- verwarm- verwijs- verzorg- vice- video- vlucht- voel- vol- volg- voltijds- voor-
vrij- vrijwilligers- wacht- warm- was- web- werk- wit- woon- zelf- zie- zieken- zing- zit- zoek- zorg-
zwart- zwem-
# People and relations
aandacht aanvrager afkomst allochtoon anderstalige asiel autochtoon baby band begeleiding begrip bejaarde
bevalling bevolking bewoner bezoeker binding broeder broer burgemeester burger buur buurt client conflict
contact dader deelnemer dertiger deskundige dienaar dochter dood echtgenoot echtgenote eenzaamheid eiser
expert familie figuur gast geboorte gebruiker gedetineerde geduld gelijke gemeenschap gender generatie
genoot geslacht getuige geweld gezin groep hechting held helper herkomst hulp huwelijk identiteit individu
inwoner isolement jeugd jongen jongere kandidaat kenner kennis kijker kind klant kleuter koppel kraam
leeftijd leider lezer lid lief liefde luisteraar maatschappij mama man manschap mantel medewerker
meisje mens migrant migratie misbruik moeder naam naaste nationaliteit neef nemer netwerk nicht nieuwkomer
nummer oma ondersteuning ontmoeting oom opa opvoeding ouder oudere paar papa partner patient persona
personeel persoon peuter profiel puber publiek redder relatie respect roma rouw ruzie samenleving
scheiding schrijver senior slachtoffer speler spreker steun tante tiener tweeling twintiger vader
veertiger verbinding verdriet verlies vertrouwen verwaarlozing verwant vijftiger vinder vluchteling volger
volk volwassene voogd vreemdeling vriend vriendin vriendschap vrijwilliger vrouw weduwe weduwnaar wees
zestiger zoekende zoeker zoon zorg zus zuster zwangerschap
# Work and jobs
aankoop aanwerving activering administratie adviseur afspraak afwezigheid ambacht ambt ambtenaar arbeid
arbeider atelier attest attitude baan baas bakker barriere bediende bedrijf begeleider bekwaamheid
belasting belemmering bemiddelaar bemiddeling beperking beroep bescherming bestel- bestelling bestuurder
boekhouding boer bonus bouw bouwer branche brevet brief bureau burnout cao carriere certificaat chauffeur
check chef chemie cheque coach coaching collega competentie consulent contract coordinator cultuur cursist
cursus dag dienst diploma directeur discipline docent doorstroming drempel druk economie elektricien
ervaring examen fabriek fase fiche flexi functie gereedschap gesprek getuigschrift gezel gezondheid handel
handelaar handicap handschoen hardware haven heftruck helm heractivering herstart hinder hindernis horeca
houding hout industrie informatica initiatief inkomen inkoop inschakeling instapper instroom integratie
interim inwerking inzet job kans kantoor kapper kassa keuken keuze klacht kledij kleding kloof knelpunt
koerier kok kraan kracht kunde landbouw lasser last leerling leraar les licentie logistiek
loodgieter loods loon machine magazijn manager markt matching materiaal materieel metaal metser motivatie
nacht nijverheid ober obstakel oefening omgeving ondernemer onderneming onderwijzer ongeschiktheid ongeval
onthaal ontslag opleider opleiding opvolging opzeg orde orientatie overeenkomst overleg pad pauze pensioen
periode plaats plek ploeg poetser post praktijk premie prestatie preventie product productie
productiviteit proef reeks regie regisseur rooster salaris scan schilder schoen screening secretaris
sector selectie sfeer shift slager software sollicitant sollicitatie spraak stage stagiair staking stap
stiptheid stress strijker student syndicaat taak talent teelt tempo test tewerkstelling textiel toeleiding
toestel toets trainer training traject transport tuinier uitdaging uitkering uitstroom uitzend uitzicht
uniform uren uur vaardigheid vacature vak vakantie vakman veeteelt veiligheid verantwoordelijke vergoeding
verkoop verkoper verlof vervoer vloer voeding voorbereiding voorzitter vorming vrachtwagen wedde week
weekend werf werk werker werking werkloosheid werkloze werktuig werving winkel winkelier workshop zaak
zelfstandige ziekte
# Learning and language
aanleg aanpassing academie affiche alfabet ambitie app arabisch babbel- begaafdheid bericht bestand
betrokkenheid bewustzijn bib bibliotheek blad boek boodschap bus campus communicatie computer concentratie
creche dans digitaal digitalisering document doorzetting dossier droom duits dyslexie engels factuur film
folder formulier frans gedicht geheugen geletterdheid geschiedenis godsdienst gsm handleiding hoek
hogeschool idee inspanning instructeur instructie internet inzicht kennis- klas klasse klavier kost krant
kring kunst lager laptop leer leerder leren letter lezing lied loper mail media missie moeilijkheid muziek
natuur nederlands nieuws niveau oefen- onderwijs opvang perspectief plan plein poort punt radio rapport
rekenen rekening scherm schildering school schrift secretariaat secundair sneeuwbal spaans spel spijbelen
stoornis studeren studie taal tablet techniek technologie tekening tekst telefoon televisie theater
tijdschrift toekomst tolk toneel turks uitleg uitval universiteit verhaal verpleeg- vertaler vertaling
vertelling verzuim visie voorstel wandel- website wens wetenschap wiskunde woord zang zedenleer zin
# Living and home
achterstal adres afval appartement bad balkon bank bed behang bewoning bijstand blok brand brug buren
caravan comfort context crisis dak dakloosheid dakloze deur domein domicilie dorp douche dreef eigenaar
eigendom elektriciteit energie flat gang garage garantie gas gebouw gehucht gemeente geur gevel gewest
gordijn grens hal herstel herstelling hoeve huis huur huurder hypotheek inrichting isolatie kachel kade
kamer kast kelder ketel klus klussen klusser koop kot krediet kwaliteit laan lamp land lawaai leefbaarheid
lening lift meter meubel muur nood nuts oever onderdak onderhoud opname oppervlakte overlast prijs
problematiek provincie raam regio renovatie riool rook ruimte schimmel schuur situatie sleutel spul
spullen stad stand steeg stoel stoep straat streek stroom studio tafel tapijt tent terras thuis
thuisloosheid thuisloze toilet toren trap tuin uithuiszetting venster verblijf verbruik verf verhuis
verhuizing verhuurder verwarming vest vesting villa vocht vuilnis waarborg water weg wijk woning zetel
zetting zolder
# Money, rights and government
aanbeveling aangifte aanmaning aanvraag actie addendum advies advocaat afbetaling agent akkoord armoede
assistent bedrag beeld beheer beheerder beleid beslag beslissing besluit bestuur betaling bevoegdheid
bewijs bewind bewindvoerder bezorger bezwaar boete bonnetje btw budget burgerschap cel cent charter cijfer
cijfers college controle convenant criterium datum deadline decreet democratie detentie discriminatie doel
doelstelling effect euro evaluatie factor fiscus fonds geld gelijkheid getuigenis gevangenis gift
handtekening impact inburgering incasso inclusie indicator inspecteur inspectie invaliditeit invordering
jaar jury justitie kaart kandidatuur kas kiezer klerk korting kosten kwartaal lancering loket maand
mandaat meting ministerie munt mutualiteit norm nota ombuds- ontwerp oproep overheid parlement partij
partnerschap paspoort pitch planning plicht politie politiek positie procedure proces programma project
protocol raad racisme raming rangschikking recht rechten rechter regel regeling regering reglement rente
reserve resultaat rijkdom ronde sanctie schaamte schepen schuld schulden score sluiting som staat statuut
stem stempel stereotype straf strategie streef- subsidie taboe tarief tegemoetkoming tegoed termijn
terugvordering timing toekenning toelage uitgave uitsluiting verdrag vergunning verkiezing verklaring
verslag verzekering vonnis vooroordeel voorziening voorzieningen vrede vrijheid waarder weerwoord welvaart
welzijn wet zekerheid
# Health and care
afhankelijkheid alarm alcohol angst apotheek apotheker apparaat arm arts autisme balans bedlegerigheid
been behandeling behoefte beleving bezoek bijsluiter bloed boerderij boosheid bot brein bril casus chirurg
consultatie darm dementie depressie diagnose dieet dokter drug drugs emotie evenwicht gebit gebruik gedrag
geest geluk geneesmiddel genezing gevaar gevoel gewicht gok gokken griep haar hand hart hersenen hoofd
houvast huid hygiene inenting inloop- intake kanker kine kinesist kliniek knie koorts kundige kwaal
kwetsbaarheid kwetsuur letsel lever lichaam lijn long maag maat maatje medicatie medicijn mond nek neus
ondersteuner onderzoek ontwenning oog oor operatie orthopedagoog outreach outreacher pakje pedagogiek
pedagoog persoonlijkheid pijn pil prothese psychiater psychiatrie psycholoog psychose redzaamheid
revalidatie risico ritme rug sigaret signaal slaap specialist spier spoed stiller structuur suicide tabak
tand team therapeut therapie trauma vaccin verlener verlening vermoeidheid verpleger verpleging verslaving
verzorgende verzorger verzorging voedsel voet vreugde weerbaarheid welbevinden woede wonde zelfdoding
zelfmoord zenuw ziel zorger
# Daily life, leisure and getting around
aanbod abonnement activiteit afstand afwas appel auto avond basketbal bereikbaarheid bestaan besteding
bestek beurt beweging bier bij bloem bond boom boot bord bos boterham broek brommer brood cafe centrum
ceremonie club creativiteit dier diner doos eten evenement feest fiets fietsen fruit gebed geloof gewoonte
glas god gras groen groente grond halte hemd herfst hobby hoed hond huishouden huishouding humor imam
instantie instelling jas jurk kaas kamp kanaal kapel kat kerk kip kleed kleren klimaat koe koek koffer
koffie kringloop kruidenier lach lente leven lokaal lucht lunch maaltijd mand match melk metro middag
milieu minuut mobiliteit moestuin moment moskee moto ochtend ontbijt ontspanning organisatie paard pak
pakket pan park parking parochie pasta peer plant plezier poets pot priester regen reis restaurant rijst
rit ritueel rivier rommel route schip seizoen sneeuw snoep soep sok speelgoed spits spoor sport station
step strand strijk suiker supermarkt tas taxi tempel thee ticket tijd tram trein trouw tweedehands uitstap
vaat veld vereniging verjaardag verkeer verplaatsing vis vlees vliegtuig voetbal vogel vrijetijd vzw wagen
wandelaar wandelen wandeling was wasserij wijn wind winter zaad zaal zak zee zomer zon zout
# Cooperation, method and quality
aanpak aantal afname afstemming analyse antwoord archief arena balie behoud bekendheid bereik bevinding
bevraging bijdrage bijeenkomst bloei bron bundel bundeling capaciteit cirkel code concept continuiteit
daling data debat deelname deelneming delen deling deskundigheid dialoog draad drager duurzaamheid
engagement enquete experiment expertise gegeven gegevens geheim gericht gerichte gerichtheid gever gevolg
gids graad grafiek groei hefboom houder inbreng info informatie innovatie inspraak instrument
instrumentarium interview intervisie kader kalender kern koepel kompas kwantiteit lijst maker manier map
mate matrix methode methodiek middel middelen model motivering motor nabijheid ontwikkeling opdracht
openheid oplossing opmaak participatie peiling penhouderschap pilot platform privacy probleem problemen
reden register rode rol samenhang samenwerking schaal schakel scharnier schema sessie sjabloon spil
stabiliteit stijging suggestie systeem tabel tip toegang toegankelijkheid toeleider toename tool
transparantie trefpunt trekker uitwisseling verandering verantwoordelijkheid verantwoording verband
verbetering verbond verdeling vergadering verhoging verlaging vermindering vernieuwing verrijking
versterking vertrouwelijk voorbeeld vraag werkwijze wijze wijzer zichtbaarheid
# Derived words and others that stay whole
aanbieder aanbieding aandeel aanklampend aankomst aanleiding aanmelding aanmoediging aansluiting
aanstelling aanwezige aanwezigheid aardappel aarzeling achteraf achtergrond achterstand achterstelling
actief actueel administratief afdeling afhandeling afloop afronding afscheid alleenstaand alleenstaande
allemaal alternatief altijd andere april augustus bedoeling bedreiging begeleiden begeleidster begin
behulpzaam beide bekendmaking belang belangrijk belangstelling beloning beoordeling bepaling bereidheid
bereikbaar berekening beschikbaar beschikking beschrijving beschuldiging besef bespreking bestaande
bestanddeel bestemming bestendiging bestuurster betaalbaar betekenis beurtrol beveiliging bevestiging
bewaking bewustwording bezetting bezig bezigheid bezorgdheid bijkomend bijlage bijna bijslag bijzonder
bijzonderheid binnen bovenaan bruikbaar buiten collectief cooperatie creatief cultureel cultuursensitief
daarbij daardoor daarmee daarna daarom daarop daarvoor dagelijks dakloos dankbaar december deskundig
dezelfde dinsdag donderdag doorbraak doorgang doorlopend doorverwijzing draagvlak duidelijk duurzaam
eenzaam eerlijk eetlust effectief eigenlijk eigenschap eindelijk eraan erbij erfenis ergens erkenning
ermee eruit ervaren ervoor expositie fasering februari financieel flexibel flexibele formeel fysiek
fysieke gastvrijheid gebeurtenis gebied geboren gebrek gebruiken gedachte gedeelte geduldig geestelijk
gehalte geheel gehoorzaam gelegenheid gelijkenis geloofwaardigheid gelukkig gemak gemakkelijk
gemeenschappelijk gemiddeld gemiddelde gemis gemoed genade genot gepensioneerde gerechtigheid geschenk
geschikt getal getallen geval gevallen gevecht gevoelens gevolgen gewaarwording gewenning gewone gewoon
gewoonlijk gezag gezamenlijk gezegde gezellig gezelligheid gezelschap gezicht gisteren globaal grondslag
haalbaar handig handvat handvest herhaling herinnering herkenning hervorming herziening hetzelfde hierbij
hierdoor hierop hiervoor hoewel hoogstens hopeloos huiselijk huiselijke iedereen inclusief inclusieve
indien individueel indruk informeel ingang ingreep inhoud inschrijving instappen intercultureel
interculturele internationaal interval intrek inventaris investering jaarlijks januari jezelf juli juni
juridisch kandidaatstelling kapitaal kennismaking kinderlijk klassiek komende kosteloos krachtig kritisch
kwetsbaar laagdrempelig laagdrempelige lading landelijk landschap langzaam lastig lastige leesbaar
leiderschap leiding levende levering lichamelijk lidmaatschap lokale lopende loslaten maandag maandelijks
maart maatregel maatschappelijk maatstaf machteloos medeleven medisch medische meerdere meerderheid
meerwaarde meestal meester meetbaar meevallen meewerking mei mengeling mening menselijk menselijkheid
mentaal mentale meteen mezelf middelbaar minderheid minister minstens misschien moederschap moedig
moeilijk mogelijk mogelijkheid morgen naaister nadat nadeel nadenken nadruk nakomeling nalatenschap
naleving namiddag nationaal natuurlijk negatief nergens niemand nieuwsgierig nodig noodzakelijk nooit
november officieel oktober omdat omschrijving omstandigheid omvang omweg onbekend onderaan onderbreking
onderdeel onderhandeling onderling onderlinge onderschat onderschatten onderscheid onderstaand ondertussen
onderwerp onduidelijk ongelijkheid ongeluk ongemak ongerustheid ongeveer onmiddellijk onmogelijk onrecht
onrust onszelf ontbering ontdekking onthouding ontkenning ontstaan ontvanger ontvangst ontwikkelaar
ontwrichting onveiligheid onverwacht onvoldoende onzekerheid oorzaak opbouw opbrengst openbaar
openbaarheid opening opmerking oppervlak oprichting opstart opvatting opvolger opzet opzoeking ordening
ouderlijk ouderschap outreachend overal overgang overgave overleven overmorgen overname overschat
overschatten overschot overtuiging overwinning overzicht passief persoonlijk plezant poging positief
praktisch preventief professioneel psychisch psychische psychologisch rapportering realistisch regenboog
regionaal rekenschap relatief religieus rustig samen schatting schijn scholing schoonheid september
sociaal sociale solidariteit sommige soms spaarzaam spanning speciaal spreiding sprekende standaard
statistiek stedelijk stelling stemming stichting storing straks straling structureel supervisie technisch
technische tegelijk tegenslag tegenspraak tegenstelling tenminste tenzij tering terugbetaling terugkeer
terugval terwijl tevredenheid tewerkgesteld tezamen thuisloos tijdens toegankelijk toelating toelichting
toepassing toestand toestemming toetsing toevoeging toezicht transparant trekking tussenkomst tussenstap
twijfel uitbating uitbreiding uitgang uitgever uitkomst uitnodiging uitspraak uitstel uitvoering
uitwerking uitzondering uniek vaak vaardig vaderschap vanaf vandaag vanuit vaststellen vaststelling
veerkracht veilig verbintenis verbod verdediging verdienste verdieping vereiste vergelijking verhouding
verjaring verkenning verlegenheid verlenging verlichting vermelding vermogen verontwaardiging veroordeling
verplichting verrassing verschil verschillend verschillende verschuiving verspreiding verstand
verstandhouding vertegenwoordiger vertegenwoordiging vertraging vervanging vervolg verwachting verwarring
verwerking verwijzing verwondering verzameling verzegeld verzoek verzoening verzorgster virtueel voldoende
voldoening volgende volgens volgorde volwaardig vooraf vooral voordat voordeel voorjaar voorkeur voorkomen
voorkomend voorlopig voorraad voorrang voorstander voorstellen voorstelling voortaan vooruitgang
voorwaarde voorzien vriendelijk vrijstelling vrolijk vruchtbaar vulling waakzaam waarbij waarde waardeloos
waardering waardoor waarheid waarin waarmee waarom waarop waarvan wakker wanneer weerstand wegens
wekelijks weldra wellicht wending werkbaar werkelijk werkelijkheid werkende werkloos werkster werkzaam
wetenschapper wettelijk wijziging woensdag zaterdag zelden zelfstandig zelfstandigheid zelfzeker zending
zichtbaar zichzelf zinloos zitting zodat zondag zorgzaam zuinig zuivering zwanger
# Common words of reports and plans
aanduiding aanloop aanmaak aanrijtijd aanvang aanvulling accent achterban achteruit adem advertentie
afbeelding afspiegeling agenda akte alinea anker antenne apparatuur archipel argument artikel aspect
associatie atlas audit auteur autonomie basis batterij begroting beker belofte berg beroering beurs bezit
bibliothecaris bijdragen bijhouden bijkomen bijvoorbeeld binnenshuis blaadje blik bodem boekje bol boog
boord borg brandweer breuk brochure buik buitenshuis bundeltje cadeau camera campagne casino catalogus
categorie chat circuit citaat collectie combinatie comite commissie complex component conclusie
concurrentie conditie conferentie configuratie congres consensus consortium constructie consult consument
coordinatie correctie curve dank debiteur decor dekking delegatie delta detail diagram dialect dichtheid
dilemma dimensie directie discussie diversiteit donatie donor doorgaan doorgeven doorloop doorlopende
draai drama drank driehoek drift drijfveer druppel duim duur dynamiek echo eiland einde eis elan element
emancipatie empathie empowerment enthousiasme etappe etiket etniciteit etnisch evenaar exploitatie export
extern faam faciliteit faculteit feedback feit festival figurant filiaal filosofie filter financiering
firma flard flexibiliteit fluctuatie focus folie formaat formule fort forum foto fout fractie fragment
front fundament fusie galerij gebaar gebak gebod geit geldigheid geleide generator genre geometrie geste
gewin gilde gratis grootte gunst haard hamer harmonie hek helft hemel hoogte hoop horizon hotel hypothese
iemand ijver illustratie impuls inbox index infrastructuur ingredient inhoudsopgave inkt inschatting
inspiratie instinct intentie interactie interesse interieur intern interpretatie interventie introductie
invalshoek invloed invoer item jargon jubileum junior kabel kandelaar kanteling karakter karwei keer
kenmerk keten keuring kiem kijk kist klank kleur klok klooster kluis knip knoop knop koers kolom komst
kooi koord kop koppeling kostuum kraag krijt kritiek kroon kruis kwart kwartier kwestie laag laars label
laken lat leegte leemte legende lengte leuning leus licht ligging lijf link locatie logboek logica logo
luik lus lust macht magie magneet manifest marge mars masker massa mast materie maximum mechaniek
meebrengen meedoen meegaan meerjarenplan meewerken melding memo mentor mentoraat merk metafoor mijl
mijlpaal minimum misser mode module moduul molen monitor monitoring monument moraal motief mouw muis
museum naald nadere nadien namen neiging nest noot notitie notulen nut oase object obstructie offer
offerte olie omslag omtrek omzet ondanks onderhandelen ondersteunen onderwerpen ontleding oogst oorlog
oost opdeling opener optie opvoeder orgaan orgel origine orkest overdracht overkomen overleggen overtuigen
overwegen pagina paleis paneel papier paraplu parkeerplaats passage passie patroon peil pen percentage
pers piek pijl pijler piste plaat planeet plank plastiek pluspunt podium poes pols pomp pop portaal
portefeuille portret potentieel preek premisse presentatie principe prins prioriteit profijt prognose
propaganda publicatie puls puzzel raadpleging rad rail rampenplan rand rang ratio reactie realiteit
recensie recept reclame referentie reflectie regelmaat registratie relaas remedie reparatie repertoire
reportage respons rest reus revisie richting richtlijn ridder riem robot roep rots routine rubriek ruil
ruis samenleven samenvatting samenwerken sanering scenario schade schaduw schat schets scheur schijf
schokker schouder schouw schroef schuim seconde segment seminarie serie simulatie sjaal slag slang slogan
sluis smaak snede soort speld spiegel sprong staal staart stadium staf stam stapel start status steen
stelsel stijl stilte stip stof stok stoot storm streep strik strip strook stuk stuur subject succes
surplus symbool synthese taart tafereel tak talud teken telling tendens teneur terrein territorium thema
theorie tijdperk tint titel toer toerisme toernooi toevoer toon top touw traditie transitie trant
trekpleister trend trilling troef troep trots tussendoor tussentijds typologie uiterste uitleen uitvoer
uitweg unie update variant variatie vat vector veer ventiel vers versie vertrek verzet vezel viering
vijand vinger visite vizier vlag vlak vlek vleugel vlot voertuig volume vondst vonk voogdij voorbij
voorkomende voorlezen vork vorm vormgeving vouw vuist vuur waag wacht wal wand wapen warmte web wedstrijd
weerslag weide wereld wering west wiel winst wip wissel wisseling wolk woonst worm wortel zege zeil zet
zicht zijde zoen zone zool zuil zuivel zwaard zwaartepunt
"""

_LINES = [line for line in _TEXT.splitlines() if not line.startswith("#")]
WORDS: frozenset[str] = frozenset(word for line in _LINES for word in line.split() if not word.endswith("-"))
FRONTS: frozenset[str] = frozenset(
    word[:-1] for line in _LINES for word in line.split() if word.endswith("-")
)
