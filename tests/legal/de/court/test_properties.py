"""Any application that passes the check encodes, and decodes to itself."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from legal.de.court.eda.application import ApplicationFile, encode_file, from_notation, to_notation
from legal.de.court.eda.envelope import Header
from legal.de.court.eda.follow_ups import (
    ChangedDefendant,
    EnforcementOrderApplication,
    LitigationRequest,
    NewServiceApplication,
    Outlay,
    Payment,
    QueryAnswer,
    QueryItem,
    Withdrawal,
)
from legal.de.court.eda.payment_order import (
    AgentCase,
    Ancillary,
    AncillaryClaims,
    Assignment,
    CaseMarks,
    Claim,
    CourtAddress,
    Party,
    PaymentOrderApplication,
    Property,
    Representative,
    RunningInterest,
    TrialCourt,
)
from legal.de.court.eda.replies import read_file
from legal.de.court.readiness.catalogue import claim_catalogue, contract_types
from legal.de.court.readiness.check import check_file_form

ALPHABET = "abcxyzABCXYZ0189 äöüÄÖÜß§@.,-&/()'\"+:;<>=?!#$%*[]{}|~_^`\\"
NO_DAY = st.none()


def words(length, minimum=1):
    text = st.text(ALPHABET, min_size=minimum, max_size=length).map(str.strip)
    return text.filter(bool) if minimum else text


def cents(digits=10):
    return st.integers(1, 10**digits - 1)


days = st.dates(date(1995, 1, 1), date(2026, 9, 30))
plz = st.from_regex(r"[0-9]{5}", fullmatch=True)
gnrs = st.from_regex(r"2[0-9]{10}", fullmatch=True)
representatives = st.builds(
    Representative,
    function=words(35),
    name=words(35),
    street=st.just("Ring 1"),
    plz=plz,
    place=words(27),
)
courts = st.builds(
    TrialCourt,
    pgm=st.sampled_from("12368"),
    plz=plz.filter(
        lambda p: (
            p > "99999"
            or p
            not in {"96441", "53878", "58081", "22747", "36084", "56723", "24821", "70154", "13343"}
        )
    ),
    place=words(30),
)


def parties(trial):
    person = st.builds(
        Party,
        anrede=st.sampled_from("012"),
        n1=words(35),
        n2=words(35),
        n3=words(35, 0),
        n4=words(35, 0),
        street=words(35).map(lambda s: f"{s[:32]} 7").map(str.strip),
        plz=plz,
        place=words(27),
        prozessgericht=trial,
    )
    company = st.builds(
        Party,
        rechtsform=st.just("GmbH"),
        n1=words(35),
        n2=words(35, 0),
        street=st.just("Ring 1"),
        plz=plz,
        place=words(27),
        prozessgericht=trial,
        representatives=st.lists(representatives, min_size=1, max_size=3).map(tuple),
    )
    return person | company


interest = st.builds(
    RunningInterest,
    rate=st.decimals(Decimal("0.001"), Decimal("99.999"), places=3),
    mark=st.sampled_from("FB"),
    first_day=days,
    last_day=NO_DAY,
    base_amount=NO_DAY,
)
plain_numbers = sorted(n for n, e in claim_catalogue().items() if e.extra == "NONE")
assignments = st.builds(Assignment, date=days, name=words(35), plz=plz, place=words(27))
catalogue_claims = st.builds(
    Claim,
    kind=st.just("catalogue"),
    no=st.sampled_from(plain_numbers),
    ground=words(35, 0),
    invoice_no=words(35, 0),
    first_day=days,
    amount=cents(),
    interest=st.lists(interest, max_size=1).map(tuple),
    assignment=st.none() | assignments,
)
rents = st.builds(
    Claim,
    kind=st.just("catalogue"),
    no=st.just(19),
    first_day=days,
    last_day=st.just(date(2026, 9, 30)),
    amount=cents(),
    property=st.builds(Property, plz=plz, place=words(27), street=words(35, 0)),
)
damages = st.builds(
    Claim,
    kind=st.just("catalogue"),
    no=st.just(28),
    first_day=days,
    amount=cents(),
    contract_type=st.sampled_from(sorted(contract_types())),
)
free_claims = st.builds(
    Claim,
    kind=st.just("free"),
    text=words(163),
    first_day=days,
    amount=cents(),
    interest=st.lists(interest, max_size=1).map(tuple),
)
ancillaries = st.builds(
    AncillaryClaims,
    AUSL=st.none() | st.builds(Ancillary, amount=cents(8)),
    MAHNK=st.none() | st.builds(Ancillary, amount=cents(7)),
)


@st.composite
def payment_orders(draw):
    defendants = tuple(draw(st.lists(parties(courts), min_size=1, max_size=5)))
    marks = CaseMarks(
        own_ref=draw(words(30, 0)),
        pvkezi=draw(st.sampled_from(["", "07799999"])),
        vglm1=draw(st.booleans()),
        vglm2=True,
        joint_debtors=len(defendants) > 1,
        litigation_requested=draw(st.booleans()),
    )
    case = AgentCase(
        own_ref=draw(words(35, 0)),
        order_date=draw(days),
        expenses=draw(st.none() | cents(8) | st.just(0)),
        applicant_cannot_deduct_vat=draw(st.booleans()),
    )
    claims = draw(
        st.lists(catalogue_claims | rents | damages | free_claims, min_size=1, max_size=4)
    )
    return PaymentOrderApplication(
        court=CourtAddress("39418", "Staßfurt"),
        kennsatz=marks,
        applicants=tuple(draw(st.lists(parties(st.none()), min_size=1, max_size=2))),
        defendants=defendants,
        representative_case=case if marks.pvkezi else None,
        claims=tuple(claims),
        ancillary=draw(st.none() | ancillaries.filter(lambda a: a != AncillaryClaims())),
    )


defendants = st.builds(
    ChangedDefendant,
    n1=words(35),
    n2=words(35, 0),
    n3=words(35, 0),
    rechtsform=words(35, 0),
    street=st.just("Ring 1"),
    plz=plz,
    place=words(27),
)
references = words(30, 0)
follow_ups = {
    "07": st.builds(
        NewServiceApplication,
        gnr=gnrs,
        own_ref=references,
        enquiry_costs=st.none() | cents(8),
        defendant=defendants,
    ),
    "08": st.builds(
        EnforcementOrderApplication,
        gnr=gnrs,
        own_ref=references,
        date=st.just(date(2026, 10, 1)),
        service=st.sampled_from(["court", "own"]),
        postage=st.none() | cents(8),
        interest_on_costs=st.booleans(),
        expenses=st.none() | st.just(0) | cents(7),
        payments=st.lists(st.builds(Payment, date=days, amount=cents()), max_size=12).map(tuple),
        defendant=st.none() | defendants,
        further_outlays=st.lists(
            st.builds(Outlay, amount=cents(), reason=words(35)), max_size=2
        ).map(tuple),
    ),
    "20": st.builds(
        QueryAnswer,
        gnrs=st.lists(gnrs, min_size=1, max_size=5).map(tuple),
        own_ref=references,
        date=days,
        application_date=days,
        application_kind=st.just("01"),
        items=st.lists(
            st.builds(
                QueryItem,
                fschl=st.from_regex("[0-9]{3}", fullmatch=True),
                feldn=words(20),
                index1=st.just("01"),
                index2=st.just("00"),
                mas=st.just("1"),
                maz=st.just("2"),
                mazpos=st.just("1"),
                form=st.just("3"),
                inhalt=words(35),
            ),
            min_size=1,
            max_size=5,
        ).map(tuple),
    ),
    "25": st.builds(
        Withdrawal,
        gnr=gnrs,
        own_ref=words(35, 0),
        kind=st.sampled_from(["withdrawal", "resolved"]),
        original=st.sampled_from(["machine", "paper"]),
    ),
    "29": st.builds(LitigationRequest, gnr=gnrs, own_ref=words(35, 0)),
}
follow_ups["10"] = follow_ups["07"]


def header(belart):
    formats = {"07": "4100", "08": "4100", "10": "4100"}
    return Header(
        "07799999",
        date(2026, 10, 1),
        belart,
        formats.get(belart, "4000"),
        "Prüfung",
        "1.0",
        "ABC012",
    )


def assert_round_trip(file):
    readiness = check_file_form(file)
    assert not readiness.errors, readiness.errors
    data = encode_file(file)
    records = [data[i : i + 128] for i in range(0, len(data), 128)]
    assert len(data) % 128 == 0
    assert records[-1][17:24] == b"%07d" % (len(records) - 2)
    assert records[-1][10:17] == b"%07d" % len(file.applications)
    assert sum(r[2:9] == b"KS   00" for r in records) == len(file.applications)
    (read,) = read_file(data)
    assert read.findings == ()
    notation = to_notation(file)
    assert read.in_notation() == notation
    again, problems = from_notation(notation)
    assert not problems
    assert encode_file(again) == data


@settings(max_examples=60, deadline=None)
@given(st.lists(payment_orders(), min_size=1, max_size=2))
def test_payment_orders_that_pass_the_check_come_back(applications):
    if len({a.kennsatz.own_ref for a in applications}) < len(applications):
        return
    file = ApplicationFile(header("01"), "01", tuple(applications))
    assert_round_trip(file)
    trailer = encode_file(file)[-128:]
    claims = [claim for a in applications for claim in a.claims]
    assert int(trailer[24:31]) == sum(c.no or 0 for c in claims)
    assert int(trailer[31:45]) == sum(c.amount for c in claims)
    assert int(trailer[60:67]) == len(claims)


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(sorted(follow_ups)))
def test_later_applications_come_back(data, belart):
    applications = data.draw(st.lists(follow_ups[belart], min_size=1, max_size=3))
    file = ApplicationFile(
        header(belart), belart, tuple(a.in_short() if belart == "20" else a for a in applications)
    )
    assert_round_trip(file)
    numbers = [n for a in applications for n in (getattr(a, "court_numbers", None) or (a.gnr,))]
    assert int(encode_file(file)[-128:][45:60]) == sum(int(n[2:9]) for n in numbers)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=700), st.booleans())
def test_no_bytes_at_all_break_the_reader(data, prefixed):
    if prefixed:
        data = b"AA0779999926093003077999994100FSR50108".ljust(128) + data
    for read in read_file(data):
        read.in_notation()
