"""Request bodies unpacked within a limit: a small body that would unpack huge is refused while it is unpacked."""

import zlib
from io import BytesIO

import zstandard

from branch_console.central.problems import ProblemError

_WINDOW = 8 * 1_048_576  # bytes of memory that a zstd frame may ask for


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """The body after Content-Encoding `encoding`. Raises ProblemError too-large, unsupported-encoding, bad-request."""
    if encoding in {"", "identity"}:
        plain = body
    elif encoding == "zstd":
        plain = _zstd(body, limit)
    elif encoding in {"gzip", "x-gzip"}:
        plain = _gzip(body, limit)
    else:
        raise ProblemError("unsupported-encoding", encoding[:40])
    if len(plain) > limit:
        raise ProblemError("too-large", f"more than {limit} bytes")
    return plain


def _zstd(body: bytes, limit: int) -> bytes:
    """At most limit + 1 bytes of what the frames hold."""
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(BytesIO(body), read_across_frames=True)
    parts: list[bytes] = []
    size = 0
    try:
        while size <= limit and (part := reader.read(limit + 1 - size)):
            parts.append(part)
            size += len(part)
    except zstandard.ZstdError as error:
        raise ProblemError("bad-request", "the body is not zstd") from error
    return b"".join(parts)


def _gzip(body: bytes, limit: int) -> bytes:
    """At most limit + 1 bytes of what the members hold."""
    parts: list[bytes] = []
    size = 0
    rest = body
    try:
        while rest and size <= limit:
            member = zlib.decompressobj(wbits=31)
            part = member.decompress(rest, limit + 1 - size)
            parts.append(part)
            size += len(part)
            if not member.eof and size <= limit:
                raise ProblemError("bad-request", "the body is not whole gzip")
            rest = member.unused_data
    except zlib.error as error:
        raise ProblemError("bad-request", "the body is not gzip") from error
    return b"".join(parts)
