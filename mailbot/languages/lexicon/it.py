"""Italian. "mar" is read as neither March nor Tuesday: it is both."""

from mailbot.languages.lexicon.entry import Lexicon

IT = Lexicon(
    weekdays=(
        "lunedì|lun",
        "martedì",
        "mercoledì|mer",
        "giovedì|gio",
        "venerdì|ven",
        "sabato|sab",
        "domenica|dom",
    ),
    months=(
        "gennaio|gen",
        "febbraio|feb",
        "marzo",
        "aprile|apr",
        "maggio|mag",
        "giugno|giu",
        "luglio|lug",
        "agosto|ago",
        "settembre|set|sett",
        "ottobre|ott",
        "novembre|nov",
        "dicembre|dic",
    ),
    numbers=(
        "uno|un|una",
        "due",
        "tre",
        "quattro",
        "cinque",
        "sei",
        "sette",
        "otto",
        "nove",
        "dieci",
        "undici",
        "dodici",
    ),
    dates={
        "today": "oggi",
        "today_part evening": "stasera",
        "tomorrow": "domani",
        "overmorrow": "dopodomani",
        "next": "prossimo|prossima|che viene|la prossima|il prossimo|della prossima|del prossimo",
        "this": "questo|questa|di questa|quest'",
        "in": "tra|fra|entro",
        "end": "fine|fine di|la fine di|fine del|fine della|la fine del|la fine della|fine dell'|la fine dell'",
        "start": "inizio|inizio di|l'inizio di|inizio del",
        "mid": "metà|metà di|la metà di",
        "eod": "fine giornata|la fine della giornata",
        "unit minute": "minuto|minuti",
        "unit hour": "ora|ore",
        "unit day": "giorno|giorni",
        "unit week": "settimana|settimane|la settimana",
        "unit month": "mese|mesi",
        "unit quarter": "trimestre",
        "unit year": "anno|anni",
        "fixed noon": "mezzogiorno",
        "fixed midnight": "mezzanotte",
        "part morning": "mattina|mattino|di mattina|del mattino|al mattino",
        "part afternoon": "pomeriggio|di pomeriggio|del pomeriggio|nel pomeriggio",
        "part evening": "sera|di sera|della sera",
        "oclock": "h|in punto",
        "at": "alle|alle ore|ore|all'|verso le",
        "by": (
            "entro|entro il|entro la|prima di|prima del|prima della|per|per il|fino a|fino al|non oltre il"
            "|al più tardi|scadenza|da consegnare il"
        ),
        "on": "il|la|l'|lo|di|del|a|al",
        "same time": "stessa ora|alla stessa ora|stesso orario|allo stesso orario",
        "zone": "tua ora|ora tua",
        "my time": "mia ora|ora mia",
    },
    verbs={
        "done": "fatto|fatta|finito|finita|completato|completata|concluso",
        "drop": "scartare|scartato|abbandonare|abbandonato|lasciar perdere|eliminare",
        "reopen": "riaprire|riaperto",
        "move": (
            "sposta a|spostare a|sposta al|spostare al|spostare|sposta|rimanda a|rimandare a|rinviare a|rinvia a"
        ),
        "skip": (
            "salta|saltare|annulla|annullare|cancella|cancellare|saltiamo|saltiamo questa settimana"
            "|annulliamo questa settimana|saltare questa settimana"
        ),
        "pause": "pausa|sospendi|sospendere",
        "resume": "riprendi|riprendere",
        "undo": "disfa|ripristina|torna indietro",
        "help": "aiuto|comandi",
        "private": "privato|privata",
        "new": "nuovo 1:1 con|nuovo incontro 1:1 con",
        "less": "meno",
        "more": "più",
        "stop": "basta",
        "later": "cronologia|esporta|dimenticami",
        "find": "trova|cerca",
    },
    cadence={
        "every": "ogni|tutte le",
        "weekly": "settimanale|ogni settimana|settimanalmente|tutte le settimane",
        "biweekly": "quindicinale|bisettimanale|ogni quindici giorni|a settimane alterne",
        "monthly": "mensile|ogni mese",
        "filler": "alle|e|per|di|d'ora in poi",
    },
    weekly_days=(
        "il lunedì|ogni lunedì|di lunedì|tutti i lunedì",
        "il martedì|ogni martedì|di martedì|tutti i martedì",
        "il mercoledì|ogni mercoledì|di mercoledì|tutti i mercoledì",
        "il giovedì|ogni giovedì|di giovedì|tutti i giovedì",
        "il venerdì|ogni venerdì|di venerdì|tutti i venerdì",
        "il sabato|ogni sabato|di sabato",
        "la domenica|ogni domenica|di domenica",
    ),
    next_meeting=(
        "la prossima volta|prossima volta|il nostro prossimo 1:1|il prossimo 1:1|il nostro prossimo incontro"
        "|il prossimo incontro"
    ),
    until="fino al|fino a|fino alla|sino al",
    conjunctions="e|ed",
    please="per favore|grazie|per piacere|per cortesia",
    yes=(
        "sì|si|certo|va bene|va benissimo|d'accordo|perfetto|ottimo|volentieri|ci sto|per me va bene|certamente"
        "|sì grazie|ok grazie|confermo|confermato|ero io|nessun problema"
    ),
    no=(
        "no grazie|non posso|non va|purtroppo no|non è possibile|impossibile|non va bene|mi dispiace no|non ero io"
        "|non mi va bene"
    ),
    happened="c'è stato|ha avuto luogo|ci siamo visti|si è tenuto",
    missed=(
        "non c'è stato|non ha avuto luogo|non ci siamo visti|annullato|è saltato|saltato|non c'è stata|è saltata"
        "|annullata|non si è tenuto|non si è tenuta|non si è fatto|non si è svolto|abbiamo dovuto rimandare"
        "|abbiamo dovuto rinviare|abbiamo dovuto annullare|abbiamo rimandato|abbiamo rinviato|abbiamo annullato"
        "|rimandato|rinviato|è stato rimandato|è stato rinviato|è stato annullato|non ci siamo sentiti"
        "|non ci siamo incontrati|non questa settimana|non questa volta"
    ),
    because="perché|poiché|siccome|a causa di|per via di",
    this_time="questa settimana|questa volta|oggi|ieri",
    softeners="grazie|grazie mille|per favore|mi dispiace",
    greetings="ciao|buongiorno|buonasera|salve|gentile|caro|cara|ciao a tutti|buon pomeriggio|egregio",
    closings=(
        "cordiali saluti|saluti|un saluto|distinti saluti|grazie|grazie mille|grazie in anticipo|a presto|a domani"
        "|a giovedì|buona giornata|buona serata|buon weekend|un abbraccio|abbracci|ciao|cordialmente|tanti saluti"
        "|molte grazie|buon fine settimana"
    ),
    courtesies=(
        "grazie|grazie mille|molte grazie|perfetto|ottimo|va bene|ricevuto|capito|d'accordo|a presto|a domani|bene"
        "|benissimo|ok grazie|perfetto grazie|fantastico|certo"
    ),
    nothing="niente|nulla|nessuna|nessuno|niente di nuovo",
    private="privato|privata|riservato|riservata|confidenziale",
    promise="azione|attività|compito|da fare",
    will="deve|farà|dovrà",
    i_will="io farò|devo",
    near_done="fatto|fatta|finito|finita|completato|completata|già fatto|è fatto|fatto tutto",
    near_drop=(
        "scartato|non serve più|non è più necessario|annullato|abbandonato|lasciamo perdere|non più necessario"
    ),
    near_move=(
        "spostato a|spostato al|rimandato a|rimandato al|rinviato a|rinviato al|rimandato|spostato|lo faccio"
        "|lo finisco|sarà pronto"
    ),
    hedges=(
        "ma|tranne|quasi|non|ancora|manca|aspetto|parzialmente|presto|quando|domani|forse|entro|prima|se|metà"
        "|prossima|meno|salvo|senza|eccetto"
    ),
    away=(
        "ferie|in ferie|assente|fuori ufficio|fuori sede|in vacanza|vacanza|in permesso|in malattia|non disponibile"
        "|in viaggio|fuori"
    ),
    back=(
        "di ritorno|rientro|rientro il|torno|torno il|rientrerò il|rientrerò|a partire dal|tornerò il"
        "|di nuovo in ufficio il"
    ),
    asks={
        "lead": (
            "possiamo|potremmo|puoi|potresti|che ne dici di|che ne dici|va bene|andrebbe bene|meglio|preferisco"
            "|preferirei|facciamo|si può fare|si può|riusciamo|spostiamo|spostiamolo|spostiamola|ti va bene"
            "|ti andrebbe bene|è possibile|sarebbe possibile|posso solo|io posso|nuova proposta|proposta|rimandiamo"
            "|vediamoci"
        ),
        "fill": (
            "spostare|spostarlo|spostarla|spostarci|fare|farlo|vederci|iniziare|rimandare|rinviare|anticipare"
            "|sentirci|il nostro 1:1|la riunione|per|invece|parlare|partire"
        ),
        "tail": (
            "sarebbe meglio|è meglio|va meglio|meglio|mi va meglio|andrebbe meglio|invece|sarebbe perfetto"
            "|mi andrebbe meglio"
        ),
        "after": (
            "per favore|se possibile|se puoi|è possibile|ti va bene|ti va|mi va bene|va bene|andrebbe bene|grazie"
            "|allora|anche|per te|ok"
        ),
        "later": "più tardi|dopo",
        "earlier": "prima",
        "half hour": "mezz'ora",
    },
)
