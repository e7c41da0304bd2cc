"""Tell who wrote a mail and how sure that is: Authentication-Results of the server we trust (RFC
8601), never a name or Reply-To."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from mailbot.inbound.message import header
from mailbot.inbound.message.parse import ODD_HEADER, ONCE, Inbound, parse
from mailbot.inbound.message.received import hop, hops_above, host_shown, is_public

GOOGLE_ID = "mx.google.com"
MICROSOFT = "outlook.com"  # Exchange Online: *.prod.outlook.com, *.protection.outlook.com
LONGEST_HEADER = 16_384  # characters of one Authentication-Results that are read
NEGATIVE = {"fail", "hardfail", "policy"}  # softfail, neutral, temperror and permerror say nothing
_KNOWN_RESULTS = NEGATIVE | {  # RFC 8601 section 2.7; bestguesspass: Exchange Online
    *("pass", "bestguesspass", "none", "neutral", "softfail", "temperror", "permerror")
}


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, no password
    NONE = "none"  # nobody we trust said anything
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Policy:
    """How the operator's mail server states what it checked."""

    profile: str = "generic"  # generic | google | microsoft
    authserv_id: str = ""  # of our own server; "": its verdicts count as none (except microsoft)

    @property
    def pinned(self) -> bool:
        """Whether there is somebody whose word counts."""
        return bool(self.authserv_id) or self.profile != "generic"


@dataclass(frozen=True, slots=True)
class Proof:
    verdict: Verdict
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One method of an Authentication-Results header: `dkim=pass header.d=corp.example`. All
    lower case."""

    method: str
    result: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResultsHeader:
    """One Authentication-Results header. authserv_id "": it names none, as Exchange Online
    writes it."""

    authserv_id: str
    results: tuple[Result, ...]

    def of(self, method: str) -> tuple[Result, ...]:
        return tuple(each for each in self.results if each.method == method)


def authenticate(inbound: Inbound, policy: Policy) -> Proof:
    """Return what our own mail server says of the domain in From."""
    if inbound.author is None:
        return Proof(Verdict.NONE, (f"From: {inbound.author_defect}",))
    if doubt := _two_readings(inbound):
        return Proof(Verdict.FAIL, (doubt,))
    if policy.profile == "microsoft" and _is_internal(inbound):
        return Proof(Verdict.PASS, ("X-MS-Exchange-Organization-AuthAs: Internal",))
    block, why = _trusted_block(inbound, policy)
    if block is None:
        return Proof(Verdict.NONE, (why,))
    proof = _judged(block, inbound.author.address)
    source = f" (Authentication-Results of {block.authserv_id or 'Exchange'})"
    return replace(proof, trace=tuple(each + source for each in proof.trace))


def _two_readings(inbound: Inbound) -> str:
    """Say why our server may have checked another From than we read; "": it has not.

    Signatures cover the last of a repeated field, readers show the first (RFC 6376 section 8.15).
    """
    for name in ONCE:
        if len(inbound.headers.get(name, ())) > 1:
            return f"more than one {name}: nobody can say which one was checked"
    if ODD_HEADER in inbound.defects:
        return f"{ODD_HEADER}: our server may have read another one"
    return ""


def _is_internal(inbound: Inbound) -> bool:
    """Tell whether Exchange says that a mail stayed inside the tenant.

    Such a mail has no DKIM and fails SPF (serverfault 1154095). Exchange takes this header off
    whatever comes from outside, which `mailbot check` has to see before the profile is trusted.
    """
    said = inbound.headers.get("x-ms-exchange-organization-authas", ())
    return [each.lower() for each in said] == ["internal"]


def raised(proof: Proof, own_check: Proof) -> Proof:
    """Add our own DKIM check: it lifts none to pass and never lowers: servers rewrite bodies after
    they checked them (dkim_verifier#300, MimeKit#1000), so a local failure proves nothing."""
    trace = (*proof.trace, *own_check.trace)
    lifted = proof.verdict is Verdict.NONE and own_check.verdict is Verdict.PASS
    return replace(own_check if lifted else proof, trace=trace)


def seen_servers(head: bytes) -> tuple[str, ...]:
    """Return which servers claim to have judged a mail with this header, topmost first.

    For the operator, who knows theirs.
    """
    claims = [
        read_results(value).authserv_id
        for value in parse(head).headers.get("authentication-results", ())
    ]
    return tuple(dict.fromkeys(name for name in claims if name))


def names_us(inbound: Inbound, address: str) -> bool:
    """Tell whether To or Cc, which a signature covers, names mailbot.

    A mail that was written to somebody else and sent on to us does not: its words were not meant as
    commands.
    """
    return bool(headers_naming(inbound, address))


def headers_naming(inbound: Inbound, address: str) -> tuple[str, ...]:
    """Return which of To and Cc name mailbot."""
    return tuple(name for name in ("to", "cc") if _names(inbound.headers.get(name, ()), address))


def _names(values: Iterable[str], address: str) -> bool:
    local, _, domain = address.lower().rpartition("@")
    parted = [each.rpartition("@") for each in header.addresses(values)]
    return any(to.partition("+")[0] == local and at == domain for to, _, at in parted)


def _trusted_block(inbound: Inbound, policy: Policy) -> tuple[ResultsHeader | None, str]:
    """Find the topmost Authentication-Results of our own server, or say why there is none."""
    blocks = [read_results(value) for value in inbound.headers.get("authentication-results", ())]
    at, why = _our_block(blocks, policy)
    if at is None:
        return None, why
    above = hops_above(inbound, "authentication-results")[at]
    stranger = _stranger_above(inbound, above, _organisation(policy))
    if stranger:
        shown = host_shown(stranger) or "no host's name"
        return None, f"Authentication-Results below a hop of {shown}: a stranger wrote them"
    return blocks[at], ""


def _our_block(blocks: list[ResultsHeader], policy: Policy) -> tuple[int | None, str]:
    """Find the topmost block by its authserv-id; Exchange Online writes none."""
    if policy.profile == "microsoft" and blocks and not blocks[0].authserv_id:
        return 0, ""
    pinned = _authserv_id(policy)
    if not pinned:
        return None, "no authserv-id is configured"
    for at, block in enumerate(blocks):
        if block.authserv_id == pinned:
            return at, ""
    return None, f"no Authentication-Results of {pinned}"


def _authserv_id(policy: Policy) -> str:
    return policy.authserv_id.lower().rstrip(".") or (
        GOOGLE_ID if policy.profile == "google" else ""
    )


def _organisation(policy: Policy) -> str:
    """Return the domain our servers have in common: what their name in authserv-id stands below."""
    if policy.profile == "microsoft":
        return MICROSOFT
    name = _authserv_id(policy)
    parent = name.partition(".")[2]
    return parent if "." in parent else name


def _stranger_above(inbound: Inbound, above: int, organisation: str) -> str:
    """Name the first foreign server among the topmost `above` hops; "" if none is known to be.

    Servers add their fields above what they were given (RFC 5321 section 4.4), so ours are those
    from our topmost hop down to the first hop of somebody else; some write their verdict below
    their own Received (Gmail, OpenDKIM), none below another's. What stands above our topmost hop
    fetched the mail after it had been delivered. Servers without a public name (localhost, a
    filter behind the door) are ours. Where no hop is ours by its name, names tell nothing.
    """
    ours = False
    for value in inbound.headers.get("received", ())[:above]:
        host = hop(value).by
        if _is_within(host, organisation):
            ours = True
        elif ours and is_public(host):
            return host
    return ""


def _is_within(host: str, organisation: str) -> bool:
    return host == organisation or host.endswith("." + organisation)


def _judged(block: ResultsHeader, address: str) -> Proof:
    """Judge by DMARC first, it is about From; then a passing signature or envelope of the same
    organisation."""
    domain = address.rpartition("@")[2]
    verdict, why = _by_dmarc(block.of("dmarc"), domain)
    if verdict is not None:
        return Proof(verdict, (why,))
    speaking = [each for each in block.results if _speaks_for(each, address)]
    if passed := _first(speaking, {"pass"}):
        return Proof(Verdict.PASS, (why, f"{passed.method}=pass for {domain}"))
    if failed := _first(speaking, NEGATIVE):
        return Proof(Verdict.FAIL, (why, f"{failed.method}={failed.result} for {domain}"))
    return Proof(Verdict.NONE, (why, f"nothing that passed speaks for {domain}"))


def _first(results: Iterable[Result], outcomes: Container[str]) -> Result | None:
    return next((each for each in results if each.result in outcomes), None)


def _by_dmarc(results: tuple[Result, ...], domain: str) -> tuple[Verdict | None, str]:
    """Judge by the result of DMARC. None: DMARC says nothing."""
    if len(results) > 1:
        return Verdict.FAIL, "two dmarc results in one header: one of them was written into it"
    if not results:
        return None, "no dmarc result"
    found = results[0]
    checked = found.properties.get("header.from", "")
    if checked and checked.rpartition("@")[2] != domain:
        return Verdict.FAIL, f"dmarc={_shown(found)}, but for another From than we read"
    # the second: Exchange Online, no record but all aligned
    if found.result in ("pass", "bestguesspass") and checked:
        return Verdict.PASS, f"dmarc={found.result} header.from={domain}"
    if found.result in NEGATIVE:
        return Verdict.FAIL, f"dmarc={found.result} header.from={domain}"
    return None, f"dmarc={_shown(found)}"


def _shown(result: Result) -> str:
    """Return the result for the journal: a word of the standard, or "other"."""
    return result.result if result.result in _KNOWN_RESULTS else "other"


def _speaks_for(result: Result, address: str) -> bool:
    domain, seen = address.rpartition("@")[2], result.properties
    match result.method:
        case "dkim":
            signer = seen.get("header.d") or seen.get("header.i", "").rpartition("@")[2]
            return aligned(signer, domain)
        case "spf":
            return aligned(seen.get("smtp.mailfrom", "").rpartition("@")[2], domain)
        # RFC 8601 section 2.7.4: somebody logged in, which says nothing of other people's From
        case "auth":
            return seen.get("smtp.auth", "") in (address, address.rpartition("@")[0])
        case _:
            return False


def aligned(domain: str, author_domain: str) -> bool:
    """Tell whether two domains align: the same, or one below the other (RFC 7489 section 3.1,
    relaxed). A bare top level aligns with nothing."""
    shorter, longer = sorted((domain.strip(".").lower(), author_domain), key=len)
    return "." in shorter and (shorter == longer or longer.endswith("." + shorter))


def read_results(value: str) -> ResultsHeader:
    """Read one Authentication-Results header. What is in comments and quotes can forge nothing."""
    statements = [_words(each) for each in _statements(value[:LONGEST_HEADER])]
    first = statements[0] if statements else []
    named = bool(first) and "=" not in first[0]
    results = tuple(_results(statements[1:] if named else statements))
    return ResultsHeader(first[0].lower().rstrip(".") if named else "", results)


def _results(statements: list[list[str]]) -> Iterator[Result]:
    for words in statements:
        method, _, result = words[0].partition("=") if words else ("", "", "")
        if method and result:
            yield Result(method.partition("/")[0].lower(), result.lower(), _properties(words[1:]))


def _properties(words: list[str]) -> dict[str, str]:
    """Read name=value; the first of two with one name counts."""
    pairs = [word.partition("=") for word in words if "=" in word]
    return {name.lower(): text.lower() for name, _, text in reversed(pairs)}


def _statements(value: str) -> Iterator[str]:
    """Cut a header at its semicolons, without comments, quotes and what could cut inside them."""
    letters: list[str] = []
    for letter, cuts in _uncommented(value):
        if cuts:
            yield "".join(letters)
            letters = []
        else:
            letters.append(letter)
    yield "".join(letters)


def _uncommented(value: str) -> Iterator[tuple[str, bool]]:
    """Yield letters, and whether one ends a statement; a comment is a blank (RFC 5322, 3.2.2)."""
    depth, quoted, escaped = 0, False, False
    for letter in value:
        if escaped:
            escaped = False
        elif letter == "\\" and (quoted or depth):
            escaped = True
        elif letter == '"' and not depth:
            quoted = not quoted
        elif quoted:
            yield (letter if letter.isalnum() or letter in "@.-_+" else "_"), False
        elif letter in "()":
            depth = max(depth + (1 if letter == "(" else -1), 0)
            yield " ", False
        elif not depth:
            yield letter, letter == ";"


def _words(statement: str) -> list[str]:
    """Split into words: `dkim = pass header.d = x` is `dkim=pass header.d=x` (RFC 8601 section 2.2
    allows the blanks)."""
    parts = [each.strip() for each in statement.split("=")]
    return "=".join(parts).split()
