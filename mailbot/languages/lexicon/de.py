"""German. Umlauts are also read as people type them on foreign keyboards (naechste, fuer, zurueck)."""

from mailbot.languages.lexicon.entry import Lexicon

DE = Lexicon(
    weekdays=(
        "montag|mo",
        "dienstag|di",
        "mittwoch|mi",
        "donnerstag|do",
        "freitag|fr",
        "samstag|sonnabend|sa",
        "sonntag|so",
    ),
    months=(
        "januar|jan|jänner",
        "februar|feb|feber",
        "märz|maerz|mrz",
        "april|apr",
        "mai",
        "juni|jun",
        "juli|jul",
        "august|aug",
        "september|sep|sept",
        "oktober|okt",
        "november|nov",
        "dezember|dez",
    ),
    numbers=(
        "ein|eine|einem|einer|eins",
        "zwei",
        "drei",
        "vier",
        "fünf|fuenf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf|zwoelf",
    ),
    dates={
        "today": "heute",
        "tomorrow": "morgen",
        "overmorrow": "übermorgen|uebermorgen",
        "next": (
            "nächste|nächster|nächsten|nächstes|nächstem|naechste|naechster|naechsten|kommende|kommender|kommenden"
            "|kommendes|der nächsten|der kommenden|den nächsten|am nächsten|am kommenden|in der nächsten"
            "|in der kommenden"
        ),
        "this": "diese|dieser|diesen|dieses|diesem|in dieser",
        "in": "in|innerhalb von|binnen",
        "end": "ende|ende der|ende des|zum ende der|zum ende des|am ende der",
        "start": "anfang|beginn|anfang des|anfang der",
        "mid": "mitte",
        "eod": "feierabend|tagesende|ende des tages|geschäftsschluss",
        "eom": "monatsende",
        "eoy": "jahresende",
        "eoq": "quartalsende",
        "unit minute": "minute|minuten",
        "unit hour": "stunde|stunden|std",
        "unit day": "tag|tage|tagen",
        "unit week": "woche|wochen",
        "unit month": "monat|monate|monaten|monats",
        "unit quarter": "quartal|quartals",
        "unit year": "jahr|jahre|jahren|jahres",
        "fixed noon": "mittag|mittags",
        "fixed midnight": "mitternacht",
        "part morning": "vormittag|vormittags|früh|morgens|am vormittag|in der früh",
        "part afternoon": "nachmittag|nachmittags|am nachmittag",
        "part evening": "abend|abends|am abend",
        "oclock": "uhr|h",
        "half": "halb",
        "quarter past": "viertel nach",
        "quarter to": "viertel vor",
        "at": "um|gegen",
        "by": "bis|bis zum|vor|vor dem|spätestens|spaetestens|fällig|fällig am|fällig bis|bis spätestens|frist",
        "on": "am|den|der|auf|auf den",
        "same time": (
            "gleiche zeit|zur gleichen zeit|selbe zeit|zur selben zeit|gleiche uhrzeit|zur gleichen uhrzeit"
        ),
        "zone": "deiner zeit|ihrer zeit",
        "my time": "meiner zeit",
    },
    verbs={
        "done": "erledigt|fertig|gemacht|abgeschlossen|abgehakt",
        "drop": "streichen|gestrichen|fallen lassen|verwerfen|verworfen|entfällt|hinfällig",
        "reopen": "wieder öffnen|wiedereröffnen|wieder offen|neu öffnen",
        "move": (
            "verschieben auf|verschiebe auf|verlegen auf|verlege auf|verschieben wir auf|umbuchen auf|schieben auf"
            "|verschieben zu|verschieben"
        ),
        "skip": (
            "ausfallen lassen|überspringen|auslassen|absagen|fällt aus|ausfallen|diese woche ausfallen lassen"
            "|lass uns diese woche ausfallen lassen|diese woche überspringen|diese woche absagen|termin absagen"
        ),
        "pause": "pause|pausieren|pausiere",
        "resume": "fortsetzen|weiter|weitermachen|pause beenden",
        "undo": "rückgängig|rückgängig machen|zurücknehmen|rueckgaengig",
        "help": "hilfe|befehle",
        "private": "privat",
        "new": "neues 1:1 mit|neues einzelgespräch mit|neues vier-augen-gespräch mit",
        "less": "weniger",
        "more": "mehr",
        "stop": "stopp|abmelden",
        "later": "verlauf|exportieren|vergiss mich",
        "find": "finde|suche",
    },
    cadence={
        "every": "jeden|jede|jeder|alle|immer",
        "other": "zweite|zweiten",
        "weekly": "wöchentlich|jede woche|woechentlich",
        "biweekly": "zweiwöchentlich|vierzehntägig|14-tägig|alle 14 tage|zweiwöchig",
        "monthly": "monatlich|jeden monat",
        "filler": "am|um|ab jetzt|für|und|lang|bitte|künftig",
    },
    weekly_days=(
        "montags",
        "dienstags",
        "mittwochs",
        "donnerstags",
        "freitags",
        "samstags|sonnabends",
        "sonntags",
    ),
    next_meeting=(
        "nächsten mal|unserem nächsten 1:1|dem nächsten 1:1|dem nächsten gespräch|unserem nächsten gespräch"
        "|zum nächsten mal|dem nächsten treffen|unserem nächsten treffen|nächstes mal"
    ),
    until="bis|bis zum|bis einschließlich|bis einschl|bis inklusive|bis inkl|bis und mit",
    conjunctions="und",
    please="bitte|danke|vielen dank|gerne",
    yes=(
        "ja|jo|jep|jawohl|gerne|ja gerne|gern|ja bitte|passt|passt mir|passt gut|das passt|das passt mir"
        "|passt für mich|geht|geht klar|das geht|in ordnung|einverstanden|klar|na klar|sehr gerne|super|perfekt"
        "|alles klar|stimmt|bestätigt|das war ich|ja das war ich"
    ),
    no=(
        "nein|nö|nee|leider nicht|leider nein|nein leider nicht|geht nicht|geht leider nicht|das geht nicht"
        "|das geht leider nicht|passt nicht|passt leider nicht|passt mir nicht|abgelehnt|das war ich nicht"
    ),
    happened="hat stattgefunden|fand statt|haben wir|wir haben uns getroffen|ja hat stattgefunden",
    missed=(
        "hat nicht stattgefunden|fand nicht statt|ist ausgefallen|fiel aus|ausgefallen"
        "|wir haben uns nicht getroffen|es hat nicht stattgefunden|es fand nicht statt|es ist ausgefallen"
        "|es fiel aus|das treffen ist ausgefallen|das treffen fand nicht statt|das treffen hat nicht stattgefunden"
        "|wir mussten verschieben|wir mussten es verschieben|wir haben es verschoben|wir haben verschoben"
        "|verschoben|wurde verschoben|es wurde verschoben|wir mussten absagen|wir mussten es absagen|abgesagt"
        "|wurde abgesagt|es wurde abgesagt|wir haben uns nicht gesehen|wir haben nicht gesprochen"
        "|wir haben uns nicht gesprochen|kam nicht zustande|es kam nicht zustande|diese woche nicht|diesmal nicht"
    ),
    because="weil|da|wegen|aufgrund",
    this_time="diese woche|diesmal|heute|gestern",
    softeners="danke|vielen dank|bitte|leider|dann",
    greetings=(
        "hallo|hi|liebe|lieber|guten morgen|guten tag|guten abend|moin|servus|grüezi|grüß gott|sehr geehrte"
        "|sehr geehrter|hallo zusammen|moin moin|grüß dich|morgen|tag"
    ),
    closings=(
        "viele grüße|vg|liebe grüße|lg|mfg|mit freundlichen grüßen|freundliche grüße|beste grüße|herzliche grüße"
        "|schöne grüße|gruß|grüße|danke|vielen dank|besten dank|danke und gruß|danke und viele grüße|bis dann"
        "|bis bald|bis morgen|bis donnerstag|schönes wochenende|schönen tag|schönen tag noch|tschüss|ciao|danke dir"
        "|danke schön|danke im voraus|vielen dank im voraus|viele gruesse|liebe gruesse|mit freundlichen gruessen"
        "|beste gruesse|gruss|herzlichst"
    ),
    courtesies=(
        "danke|vielen dank|danke dir|danke schön|danke sehr|besten dank|super|top|prima|klasse|toll|passt"
        "|alles klar|ok danke|verstanden|notiert|bis dann|bis bald|bis morgen|freue mich|perfekt|gut|wunderbar"
        "|geht klar|mache ich|wird gemacht|super danke|danke für die erinnerung|danke für die zusammenfassung"
    ),
    nothing="nichts|keine|nichts neues|nichts diesmal|keine aufgaben",
    private="privat|vertraulich|nur für mich",
    promise="aufgabe|todo|zu tun|to-do|maßnahme",
    will="wird|soll|muss|will|möchte",
    i_will="ich werde|ich muss|ich soll",
    near_done=(
        "erledigt|fertig|gemacht|ist erledigt|schon erledigt|abgeschlossen|ist fertig|hab ich gemacht"
        "|habe ich gemacht|bereits erledigt|abgehakt|ist gemacht|ja erledigt"
    ),
    near_drop=(
        "gestrichen|streichen|entfällt|nicht mehr nötig|nicht mehr notwendig|hinfällig|hat sich erledigt"
        "|brauchen wir nicht mehr|fällt weg|verworfen|kann weg|obsolet"
    ),
    near_move=(
        "verschoben auf|verschoben|verschieben auf|auf|mache ich|wird fertig|wird erledigt|fertig|neu|neuer termin"
        "|kommt"
    ),
    hedges=(
        "aber|außer|fast|nicht|noch|bis|warte|wartet|teilweise|halb|bald|wenn|sobald|morgen|vielleicht|hoffentlich"
        "|nächste|nächsten|teils|leider|nur|ohne|kein|keine"
    ),
    away=(
        "urlaub|im urlaub|abwesend|außer haus|nicht im büro|nicht da|frei|krank|auf dienstreise|elternzeit"
        "|nicht erreichbar|abwesenheit|weg|unterwegs|krankgeschrieben|nicht im haus"
    ),
    back=(
        "zurück|wieder da|wieder im büro|wieder erreichbar|wieder da am|zurück am|zurück bin ich am|ab|erst ab"
        "|wieder ab|wieder am|zurueck|wieder im büro am|ab dem|wieder ab dem"
    ),
    asks={
        "lead": (
            "können wir|könnten wir|kannst du|könntest du|können sie|könnten sie|geht|geht auch|ginge|ginge auch"
            "|passt|passt auch|passt dir|passt dir auch|passt ihnen|lass uns|wie wäre es mit|wie wäre|wie wär's mit"
            "|wie wär es mit|lieber|besser|würde dir|ich kann erst|ich kann nur|ich kann nicht|ich könnte"
            "|machen wir|sagen wir|wollen wir|sollen wir|treffen wir uns|ich würde gern|ich würde lieber"
            "|verschieben wir|darf ich|kann ich|ich müsste|ich muss|wir müssen|neuer vorschlag|vorschlag"
            "|stattdessen|verlegen wir|schaffen wir"
        ),
        "fill": (
            "das|es|uns|bitte|auf|auf den|den termin|unser 1:1|unseren termin|das 1:1|lieber|auch|erst|nur|wir|gern"
            "|gerne|eher|dann|verschieben auf|verschieben|das treffen|mit|dir|doch|vielleicht|verlegen auf|noch"
        ),
        "tail": (
            "verschieben|verlegen|verschieben wir|umlegen|umbuchen|schieben|vorziehen|passt besser|passt mir besser"
            "|wäre besser|wäre mir lieber|wäre mir recht|geht besser|ginge besser|wäre gut|wäre schön|wäre super"
            "|wäre ideal|stattdessen|lieber|machen|treffen"
        ),
        "after": (
            "bitte|passt|passt mir|passt dir|ginge|geht|möglich|beginnen|anfangen|starten|auch|sprechen|sehen|gehen"
            "|dann|recht|ok|okay|danke|für dich|für mich|in ordnung|vielleicht|gehen|klappen|reden|würde gehen"
            "|wenn das geht|wenn möglich|falls möglich|sein"
        ),
        "later": "später|spaeter|nach hinten",
        "earlier": "früher|frueher|eher|vorher",
        "half hour": "eine halbe stunde|halbe stunde",
    },
)
