"""Invented debtors: names, addresses and what they owe for. Nobody here exists."""

from dataclasses import dataclass
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


WOMEN = _words(
    """
    Katharina Ayşe Renate Ingrid Svenja Marlene Heike Zeynep Jule Agnieszka Birte Dörte
    Friederike Gesa Hanna Ilka Jasmin Karoline Leyla Mareike Nele Olga Petra Ronja Silke
    Thekla Ulrike Wiebke
    """
)
MEN = _words(
    """
    Jonas Łukasz Torben Mehmet Henning Piotr Sören Dieter Matthis Cem Arne Bernd Detlef Enno
    Falk Gerrit Hauke Ingo Jannik Kai Lennart Malte Norbert Ole Ralf Steffen Thies Volker
    """
)
FAMILIES = _words(
    """
    Behrens Weber Yılmaz Wiśniewski Hofmann-Schulz Ahlers Brinkmann Carstens Dethlefs Eggers
    Feddersen Gerdes Harms Ihnen Jürgens Köster Lüdemann Mahnke Niebuhr Oltmanns Paulsen Quast
    Rathje Sievers Thomsen Uhlig Voigt Wulff Zander Öztürk Kowalski Böttcher Grünwald Hünecke
    Jäger Kröger Löffler Möller Nölting Rüther Schäfer Tönnies Wüstefeld Bräuer
    """
)
STREETS = (
    "Lindenallee", "Am Bahndamm", "Goethestraße", "Kirchweg", "Lange Reihe", "Deichstraße",
    "Mühlenweg", "Schulstraße", "Birkenkamp", "Zum Alten Hafen", "Rosenweg", "Ahornring",
    "Bergstraße", "Am Wasserturm", "Querstraße", "Heideweg", "Neue Straße", "Fährstieg",
)  # fmt: skip
PLACES = (
    ("20259", "Hamburg"), ("22765", "Hamburg"), ("24103", "Kiel"), ("28203", "Bremen"),
    ("10625", "Berlin"), ("13353", "Berlin"), ("21423", "Winsen"), ("30449", "Hannover"),
    ("38640", "Goslar"), ("24937", "Flensburg"), ("18055", "Rostock"), ("50733", "Köln"),
    ("44137", "Dortmund"), ("60316", "Frankfurt am Main"), ("80337", "München"),
    ("70176", "Stuttgart"), ("04177", "Leipzig"), ("01097", "Dresden"), ("99084", "Erfurt"),
)  # fmt: skip
TRADES = (
    "Bäckerei", "Catering", "Gasthof", "Fleischerei", "Eiscafé", "Hotel", "Kantinenbetriebe",
    "Blumenhaus", "Getränkemarkt", "Feinkost", "Imbissbetriebe", "Kühlhaus",
)  # fmt: skip
SHOP_NAMES = (
    "Sommerfeld", "Nordlicht", "Elbmarsch", "Deichgraf", "Wattblick", "Kranich", "Heidekraut",
    "Seestern", "Bernstein", "Leuchtturm", "Kormoran", "Fördeblick",
)  # fmt: skip
ABROAD = (
    ("CH", "Seestrasse", "8002", "Zürich", "Lukas Ammann"),
    ("CH", "Bahnhofstrasse", "3011", "Bern", "Regula Zbinden"),
    ("AT", "Landstraße", "4020", "Linz", "Maria Hochreiter"),
    ("NL", "Kerkstraat", "1017 GL", "Amsterdam", "Pieter Jansma"),
)  # fmt: skip
GOODS = {
    0: ("Strom", "Gas", "Wasser", "Fernwärme"),
    1: ("Wartung der Kühlanlage", "Kältemittel und Einbau", "Reparatur der Kühlzelle"),
    2: ("Bücherregal", "Esstisch mit Stühlen", "Sofa", "Gartenmöbel", "Leuchten"),
}
UTILITY, CRAFT, SHOP = range(3)
#: Each of so many debtors of the shop lives abroad.
ABROAD_EACH = 15
PREFIX = {0: "SW", 1: "KB", 2: "WV"}


@dataclass(frozen=True, slots=True)
class Person:
    """A debtor as his creditor's list names him."""

    number: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    kind: str
    salutation: str
    phone: str

    @property
    def is_company(self) -> bool:
        return self.kind == "Firma"


def invent(luck: Random, client: int, serial: int) -> Person:
    """The next debtor of a client; some of the shop live abroad."""
    postcode, city = luck.choice(PLACES)
    street = f"{luck.choice(STREETS)} {luck.randint(1, 120)}"
    number, phone = f"{PREFIX[client]}{40000 + serial}", f"0170 555{serial:04}"
    if client == CRAFT:
        name = f"{luck.choice(TRADES)} {luck.choice(SHOP_NAMES)} GmbH"
        return Person(number, name, street, postcode, city, "DE", "Firma", "", phone)
    if client == SHOP and serial % ABROAD_EACH == 0:
        country, road, postcode, city, name = ABROAD[serial // ABROAD_EACH % len(ABROAD)]
        street = f"{road} {luck.randint(1, 60)}"
        return Person(number, name, street, postcode, city, country, "Privat", "", phone)
    woman = luck.choice((True, False))
    name = f"{luck.choice(WOMEN if woman else MEN)} {luck.choice(FAMILIES)}"
    title = "Frau" if woman else "Herr"
    return Person(number, name, street, postcode, city, "DE", "Privat", title, phone)
