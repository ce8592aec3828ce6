"""What the law asks of every business letter stands on the papers that are no letters, too."""

from dataclasses import replace

from cases.letters.demand_content import house_line
from tests.factories.demand_letters import SENDER


def test_the_line_of_a_company_and_of_a_person():
    """§ 35a GmbHG, § 80 AktG: form, seat, register, who runs and who watches it."""
    line = house_line(SENDER, "de")
    for words in ("GmbH, Sitz Hamburg", "HRB", "Geschäftsführung: "):
        assert words in line
    board = replace(SENDER, legal_form="AG", supervisory_chair="Ute Moor")
    assert "Vorstand: " in house_line(board, "de")
    assert "Vorsitz des Aufsichtsrats: Ute Moor" in house_line(board, "de")
    person = replace(SENDER, name="Miriam Voss", legal_form=None, register_number=None,
                     managing_directors=None)  # fmt: skip
    assert house_line(person, "de") == ""
