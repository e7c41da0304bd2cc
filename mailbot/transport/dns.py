"""Asks the DNS, for our own DKIM check. The only way out besides the mail servers; needs the
extra `dkim`."""

from __future__ import annotations

from mailbot.errors import Temporary

LONGEST_S = 5.0


def text_record(name: bytes, timeout: float = LONGEST_S) -> bytes | None:
    """Look up the TXT record of this name; None: there is none. Raises Temporary."""
    import dns.exception  # noqa: PLC0415 - comes with the extra, and takes 0.1 s
    import dns.resolver  # noqa: PLC0415 - as above

    try:
        answer = dns.resolver.resolve(name.decode("ascii"), "TXT", lifetime=min(timeout, LONGEST_S))
    except (
        dns.resolver.NXDOMAIN,
        dns.resolver.NoAnswer,
        UnicodeDecodeError,
        dns.exception.SyntaxError,
    ):
        return None
    except (
        dns.resolver.NoNameservers,
        dns.resolver.NoResolverConfiguration,
        dns.exception.Timeout,
    ) as error:
        raise Temporary(f"No name server answers: {type(error).__name__}.") from error
    return b"".join(next(iter(answer)).strings)
