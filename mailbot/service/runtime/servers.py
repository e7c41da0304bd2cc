"""Make transports of the operator's mail servers: Config in, Inbox and Mailer out."""

from __future__ import annotations

from collections.abc import Callable

from mailbot.config.file import Config
from mailbot.errors import OperatorError
from mailbot.transport.imap.client import Folder, Imap, Polling
from mailbot.transport.oauth import AccessTokens, OAuthClient
from mailbot.transport.server import Password, Server
from mailbot.transport.smtp import Smtp


def inbox(
    config: Config,
    cursor: tuple[int, int] | None = None,
    *,
    beside: str = "",
    wanted: Callable[[bytes], bool] | None = None,
) -> Imap:
    """Open the folder that is read, or one `beside` it that is only looked at.

    `cursor`: (UIDVALIDITY, UID) up to which mails are dealt with. `wanted`: see Imap.
    """
    imap = config.imap
    if imap is None:
        raise OperatorError(
            "[imap] is missing; add the table, or let mails be handed in by [receive]"
        )
    server = Server(
        host=imap.host,
        port=imap.port,
        user=imap.user,
        password=_token(config) if imap.login == "oauth" else config.imap_password(),
        tls=imap.tls,
        ca_file=config.ca_file(imap),
        timeout_s=imap.timeout_seconds,
    )
    folder = Folder(
        name=beside or imap.folder,
        done="" if beside else imap.done_folder,
        read_only=bool(beside),
        max_octets=imap.max_octets,
    )
    polling = Polling(idle=imap.idle, poll_s=imap.poll_seconds)
    return Imap(server, folder, polling, wanted=wanted, cursor=cursor)


def junk_of(
    config: Config,
    imap: Imap,
    wanted: Callable[[bytes], bool] | None = None,
    cursor: tuple[int, int] | None = None,
) -> Imap | None:
    """Open the folder where the server files junk; None: there is none. `imap`: a connection that
    can be asked for it."""
    assert config.imap is not None
    name = imap.junk_folder() if config.imap.junk_folder == "auto" else config.imap.junk_folder
    return inbox(config, cursor, beside=name, wanted=wanted) if name else None


def mailer(config: Config) -> Smtp:
    """Open the server that takes our mails."""
    smtp = config.smtp
    server = Server(
        host=smtp.host,
        port=smtp.port,
        user="" if smtp.login == "none" else smtp.user,
        password=_smtp_password(config),
        tls=smtp.tls,
        ca_file=config.ca_file(smtp),
        timeout_s=smtp.timeout_seconds,
    )
    own = config.mail.address
    return Smtp(server, helo=own.partition("@")[2], answer_s=smtp.answer_seconds, own=own)


def _smtp_password(config: Config) -> Password:
    """Give the password, or what makes a token at each login; "": there is no login."""
    match config.smtp.login:
        case "none":
            return ""
        case "oauth":
            return _token(config)
        case "password":
            return config.smtp_password()


def rehearse(config: Config) -> None:
    """Find a password or certificate that is missing: raises OperatorError; no server is asked."""
    if config.imap is not None:
        inbox(config).close()
    mailer(config).close()


def _token(config: Config) -> Callable[[], str]:
    """Give an access token at each login."""
    oauth, kept = config.oauth, config.kept_token_file()
    assert oauth is not None, "the config refuses login = oauth without the table"
    client = OAuthClient(
        url=oauth.token_url,
        client_id=oauth.client_id,
        grant=oauth.grant,
        secret=config.client_secret(),
        refresh_token=config.refresh_token(),
        scope=oauth.scope,
    )
    tokens = AccessTokens(client, kept)
    # `check` may be given a new one before any run
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tokens
