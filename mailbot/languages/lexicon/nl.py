"""Dutch."""

from mailbot.languages.lexicon.entry import Lexicon

NL = Lexicon(
    weekdays=(
        "maandag|ma",
        "dinsdag|di",
        "woensdag|wo",
        "donderdag|do",
        "vrijdag|vr",
        "zaterdag|za",
        "zondag|zo",
    ),
    months=(
        "januari|jan",
        "februari|feb",
        "maart|mrt",
        "april|apr",
        "mei",
        "juni|jun",
        "juli|jul",
        "augustus|aug",
        "september|sep|sept",
        "oktober|okt",
        "november|nov",
        "december|dec",
    ),
    numbers=(
        "een|één",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "elf",
        "twaalf",
    ),
    dates={
        "today": "vandaag",
        "today_part evening": "vanavond",
        "tomorrow": "morgen",
        "overmorrow": "overmorgen",
        "next": "volgende|komende|aanstaande|aankomende",
        "this": "deze|dit",
        "in": "over|binnen",
        "end": (
            "eind|einde|eind van|einde van|het einde van|eind van de|einde van de|het einde van de|einde van het"
        ),
        "start": "begin|begin van|het begin van",
        "mid": "medio|midden",
        "eod": "einde dag|eind van de dag|einde van de dag|einde werkdag",
        "unit minute": "minuut|minuten",
        "unit hour": "uren",
        "unit day": "dag|dagen",
        "unit week": "week|weken|de week",
        "unit month": "maand|maanden",
        "unit quarter": "kwartaal",
        "unit year": "jaar|jaren",
        "fixed noon": "12 uur 's middags",
        "fixed midnight": "middernacht",
        "part morning": "ochtend|'s ochtends|in de ochtend|'s morgens|morgenochtend",
        "part afternoon": "middag|'s middags|in de middag",
        "part evening": "avond|'s avonds|in de avond",
        "oclock": "uur|u|h",
        "half": "half",
        "quarter past": "kwart over",
        "quarter to": "kwart voor",
        "at": "om|rond",
        "by": "voor|vóór|tot|tegen|uiterlijk|uiterlijk op|deadline|tot en met|voor het|voor de|klaar op",
        "on": "op|de|het",
        "same time": "zelfde tijd|dezelfde tijd|op dezelfde tijd|hetzelfde tijdstip|zelfde tijdstip",
        "zone": "jouw tijd|uw tijd",
        "my time": "mijn tijd",
    },
    verbs={
        "done": "klaar|gedaan|afgerond|voltooid",
        "drop": "schrappen|geschrapt|vervalt|laten vallen|laten vervallen",
        "reopen": "heropenen|heropend|weer openen",
        "move": (
            "verplaatsen naar|verplaats naar|verzetten naar|verzet naar|verschuiven naar|verschuif naar|verplaatsen"
        ),
        "skip": (
            "overslaan|annuleren|annuleer|afzeggen|sla over|deze week overslaan|deze week annuleren"
            "|laten we deze week overslaan|sla deze week over"
        ),
        "pause": "pauze|pauzeren|pauzeer",
        "resume": "hervatten|hervat|doorgaan",
        "undo": "ongedaan maken|ongedaan|terugdraaien",
        "help": "hulp|opdrachten",
        "private": "privé",
        "new": "nieuwe 1:1 met|nieuw 1:1 met|nieuw gesprek met",
        "less": "minder",
        "more": "meer",
        "stop": "stoppen",
        "later": "geschiedenis|exporteren|vergeet mij",
        "find": "zoek|vind",
    },
    cadence={
        "every": "elke|iedere|om de|elk|ieder",
        "other": "tweede|andere",
        "weekly": "wekelijks|elke week|iedere week",
        "biweekly": "tweewekelijks|om de week|om de twee weken|veertiendaags",
        "monthly": "maandelijks|elke maand",
        "filler": "op|om|en|voortaan|vanaf nu",
    },
    weekly_days=(
        "maandags|'s maandags",
        "dinsdags",
        "woensdags|'s woensdags",
        "donderdags",
        "vrijdags",
        "zaterdags",
        "zondags",
    ),
    next_meeting=(
        "de volgende keer|volgende keer|ons volgende 1:1|het volgende 1:1|ons volgende gesprek|het volgende gesprek"
    ),
    until="tot|tot en met|t/m",
    conjunctions="en",
    please="alsjeblieft|alstublieft|aub|svp|graag|bedankt|dank je",
    yes=(
        "ja|ja graag|ja hoor|prima|goed|akkoord|is goed|dat is goed|past|dat past|past mij|schikt|lukt|komt goed"
        "|zeker|natuurlijk|graag|oké|perfect|dat werkt|ja dank je|dat was ik|geen probleem"
    ),
    no=(
        "nee|nee helaas|helaas niet|helaas|kan niet|dat kan niet|lukt niet|dat lukt niet|past niet|schikt niet"
        "|niet mogelijk|nee bedankt|dat was ik niet"
    ),
    happened="is doorgegaan|het ging door|we hebben elkaar gesproken|het is doorgegaan",
    missed=(
        "ging niet door|is niet doorgegaan|het ging niet door|we hebben elkaar niet gesproken|uitgevallen"
        "|vervallen|het is niet doorgegaan|niet doorgegaan|heeft niet plaatsgevonden|het heeft niet plaatsgevonden"
        "|vond niet plaats|het vond niet plaats|we moesten uitstellen|we moesten het uitstellen|we moesten verzetten"
        "|we moesten het verzetten|we moesten afzeggen|uitgesteld|verzet|afgezegd|is uitgesteld|het is uitgesteld"
        "|is afgezegd|we hebben elkaar niet gezien|we hebben het uitgesteld|deze week niet|deze keer niet"
    ),
    because="omdat|want|wegens|vanwege|door",
    this_time="deze week|deze keer|vandaag|gisteren",
    softeners="bedankt|dank je|dank je wel|dankjewel|graag|sorry|helaas",
    greetings="hallo|hoi|hey|beste|goedemorgen|goedemiddag|goedenavond|dag|hi|geachte|lieve|hallo allemaal|ha",
    closings=(
        "groet|groeten|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|hartelijke groet|mvg|gr"
        "|bedankt|dank je wel|dank je|dankjewel|alvast bedankt|tot dan|tot morgen|tot donderdag|tot snel|fijne dag"
        "|fijn weekend|prettige dag|prettig weekend|groetjes|met groet|liefs|tot later"
    ),
    courtesies=(
        "bedankt|dank je|dank je wel|dankjewel|dank u|top|prima|fijn|goed|begrepen|genoteerd|ontvangen|tot dan"
        "|tot morgen|mooi|super|is goed|komt goed|helder|duidelijk|oké bedankt|ok bedankt"
    ),
    nothing="niets|geen|niks|niets nieuws|geen acties",
    private="privé|prive|vertrouwelijk",
    promise="actie|actiepunt|taak|te doen",
    will="zal|moet|gaat",
    i_will="ik zal|ik ga|ik moet",
    near_done="klaar|gedaan|afgerond|is klaar|is gedaan|al gedaan|voltooid|al klaar|dat is gedaan",
    near_drop="vervalt|vervallen|geschrapt|niet meer nodig|niet nodig|kan weg|niet meer relevant|schrappen",
    near_move=(
        "verplaatst naar|verschoven naar|uitgesteld tot|uitgesteld naar|verplaatst|uitgesteld|klaar|doe ik|wordt"
    ),
    hedges=(
        "maar|behalve|bijna|niet|nog|wacht|deels|gedeeltelijk|binnenkort|als|wanneer|zodra|morgen|misschien|tot"
        "|voor|half|volgende|zonder|geen|hopelijk"
    ),
    away=(
        "vakantie|op vakantie|afwezig|vrij|met verlof|verlof|ziek|niet aanwezig|niet bereikbaar|niet op kantoor"
        "|buiten kantoor|afwezigheid|op reis"
    ),
    back=(
        "terug|weer terug|weer aanwezig|weer bereikbaar|terug op|weer terug op|vanaf|weer op kantoor|weer op kantoor op"
    ),
    asks={
        "lead": (
            "kunnen we|zullen we|kan het|kan het ook|past|past het|past je|lukt|lukt het|liever|laten we"
            "|wat dacht je van|zou het|mag het|zou|kun je|zou je|is het mogelijk om|ik kan alleen|ik kan pas"
            "|nieuw voorstel|voorstel|kunnen we niet|ik heb liever"
        ),
        "fill": (
            "dit|verplaatsen naar|verzetten naar|verschuiven naar|naar|ons 1:1|de afspraak|ook|beter|doen|afspreken"
            "|starten|beginnen|uitstellen tot|alleen|pas|misschien"
        ),
        "tail": (
            "past beter|past mij beter|is beter|zou beter zijn|beter|verzetten|verplaatsen|verschuiven"
            "|in plaats daarvan|liever|komt beter uit|zou beter uitkomen|afspreken|doen"
        ),
        "after": (
            "alsjeblieft|graag|als dat kan|indien mogelijk|ook|lukt|kan ook|beginnen|mogelijk|zijn|bedankt|dan"
            "|kunnen|voor jou|goed|passen|spreken|starten"
        ),
        "later": "later",
        "earlier": "eerder|vroeger",
        "half hour": "een half uur|half uur",
    },
)
