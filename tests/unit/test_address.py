"""Holds: an address has one spelling, and never that of another domain."""

import pytest

from mailbot.address import spelt, spelt_domain
from tests.kit.cases import case

SPELT = [
    ("ana@corp.example", "ana@corp.example"),
    ("Ana.Silva@Corp.Example", "ana.silva@corp.example"),
    ("ana@xn--strae-oqa.example", "ana@xn--strae-oqa.example"),
    ("ana@XN--STRAE-OQA.example", "ana@xn--strae-oqa.example"),
    (
        "ana@straße.example",
        "ana@xn--strae-oqa.example",
    ),  # the codec "idna" of 2003 makes strasse.example of it
    ("ana@STRAẞE.example", "ana@xn--strae-oqa.example"),
    ("ana@BÜCHER.example", "ana@xn--bcher-kva.example"),
    ("ana@bu\u0308cher.example", "ana@xn--bcher-kva.example"),  # the same in two code points
    ("ana@ＢÜＣＨＥＲ．example", "ana@xn--bcher-kva.example"),
    ("ana@βόλος.com", "ana@xn--nxasmm1c.com"),
    (
        "ana@ΒΌΛΟΣ.com",
        "ana@xn--nxasmq6b.com",
    ),  # a capital sigma says nothing of the final one (UTS 46, table 2)
    ("ana@cor\u00adp.example", "ana@corp.example"),  # a hyphen nobody sees
    ("ana@co\ufe0frp.example", "ana@corp.example"),
    ("ana@例え。テスト", "ana@xn--r8jz45g.xn--zckzah"),
    ("ana@نامه\u200cای.com", "ana@xn--mgba3gch31f060k.com"),  # Persian needs its non-joiner
]


@case(95)
@pytest.mark.parametrize(("written", "address"), SPELT)
def test_two_spellings_of_one_address_are_equal(written: str, address: str) -> None:
    assert spelt(written) == address
    assert spelt(address) == address


NO_ADDRESS = [
    ("josé@corp.example", "SMTPUTF8 can carry, which mailbot does not speak"),
    ("ана@corp.example", "SMTPUTF8"),
    (f"{'a' * 65}@corp.example", "more than 64 characters"),
    (f"ana@{'a' * 64}.example", "too long"),
    (f"ana@{'ü' * 60}.example", "too long"),  # in A-labels
    (f"ana@{'a.' * 126}example", "too long"),
    (f"ana@{'ü' * 100_000}", "too long"),
    ("ana@corp..example", "cannot exist"),
    ("ana@-corp.example", "cannot exist"),
    ("ana@👋.example", "cannot exist"),
    ("ana@cor⁄p.example", "cannot exist"),  # looks like a slash
    ("ana@ⅵⅹ℀.example", "cannot exist"),  # a/c
    ("ana@", "cannot exist"),
]


@case(95)
@pytest.mark.parametrize(("written", "why"), NO_ADDRESS, ids=range(len(NO_ADDRESS)))
def test_what_cannot_be_written_to_is_refused_with_a_reason(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        spelt(written)


def test_a_domain_alone() -> None:
    assert spelt_domain("Bücher.example") == "xn--bcher-kva.example"
