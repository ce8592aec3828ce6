"""What we ship of others is what they published."""

import csv
import hashlib

from portal.shell.assets import STATIC

LIST = STATIC / "vendor" / "VENDORED.csv"


def test_every_vendored_file_has_the_hash_on_the_list() -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"] for row in rows} >= {"htmx", "Inter"}
    for row in rows:
        digest = hashlib.sha256((STATIC / row["file"]).read_bytes()).hexdigest()
        assert digest == row["sha256"], row["file"]
        assert row["licence"], row["file"]


def test_nothing_of_others_is_missing_from_the_list() -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        listed = {row["file"] for row in csv.DictReader(file)}
    shipped = {
        str(path.relative_to(STATIC))
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).iterdir()
        if path.suffix in (".js", ".woff2")
    }
    assert shipped == listed
