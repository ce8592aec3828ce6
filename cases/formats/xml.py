"""XML from strangers: no entities, no document type, no network, no endless depth.

The parser refuses bombs itself; a document type is refused by us even where it would do no harm.
"""

import re
from collections.abc import Iterator

from lxml import etree

from cases.formats.gate import Refused
from legal.findings import N_

MESSAGES = {
    "xml_doctype": N_(
        "The XML file declares a document type or entities, as files made to do harm do. It was "
        "not read. Please export the invoice again."
    ),
    "xml_repaired": N_(
        "The XML file declares an encoding that does not exist; it was read as UTF-8. Please check "
        "the umlauts."
    ),
    "xml_malformed": N_("The XML file is damaged (line {line}). Please export the invoice again."),
}
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C\0T", re.IGNORECASE)
_DECLARATION = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}\?>")


def parse_xml(data: bytes) -> tuple[etree._Element, bool]:
    """The root of a document that is safe to read, and whether it had to be repaired.

    Raises:
        Refused: it declares a document type, or is not well-formed.
    """
    try:
        root = etree.fromstring(data.lstrip(b" \t\r\n"), _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        if _DECLARED.search(data):
            raise Refused("xml_doctype") from None
        return _without_declaration(data, getattr(error, "lineno", None) or 1), True
    return _without_doctype(root), False


def _without_declaration(data: bytes, line: int) -> etree._Element:
    """Some writers declare an encoding that does not exist; the text behind it is UTF-8."""
    plain = _DECLARATION.sub(b"", data, count=1)
    try:
        if plain == data:
            raise Refused("xml_malformed", line=line)
        return _without_doctype(etree.fromstring(plain.lstrip(), _parser()))
    except (etree.XMLSyntaxError, ValueError):
        raise Refused("xml_malformed", line=line) from None


def _without_doctype(root: etree._Element) -> etree._Element:
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("xml_doctype")
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
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
