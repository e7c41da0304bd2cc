"""Portuguese, European and Brazilian."""

from mailbot.languages.lexicon.entry import Lexicon

PT = Lexicon(
    weekdays=(
        "segunda|segunda-feira|segunda feira|seg",
        "terça|terça-feira|terça feira|ter",
        "quarta|quarta-feira|quarta feira|qua",
        "quinta|quinta-feira|quinta feira|qui",
        "sexta|sexta-feira|sexta feira|sex",
        "sábado|sáb",
        "domingo|dom",
    ),
    months=(
        "janeiro|jan",
        "fevereiro|fev",
        "março|mar",
        "abril|abr",
        "maio|mai",
        "junho|jun",
        "julho|jul",
        "agosto|ago",
        "setembro|set",
        "outubro|out",
        "novembro|nov",
        "dezembro|dez",
    ),
    numbers=(
        "um|uma",
        "dois|duas",
        "três",
        "quatro",
        "cinco",
        "seis",
        "sete",
        "oito",
        "nove",
        "dez",
        "onze",
        "doze",
    ),
    dates={
        "today": "hoje",
        "tomorrow": "amanhã",
        "overmorrow": "depois de amanhã",
        "next": "próximo|próxima|que vem|seguinte|da próxima|na próxima|no próximo|do próximo",
        "this": "este|esta|deste|desta|nesta|neste|essa|esse",
        "in": "em|dentro de|daqui a",
        "end": "fim de|fim do|fim da|final de|final do|final da|o fim da|o fim do|fins de",
        "start": "início de|início do|começo de|começo do",
        "mid": "meados de|meio de",
        "eod": "fim do dia|final do dia",
        "unit minute": "minuto|minutos",
        "unit hour": "hora|horas",
        "unit day": "dia|dias",
        "unit week": "semana|semanas",
        "unit month": "mês|meses",
        "unit quarter": "trimestre",
        "unit year": "ano|anos",
        "fixed noon": "meio-dia|meio dia|ao meio-dia",
        "fixed midnight": "meia-noite|meia noite",
        "part morning": "de manhã|da manhã|pela manhã",
        "part afternoon": "à tarde|da tarde|de tarde",
        "part evening": "à noite|da noite",
        "oclock": "h|horas|hs",
        "at": "às|à|as|pelas",
        "by": (
            "até|até à|até a|até o|até ao|antes de|antes da|antes do|para|para o|para a|o mais tardar|no máximo"
            "|prazo|vence em"
        ),
        "on": "na|no|de|dia|o|a|no dia|do",
        "same time": "mesma hora|à mesma hora|mesmo horário|no mesmo horário",
        "zone": "sua hora|tua hora",
        "my time": "minha hora",
    },
    verbs={
        "done": "feito|feita|concluído|concluída|terminado|terminada|pronto",
        "drop": "descartar|descartado|descartada|abandonar|remover",
        "reopen": "reabrir|reaberto|reaberta",
        "move": "mover para|mudar para|passar para|adiar para|remarcar para|mover|adiar|remarcar",
        "skip": (
            "pular|saltar|cancelar|cancela|cancelar esta semana|pular esta semana|saltar esta semana"
            "|vamos pular esta semana"
        ),
        "pause": "pausa|pausar",
        "resume": "retomar|continuar",
        "undo": "desfazer|desfaz",
        "help": "ajuda|comandos",
        "private": "privado|privada|particular",
        "new": "novo 1:1 com|nova reunião 1:1 com",
        "less": "menos",
        "more": "mais",
        "stop": "parar",
        "later": "histórico|exportar|esquece-me|esqueça-me",
        "find": "procurar|buscar",
    },
    cadence={
        "every": "cada|todo|toda|a cada|todas as",
        "weekly": "semanal|semanalmente|toda semana|todas as semanas",
        "biweekly": "quinzenal|quinzenalmente|semana sim semana não|de duas em duas semanas|de 2 em 2 semanas",
        "monthly": "mensal|mensalmente|todo mês",
        "filler": "a|às|e|durante|de|agora",
    },
    weekly_days=(
        "às segundas|segundas|segundas-feiras|toda segunda|todas as segundas",
        "às terças|terças|terças-feiras|toda terça|todas as terças",
        "às quartas|quartas|quartas-feiras|toda quarta|todas as quartas",
        "às quintas|quintas|quintas-feiras|toda quinta|todas as quintas",
        "às sextas|sextas|sextas-feiras|toda sexta|todas as sextas",
        "aos sábados|sábados|todo sábado",
        "aos domingos|domingos|todo domingo",
    ),
    next_meeting=(
        "próxima vez|a próxima vez|a nossa próxima reunião|nossa próxima reunião|a próxima reunião|o próximo 1:1"
        "|nosso próximo 1:1"
    ),
    until="até|até o|até ao|até a|até à|até dia",
    conjunctions="e",
    please="por favor|obrigado|obrigada|pf",
    yes=(
        "sim|claro|pode ser|combinado|perfeito|está bem|tá bom|tudo bem|ótimo|de acordo|por mim tudo bem"
        "|com certeza|sim obrigado|sim obrigada|confirmado|fui eu|serve|beleza|fechado"
    ),
    no=(
        "não|não posso|não dá|infelizmente não|não é possível|impossível|não obrigado|não obrigada|não serve|não fui eu"
    ),
    happened="aconteceu|houve|nos reunimos|reunimo-nos",
    missed=(
        "não aconteceu|não houve|não nos reunimos|foi cancelada|foi cancelado|não nos encontramos|não teve lugar"
        "|não houve reunião|não se realizou|não ocorreu|tivemos que adiar|tivemos de adiar|tivemos que remarcar"
        "|tivemos de remarcar|tivemos que cancelar|tivemos de cancelar|adiamos|cancelamos|foi adiada|foi adiado"
        "|adiada|adiado|cancelada|cancelado|não conseguimos nos reunir|não nos falamos|não falamos|esta semana não"
        "|desta vez não"
    ),
    because="porque|pois|por causa de|devido a|já que",
    this_time="esta semana|desta vez|hoje|ontem",
    softeners="obrigado|obrigada|muito obrigado|muito obrigada|por favor|desculpa|desculpe",
    greetings="olá|oi|bom dia|boa tarde|boa noite|caro|cara|prezado|prezada|oi pessoal|olá a todos|querido|querida",
    closings=(
        "abraço|abraços|um abraço|atenciosamente|cumprimentos|melhores cumprimentos|com os melhores cumprimentos"
        "|obrigado|obrigada|muito obrigado|muito obrigada|até logo|até amanhã|até breve|até quinta"
        "|bom fim de semana|boa semana|beijos|beijinhos|att|bom dia|saudações|obrigado desde já|grande abraço"
    ),
    courtesies=(
        "obrigado|obrigada|muito obrigado|muito obrigada|valeu|perfeito|ótimo|combinado|entendido|recebido|anotado"
        "|certo|beleza|até logo|até amanhã|tudo bem|boa|ok obrigado|ok obrigada|top|legal|fixe"
    ),
    nothing="nada|nenhuma|nenhum|nada novo|nada desta vez",
    private="privado|privada|particular|confidencial",
    promise="ação|acção|tarefa|pendência|a fazer|por fazer",
    will="vai|deve|tem que|tem de",
    i_will="eu vou|vou|tenho que|tenho de|devo",
    near_done="feito|feita|concluído|concluída|terminado|terminada|já está|já feito|já fiz|está feito|pronto",
    near_drop=(
        "descartado|descartada|já não é preciso|não é mais necessário|não precisa mais|cancelado|cancelada"
        "|descartar|já não é necessário"
    ),
    near_move="adiado para|adiado até|adiado|movido para|passou para|vou fazer|estará pronto|fica pronto|termino",
    hedges=(
        "mas|exceto|quase|não|ainda|falta|esperando|parcialmente|breve|quando|amanhã|talvez|até|antes|se|metade"
        "|próxima|menos|salvo|sem|aguardando"
    ),
    away=(
        "férias|de férias|ausente|fora|fora do escritório|de licença|licença|em viagem|indisponível|folga|de folga"
    ),
    back=(
        "de volta|volto|volto em|volto no dia|regresso|regresso a|retorno|retorno em|a partir de|de volta em|volto dia"
    ),
    asks={
        "lead": (
            "podemos|poderíamos|podíamos|dá para|daria para|pode ser|que tal|melhor|prefiro|preferia|vamos fazer"
            "|vamos marcar|a gente pode|você pode|podes|é possível|seria possível|só posso|eu posso|nova proposta"
            "|proposta|vamos mudar|vamos passar|e se for"
        ),
        "fill": (
            "mover|mudar|passar|adiar|remarcar|fazer|começar|marcar|nos ver|falar|ser|nosso 1:1|a reunião|para|isso"
            "|mais|antecipar|mudá-la|mudá-lo"
        ),
        "tail": (
            "seria melhor|é melhor|melhor|fica melhor|fica melhor para mim|funciona melhor|em vez disso"
            "|seria perfeito|seria ótimo|dava-me mais jeito"
        ),
        "after": (
            "por favor|se possível|se puder|se der|pode ser|serve|funciona|dá|é possível|está bom|também|obrigado"
            "|obrigada|para você|para ti|então|tudo bem|ok"
        ),
        "later": "mais tarde|depois",
        "earlier": "mais cedo|antes",
        "half hour": "meia hora",
    },
)
