"""The people of the walk through the platform, and what each does in the browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import pypdfium2
import zxingcpp

from cases.letters.codes.girocode import Transfer
from tests.factories.girocodes import parse_girocode
from tests.factories.records import PASSWORD

WEBER = "Jonas Weber;Lindenallee 7;20259;Hamburg"
HOUSING = "Wohnungsbaugenossenschaft Elbmarsch eG;Deichstraße 19;21423;Winsen"
BAKERY = "Bäckerei Sommer GmbH;Marktstraße 5;38640;Goslar"
CAFE = "Café Möwenblick GmbH;Hafenkamp 2;24937;Flensburg"
NO_STREET = "Pension Dünenhof GmbH;;25826;Sankt Peter-Ording"
#: A list as a small German program exports it; the last four rows are wrong, each in its own way.
ROWS = (
    "Rechnungsnummer;Rechnungsdatum;Fällig am;Offener Betrag;Name;Straße;PLZ;Ort;Leistung",
    f"RE-1001;03.08.2026;17.08.2026;4.812,36;{WEBER};Stromlieferung",
    f"RE-1002;01.09.2026;15.09.2026;1.234,56;{WEBER};",
    f"RE-1003;05.08.2026;19.08.2026;3.000,00;{HOUSING};Wartung der Heizungen",
    f"RE-1004;10.08.2026;24.08.2026;214,90;{BAKERY};Ersatzteile",
    f"RE-1005;31.06.2026;;99,00;{CAFE};Reinigung",
    f"RE-1006;12.08.2026;26.08.2026;75,50;{NO_STREET};Reinigung",
    f"GS-1007;12.08.2026;26.08.2026;-50,00;{BAKERY};Gutschrift",
    f"RE-1004;10.08.2026;24.08.2026;214,90;{BAKERY};Ersatzteile",
)
LIST = "\r\n".join(ROWS).encode("cp1252")


@dataclass
class Person:
    """Somebody with a browser of their own; what goes wrong in its console is kept."""

    page: Any
    address: str
    troubles: list[str] = field(default_factory=list)

    def sign_in(self, email: str) -> None:
        """Sign in with the password of all test users."""
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.open("/sign-in")
        self.page.fill("#email", email)
        self.page.fill("#password", PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def _listen(self, line: Any) -> None:
        # A 422 is how a form comes back; the browser reports it all the same.
        if line.type == "error" and "422" not in line.text:
            self.troubles.append(f"{line.text} ({line.location.get('url')})")

    def open(self, path: str) -> None:
        """Go to an address of the platform."""
        self.page.goto(urljoin(self.address, path))

    def press(self, action: str) -> None:
        """Press the button of the form that is sent to an address ending like this."""
        self.page.locator(f"form[action$='{action}'] button:not([type=button])").first.click()

    def upload(self, name: str, kind: str, data: bytes) -> None:
        """Hand a file in with the page's only file field."""
        self.page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
        self.page.locator("form:has(#file) button:not([type=button])").click()

    def write(self, **values: str) -> None:
        """Fill fields by their id."""
        for name, value in values.items():
            self.page.fill(f"#{name}", value)

    def choose(self, **fields: str) -> None:
        """Choose radio buttons by name and value."""
        for name, value in fields.items():
            self.page.check(f"[name='{name}'][value='{value}']")

    def correct(self, wrong: str, right: str) -> None:
        """Correct the first cell of an upload that shows a wrong value, in its place, and save."""
        cell = self.page.locator(f"input.err[value='{wrong}']").first
        row = cell.locator("xpath=ancestor::tbody").get_attribute("id")
        cell.fill(right)
        self.page.locator(f"#{row} button[name=line]").click()
        self.page.locator(f"#{row} input.err[value='{wrong}']").wait_for(state="detached")

    def sees(self, *words: str) -> None:
        """Wait until the page says all of this."""
        for each in words:
            self.page.get_by_text(each).locator("visible=true").first.wait_for()

    def text(self) -> str:
        """What the page shows, with ordinary blanks."""
        shown: str = self.page.locator("main").inner_text()
        return re.sub(r"[\s\u00a0\u202f]+", " ", shown)

    def fetch(self, path: str) -> bytes:
        """The bytes of a file, as this person gets them."""
        answer = self.page.request.get(urljoin(self.address, path))
        assert answer.status == 200, path
        data: bytes = answer.body()
        return data


def wait_until(condition: Callable[[], bool], page: Any, seconds: int = 30) -> None:
    """Look again, with the page reloaded, until something has happened."""
    for _ in range(seconds * 4):
        if condition():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"still not so: {page.url}\n{page.locator('main').inner_text()}")


def render_first_page(pdf: bytes, height: int = 900) -> Any:
    """The first page as a picture of about this height."""
    page = pypdfium2.PdfDocument(BytesIO(pdf))[0]
    return page.render(scale=height / page.get_height()).to_pil()


def read_pdf(pdf: bytes) -> str:
    """The words of all pages, with single blanks."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(pdf))]
    return re.sub(r"\s+", " ", " ".join(pages))


def read_girocode(pdf: bytes) -> Transfer:
    """What a bank's program reads from the code on the letter."""
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        picture = page.render(scale=3).to_pil()
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
            return parse_girocode(code.text)
    raise AssertionError("the letter carries no GiroCode")
