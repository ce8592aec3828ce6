"""The sentences for what a reader finds in a court file."""

from legal.findings import N_

MESSAGES = {
    "file_empty": N_("The file has no records."),
    "header_missing": N_("The file does not begin with its header (AA)."),
    "trailer_missing": N_("The file ends without its trailer (BB); something may be missing."),
    "trailer_of_another": N_("The trailer belongs to another participant: {stated}."),
    "kind_unknown": N_("Files of the kind {belart} are not known."),
    "kind_mixed": N_("This record is of the kind {found} and does not belong into this file."),
    "record_unknown": N_("The record {found} is not known; its bytes are kept."),
    "record_damaged": N_("This record has {length} bytes, which is no whole record; not read."),
    "record_without_head": N_("This record follows a head that could not be read."),
    "field_unreadable": N_("“{found}” cannot be read in this field."),
    "filler_not_blank": N_("Here stands “{found}” where nothing should stand."),
    "sum_differs": N_("The trailer states {stated}, the file has {counted}."),
    "costs_one_byte_right": N_(
        "The cost record stands one byte further right than published; read so, it fits the amount "
        "to pay."
    ),
    "costs_differ_from_payment": N_("Court fee and service costs do not make the amount to pay."),
    "service_kind_unknown": N_("The kind of service note {found} is not known."),
    "extent_unknown": N_(
        "The mark “{found}” for full or partial opposition is not known; judged by the amounts."
    ),
    "too_many_files": N_("{found} logical files in one transmission; {most} are allowed."),
}
