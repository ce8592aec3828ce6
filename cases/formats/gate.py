"""The gate for files from outside: how large one may be, how long its lines, and how it is refused.

Whoever reads a stranger's file goes through here, `content` (what it is), `archives` (ZIP) and
`xml`. There is one limit for the web, the store and every reader, and one exception.
"""

from legal.findings import N_, Finding, Severity

#: The largest file, and the largest sum of what an archive unpacks to.
MAX_BYTES = 50 * 1024 * 1024
#: A longer line is no line of a list or statement; what reads it by patterns would take for ever.
MAX_LINE = 200_000
#: What a file of nothing is made of.
BLANK = b" \t\r\n\0"
_MEGABYTE = 1024 * 1024

MESSAGES = {
    "file_empty": N_("The file is empty. Please export it again and check that it has rows."),
    "file_too_large": N_(
        "The file has {megabytes} MB; at most {limit} MB can be read. Please split it."
    ),
}


class Refused(Exception):
    """A file that is not read at all; the finding says why and what to do."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.finding = Finding(code, Severity.ERROR, params=params)


def check_size(data: bytes) -> None:
    """Refuse a file that is empty or too large.

    Raises:
        Refused: it is.
    """
    if not (data[:1024].strip(BLANK) or data.strip(BLANK)):
        raise Refused("file_empty")
    if len(data) > MAX_BYTES:
        # Rounded up: a file of one byte too many has 51 of 50 MB.
        megabytes = -(-len(data) // _MEGABYTE)
        raise Refused("file_too_large", megabytes=megabytes, limit=MAX_BYTES // _MEGABYTE)
