"""Two records of one debtor: put together, and taken apart with everything as it was."""

import pytest

from cases.claims import merging
from cases.claims.queries import list_case_ids_of_debtor, list_debtors
from cases.claims.services import ReasonMissing, send_to_court
from cases.core.database import db, transaction
from cases.parties.bulk import find_or_create_debtors
from cases.parties.models import DebtorKind
from cases.parties.services import find_or_create_debtor
from tests.factories.records import debtor_details, make_agency, make_case, make_creditor, make_user


@pytest.fixture
def two(database):
    with transaction():
        make_agency()
        creditor = make_creditor()
        one, _ = make_case(creditor, accepted_by=make_user())
        other, _ = make_case(debtors=[debtor_details("Webber")])
        yield one, other


def ids(*cases):
    return [list_debtors(case.id)[0].debtor.id for case in cases]


def test_a_merge_moves_the_cases_and_an_unmerge_restores_every_row(two):
    kept, merged = ids(*two)
    merge = merging.merge_debtors(kept, merged, "Gleiches Geburtsdatum")
    assert list_case_ids_of_debtor(kept) == sorted(case.id for case in two)
    assert merge.moved["case_debtors"] == [two[1].id]
    # Whoever hands in the old spelling again means the one that stays, singly and in sets.
    assert find_or_create_debtor(debtor_details("Webber")).id == kept
    assert find_or_create_debtors([debtor_details("Webber")]) == [kept]
    with pytest.raises(merging.AlreadyMerged):
        merging.merge_debtors(merged, kept, "Noch einmal")
    newer, _ = make_case(make_creditor("Andere GmbH"), debtors=[debtor_details("Webber")])
    merging.unmerge_debtors(merge.public_id, "Vater und Sohn")
    db.session.expire_all()
    assert ids(*two) == [kept, merged]
    assert ids(newer) == [kept], "what came after the merge was never the other's"
    assert merging.list_merges(kept) == []
    with pytest.raises(merging.Undone):
        merging.unmerge_debtors(merge.public_id, "Noch einmal")


def test_what_is_not_one_debtor_is_refused(two):
    kept, merged = ids(*two)
    firm, _ = make_case(debtors=[debtor_details("Webber GmbH", kind=DebtorKind.COMPANY)])
    with pytest.raises(ReasonMissing):
        merging.merge_debtors(kept, merged, " ")
    with pytest.raises(merging.SameRecord):
        merging.merge_debtors(kept, kept, "Gleich")
    with pytest.raises(merging.KindsDiffer):
        merging.merge_debtors(kept, *ids(firm), "Gleich")
    joint = [debtor_details("Eins"), debtor_details("Zwei")]
    together, _ = make_case(debtors=joint)
    pair = [party.debtor.id for party in list_debtors(together.id)]
    with pytest.raises(merging.OweTogether):
        merging.merge_debtors(*pair, "Gleich")
    send_to_court(two[0].id, "Zahlt nicht")
    with pytest.raises(merging.InCourt):
        merging.merge_debtors(merged, kept, "Gleich")
