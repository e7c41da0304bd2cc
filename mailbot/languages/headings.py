"""The headings of our mails in every language: what templates print and what people type.

The first spelling is the one the templates print. The others are what people write instead, and
what older mails said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

HEADINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "big_picture": ("Big picture", "The big picture", "Bigger picture"),
        "feedback": ("Feedback",),
        "career": ("Career", "Career development", "Career growth"),
        "personal": ("Personal", "Personal life"),
        "anything_else": (
            "Anything else",
            "Something else",
            "Other",
            "Other topics",
            "Misc",
            "Miscellaneous",
            "AOB",
        ),
        "action_items": (
            "Action items",
            "Action items from last time",
            "Open action items",
            "Actions",
        ),
        "notes": ("Notes", "What was said", "Meeting notes"),
        "i_will": ("I will", "I'll", "My action items", "What I will do", "What I promised"),
        "they_will": (
            "They will",
            "They'll",
            "Their action items",
            "What they will do",
            "What they promised",
        ),
        "only_you": ("Only you can see this", "Only you", "Just for you"),
    },
    "de": {
        "big_picture": ("Das große Ganze", "Großes Ganzes", "Das grosse Ganze", "Überblick"),
        "feedback": ("Feedback", "Rückmeldung", "Rückmeldungen"),
        "career": ("Entwicklung", "Karriere", "Laufbahn", "Berufliche Entwicklung"),
        "personal": ("Persönliches", "Persönlich", "Privates"),
        "anything_else": (
            "Sonstiges",
            "Was sonst",
            "Sonst noch etwas",
            "Alles andere",
            "Verschiedenes",
        ),
        "action_items": (
            "Aufgaben",
            "Offene Aufgaben",
            "Aufgaben vom letzten Mal",
            "Offene Punkte",
        ),
        "notes": ("Notizen", "Notiz", "Protokoll"),
        "i_will": ("Ich werde", "Ich mache", "Meine Aufgaben"),
        "they_will": (
            "Mein Gegenüber wird",
            "Du wirst",
            "Sie werden",
            "Deine Aufgaben",
            "Aufgaben der anderen Seite",
        ),
        "only_you": ("Nur für dich sichtbar", "Das siehst nur du", "Nur für Sie sichtbar"),
    },
    "fr": {
        "big_picture": ("Vue d'ensemble", "La vue d'ensemble", "Grandes lignes"),
        "feedback": ("Retours", "Retour", "Feedback"),
        "career": ("Carrière", "Évolution", "Évolution professionnelle", "Parcours"),
        "personal": ("Personnel", "Vie personnelle"),
        "anything_else": ("Autre chose", "Autre", "Autres", "Autres sujets", "Divers"),
        "action_items": (
            "Actions",
            "Actions en cours",
            "Actions de la dernière fois",
            "Actions à suivre",
        ),
        "notes": ("Notes", "Compte rendu", "Compte-rendu"),
        "i_will": ("Je vais", "Mes actions", "Je m'engage à"),
        "they_will": ("L'autre va", "Tu vas", "Vous allez", "Ses actions", "Tes actions"),
        "only_you": ("Visible par vous seul", "Toi seul peux le voir", "Vous seul pouvez le voir"),
    },
    "es": {
        "big_picture": ("Visión general", "Panorama general", "La visión general"),
        "feedback": ("Comentarios", "Feedback", "Retroalimentación"),
        "career": ("Carrera", "Carrera profesional", "Desarrollo", "Desarrollo profesional"),
        "personal": ("Personal", "Vida personal", "Lo personal"),
        "anything_else": ("Algo más", "Otros", "Otros temas", "Otra cosa", "Varios"),
        "action_items": (
            "Tareas",
            "Tareas pendientes",
            "Acciones",
            "Acciones pendientes",
            "Pendientes",
        ),
        "notes": ("Notas", "Apuntes"),
        "i_will": ("Yo haré", "Voy a", "Mis tareas"),
        "they_will": ("La otra persona hará", "Tú harás", "Usted hará", "Tus tareas", "Sus tareas"),
        "only_you": ("Solo tú puedes ver esto", "Solo para ti", "Solo usted puede ver esto"),
    },
    "pt": {
        "big_picture": ("Visão geral", "Panorama geral", "A visão geral"),
        "feedback": ("Feedback", "Comentários", "Retorno"),
        "career": ("Carreira", "Desenvolvimento", "Desenvolvimento profissional"),
        "personal": ("Pessoal", "Vida pessoal"),
        "anything_else": ("Algo mais", "Outros", "Outros assuntos", "Outros temas", "Diversos"),
        "action_items": ("Tarefas", "Tarefas em aberto", "Ações", "Acções", "Pendências"),
        "notes": ("Notas", "Anotações"),
        "i_will": ("Eu vou", "Vou", "Minhas tarefas", "As minhas tarefas"),
        "they_will": ("A outra pessoa vai", "Você vai", "Suas tarefas", "As tuas tarefas"),
        "only_you": ("Só você pode ver isto", "Só tu podes ver isto", "Só para você"),
    },
    "it": {
        "big_picture": ("Quadro generale", "Il quadro generale", "Visione d'insieme"),
        "feedback": ("Feedback", "Riscontro", "Riscontri"),
        "career": ("Carriera", "Crescita", "Crescita professionale"),
        "personal": ("Personale", "Vita personale"),
        "anything_else": ("Altro", "Altri temi", "Qualcos'altro", "Varie"),
        "action_items": ("Attività", "Attività aperte", "Azioni", "Cose da fare"),
        "notes": ("Note", "Appunti"),
        "i_will": ("Io farò", "Farò", "Le mie attività"),
        "they_will": ("L'altra persona farà", "Tu farai", "Le tue attività", "Le sue attività"),
        "only_you": ("Solo tu puoi vederlo", "Solo per te"),
    },
    "nl": {
        "big_picture": ("Het grote geheel", "Grote geheel", "Overzicht", "Het grote plaatje"),
        "feedback": ("Feedback", "Terugkoppeling"),
        "career": ("Loopbaan", "Carrière", "Ontwikkeling"),
        "personal": ("Persoonlijk", "Privé"),
        "anything_else": (
            "Verder nog iets",
            "Iets anders",
            "Overig",
            "Overige",
            "Wat verder ter tafel komt",
        ),
        "action_items": ("Actiepunten", "Openstaande actiepunten", "Acties", "Taken"),
        "notes": ("Notities", "Aantekeningen", "Verslag"),
        "i_will": ("Ik zal", "Ik ga", "Mijn actiepunten"),
        "they_will": ("De ander zal", "Jij gaat", "Jouw actiepunten", "Hun actiepunten"),
        "only_you": ("Alleen jij kunt dit zien", "Alleen voor jou"),
    },
}
"""Language -> key -> spellings. "de": what templates/de prints under Theme.CAREER is
HEADINGS["de"]["career"][0]."""

LONGEST = 10 + max(
    len(spelling) for keys in HEADINGS.values() for each in keys.values() for spelling in each
)
"""Characters; nothing longer is a heading, decoration included."""


def fold(text: str) -> str:
    """The form in which headings are compared: case, typographic apostrophes, accents and blanks
    do not count."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ß", "ss").casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


SPELLINGS: Mapping[str, str] = {
    fold(spelling): key
    # English last: it wins where two languages share a word
    for language in reversed(tuple(HEADINGS.values()))
    for key, spellings in language.items()
    for spelling in spellings
}


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading that was found on a line, and the words that follow it on the same line."""

    key: str
    rest: str
    exact: bool  # nothing but the heading and its decoration


_DECORATION = "*_#=~`>:. \t\u00a0\u2014\u2013-[](){}•·■►▶➤→"
_DASHES = (" - ", " – ", " — ", " -- ")


def read_heading(line: str) -> Headed | None:
    """`Career`, `*Career*`, `## Career`, `1. Career`, `Career:`, `career - text`, `Career:
    text`."""
    key = heading_alone(line)
    return Headed(key, "", exact=True) if key else _with_text(line.strip())


def heading_alone(line: str) -> str:
    """The key of a heading that stands alone on its line, or ""."""
    bare = line.strip()
    return SPELLINGS.get(fold(_undecorated(bare)), "") if len(bare) <= LONGEST else ""


def _undecorated(text: str) -> str:
    return _unnumbered(text.strip(_DECORATION)).strip(_DECORATION)


def _unnumbered(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if rest and head.rstrip(".)").isdigit() and head[-1] in ".)" else text


def _with_text(bare: str) -> Headed | None:
    """A heading, a colon or a dash between blanks, and words."""
    opening = bare[: LONGEST + 4]
    for mark in (":", "\uff1a", *_DASHES):
        at = opening.find(mark)
        if at <= 0 or not bare[at + len(mark) :].strip():
            continue
        key = SPELLINGS.get(fold(_undecorated(bare[:at])))
        if key is not None:
            return Headed(key, bare[at + len(mark) :].strip().lstrip("*_").strip(), exact=False)
    return None
