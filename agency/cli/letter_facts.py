"""The facts of a letter from JSON: every field is checked, an unknown one is refused."""

from datetime import date
from typing import Any

from agency.cli.law.fields import (
    Question,
    check_names,
    day,
    find_day,
    find_rate,
    flag,
    is_given,
    listed,
    whole,
)
from cases.claims.law import law_of_jurisdiction
from cases.formats.identifiers import find_iban
from cases.letters.addressing import Party, address
from cases.letters.demand_facts import Handler, Order, Principal, Recipient, Sender
from cases.letters.plain_case import PlainCase, PlainClaim
from legal.errors import InputInvalid
from legal.public_holidays import check_place

LANGUAGES = ("de", "en")
#: What stands for the case number of a letter that is only tried out.
DRAFT = {"de": "Entwurf", "en": "Draft"}
NEXT_STEPS = {"call": "call", "letter": "reminder", "court": "court"}
GROUNDS = {
    "contract": "agreed_day",
    "reminder": "reminder",
    "30_days": "thirty_days",
    "refusal": "refusal",
}
#: Grounds whose day cannot be computed from the due day.
NEEDS_DAY = frozenset({"reminder", "30_days"})
KINDS = ("natural_person", "sole_trader", "company", "public_body")
PURPOSES = ("consumer", "business")
MOST_POSTAL_DAYS = 30
MOST_CLAIMS = 1000

TOP = {
    "occasion", "language", "dispatched_on", "postal_days", "place", "next_step", "agency",
    "handler", "creditor", "debtors", "addressee", "claims", "payments", "ordered_on",
    "address_withheld_reason", "collection_costs", "case_number",
}  # fmt: skip
AGENCY = {
    "name", "street", "postcode", "city", "email", "phone", "register_entry", "authority_name",
    "authority_address", "authority_contact", "privacy_contact", "vat_id", "trust_iban",
    "legal_form", "register_court", "register_number", "managing_directors", "seat",
    "supervisory_chair", "liable_partner", "privacy_authority",
}  # fmt: skip
CREDITOR = {
    "name", "street", "postcode", "city", "country", "deducts_input_tax", "owes_collection_fee",
    "original_creditor",
}  # fmt: skip
DEBTOR = {
    "kind", "name", "given_name", "salutation", "street", "postcode", "city", "country",
    "address_traced", "representative", "contact", "care_of",
}  # fmt: skip
CLAIM = {
    "invoice_number", "invoiced_on", "due_on", "due_basis", "thirty_day_warning", "default_from",
    "principal_cents", "currency", "description", "contract_on", "purpose", "remuneration",
    "agreed_rate_percent", "limitation_day", "disputed_cents",
}  # fmt: skip


def read_case(question: Question) -> PlainCase:
    """The case that a question tells.

    Raises:
        InputInvalid: with the field that is wrong.
    """
    check_names(question, TOP)
    one_of(question, "occasion", ("first_demand",), default="first_demand")
    language = one_of(question, "language", LANGUAGES, default="de")
    dispatched_on = day(question, "dispatched_on")
    agency, creditor = inside(question, "agency", AGENCY), inside(question, "creditor", CREDITOR)
    claims = [_claim(each, f"claims[{i}]") for i, each in enumerate(some(question, "claims"))]
    costs = flag(question, "collection_costs", default=True)
    ordered_on = find_day(question, "ordered_on") or dispatched_on
    if ordered_on > dispatched_on:
        raise InputInvalid("ordered_on must not lie after dispatched_on.", field="ordered_on")
    return PlainCase(
        order=Order(
            letter_number="–",
            case_number=text(question, "case_number")
            or ("Entwurf" if language == "de" else "Draft"),
            dispatched_on=dispatched_on,
            postal_days=whole(question, "postal_days", most=MOST_POSTAL_DAYS, default=3),
            place=_place(question),
            law=law_of_jurisdiction(),
            language=language,
            next_step=NEXT_STEPS[one_of(question, "next_step", tuple(NEXT_STEPS), default="call")],
        ),
        sender=_sender(agency),
        handler=_handler(inside(question, "handler", {"name", "phone"})),
        creditor=_creditor(creditor, text(question, "address_withheld_reason")),
        recipient=_recipient(question, language),
        claims=claims,
        payments=_payments(question),
        ordered_on=ordered_on if costs else None,
        owes_collection_fee=flag(creditor, "owes_collection_fee", default=True),
    )


def text(question: Question, name: str, *, required: bool = False) -> str:
    """A text; missing or null is an empty one."""
    value = question.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise InputInvalid(f"{name} must be a text.", field=name)
    return value.strip()


def one_of(
    question: Question, name: str, allowed: tuple[str, ...], default: str | None = None
) -> str:
    """One of the words that a field may have."""
    value = question.get(name)
    value = default if value is None else value
    if not isinstance(value, str) or value not in allowed:
        raise InputInvalid(f"{name} must be one of: {', '.join(allowed)}.", field=name)
    return value


def inside(question: Question, name: str, known: set[str]) -> Question:
    """An object inside the question; its fields carry its name in errors."""
    value = question.get(name)
    if not isinstance(value, dict):
        raise InputInvalid(f"{name} must be an object.", field=name)
    for field in value:
        if field not in known:
            raise InputInvalid(f"{name} has no field {field}.", field=f"{name}.{field}")
    return value


def some(question: Question, name: str) -> list[Any]:
    """A list with at least one object."""
    found = listed(question, name)
    if not found or len(found) > MOST_CLAIMS:
        raise InputInvalid(f"{name} must name one to {MOST_CLAIMS} of them.", field=name)
    return found


def _place(question: Question) -> str:
    place = text(question, "place", required=True)
    check_place(place)
    return place


def _sender(agency: Question) -> Sender:
    iban = find_iban(text(agency, "trust_iban", required=True))
    if iban is None:
        raise InputInvalid("agency.trust_iban is no IBAN.", field="agency.trust_iban")
    directors = listed(agency, "managing_directors")
    if not all(isinstance(each, str) for each in directors):
        raise InputInvalid(
            "agency.managing_directors must be a list of names.", field="agency.managing_directors"
        )
    texts = {name: text(agency, name) for name in AGENCY - {"trust_iban", "managing_directors"}}
    texts["name"] = text(agency, "name", required=True)
    return Sender(
        **texts, trust_iban=iban, managing_directors=", ".join(d for d in directors if d.strip())
    )


def _handler(handler: Question) -> Handler:
    return Handler(text(handler, "name"), text(handler, "phone"))


def _creditor(creditor: Question, withheld: str) -> Principal:
    return Principal(
        name=text(creditor, "name"),
        street=text(creditor, "street"),
        postcode=text(creditor, "postcode"),
        city=text(creditor, "city"),
        country=text(creditor, "country") or "DE",
        deducts_input_tax=flag(creditor, "deducts_input_tax", default=True),
        original_creditor=text(creditor, "original_creditor") or None,
        address_withheld_reason=withheld or None,
    )


def _recipient(question: Question, language: str) -> Recipient:
    debtors = [_debtor(each, f"debtors[{i}]") for i, each in enumerate(some(question, "debtors"))]
    index = whole(question, "addressee", most=MOST_CLAIMS, default=0)
    if index >= len(debtors):
        raise InputInvalid("addressee must be the position of a debtor.", field="addressee")
    found = address(debtors[index], language)
    others = [address(party, language).name for i, party in enumerate(debtors) if i != index]
    traced = flag(question["debtors"][index], "address_traced", default=False)
    return Recipient(
        name=found.name,
        salutation=found.salutation,
        address=found.lines,
        natural_person=found.natural_person,
        joint_with=tuple(others),
        address_source="traced" if traced else "creditor",
        doubts=found.doubts,
    )


def _debtor(value: Any, place: str) -> Party:
    fields = inside({place: value}, place, DEBTOR)
    return Party(
        kind=one_of(fields, "kind", KINDS, default="natural_person"),
        country=(text(fields, "country") or "DE").upper(),
        **{name: text(fields, name) for name in DEBTOR - {"kind", "country", "address_traced"}},
    )


def _claim(value: Any, place: str) -> PlainClaim:
    fields = inside({place: value}, place, CLAIM)
    try:
        return _read_claim(fields)
    except InputInvalid as error:
        raise InputInvalid(str(error), field=f"{place}.{error.field}") from error


def _read_claim(fields: Question) -> PlainClaim:
    invoiced_on, due_on = day(fields, "invoiced_on"), find_day(fields, "due_on")
    if due_on is not None and due_on < invoiced_on:
        raise InputInvalid("due_on must not lie before invoiced_on.", field="due_on")
    basis = None if not is_given(fields, "due_basis") else one_of(
        fields, "due_basis", tuple(GROUNDS)
    )  # fmt: skip
    default_from = find_day(fields, "default_from")
    if basis in NEEDS_DAY and default_from is None:
        raise InputInvalid(f"due_basis {basis} needs default_from.", field="default_from")
    if basis == "contract" and due_on is None:
        raise InputInvalid("due_basis contract needs due_on.", field="due_on")
    return PlainClaim(
        number=text(fields, "invoice_number"),
        invoiced_on=invoiced_on,
        due_on=due_on,
        ground=GROUNDS[basis] if basis else None,
        default_from=default_from,
        principal_cents=whole(fields, "principal_cents", least=1),
        currency=(text(fields, "currency") or "EUR").upper(),
        description=text(fields, "description"),
        contract_on=find_day(fields, "contract_on"),
        consumer=one_of(fields, "purpose", PURPOSES) == "consumer",
        remuneration=flag(fields, "remuneration", default=True),
        thirty_day_warning=flag(fields, "thirty_day_warning", default=True),
        agreed_rate_percent=find_rate(fields, "agreed_rate_percent"),
        limitation_on=find_day(fields, "limitation_day"),
        disputed_cents=whole(fields, "disputed_cents", default=0),
    )


def _payments(question: Question) -> list[tuple[date, int]]:
    found = []
    for index, value in enumerate(listed(question, "payments")):
        place = f"payments[{index}]"
        fields = inside({place: value}, place, {"on", "cents"})
        try:
            found.append((day(fields, "on"), whole(fields, "cents", least=1)))
        except InputInvalid as error:
            raise InputInvalid(str(error), field=f"{place}.{error.field}") from error
    return found
