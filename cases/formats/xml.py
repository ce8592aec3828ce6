"""XML from strangers: no entities, no document type, no network, no endless depth.

The parser refuses bombs itself; a document type is refused by us even where it would do no harm.
What only declares a wrong encoding is read, with a note, at every door alike.
"""

import re
from collections.abc import Iterator

from lxml import etree

from cases.formats.gate import Refused, check_size
from legal.findings import N_, Finding, Severity

#: Tags cost memory far beyond their bytes: a statement of 26,000 entries has this many, and takes
#: about 250 MB to read. Larger ones must be fetched by the day.
MAX_TAGS = 3_000_000

MESSAGES = {
    "xml_doctype": N_(
        "The XML file declares a document type or entities, as files made to do harm do. It was "
        "not read. Please export it again."
    ),
    "xml_encoding_unknown": N_(
        "The XML file declares an encoding that does not exist; it was read as UTF-8. Please check "
        "the umlauts."
    ),
    "xml_encoding_repaired": N_(
        "The file says it is UTF-8 but is not; it was read as "
        "Windows-1252. Please check the umlauts."
    ),
    "xml_malformed": N_("The XML file is damaged (line {line}). Please export it again."),
    "xml_too_many_elements": N_("The file holds more elements than any genuine one."),
}
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C\0T", re.IGNORECASE)
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?\s{0,200}<\?xml[^>]{0,200}\?>")
_HEAD = 4096


def parse_xml(data: bytes) -> tuple[etree._Element, tuple[Finding, ...]]:
    """The root of a document that is safe to read, and what had to be repaired.

    Comments and processing instructions are left out.

    Raises:
        Refused: it is too large, declares a document type, or is not well-formed.
    """
    check_size(data)
    if data.count(b"<") > MAX_TAGS:
        raise Refused("xml_too_many_elements")
    # UTF-16 has a NUL in every second byte; what is left of the head is plain enough to search.
    if b"<!DOCTYPE" in data[:_HEAD].replace(b"\0", b"").upper():
        raise Refused("xml_doctype")
    try:
        return _root(data.lstrip(b" \t\r\n")), ()
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if _DECLARED.search(data):
            raise Refused("xml_doctype") from None
        line = getattr(error, "lineno", None) or 1
    code, repaired = _repaired(data)
    try:
        if not code:
            raise Refused("xml_malformed", line=line)
        return _root(repaired.lstrip()), (Finding(code, Severity.WARNING),)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise Refused("xml_malformed", line=line) from None


def _repaired(data: bytes) -> tuple[str, bytes]:
    """The same text in honest UTF-8, if only its encoding was declared wrongly, and why."""
    declaration = _DECLARATION.match(data)
    declared = declaration[0].lower() if declaration else b""
    plain = data[len(declared) :]
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        if b"encoding" in declared and b"utf-8" not in declared:
            return "", data
        return "xml_encoding_repaired", plain.decode("cp1252", errors="replace").encode()
    return ("xml_encoding_unknown", plain) if declared else ("", data)


def _root(data: bytes) -> etree._Element:
    root = etree.fromstring(data, _parser())
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("xml_doctype")
    return root


def _parser() -> etree.XMLParser:
    """A new parser with every door closed (parsers are not shared between threads)."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; prefixes are free in XML."""
    return etree.QName(element).localname


def find_all(element: etree._Element | None, path: str) -> list[etree._Element]:
    """All elements at a path of local names; `a|b` accepts either name."""
    found = [] if element is None else [element]
    for names in path.split("/"):
        wanted = set(names.split("|"))
        found = [child for parent in found for child in _children(parent, wanted)]
    return found


def find(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first element at a path of local names."""
    found = find_all(element, path)
    return found[0] if found else None


def text_at(element: etree._Element | None, *paths: str) -> str:
    """The text of the first path that has any; empty if none has."""
    for path in paths:
        for each in find_all(element, path):
            text = (each.text or "").strip()
            if text:
                return text
    return ""


def _children(parent: etree._Element, wanted: set[str]) -> Iterator[etree._Element]:
    return (child for child in parent if local_name(child) in wanted)
