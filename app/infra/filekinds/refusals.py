"""Why a file is not taken in: each cause with its own code and sentence, and what to do about it."""

from app.domain.errors import DomainError
from app.infra.messages import register


class FileRefused(DomainError):
    """`code` is one of the sentences below; nothing of the file was kept."""


register(
    {
        "file_empty": "Dit bestand is leeg. Kijk na of je het juiste bestand koos.",
        "file_type_not_allowed": "Dit soort bestand kan niet. Wel: {allowed}.",
        "file_apple_photo": "Dit is een HEIC-foto, en die kan niet elke lezer openen. Bewaar de foto als JPG "
        "en voeg die toe.",
        "file_is_something_else": "Dit is geen {named}: de inhoud is iets anders{found}. Open het bestand in "
        "het programma waarmee het gemaakt is, en bewaar het als {named}.",
        "file_old_office": "Dit is een document van Office 2003 of ouder. Open het en bewaar het als .docx, "
        ".xlsx, .pptx of PDF.",
        "file_with_macros": "Dit document bevat macro's of andere programma's. Bewaar het zonder macro's, of "
        "als PDF.",
        "file_fetches": "Dit document haalt iets van elders op: een sjabloon, een afbeelding of gegevens van "
        "een website, een computer of een netwerk. Neem die in het document zelf op, of bewaar het als PDF.",
        "file_with_password": "Dit bestand is beveiligd met een wachtwoord of met beperkingen: de jury zou "
        "het niet kunnen lezen. Bewaar het zonder beveiliging.",
        "file_unpacks_too_large": "Dit bestand wordt veel te groot bij het openen. Maak het kleiner of "
        "bewaar het als PDF.",
        "file_two_in_one": "In dit bestand zit nog iets anders voor, na of achter de eigenlijke inhoud. Open "
        "het en bewaar het opnieuw onder een nieuwe naam.",
        "file_with_active_content": "Deze PDF bevat een programma, een formulier dat gegevens verstuurt of "
        "iets dat zelf start. Druk het document opnieuw af naar PDF.",
        "file_with_files_inside": "In dit bestand zitten andere bestanden. Voeg die apart toe en bewaar dit "
        "bestand zonder.",
        "file_breaks_off": "Dit bestand is beschadigd of onvolledig. Open het en kijk het na, en bewaar het "
        "opnieuw.",
        "file_not_examined": "Deze PDF is anders opgebouwd dan gewoonlijk en kon niet nagekeken worden. Druk "
        "het document opnieuw af naar PDF, en voeg dat bestand toe.",
        "file_not_utf8": "Dit tekstbestand gebruikt een oude tekencodering of bevat vreemde tekens. Bewaar "
        "het als UTF-8 of als PDF.",
    }
)
