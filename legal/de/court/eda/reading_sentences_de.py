"""The sentences of `reading_sentences` in German, for the text that stands beside a court file."""

SENTENCES_DE = {
    "file_empty": "Die Datei enthält keine Sätze.",
    "header_missing": "Die Datei beginnt nicht mit ihrem Vorsatz (AA).",
    "trailer_missing": "Die Datei endet ohne ihren Nachsatz (BB); es kann etwas fehlen.",
    "trailer_of_another": "Der Nachsatz gehört zu einem anderen Teilnehmer: {stated}.",
    "kind_unknown": "Dateien der Belegart {belart} sind nicht bekannt.",
    "kind_mixed": "Dieser Satz hat die Belegart {found} und gehört nicht in diese Datei.",
    "record_unknown": "Der Satz {found} ist nicht bekannt; seine Bytes bleiben erhalten.",
    "record_damaged": "Dieser Satz hat {length} Bytes, ist also kein ganzer Satz; nicht gelesen.",
    "record_without_head": "Dieser Satz folgt auf einen Kennsatz, der nicht gelesen werden konnte.",
    "field_unreadable": "„{found}“ ist in diesem Feld nicht lesbar.",
    "filler_not_blank": "Hier steht „{found}“, wo nichts stehen soll.",
    "sum_differs": "Der Nachsatz nennt {stated}, die Datei hat {counted}.",
    "costs_one_byte_right": (
        "Der Kostensatz steht ein Byte weiter rechts als veröffentlicht; so gelesen passt er zum "
        "Zahlbetrag."
    ),
    "costs_differ_from_payment": (
        "Gerichtsgebühr und Zustellauslagen ergeben nicht den Zahlbetrag."
    ),
    "service_kind_unknown": "Die Art der Zustellungsnachricht {found} ist nicht bekannt.",
    "extent_unknown": (
        "Das Merkmal „{found}“ für vollen oder teilweisen Widerspruch ist nicht bekannt; nach den "
        "Beträgen beurteilt."
    ),
    "too_many_files": "{found} logische Dateien in einer Übertragung; erlaubt sind {most}.",
}
