"""Read the language files: `xx.toml` holds every word of one language, `und.toml` the words of no
language (BCP 47 "und"), such as the names of devices.

Words stand in one string with bars between them ('mvh | med vänlig hälsning') and, where they are
many, in a literal string of several lines: the parser of the standard library finds the end of a
literal string in one search, but reads an array of strings character by character. All files
together, 150 kB, are read in 20 ms so, once, when the first word is asked for; as arrays they took
three times that. A compiled copy beside them would be a second truth.

Words are kept as they are written. Who compares them folds them: `fold` for what people type,
`plain` for what programs write (mailbot/languages/fold.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from mailbot.errors import InputError

Words = str  # "best regards | cheers"
Rows = tuple[Words, ...]
Table = Mapping[str, Words]

ENGLISH, NO_LANGUAGE = "en", "und"
_ENDING = ".toml"
_SAME_AS = {"nb": "no", "nn": "no"}  # the two written forms of Norwegian share a file


# neither compared nor shown: two methods less for each are a quarter of what making them costs
@dataclass(frozen=True, eq=False, repr=False)
class PrintedDays:
    """The names of days and months that our mails print. Monday first, January first."""

    weekdays: Words = ""
    weekdays_short: Words = ""
    months: Words = ""
    months_short: Words = ""


@dataclass(frozen=True, eq=False, repr=False)
class DateWords:
    """What people write for days and times."""

    weekdays: Rows = ()  # Monday first, each with its spellings
    months: Rows = ()  # January first
    numbers: Rows = ()  # from one
    weekly_days: Rows = ()  # "Tuesdays", "dienstags": every week on that day
    articles: Words = ""  # before "15", a day of the month
    past: Words = ""  # beside a done action item: "last", "yesterday"
    past_units: Words = ""  # "last week": when it was done does not matter
    due_short: Words = ""  # a due date at the end without a "by": "EOW"
    hour_words: Words = ""  # "2 heures" is an amount as well as a time of day
    to: Words = ""  # between two days of one month: "9. bis 13. März"
    minutes: Words = ""  # behind a number: how long a 1:1 is
    hours: Words = ""
    one_hour: Words = ""  # before `hours`
    words: Table = field(default_factory=dict)  # kind (and value) of a date word -> spellings


@dataclass(frozen=True, eq=False, repr=False)
class TypedWords:
    """What people type to us: commands and answers."""

    next_meeting: Words = ""  # what follows "before" when no day is meant: "our next 1:1"
    until: Words = ""
    conjunctions: Words = ""
    please: Words = ""  # what may follow a command and changes nothing
    yes: Words = ""  # a whole clause
    no: Words = ""
    plain_yes: Words = ""  # the one word that says yes whatever follows it
    plain_no: Words = ""
    always: Words = ""  # yes, and from this address from now on
    but: Words = ""  # takes a yes back that stands before it
    happened: Words = ""  # yes to "did it happen?"
    missed: Words = ""  # no to it
    because: Words = ""  # goes on behind that no without a stop
    this_time: Words = ""  # stands behind that no and changes nothing
    softeners: Words = ""  # what may stand beside a yes or a no
    nothing: Words = ""  # under "I will": no promise
    private: Words = ""  # before a colon
    shared: Words = ""  # before a colon: ends a private block
    private_unmarked: Words = ""  # those that hide a line without a colon, too
    not_private: Words = ""  # phrases that end like a private word and are none
    promise: Words = ""  # before a colon: an action item
    will: Words = ""  # between a name and what that person promised
    i_will: Words = ""
    near_done: Words = ""  # typed next to an action item
    near_drop: Words = ""
    near_move: Words = ""  # before a date, next to an action item
    hedges: Words = ""  # a "done" with one of these behind it is not done
    away: Words = ""  # what somebody is who is not there
    back: Words = ""  # before the day of the return
    pick: Words = ""  # before the number of an offered time: "option 2"
    picked: Words = ""  # behind it: "2 works for me"
    no_wish: Words = ""  # begins a sentence with a time that asks for none: "see you Tue 10"
    verbs: Table = field(default_factory=dict)  # command -> spellings
    cadence: Table = field(default_factory=dict)  # parts of "every 2 weeks, Tuesdays 10:00"
    asks: Table = field(default_factory=dict)  # parts of a sentence that asks for another time


@dataclass(frozen=True, eq=False, repr=False)
class PoliteWords:
    """What people write to be polite. The commands and the signatures read the same lists."""

    greetings: Words = ""
    closings: Words = ""
    courtesies: Words = ""  # what is no item when it is all the mail says
    closings_before_day: Words = ""  # "See you Thursday"
    closings_before_place: Words = ""  # "Beste Grüße aus Köln"
    thanks: Words = ""  # stems of closings that stand in the middle of a mail, too
    joined: Words = ""  # "and", between two closings


@dataclass(frozen=True, eq=False, repr=False)
class SignatureWords:
    """What stands in a signature."""

    titles: Words = ""  # jobs and companies
    departments: Words = ""  # those that may as well be the topic of a meeting
    contacts: Words = ""  # before a colon and a number or an address
    particles: Words = ""  # small words inside names and titles
    streets: Words = ""  # behind the name of a street
    streets_before_name: Words = ""


@dataclass(frozen=True, eq=False, repr=False)
class ClientWords:
    """What mail programs, gateways and lists write by themselves (public corpora and list archives,
    2012-2026)."""

    wrote: Words = ""  # in an attribution
    quoting: Words = ""  # how some web mailers begin instead: "Quoting Ana <ana@corp.example>:"
    attribution_openers: Words = ""  # first words of attributions wrapped over several rows
    attribution_frames: Words = ""  # "On ... wrote:", where other words share its row
    attribution_within: Words = ""  # "wrote", where the name stands behind it
    labels: Table = field(default_factory=dict)  # kind of header -> its labels, without the colon
    dividers: Words = ""  # what stands between the dashes
    divider_openers: Words = ""  # dividers that need no dashes begin so
    divider_starts: Words = ""  # dividers that go on with a name or a date
    reply_above: Words = ""  # the line of ticket systems below which nothing is new
    message: Words = ""  # words for "message": between dashes they make a divider
    cut: Words = ""  # what people put where they cut a quote
    pictures: Words = ""  # "[image: logo.png]"
    devices: Words = ""  # devices and apps that name themselves in a footer
    device_stems: Words = ""
    mine: Words = ""  # before the name of a device
    sent_from: Words = ""  # how a client footer begins
    sent_from_ends: Words = ""  # how it ends where the verb comes last
    always_sent_from: Words = ""  # footers that need no further word
    from_mine: Words = ""  # beginnings without a word for "sent": nothing else may be said
    mottos: Words = ""  # "Sent from a magnificent torch of pixels"
    platforms: Words = ""  # what Outlook is offered for
    excuses: Words = ""  # stems of what people add to the footer of their phone
    list_footers: Words = ""  # how lines of lists, virus scanners and pleas against printing begin
    list_footer_ends: Words = ""
    listed: Words = ""  # what else stands in such lines; without it they are a person's
    banners: Words = ""  # how gateways begin their warnings above a mail from outside
    lone_banners: Words = ""  # a whole warning
    outside: Words = ""  # what a warning speaks of
    mailed: Words = ""
    banner_words: Words = ""
    warnings: Words = ""  # the first word of a warning, whatever its wording
    reacted: Words = ""  # Outlook's sentence for a reaction, behind a name
    away_subjects: Words = ""  # subjects of automatic replies, without the colon
    challenge_subjects: Words = ""  # "prove that you are no robot": whole subjects
    challenge_subject_starts: Words = ""


@dataclass(frozen=True, eq=False, repr=False)
class NoticeWords:
    """What stands in legal notices below a mail."""

    stems: Words = ""  # three that nobody would write make one; a short one is a whole word
    openers: Words = ""  # how notices begin: two stems are enough behind these
    goes_on: Words = ""  # what the paragraphs below a notice speak of
    first_person: Words = ""  # "I", "my", where that is no word of another language: no notice


@dataclass(frozen=True, eq=False, repr=False)
class Lexicon:
    """The words of one language. What is empty is not read in it."""

    code: str
    headings: Table = field(default_factory=dict)  # key -> spellings; mails print the first
    day_names: PrintedDays = field(default_factory=PrintedDays)
    dates: DateWords = field(default_factory=DateWords)
    typed: TypedWords = field(default_factory=TypedWords)
    polite: PoliteWords = field(default_factory=PoliteWords)
    signature: SignatureWords = field(default_factory=SignatureWords)
    clients: ClientWords = field(default_factory=ClientWords)
    notices: NoticeWords = field(default_factory=NoticeWords)


def each(words: Words) -> tuple[str, ...]:
    """Split into the single words and phrases, in their order and as they are written."""
    return tuple(" ".join(words.split()).split(" | ")) if words else ()


_KEYS = {
    "headings": """
        big_picture | feedback | career | personal | anything_else | action_items | notes | i_will |
        they_will | only_you
    """,
    "clients.labels": "from | date | to | subject | other",
    "dates.words": """
        am | at | by | end | eod | eom | eoq | eow | eoy | fixed midnight | fixed noon | from |
        half | half past | in | mid | my time | next | oclock | on | overmorrow | part afternoon |
        part evening | part morning | pm | quarter past | quarter to | same time | start | the |
        this | today | today_part afternoon | today_part evening | today_part morning | tomorrow |
        unit day | unit hour | unit minute | unit month | unit quarter | unit week | unit year |
        zone
    """,
    "typed.asks": "lead | fill | tail | after | wish | object | half hour | later | earlier",
    "typed.cadence": "every | other | weekly | biweekly | monthly | filler",
    "typed.verbs": """
        done | drop | reopen | move | skip | pause | resume | undo | help | private | new | less |
        more | stop | later | find
    """,
}
_KNOWN = {table: frozenset(each(keys)) for table, keys in _KEYS.items()}
_LENGTHS = {"weekdays": 7, "weekly_days": 7, "months": 12}  # of lists that count


@cache
def lexicon(language: str) -> Lexicon:
    """Read the file of a language ("de", "de-AT", "nb"). Raises KeyError where there is none,
    InputError where one is not as it should be."""
    code = language.lower().replace("_", "-").split("-")[0]
    code = _SAME_AS.get(code, code)
    if code not in codes():
        raise KeyError(language)
    return _read(code)


@cache
def lexicons() -> Mapping[str, Lexicon]:
    """Read every file: code -> its words, English first. Raises InputError."""
    return {code: _read(code) for code in codes()}


@cache
def codes() -> tuple[str, ...]:
    """List the languages that have a file, English first, "und" last."""
    names = (file.name for file in files("mailbot.languages").iterdir())
    found = {name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)}
    return (ENGLISH, *sorted(found - {ENGLISH, NO_LANGUAGE}), NO_LANGUAGE)


@cache
def _read(code: str) -> Lexicon:
    """Read one file, once."""
    text = files("mailbot.languages").joinpath(f"{code}{_ENDING}").read_text("utf8")
    return parse(code, text)


def parse(code: str, text: str) -> Lexicon:
    """Make a lexicon of the text of a language file. Raises InputError, with file and key."""
    file = _File(f"languages/{code}{_ENDING}")
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file.name}: {error}") from error
    for name in raw.keys() - {each.name for each in fields(Lexicon)}:
        raise InputError(f"{file.name}: [{name}] is no section that anybody reads.")
    return Lexicon(
        code,
        headings=file.table("headings", raw.get("headings", {})),
        day_names=file.section("day_names", PrintedDays, raw),
        dates=file.section("dates", DateWords, raw),
        typed=file.section("typed", TypedWords, raw),
        polite=file.section("polite", PoliteWords, raw),
        signature=file.section("signature", SignatureWords, raw),
        clients=file.section("clients", ClientWords, raw),
        notices=file.section("notices", NoticeWords, raw),
    )


_Section = TypeVar("_Section")


@cache
def _annotations(kind: Callable[..., object]) -> Mapping[str, str]:
    """Look up the kinds of the fields: "Words", "Rows" or "Table"."""
    return {each.name: str(each.type) for each in fields(kind)}  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False, repr=False)
class _File:
    """Turns the parsed TOML of one file into sections; each error names the file and the key."""

    name: str

    def section(self, name: str, kind: Callable[..., _Section], raw: Mapping[str, Any]) -> _Section:
        """Make a section of its table; what it lacks is empty."""
        known = _annotations(kind)
        keys = self._keys(name, raw.get(name, {}), known)
        return kind(**{key: _CHECKS[known[key]](self, name, key, keys[key]) for key in keys})

    def table(self, name: str, value: object) -> Table:
        """Check a table: the keys of a closed set, each with its words."""
        keys = self._keys(name, value, _KNOWN[name])
        return {key: self.words(name, key, words) for key, words in keys.items()}

    def _keys(self, name: str, value: object, known: Container[str]) -> Mapping[str, object]:
        """Check that the value has keys, and that each is one that somebody reads."""
        if not isinstance(value, dict):
            raise self._wrong(name, "is no section")
        for key in value:
            if key not in known:
                raise self._wrong(f"{name}.{key}", "is no key that anybody reads")
        return value

    def inner(self, name: str, key: str, value: object) -> Table:
        """Check a table within a section."""
        return self.table(f"{name}.{key}", value)

    def rows(self, name: str, key: str, value: object) -> Rows:
        """Check a list: one string for each day, month or number."""
        if not isinstance(value, list):
            raise self._wrong(f"{name}.{key}", "is no list of strings")
        wanted = _LENGTHS.get(key, len(value))
        if len(value) != wanted:
            raise self._wrong(f"{name}.{key}", f"has {len(value)} entries instead of {wanted}")
        return tuple(self.words(name, key, each) for each in value)

    def words(self, name: str, key: str, value: object) -> Words:
        """Check that the value is a string; how it is made is looked at in a test."""
        if not isinstance(value, str):
            raise self._wrong(f"{name}.{key}", "is no string of words with bars between them")
        return value

    def _wrong(self, key: str, what: str) -> InputError:
        """Make the error for a key, or for a section."""
        return InputError(f"{self.name}: {key} {what}.")


_CHECKS: Mapping[str, Callable[[_File, str, str, object], object]] = {
    "Words": _File.words,
    "Rows": _File.rows,
    "Table": _File.inner,
}
"""Kind of a field -> what checks the value of its key."""
