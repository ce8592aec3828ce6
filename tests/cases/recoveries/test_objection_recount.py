"""The quality report against a recount that was written apart: random objections, plain loops."""

import math
import random
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import text

from cases.claims.models import Outcome, Phase
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.objections.models import EarlierVerdict, Objection, ObjectionItem, ObjectionKind, Verdict
from cases.recoveries.objection_quality import kept_rate, list_decided, measure
from tests.factories.records import claim_details, make_agency, make_case, make_user

NOW = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 3, 1), date(2026, 9, 30)
CODES = ("first_raised_late", "part_payment_before", "creditor_silent")
EVERYTHING = """
    SELECT o.id, o.creditor_id, o.kind, o.verdict, o.decided_at, o.raised_on, o.indicators_then,
           o.answer_due_on, o.answered_at, c.outcome,
           ARRAY(SELECT k.kind FROM objection_items i JOIN claims k ON k.id = i.claim_id
                 WHERE i.objection_id = o.id) AS products,
           EXISTS(SELECT 1 FROM objection_items i JOIN claims k ON k.id = i.claim_id
                  WHERE i.objection_id = o.id AND k.titled_on IS NOT NULL) AS titled
    FROM objections o JOIN cases c ON c.id = o.case_id
"""


def test_the_report_equals_a_recount_in_plain_loops(database):
    chance = random.Random(20261123)
    with clock_at(NOW), transaction():
        make_agency()
        user = make_user()
        cases = []
        for outcome in (None, Outcome.PAID, Outcome.UNFOUNDED, Outcome.SETTLED, None):
            case, claims = make_case(claims=[claim_details(), claim_details()], accepted_by=user)
            if outcome:
                case.outcome, case.closed_at, case.closed_from = outcome, NOW, case.phase
                case.phase = Phase.CLOSED
            cases.append((case, claims))
        cases[-1][1][0].titled_on = date(2026, 8, 1)
        for _ in range(240):
            _objection(chance, database, *chance.choice(cases))
        database.flush()
        rows = database.execute(text(EVERYTHING)).mappings().all()
        first = {}
        for one in database.execute(text("SELECT * FROM earlier_verdicts ORDER BY id")).mappings():
            first.setdefault(one["objection_id"], (one["verdict"], one["decided_at"]))
        decided = list_decided(FIRST, LAST)
        for key, keys in (
            (lambda row: [row.kind], lambda row: [row["kind"]]),
            (lambda row: [str(row.creditor_id)], lambda row: [str(row["creditor_id"])]),
            (lambda row: [row.product], lambda row: [min(k or "" for k in row["products"])]),
            (lambda row: row.indicators, lambda row: row["indicators_then"] or []),
        ):
            found = {
                group.key: (group.decided, group.genuine, group.days and float(group.days),
                            group.settled, group.held, _range(group.genuine_range),
                            _range(group.held_range))
                for group in measure(decided, key)
            }  # fmt: skip
            assert found == _recount(rows, first, keys)
        due = [r for r in rows if r["answer_due_on"] and FIRST <= r["answer_due_on"] <= LAST]
        in_time = [r for r in due if r["answered_at"] and _day(r["answered_at"])
                   <= r["answer_due_on"]]  # fmt: skip
        assert kept_rate(FIRST, LAST) == (len(in_time), len(due))
        assert len(decided) > 60
        assert 0 < len(in_time) < len(due)


def _objection(chance, session, case, claims):
    """One row as the table may hold it: open, decided, taken up again, answered or not."""
    raised_on = date(2026, 1, 10) + timedelta(days=chance.randrange(250))
    decided_at = datetime(raised_on.year, raised_on.month, raised_on.day, 23, 30, tzinfo=BERLIN)
    decided_at += timedelta(days=chance.randrange(60), minutes=chance.choice((0, 29, 31)))
    verdict = chance.choice([None, *Verdict])
    answered = chance.random() < 0.6
    row = Objection(
        case_id=case.id, creditor_id=case.creditor_id, words="x", contests=True, channel="letter",
        kind=chance.choice([ObjectionKind.DEFECT, ObjectionKind.PAID, ObjectionKind.MINOR]),
        raised_on=raised_on, recorded_at=decided_at - timedelta(days=90), verdict=verdict,
        verdict_reason=verdict and "Bericht", decided_at=verdict and decided_at,
        answer_due_on=raised_on + timedelta(days=14),
        answered_at=decided_at + timedelta(hours=12) if answered else None,
        indicators_then=chance.sample(CODES, chance.randrange(4)) if verdict else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    for claim in chance.sample(list(claims), chance.choice((1, 2))):
        session.add(
            ObjectionItem(
                objection_id=row.id, claim_id=claim.id, creditor_id=case.creditor_id, amount_cents=1
            )
        )
    for number in range(chance.choice((0, 0, 0, 1, 2))):
        earlier = decided_at - timedelta(days=30 - number)
        session.add(
            EarlierVerdict(
                objection_id=row.id,
                creditor_id=case.creditor_id,
                verdict_reason="früher",
                verdict=chance.choice([Verdict.PRETEXT, Verdict.GENUINE, Verdict.PARTLY_GENUINE]),
                decided_at=earlier,
                reopened_at=decided_at,
                reopened_because="neu",
            )
        )


def _recount(rows, first, keys):
    groups = {}
    for row in rows:
        verdict, at = first.get(row["id"], (row["verdict"], row["decided_at"]))
        if verdict in {None, "undecided"} or not FIRST <= _day(at) <= LAST:
            continue
        for key in keys(row):
            groups.setdefault(key, []).append((row, verdict, (_day(at) - row["raised_on"]).days))
    return {key: _figures(own) for key, own in groups.items()}


def _figures(own):
    genuine = sum(verdict in {"genuine", "partly_genuine"} for _, verdict, _ in own)
    settled = held = 0
    for row, verdict, _ in own:
        if verdict != "pretext":
            continue
        given_in = row["verdict"] in {"genuine", "partly_genuine"}
        paid = not given_in and row["outcome"] in {"paid", "settled"}
        won = not given_in and not paid and row["titled"]
        lost = given_in or (not paid and not won and row["outcome"] == "unfounded")
        settled += given_in or paid or won or lost
        held += paid or won
    days = float(median(each for *_, each in own))
    return (
        len(own),
        genuine,
        days,
        settled,
        held,
        _wilson(genuine, len(own)),
        _wilson(held, settled),
    )


def _wilson(hits, size):
    """The two shares whose distance to what was seen is 1.96 standard errors of their own."""
    if size == 0:
        return None
    z = 1.959963984540054
    a, b, c = size + z * z, -(2 * hits + z * z), hits * hits / size
    root = math.sqrt(max(b * b - 4 * a * c, 0))
    return tuple(round(min(max((-b + sign * root) / (2 * a), 0), 1), 3) for sign in (-1, 1))


def _range(found):
    return found and tuple(round(float(each), 3) for each in found)


def _day(moment):
    return moment.astimezone(BERLIN).date()
