"""French."""

from mailbot.languages.lexicon.entry import Lexicon

FR = Lexicon(
    weekdays=(
        "lundi|lun",
        "mardi",
        "mercredi|mer",
        "jeudi|jeu",
        "vendredi|ven",
        "samedi|sam",
        "dimanche|dim",
    ),
    months=(
        "janvier|janv",
        "février|févr|fév",
        "mars",
        "avril|avr",
        "mai",
        "juin",
        "juillet|juil",
        "août",
        "septembre|sept",
        "octobre|oct",
        "novembre|nov",
        "décembre|déc",
    ),
    numbers=(
        "un|une",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "douze",
    ),
    dates={
        "today": "aujourd'hui",
        "today_part evening": "ce soir",
        "tomorrow": "demain",
        "overmorrow": "après-demain|après demain",
        "next": "prochain|prochaine|suivant|suivante|qui vient|de la prochaine|la prochaine|le prochain",
        "this": "ce|cet|cette|de cette",
        "in": "dans|d'ici|sous",
        "end": "fin|fin de|fin du|la fin de|la fin du|fin de la|la fin de la|fin de l'|la fin de l'",
        "start": "début|début de|début du",
        "mid": "mi -|mi|milieu de|mi-",
        "eod": "fin de journée|la fin de journée|fin de la journée",
        "unit minute": "minute|minutes",
        "unit hour": "heure|heures",
        "unit day": "jour|jours",
        "unit week": "semaine|semaines|la semaine|la semaine de",
        "unit month": "mois",
        "unit quarter": "trimestre",
        "unit year": "an|ans|année|l'année",
        "fixed noon": "midi",
        "fixed midnight": "minuit",
        "part morning": "matin|du matin|dans la matinée|au matin|en matinée",
        "part afternoon": "après-midi|après midi|l'après-midi|de l'après-midi|dans l'après-midi",
        "part evening": "soir|du soir|en soirée",
        "oclock": "h|heures|heure",
        "at": "à|vers",
        "by": (
            "avant|avant le|d'ici à|d'ici le|d'ici au|pour|pour le|jusqu'à|jusqu'au|au plus tard|au plus tard le"
            "|échéance|à rendre le|d'ici la|avant la"
        ),
        "on": "le|la|au|les",
        "same time": "même heure|à la même heure|même horaire",
        "zone": "ton heure|votre heure|heure de chez toi",
        "my time": "mon heure",
    },
    verbs={
        "done": "fait|terminé|fini|faite|terminée",
        "drop": "abandonner|abandonné|abandonne|laisser tomber|supprimer",
        "reopen": "rouvrir|réouvrir|rouvert",
        "move": (
            "déplacer à|déplacer au|déplacer le|déplacer|décaler à|décaler au|décaler|décale à|décale au|reporter à"
            "|reporter au|reporter|repousser à|repousser au|passer à|passer au"
        ),
        "skip": (
            "sauter|passer notre tour|annuler|annule|annuler cette semaine|sauter cette semaine|on annule|on saute"
            "|on saute cette semaine|on annule cette semaine"
        ),
        "pause": "pause|suspendre|mettre en pause",
        "resume": "reprendre|reprise|reprends",
        "undo": "défaire|annule ça|annuler mon dernier mail|retirer",
        "help": "aide|commandes|à l'aide",
        "private": "privé",
        "new": "nouveau 1:1 avec|nouveau tête-à-tête avec|nouveau point avec",
        "less": "moins",
        "more": "plus",
        "stop": "stop|arrêter",
        "later": "historique|exporter|oublie-moi|oubliez-moi",
        "find": "trouver|chercher",
    },
    cadence={
        "every": "chaque|toutes les|tous les",
        "weekly": "hebdomadaire|chaque semaine|toutes les semaines",
        "biweekly": (
            "bimensuel|toutes les deux semaines|une semaine sur deux|tous les quinze jours|tous les 15 jours"
        ),
        "monthly": "mensuel|chaque mois|tous les mois",
        "filler": "le|à|pendant|et|désormais|dorénavant",
    },
    weekly_days=(
        "lundis|le lundi|les lundis|tous les lundis|chaque lundi",
        "mardis|le mardi|les mardis|tous les mardis|chaque mardi",
        "mercredis|le mercredi|les mercredis|tous les mercredis|chaque mercredi",
        "jeudis|le jeudi|les jeudis|tous les jeudis|chaque jeudi",
        "vendredis|le vendredi|les vendredis|tous les vendredis|chaque vendredi",
        "samedis|le samedi|les samedis|tous les samedis|chaque samedi",
        "dimanches|le dimanche|les dimanches|tous les dimanches|chaque dimanche",
    ),
    next_meeting=(
        "prochaine fois|la prochaine fois|notre prochain 1:1|le prochain 1:1|notre prochain point|le prochain point"
        "|notre prochaine rencontre"
    ),
    until="jusqu'au|jusqu'à|jusque|jusqu'en",
    conjunctions="et",
    please="s'il te plaît|s'il vous plaît|svp|stp|merci",
    yes=(
        "oui|ouais|d'accord|dac|ok pour moi|ça marche|ça me va|parfait|très bien|bien sûr|volontiers|entendu"
        "|pas de problème|c'est bon|c'est bon pour moi|avec plaisir|oui merci|va pour moi|c'était moi"
    ),
    no=(
        "non|non merci|pas possible|impossible|ça ne va pas|ça ne marche pas|je ne peux pas|malheureusement non"
        "|malheureusement pas|désolé non|ce n'était pas moi"
    ),
    happened="il a eu lieu|ça a eu lieu|a eu lieu|on s'est vus|nous nous sommes vus",
    missed=(
        "n'a pas eu lieu|il n'a pas eu lieu|ça n'a pas eu lieu|pas eu lieu|on ne s'est pas vus|annulé|on a sauté"
        "|cela n'a pas eu lieu|elle n'a pas eu lieu|la réunion n'a pas eu lieu|nous ne nous sommes pas vus"
        "|on a dû reporter|nous avons dû reporter|on a reporté|nous avons reporté|reporté|on a dû annuler"
        "|nous avons dû annuler|on a annulé|nous avons annulé|c'était annulé|on ne s'est pas parlé"
        "|nous ne nous sommes pas parlé|pas cette semaine|pas cette fois"
    ),
    because="parce que|parce qu'il|parce qu'elle|car|à cause de|puisque|faute de",
    this_time="cette semaine|cette fois|aujourd'hui|hier",
    softeners="merci|merci beaucoup|désolé|désolée",
    greetings="bonjour|salut|bonsoir|coucou|cher|chère|hello|bonjour à tous|re",
    closings=(
        "cordialement|bien cordialement|bien à toi|bien à vous|amicalement|merci|merci beaucoup|merci d'avance"
        "|à bientôt|à demain|à jeudi|à plus|bonne journée|bonne soirée|bon week-end|bises|bisous"
        "|sincères salutations|salutations|meilleures salutations|cdt|bàt|belle journée|à plus tard"
        "|merci et bonne journée|excellente journée|bien amicalement"
    ),
    courtesies=(
        "merci|merci beaucoup|merci bien|super|parfait|top|génial|ça marche|d'accord|bien reçu|noté|c'est noté"
        "|entendu|très bien|ok merci|à bientôt|à demain|à jeudi|bien|super merci|parfait merci|merci pour le rappel"
    ),
    nothing="rien|aucune|aucun|néant|rien de particulier|rien cette fois|ras",
    private="privé|confidentiel|privée|personnel et confidentiel",
    promise="action|tâche|à faire|todo",
    will="va|doit|devra",
    i_will="je vais|je dois",
    near_done="fait|terminé|fini|c'est fait|c'est terminé|déjà fait|faite|terminée|ok c'est fait",
    near_drop=(
        "abandonné|plus nécessaire|n'est plus nécessaire|plus utile|abandonner|laisse tomber|annulé|plus besoin"
        "|caduc|à abandonner"
    ),
    near_move=(
        "reporté au|reporté à|reporté|repoussé au|repoussé à|repoussé|décalé au|décalé à|déplacé au|je le ferai"
        "|sera fait|sera terminé|je termine|je finis"
    ),
    hedges=(
        "mais|sauf|presque|pas|encore|en attente|attends|partiellement|bientôt|quand|dès|demain|peut-être|avant|si"
        "|moitié|prochaine|jusqu'à|reste|sans|ne"
    ),
    away=(
        "congé|congés|en congé|en congés|en vacances|vacances|absent|absente|absence|en arrêt|en déplacement"
        "|indisponible|pas disponible|pas là|hors du bureau|en arrêt maladie|rtt"
    ),
    back=(
        "de retour|retour|de retour le|retour le|reviens|je reviens le|reviens le|à partir du|serai de retour le"
        "|de nouveau disponible le"
    ),
    asks={
        "lead": (
            "on peut|on pourrait|peut-on|pourrait-on|est-ce qu'on peut|est-ce qu'on pourrait|est-ce que|je préfère"
            "|je préférerais|plutôt|que dirais-tu de|que dis-tu de|que dirais-tu d'|disons|on décale|on se voit"
            "|on reporte|on déplace|pouvons-nous|pourrions-nous|serait-il possible de|est-il possible de"
            "|c'est possible|je suis dispo|je suis disponible|on avance|on fait|tu peux|pourrais-tu|peux-tu"
            "|je peux seulement|je ne peux que|nouvelle proposition|proposition|décaler|repousser|reporter|mieux"
            "|on passe|et si on faisait|et"
        ),
        "fill": (
            "décaler|déplacer|le déplacer|la déplacer|reporter|le reporter|la reporter|repousser|passer|avancer"
            "|se voir|faire|faire ça|commencer|faire le point|notre 1:1|notre point|plutôt|la réunion|le 1:1"
            "|s'il te plaît|s'il vous plaît|svp|nous voir"
        ),
        "tail": (
            "serait mieux|ce serait mieux|m'arrange|m'arrangerait|m'arrange mieux|m'arrangerait mieux|me va mieux"
            "|me conviendrait mieux|me conviendrait|conviendrait|plutôt|à la place|serait parfait|ce serait parfait"
            "|va mieux|est mieux|serait possible|m'irait mieux|m'irait"
        ),
        "after": (
            "si possible|s'il te plaît|s'il vous plaît|c'est possible|possible|ça marche|ça te va|ça vous va"
            "|ça irait|stp|svp|ça te convient|ça vous convient|me va|convient|irait|merci|alors|te va|te convient"
            "|c'est bon|si tu peux|pour moi|pour toi"
        ),
        "later": "plus tard",
        "earlier": "plus tôt",
        "half hour": "une demi-heure|demi-heure",
    },
)
