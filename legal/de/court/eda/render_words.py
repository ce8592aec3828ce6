"""The German names of kinds, records, fields and marks, from `data/words_de.csv`."""

from collections.abc import Mapping

from legal.de.court.eda.layouts import read_rows


def _words(what: str) -> Mapping[str, str]:
    return {row["key"]: row["words"] for row in read_rows("words_de.csv") if row["what"] == what}


KINDS = _words("belart")
RECORD_NAMES = _words("record")
FIELD_NAMES = _words("field")
#: Field and code -> what the code means.
MARKS: Mapping[tuple[str, str], str] = {
    (row["key"], row["code"]): row["words"]
    for row in read_rows("words_de.csv")
    if row["what"] == "mark"
}
