"""Spanish. "mar" and "mar." are read as neither March nor Tuesday: they are both."""

from mailbot.languages.lexicon.entry import Lexicon

ES = Lexicon(
    weekdays=(
        "lunes|lun",
        "martes",
        "miércoles|mié",
        "jueves|jue",
        "viernes|vie",
        "sábado|sáb",
        "domingo|dom",
    ),
    months=(
        "enero|ene",
        "febrero|feb",
        "marzo",
        "abril|abr",
        "mayo|may",
        "junio|jun",
        "julio|jul",
        "agosto|ago",
        "septiembre|setiembre|sep|sept",
        "octubre|oct",
        "noviembre|nov",
        "diciembre|dic",
    ),
    numbers=(
        "uno|un|una",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
    ),
    dates={
        "today": "hoy",
        "today_part evening": "esta noche",
        "tomorrow": "mañana",
        "overmorrow": "pasado mañana",
        "next": "próximo|próxima|que viene|siguiente|el próximo|la próxima|de la próxima",
        "this": "este|esta|de esta",
        "in": "en|dentro de",
        "end": "fin de|fin del|final de|final del|finales de|el fin de|a finales de|fines de|fin de la|final de la",
        "start": "principio de|principios de|inicio de|comienzo de",
        "mid": "mediados de|a mediados de|mitad de",
        "eod": "fin del día|final del día",
        "unit minute": "minuto|minutos",
        "unit hour": "hora|horas",
        "unit day": "día|días",
        "unit week": "semana|semanas|la semana",
        "unit month": "mes|meses",
        "unit quarter": "trimestre",
        "unit year": "año|años",
        "fixed noon": "mediodía|al mediodía",
        "fixed midnight": "medianoche",
        "part morning": "por la mañana|de la mañana",
        "part afternoon": "por la tarde|de la tarde",
        "part evening": "por la noche|de la noche",
        "oclock": "h|horas|hrs|en punto",
        "at": "a las|a la|sobre las",
        "by": (
            "para|para el|para la|antes del|antes de|antes de la|hasta|hasta el|a más tardar|a más tardar el"
            "|como muy tarde|vence|vence el|límite"
        ),
        "on": "el|la|al|de|del|a",
        "same time": "misma hora|a la misma hora|mismo horario",
        "zone": "tu hora|su hora",
        "my time": "mi hora",
    },
    verbs={
        "done": "hecho|hecha|listo|lista|terminado|terminada|completado|completada",
        "drop": "descartar|descartado|descartada|abandonar|eliminar",
        "reopen": "reabrir|reabierto|reabierta",
        "move": (
            "mover a|mover al|mueve a|mueve al|mover|pasar a|pasar al|pasarla al|pasarlo al|cambiar a|cambiar al"
            "|aplazar a|aplazar al|aplazar|reprogramar para|reprogramar al|mover para"
        ),
        "skip": (
            "saltar|saltarla|omitir|cancelar|cancela|cancelar esta semana|saltar esta semana|saltemos esta semana"
            "|cancelemos esta semana"
        ),
        "pause": "pausa|pausar|pausa todo",
        "resume": "reanudar|continuar|reanuda",
        "undo": "deshacer|deshaz",
        "help": "ayuda|comandos",
        "private": "privado|privada",
        "new": "nuevo 1:1 con|nueva reunión 1:1 con|nuevo uno a uno con",
        "less": "menos",
        "more": "más",
        "stop": "parar",
        "later": "historial|exportar|olvídame",
        "find": "buscar|busca",
    },
    cadence={
        "every": "cada|todos los|todas las",
        "weekly": "semanal|semanalmente|cada semana|todas las semanas",
        "biweekly": "quincenal|cada quince días|cada 15 días|semana por medio",
        "monthly": "mensual|cada mes|todos los meses",
        "filler": "a|los|y|durante|de|desde ahora",
    },
    weekly_days=(
        "los lunes|cada lunes|todos los lunes",
        "los martes|cada martes|todos los martes",
        "los miércoles|cada miércoles|todos los miércoles",
        "los jueves|cada jueves|todos los jueves",
        "los viernes|cada viernes|todos los viernes",
        "los sábados|cada sábado|todos los sábados",
        "los domingos|cada domingo|todos los domingos",
    ),
    next_meeting="la próxima vez|nuestra próxima reunión|la próxima reunión|nuestro próximo 1:1|el próximo 1:1",
    until="hasta|hasta el",
    conjunctions="y|e",
    please="por favor|gracias|porfa",
    yes=(
        "sí|si|claro|vale|de acuerdo|perfecto|me va bien|me viene bien|muy bien|por supuesto|genial|está bien"
        "|estupendo|sí gracias|me parece bien|ok gracias|confirmado|fui yo|sin problema"
    ),
    no=(
        "no gracias|no puedo|no es posible|imposible|no me va bien|no me viene bien|lo siento no|no fui yo|no funciona"
    ),
    happened="sí hubo|tuvo lugar|nos reunimos|nos vimos",
    missed=(
        "no hubo|no tuvo lugar|no nos reunimos|no nos vimos|se canceló|cancelada|no ocurrió|no se hizo"
        "|no hubo reunión|no se celebró|tuvimos que aplazar|tuvimos que aplazarla|tuvimos que posponer"
        "|tuvimos que posponerla|tuvimos que cancelar|tuvimos que cancelarla|la aplazamos|la pospusimos"
        "|la cancelamos|aplazada|pospuesta|se aplazó|se pospuso|no pudimos reunirnos|no pudimos vernos|no hablamos"
        "|esta semana no|esta vez no"
    ),
    because="porque|ya que|por|debido a|puesto que",
    this_time="esta semana|esta vez|hoy|ayer",
    softeners="gracias|muchas gracias|por favor|lo siento",
    greetings=(
        "hola|buenos días|buenas tardes|buenas noches|buenas|estimado|estimada|querido|querida|hola a todos|buen día"
    ),
    closings=(
        "saludos|un saludo|saludos cordiales|un abrazo|abrazos|cordialmente|atentamente|gracias|muchas gracias"
        "|gracias de antemano|hasta luego|hasta pronto|hasta mañana|hasta el jueves|nos vemos|buen día"
        "|buen fin de semana|que tengas un buen día|un cordial saludo|besos|mil gracias"
    ),
    courtesies=(
        "gracias|muchas gracias|mil gracias|perfecto|genial|vale|entendido|recibido|anotado|de acuerdo|estupendo"
        "|muy bien|ok gracias|hasta luego|hasta mañana|nos vemos|bien|perfecto gracias|vale gracias"
    ),
    nothing="nada|ninguna|ninguno|nada nuevo|nada esta vez",
    private="privado|privada|confidencial",
    promise="acción|tarea|pendiente|por hacer|todo",
    will="va a|debe|tiene que|hará",
    i_will="voy a|tengo que|debo",
    near_done=(
        "hecho|hecha|listo|lista|terminado|terminada|ya está|ya está hecho|completado|completada|ya hecho|está hecho"
    ),
    near_drop=(
        "descartado|descartada|ya no hace falta|ya no es necesario|cancelado|cancelada|no hace falta"
        "|ya no se necesita|descartar"
    ),
    near_move=(
        "aplazado al|aplazado a|aplazado|movido al|movido a|pospuesto al|pospuesto a|pospuesto hasta|estará listo"
        "|lo haré|estará hecho|lo termino"
    ),
    hedges=(
        "pero|excepto|casi|no|todavía|aún|falta|esperando|parcialmente|pronto|cuando|mañana|quizás|hasta|antes|si"
        "|mitad|próxima|salvo|sin|menos|tampoco"
    ),
    away=(
        "vacaciones|de vacaciones|ausente|fuera|fuera de la oficina|de baja|de viaje|no disponible|no estaré"
        "|permiso|libre|fuera de oficina|estoy fuera|estaré fuera"
    ),
    back=(
        "de vuelta|vuelvo|vuelvo el|regreso|regreso el|de vuelta el|a partir del|de regreso|de regreso el"
        "|regresaré el|volveré el"
    ),
    asks={
        "lead": (
            "podemos|podríamos|puedes|podrías|qué tal|te va bien|te viene bien|le va bien|puede ser|mejor|prefiero"
            "|preferiría|y si|lo pasamos|la pasamos|lo movemos|la movemos|se puede|es posible|hagámoslo|quedamos"
            "|sería posible|solo puedo|sólo puedo|yo puedo|nueva propuesta|propuesta|lo dejamos|la dejamos"
            "|nos vemos|aplazamos"
        ),
        "fill": (
            "pasar|pasarla|pasarlo|mover|moverla|moverlo|cambiar|cambiarla|cambiarlo|aplazar|aplazarla|aplazarlo"
            "|quedar|vernos|hacerlo|hacerla|hacer|empezar|reunirnos|nuestro 1:1|la reunión|para|para el|lo hacemos"
            "|la hacemos|lo dejamos|mejor|hablar|adelantarla|adelantarlo|retrasarla|retrasarlo"
        ),
        "tail": (
            "sería mejor|me va mejor|me viene mejor|mejor|en su lugar|en vez de hoy|sería perfecto|estaría mejor"
            "|me iría mejor|me vendría mejor"
        ),
        "after": (
            "por favor|si es posible|si puedes|si te va bien|si te viene bien|es posible|te va bien|te viene bien"
            "|te parece|te parece bien|estaría bien|puede ser|está bien|también|me va bien|me viene bien|gracias"
            "|entonces|para ti|ok|vale"
        ),
        "later": "más tarde|después",
        "earlier": "antes|más temprano",
        "half hour": "media hora",
    },
)
