"""Checks of the file itself: sender, number, kinds and how many."""

import re
from collections import Counter

from legal.de.court.eda.application import PAYMENT_ORDER, ApplicationFile
from legal.de.court.eda.envelope import FORMATS, Header
from legal.de.court.eda.replies import FIRST_COURT_NUMBER
from legal.de.court.readiness.checking import Findings, error, require, warning

_KENNZIFFER = re.compile(r"[0-9]{8}")
#: The courts' own portal sends under letters and digits.
_PORTAL_KENNZIFFER = re.compile(r"[A-Z]{3}[0-9]{5}")
_EDAID = re.compile(r"([A-Z]{3}|[0-9]{3})([0-9]{3})")
#: Third digit of the number of a representative.
_REPRESENTATIVE_DIGITS = "567"
#: The enforcement order application has only this much room for our reference.
SHORTEST_REFERENCE = 30


def check_file(file: ApplicationFile) -> Findings:
    """Header and the applications as a whole."""
    yield from require(file.header, "file.", "tkezi", "date", "edaid")
    yield from check_kennziffer(file.header.tkezi, "file.tkezi", portal=True)
    yield from _check_number(file.header)
    if file.belart in FORMATS and file.header.format != FORMATS[file.belart]:
        yield error("format_wrong", "file.format", expected=FORMATS[file.belart])
    if not file.applications:
        yield error("missing", "applications")
    if file.belart == PAYMENT_ORDER:
        yield from _check_together(file)


def check_kennziffer(number: str, path: str, *, portal: bool = False) -> Findings:
    """Eight digits. The check digit is not settled among the sources, so it is not judged."""
    if not number or _KENNZIFFER.fullmatch(number):
        return
    if not (portal and _PORTAL_KENNZIFFER.fullmatch(number)):
        yield error("kennziffer_wrong", path, found=number)


def check_representative_number(number: str, path: str) -> Findings:
    """A representative's number has 5, 6 or 7 as its third digit."""
    yield from check_kennziffer(number, path)
    if _KENNZIFFER.fullmatch(number) and number[2] not in _REPRESENTATIVE_DIGITS:
        yield warning("kennziffer_not_of_representative", path, found=number)


def _check_number(header: Header) -> Findings:
    if not header.edaid:
        return
    match = _EDAID.fullmatch(header.edaid)
    if match is None:
        yield error("edaid_wrong", "file.edaid", found=header.edaid)
    elif match[1].isalpha() and int(match[2]) >= FIRST_COURT_NUMBER:
        yield warning("edaid_of_court", "file.edaid", found=header.edaid)
    if header.edaidz:
        yield error("edaidz_not_ours", "file.edaidz")


def _check_together(file: ApplicationFile) -> Findings:
    """References must be unique; one file goes to one court."""
    marks = [app.kennsatz for app in file.applications if app.kennsatz]
    counts = Counter(m.own_ref for m in marks if m.own_ref)
    for reference, times in counts.items():
        if times > 1:
            yield error("reference_repeated", "kennsatz.own_ref", found=reference, times=times)
    if len({app.court.plz for app in file.applications if app.court}) > 1:
        yield warning("several_courts", "court")
