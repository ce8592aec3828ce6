"""Hundreds of questions to the calculators, answered a second time by a model of the law."""

import json
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from click.testing import CliRunner

from agency.cli.law import command
from tests.factories import law_model as model

START = date(2004, 1, 1)
SPAN = 7400  # Days: what begins in them ends before the last known rate does.


def ask(name, questions):
    result = CliRunner().invoke(command, [name], input=json.dumps(questions))
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def a_day(rnd, first=START, span=SPAN):
    return first + timedelta(days=rnd.randrange(span))


def test_interest_of_any_span():
    rnd, questions, expected = Random(20), [], []
    for _ in range(80):
        first, cents = a_day(rnd), rnd.randrange(1, 10 ** rnd.randrange(3, 9))
        last = first + timedelta(days=rnd.randrange(900))
        debtor = rnd.choice(["consumer", "business", "business_other"])
        arose = rnd.choice([None, first - timedelta(days=rnd.randrange(900))])
        questions.append({
            "jurisdiction": "de", "principal_cents": cents, "first_day": first.isoformat(),
            "last_day": last.isoformat(), "debtor": debtor,
            **({"arose_on": arose.isoformat()} if arose else {}),
        })  # fmt: skip
        expected.append(model.half_up(model.interest(cents, first, last, debtor, arose)))
    answers = ask("interest", questions)
    assert [each["interest_cents"] for each in answers] == expected
    assert all(
        sum(period["interest_cents"] for period in each["periods"]) == each["interest_cents"]
        for each in answers
    )


def test_what_collection_and_court_cost():
    rnd, questions, expected = Random(21), [], []
    for number in range(80):
        day = a_day(rnd, date(2021, 10, 1), 1800)
        euro = Fraction(rnd.randrange(100, 10 ** rnd.randrange(4, 10)), 100)
        rate = rnd.choice(["0.5", "0.9"])
        fee = model.lawyer_fee(euro, Fraction(rate), day, small=True)
        order = model.lawyer_fee(euro, Fraction(1), day)
        items = [{"item": "VV2300", "rate": rate}, {"item": "VV7002"}]
        found = [fee, model.flat(fee)]
        if number % 2:  # The agency files itself: half of its fee is credited (§ 13e(1) RDG).
            items = [{"item": "VV3305"}, {"credit": "VV2300", "rate": rate}, {"item": "VV7002"},
                     {"item": "KV1100"}]  # fmt: skip
            credit = Fraction(model.half_up(fee / 2))
            found = [order, -credit, model.flat(order), model.court_fee(euro, day)]
        vat = rnd.choice([None, "19"])
        taxed = sum(found[:3] if number % 2 else found)
        questions.append({
            "jurisdiction": "de", "law_date": day.isoformat(), "value_cents": int(euro * 100),
            "items": items, "vat_percent": vat,
        })  # fmt: skip
        expected.append(sum(found) + (model.half_up(taxed * 19 / 100) if vat else 0))
    assert [each["total_cents"] for each in ask("costs", questions)] == expected


def test_payments_over_costs_interest_and_principal():
    rnd, questions, expected = Random(22), [], []
    for _ in range(60):
        first, cents = a_day(rnd, date(2019, 1, 1), 2000), rnd.randrange(5000, 10**7)
        order = rnd.choice(["367", "497_3", "designated"])
        costs = [(first + timedelta(days=rnd.randrange(200)), rnd.randrange(1, 20000))
                 for _ in range(rnd.randrange(3))]  # fmt: skip
        days = sorted(first + timedelta(days=rnd.randrange(500)) for _ in range(rnd.randrange(4)))
        payments = [(day, rnd.randrange(1, cents)) for day in days]
        as_of = first + timedelta(days=rnd.randrange(300, 700))
        questions.append({
            "jurisdiction": "de", "order": order, "principal_cents": cents,
            "interest_first_day": first.isoformat(), "debtor": "consumer",
            "costs": [[day.isoformat(), each] for day, each in costs],
            "payments": [[day.isoformat(), each] for day, each in payments],
            "as_of": as_of.isoformat(),
            **({"designation": ["principal"]} if order == "designated" else {}),
        })  # fmt: skip
        expected.append(model.spread(order, cents, first, costs, payments, as_of))
    answers = [each["open"] for each in ask("allocate", questions)]
    kinds = ("costs", "interest", "principal")
    assert [[each[f"{kind}_cents"] for kind in kinds] for each in answers] == expected


def test_limitation_with_suspensions_and_new_starts():
    rnd, questions, expected = Random(23), [], []
    while len(questions) < 60:
        due = a_day(rnd, date(2012, 1, 1), 4000)
        begun = date(due.year + 1, 1, 1)
        spans = [
            (first, first + timedelta(days=rnd.randrange(150)))
            for first in (a_day(rnd, begun, 700) for _ in range(rnd.randrange(3)))
        ]
        served = a_day(rnd, begun, 1000)
        act = served + timedelta(days=rnd.randrange(60))
        order = (served - timedelta(days=9), model.months_on(act, 6))
        with_order, paid = rnd.random() < 0.5, [a_day(rnd, begun, 1000)][: rnd.randrange(2)]
        suspended = [*spans, *([order] if with_order else [])]
        kinds = [rnd.choice(["negotiations", "deferral"]) for _ in spans]
        floors = [model.months_on(last, 3) for (_, last), kind in zip(spans, kinds, strict=True)
                  if kind == "negotiations"]  # fmt: skip
        events = [
            {"kind": kind, "from": first.isoformat(), "until": last.isoformat()}
            for kind, (first, last) in zip(kinds, spans, strict=True)
        ]
        if with_order:
            events.append({
                "kind": "payment_order", "applied_on": order[0].isoformat(),
                "served_on": served.isoformat(), "last_act_on": act.isoformat(),
                "served_soon": True,
            })  # fmt: skip
        events += [{"kind": "part_payment", "from": day.isoformat()} for day in paid]
        rnd.shuffle(events)
        questions.append({
            "jurisdiction": "de", "place": "DE-BE", "kind": "regular",
            "due_on": due.isoformat(), "events": events,
        })  # fmt: skip
        expected.append(model.limitation_end(due, suspended, paid, floors).isoformat())
    answers = ask("limitation", questions)
    wrong = [
        (question, each["unrolled"], want)
        for question, each, want in zip(questions, answers, expected, strict=True)
        if each["unrolled"] != want
    ]
    assert wrong == []


@pytest.mark.parametrize("cents", [3, 100, 9_999, 100_000])
def test_between_claims_the_order_of_the_law(cents):
    """§ 366(2) BGB: due first, then less secured, more burdensome, older, in proportion."""
    rnd = Random(cents)
    claims = [
        {"id": f"C{n}", "open_cents": rnd.randrange(1, 30000),
         "due_on": rnd.choice(["2026-01-01", "2026-03-01", "2026-09-01"]),
         "secured": rnd.random() < 0.5, "rate_percent": rnd.choice(["5", "6.27", "9"])}
        for n in range(7)
    ]  # fmt: skip
    paid = ask("allocate", {
        "order": "366", "claims": claims, "payment": ["2026-06-01", cents], "designation": []
    })["claims"]  # fmt: skip
    rank = {
        each["id"]: (each["due_on"] > "2026-06-01", each["secured"],
                     -Fraction(each["rate_percent"]), each["due_on"])
        for each in claims
    }  # fmt: skip
    left = {each["id"]: each["open_cents"] - paid[each["id"]] for each in claims}
    assert sum(paid.values()) == min(cents, sum(each["open_cents"] for each in claims))
    for one, other in ((a, b) for a in rank for b in rank if rank[a] < rank[b]):
        assert left[one] == 0 or paid[other] == 0
