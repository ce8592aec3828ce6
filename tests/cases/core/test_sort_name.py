"""The key of names: small letters without accents, so that people find what they type plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.core.sort_name import sort_name


@pytest.mark.parametrize(("name", "key"), [
    pytest.param("Müller-Lüdenscheidt", "muller ludenscheidt", id="umlauts and hyphen"),
    pytest.param("Große & Söhne  GmbH", "grosse sohne gmbh", id="sharp s, signs, blanks"),
    pytest.param("Łukasz WIŚNIEWSKI", "lukasz wisniewski", id="Polish, capital with a stroke"),
    pytest.param("Ayşe Yılmaz", "ayse yilmaz", id="Turkish i without a dot"),
    pytest.param("İnci Đoković", "inci dokovic", id="capitals of other alphabets"),
    pytest.param("Ærø Œuvre", "aero oeuvre", id="ligatures"),
    pytest.param("", "", id="nothing"),
])  # fmt: skip
def test_names_become_their_key(name, key):
    assert sort_name(name) == key


@given(st.text())
def test_a_key_is_its_own_key(name):
    assert sort_name(sort_name(name)) == sort_name(name)
