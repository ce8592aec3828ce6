"""Checks of the people: who applies, against whom, represented by whom, served where.

Law: ZPO § 690(1) no. 1 and 5, § 703d.
"""

import re

from legal.de.court.courts import bulk_postcodes
from legal.de.court.eda.payment_order import (
    Party,
    PaymentOrderApplication,
    Representative,
    TrialCourt,
)
from legal.de.court.readiness.catalogue import (
    BY_OFFICE,
    COMPANY_AS_PARTNER,
    PUBLIC_BODY,
    SOLE_TRADER,
    LegalForm,
    find_legal_form,
    functions_of,
)
from legal.de.court.readiness.checking import Findings, error, require, warning

NATURAL_PERSON = frozenset("012")  # Herr/Frau, Herr, Frau
OWNERS_ASSOCIATION = "B"
_SALUTATIONS = NATURAL_PERSON | {"3", "4", OWNERS_ASSOCIATION}
_TRIAL_COURTS = frozenset("12368")
_POSTCODE = re.compile(r"[0-9]{5}")
_PO_BOX = re.compile(r"\b(postfach|postlagernd|p\.? ?o\.? ?box)\b", re.IGNORECASE)
MOST_DEFENDANTS, MOST_APPLICANTS, MOST_REPRESENTATIVES = 5, 6, 6


def check_parties(application: PaymentOrderApplication) -> Findings:
    """All applicants and defendants."""
    yield from _check_numbers(application)
    for index, party in enumerate(application.applicants):
        yield from _check_party(party, f"applicants[{index}].")
        if party.prozessgericht:
            yield error("has_no_field", f"applicants[{index}].prozessgericht")
    for index, party in enumerate(application.defendants):
        path = f"defendants[{index}]."
        yield from _check_party(party, path)
        yield from _check_trial_court(party.prozessgericht, f"{path}prozessgericht")
        if party.country:
            yield warning("defendant_abroad", f"{path}country")


def _check_numbers(application: PaymentOrderApplication) -> Findings:
    marks = application.kennsatz
    if marks and marks.askezi:
        if application.applicants:
            yield error("applicant_given_twice", "applicants")
    elif not application.applicants:
        yield error("missing", "applicants")
    if not application.defendants:
        yield error("missing", "defendants")
    if len(application.defendants) > MOST_DEFENDANTS:
        yield error("too_many_defendants", "defendants", most=MOST_DEFENDANTS)
    if len(application.applicants) > MOST_APPLICANTS:
        yield warning("too_many_applicants", "applicants", most=MOST_APPLICANTS)
    joint = bool(marks and marks.joint_debtors)
    if len(application.defendants) > 1 and not joint:
        yield warning("joint_debtors_not_said", "kennsatz.joint_debtors")
    if len(application.defendants) == 1 and joint:
        yield error("joint_debtors_alone", "kennsatz.joint_debtors")


def _check_party(party: Party, path: str) -> Findings:
    yield from _check_name(party, path)
    yield from check_address(party, path)
    yield from _check_representatives(party, path)


def _check_name(party: Party, path: str) -> Findings:
    yield from require(party, path, "n1")
    if party.anrede and party.anrede not in _SALUTATIONS:
        yield error("salutation_unknown", f"{path}anrede", found=party.anrede)
    if not party.anrede and not party.rechtsform:
        yield error("legal_form_missing", f"{path}rechtsform")
    if party.anrede in NATURAL_PERSON:
        yield from require(party, path, "n2")
        if party.rechtsform:
            yield error("salutation_and_legal_form", f"{path}rechtsform")
    if party.rechtsform and find_legal_form(party.rechtsform) is None:
        yield warning("legal_form_unknown", f"{path}rechtsform", found=party.rechtsform)


def check_address(party: Party | Representative, path: str) -> Findings:
    """An address at which the court can serve."""
    yield from require(party, path, "street", "plz", "place")
    if party.country.upper() in {"D", "DE", "DEU"}:
        yield error("country_of_germany", f"{path}country")
    elif not party.country and party.plz and not _POSTCODE.fullmatch(party.plz):
        yield error("postcode_wrong", f"{path}plz", found=party.plz)
    if _PO_BOX.search(party.street):
        yield error("address_not_servable", f"{path}street", found=party.street)
    elif party.street and not any(c.isdigit() for c in party.street):
        yield warning("house_number_missing", f"{path}street", found=party.street)


def _check_trial_court(court: TrialCourt | None, path: str) -> Findings:
    """The court for litigation, for every defendant. Law: ZPO § 690(1) no. 5."""
    if court is None:
        yield error("trial_court_missing", path)
        return
    yield from require(court, f"{path}.", "pgm", "plz", "place")
    if court.pgm and court.pgm not in _TRIAL_COURTS:
        yield error("trial_court_kind_unknown", f"{path}.pgm", found=court.pgm)
    if court.plz and not _POSTCODE.fullmatch(court.plz):
        yield error("postcode_wrong", f"{path}.plz", found=court.plz)
    elif wanted := bulk_postcodes().get(court.plz):
        yield error("bulk_postcode", f"{path}.plz", found=court.plz, wanted=wanted)


def _check_representatives(party: Party, path: str) -> Findings:
    """Statutory representatives: companies need one, and each a function and a name."""
    form = find_legal_form(party.rechtsform) if party.rechtsform else None
    where = f"{path}representatives"
    if not party.representatives:
        yield from _check_unrepresented(party, form, where)
    if len(party.representatives) > MOST_REPRESENTATIVES:
        yield error("too_many_representatives", where, most=MOST_REPRESENTATIVES)
    if form and form.function_key in COMPANY_AS_PARTNER and party.representatives:
        yield from _check_partner_company(party, where)
    for index, representative in enumerate(party.representatives):
        yield from _check_representative(representative, party, form, f"{where}[{index}].")


def _check_unrepresented(party: Party, form: LegalForm | None, path: str) -> Findings:
    if party.anrede == OWNERS_ASSOCIATION:
        yield error("representative_missing", path, form="Wohnungseigentümergemeinschaft")
    if party.anrede or form is None or not party.rechtsform:
        if party.rechtsform and not party.anrede and form is None:
            yield warning("representative_perhaps_missing", path, form=party.rechtsform)
        return
    if form.salutation_class == SOLE_TRADER or form.function_key == BY_OFFICE:
        return
    soft = party.country or form.salutation_class == PUBLIC_BODY
    if soft:
        yield warning("representative_perhaps_missing", path, form=party.rechtsform)
    else:
        yield error("representative_missing", path, form=party.rechtsform)


def _check_partner_company(party: Party, path: str) -> Findings:
    """GmbH & Co KG: first the general partner company, then its officer."""
    first = party.representatives[0]
    if first.name:
        yield error("partner_company_missing", f"{path}[0].function", form=party.rechtsform)
    elif len(party.representatives) == 1:
        yield error("partner_officer_missing", path, form=party.rechtsform)


def _check_representative(
    representative: Representative, party: Party, form: LegalForm | None, path: str
) -> Findings:
    yield from require(representative, path, "function")
    is_company = form is not None and form.function_key in COMPANY_AS_PARTNER
    if not representative.name and not is_company:
        yield error("missing", f"{path}name")
    address = (representative.street, representative.plz, representative.place)
    if any(address):
        yield from check_address(representative, path)
    elif party.anrede in NATURAL_PERSON:
        yield error("representative_address_missing", f"{path}street")
    known = functions_of(form.function_key) if form and representative.name else frozenset()
    if known and representative.function.upper() not in known:
        found, form_name = representative.function, party.rechtsform
        yield warning("function_unusual", f"{path}function", found=found, form=form_name)
