"""Account numbers as people paste them."""

import pytest

from cases.formats.identifiers import find_iban, is_qr_iban

IBANS = {
    "DE89370400440532013000": True,
    "DE75512108001245126199": True,
    "AT611904300234573201": True,
    "AT483200000012345864": True,
    "CH9300762011623852957": True,
    "CH4431999123000889012": True,
    "CH5604835012345678009": True,
    "LI21088100002324013AA": True,
    "FR1420041010050500013M02606": True,
    "NL91ABNA0417164300": True,
    "PL61109010140000071219812874": True,
    "TR330006100519786457841326": True,
    "GB29NWBK60161331926819": True,
    "MT84MALT011000012345MTLCAST001S": True,
    "NO9386011117947": True,
    "DE89 3704 0044 0532 0130 00": True,
    "de89370400440532013000": True,
    "DE89-3704-0044-0532-0130-00": True,
    "\u00a0DE89370400440532013000": True,
    "IBAN DE89370400440532013000": True,
    "DE89370400440532013001": False,
    "DE8937040044053201300": False,
    "DE893704004405320130000": False,
    "DE8937040044O532013000": False,
    "XX89370400440532013000": False,
    "ΑT611904300234573201": False,
    "CH93 0076 2011 6238 5295": False,
    "37040044 532013000": False,
    "": False,
    "DE00370400440532013000": False,
}


@pytest.mark.parametrize(("iban", "valid"), IBANS.items())
def test_ibans_are_cleaned_and_checked(iban, valid):
    assert (find_iban(iban) is not None) is valid


def test_qr_iban_is_told_by_its_institution():
    assert is_qr_iban("CH4431999123000889012")
    assert not is_qr_iban("CH9300762011623852957")
