"""The connection to central: which addresses are allowed, which certificates, which time-outs."""

import ssl
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import httpx

import branch_console
from branch_console.sync.errors import SyncError
from branch_console.sync.wire import VERSION_HEADER


def check_url(url: str) -> str:
    """The address of central without a slash at its end: https, or plain http to this machine. Raises SyncError."""
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise SyncError("bad-url") from error
    if not host or parts.query or parts.fragment or parts.username is not None:
        raise SyncError("bad-url")
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)):
        return text
    raise SyncError("plain-http" if parts.scheme == "http" else "bad-url")


def is_loopback(host: str) -> bool:
    """Whether a host name is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def tls_context(ca_file: str | Path | None) -> ssl.SSLContext:
    """Certificates are always verified: against `ca_file` (PEM) when given, else against the usual authorities.

    Raises SyncError bad-ca-file.
    """
    if ca_file is None:
        return httpx.create_ssl_context()
    try:
        return ssl.create_default_context(cafile=str(ca_file))
    except (OSError, ssl.SSLError) as error:
        raise SyncError("bad-ca-file") from error


def transport_options(url: str, ca_file: str | Path | None, timeout: float) -> dict[str, object]:
    """Keyword arguments for an httpx client that talks to the central at `url`. Raises SyncError."""
    parts = urlsplit(url)
    return {
        "base_url": url,
        "verify": tls_context(ca_file) if parts.scheme == "https" else False,
        "timeout": httpx.Timeout(timeout, connect=min(timeout, 10.0)),
        "headers": {VERSION_HEADER: branch_console.__version__, "Accept": "application/json"},
        "follow_redirects": False,
        "trust_env": not is_loopback(parts.hostname or ""),
        "limits": httpx.Limits(max_connections=6, max_keepalive_connections=4, keepalive_expiry=60.0),
    }


def reason_of(error: httpx.HTTPError) -> str:
    """What a request without an answer is called: unreachable, certificate, timeout or broken."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate"
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)):
        return "unreachable"
    return "timeout" if isinstance(error, httpx.TimeoutException) else "broken"
