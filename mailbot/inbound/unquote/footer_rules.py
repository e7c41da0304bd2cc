"""Claims the rows that clients, gateways and lists add to a mail, and signatures."""

from __future__ import annotations

import re

from mailbot.inbound.unquote.footers import (
    banner_rows,
    client_footer,
    client_motto,
    list_footer,
    notice_goes_on,
    notice_row,
    notice_title,
)
from mailbot.inbound.unquote.list_marks import is_entry
from mailbot.inbound.unquote.page import Page
from mailbot.inbound.unquote.signature import signature
from mailbot.languages import everywhere


def additions(page: Page) -> None:
    """Banners, legal notices, client and list footers, pictures, the frame of a PGP signature."""
    _pgp_frame(page)
    _notices(page)
    fenced = False
    for at, row in enumerate(page.rows):
        if row.text.startswith("```"):
            fenced = not fenced
        if fenced or not page.free(at):
            continue
        if client_footer(row.text) or (client_motto(row.text) and _stands_last(page, at)):
            page.rules[at] = "client footer"
        elif list_footer(row.text):
            page.rules[at] = "list footer"
        elif _PICTURE.fullmatch(row.text):
            page.rules[at] = "picture"


def _notices(page: Page) -> None:
    """Banners above, legal notices below: those of several paragraphs go on until somebody
    speaks or a quote begins."""
    top = next((at for at, row in enumerate(page.rows) if row.text), 0)
    end = title = -1  # where the notice above ends; where a title right above begins
    for first, last in _paragraphs(page):
        texts = [page.rows[at].text for at in range(first, min(last, first + 40))]
        warned, notice = banner_rows(texts, top=first == top), notice_row(texts)
        below = end >= 0 and not any(page.rules[end:first])
        if notice is None and below and notice_goes_on(texts):
            notice = 0
        if warned:
            page.mark(first, first + warned, "banner")
        elif notice is not None and not _listed(page, first):
            page.mark(title if notice == 0 and title >= 0 else first + notice, last, "disclaimer")
            end = last
        title = first if notice_title(texts) else -1


def _pgp_frame(page: Page) -> None:
    """RFC 9580 section 7, in HTML; out of plain text it was taken before (pgp.py)."""
    inside = False
    for at, row in enumerate(page.rows):
        if row.text.startswith("-----BEGIN PGP SIGNED"):
            page.mark(
                at,
                at + 2
                if page.rows[at + 1 : at + 2] and page.rows[at + 1].text.startswith("Hash:")
                else at + 1,
                "PGP frame",
            )
        inside = inside or row.text.startswith("-----BEGIN PGP SIGNATURE")
        if inside:
            page.mark(at, at + 1, "PGP frame")
        inside = inside and not row.text.startswith("-----END PGP")


_PICTURE = re.compile(
    rf"[ \t]{{0,20}}[\[<](?:{'|'.join(everywhere.written('clients', 'pictures'))})\b"
    r"[^\[\]<>]{0,300}[\]>]"
    r"[ \t]{0,20}(?:<[^<>\s]{1,2000}>)?",
    re.IGNORECASE,
)


def _stands_last(page: Page, at: int) -> bool:
    """A paragraph of its own with own words above and none below, up to the next quote."""
    if page.rows[at - 1].text or at == 0:
        return False
    below = next((down for down in range(at + 1, len(page.rows)) if page.rows[down].text), None)
    return below is None or not page.free(below)


def _listed(page: Page, at: int) -> bool:
    return is_entry(page.rows[at].text)


def _paragraphs(page: Page) -> list[tuple[int, int]]:
    """[first, last) of rows that nothing claims, with no blank row between them."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for at in range(len(page.rows) + 1):
        here = at < len(page.rows) and page.free(at)
        if here and first is None:
            first = at
        elif not here and first is not None:
            found.append((first, at))
            first = None
    return found


def signatures(page: Page) -> None:
    _marked_signatures(page)
    for stretch in _stretches(page):
        if _between_ours(page, stretch):
            continue  # an answer that ends with a name and a number is an answer
        _below_footers(page, stretch)
        own = [at for at in stretch if page.free(at)]
        texts = [page.rows[at].text for at in own]
        blanks = [at > 0 and not page.rows[at - 1].text for at in own]
        signed = bool(own) and any(
            page.rules[at] in ("disclaimer", "list footer") for at in stretch if at > own[-1]
        )
        first = signature(texts, blanks, signed=signed)
        if first is not None:
            page.mark(own[first], own[-1] + 1, "signature")


def _marked_signatures(page: Page) -> None:
    """Rows in the client's signature element, unless they are all there is: some people type
    inside it."""
    marked = [at for at, row in enumerate(page.rows) if row.mark == "signature" and page.free(at)]
    if marked and any(
        page.free(at) for at in range(len(page.rows)) if page.rows[at].mark != "signature"
    ):
        for at in marked:
            page.rules[at] = "signature"


def _stretches(page: Page) -> list[list[int]]:
    """Rows between quotes: what the person wrote there, with what was added to it."""
    found: list[list[int]] = [[]]
    for at, rule in enumerate(page.rules):
        if rule in ("", "client footer", "list footer", "banner", "disclaimer", "signature"):
            if page.rows[at].text:
                found[-1].append(at)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def _between_ours(page: Page, stretch: list[int]) -> bool:
    return bool(page.matches) and min(page.matches) < stretch[0] and stretch[-1] < max(page.matches)


def _below_footers(page: Page, stretch: list[int]) -> None:
    """Below "Sent from my phone" and own words stands an unmarked quote; where we know our mail,
    nothing is guessed."""
    if page.matches:
        return
    above = False
    for number, at in enumerate(stretch):
        if page.rules[at] == "client footer" and above:
            for below in stretch[number + 1 :]:
                if page.free(below):
                    page.rules[below] = "below a client footer"
            return
        above = above or page.free(at)
