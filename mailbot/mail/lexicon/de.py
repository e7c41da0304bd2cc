"""German. Umlauts are also read as people type them on foreign keyboards (naechste, fuer, zurueck)."""

from mailbot.mail.lexicon.entry import Lexicon

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
        "later": "verlauf|exportieren|vergiss mich|weniger|mehr|stopp|abmelden",
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
    weekly_days=("montags", "dienstags", "mittwochs", "donnerstags", "freitags", "samstags|sonnabends", "sonntags"),
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
        "|wir haben uns nicht getroffen"
    ),
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
            "können wir das auf|können wir auf|könnten wir das auf|könnten wir auf|können wir|könnten wir"
            "|können wir das|können wir es|könnten wir das|können wir uns|können wir es auf"
            "|können wir den termin auf|könnten wir den termin auf|geht auch|ginge auch|geht|ginge|passt|passt auch"
            "|passt dir|lass uns|lass uns das auf|lass uns auf|wie wäre es mit|wie wäre|wie wär's mit|lieber|besser"
            "|bitte|bitte auf|bitte verschieben auf|würde dir|ich kann erst|ich kann nicht|ich kann nicht lieber"
            "|machen wir|sagen wir|könntest du auch|können wir uns lieber|wollen wir|sollen wir|sollen wir das auf"
            "|treffen wir uns"
        ),
        "tail": (
            "verschieben|verlegen|machen|treffen|schieben|umlegen|passt besser|passt mir besser|passt mir|passt"
            "|wäre besser|wäre mir lieber|wäre gut|wäre schön|ginge|ginge auch|geht besser|geht auch|bitte"
            "|stattdessen|möglich|beginnen|anfangen|starten|lieber|besser|auch|sprechen|sehen|gehen|wäre super"
            "|wäre mir recht|dann"
        ),
        "later": "später|spaeter",
        "earlier": "früher|frueher|eher",
        "half hour": "eine halbe stunde|halbe stunde",
    },
)
