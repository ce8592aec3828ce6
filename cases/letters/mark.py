"""The data matrix of a letter: on its page, and read from the window of an envelope that came back.

Format: ISO/IEC 16022, written and read by zxing-cpp. It holds the number of the letter alone.
"""

import re
from functools import lru_cache
from typing import Any

from legal.errors import InvariantBroken

#: As `cases.letters.services.next_number` makes them.
NUMBER = re.compile(r"B-\d{4}-\d{7,}")
_PATH = re.compile(r'<path d="([^"]+)"')
_SIZE = re.compile(r'<svg width="(\d+)" height="(\d+)"')
#: A page of a scan is drawn with so many dots an inch; a mark has about 16 modules on 8 mm.
DOTS_PER_INCH = 200


@lru_cache(maxsize=256)
def draw_mark(number: str) -> str:
    """The mark as an SVG picture for the page; nothing where there is no number yet."""
    if not NUMBER.fullmatch(number):
        return ""
    import zxingcpp

    made: Any = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.DataMatrix)
    path = _PATH.search(str(made.to_svg(scale=1, add_quiet_zones=False)))
    size = _SIZE.search(str(made.to_svg(scale=1, add_quiet_zones=False)))
    if path is None or size is None:
        raise InvariantBroken("the picture of a mark is a path")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[1]} {size[2]}">'
        f'<path fill="#000" d="{path[1]}"/></svg>'
    )


def read_marks(picture: Any) -> list[str]:
    """The numbers of letters whose marks are on a picture; what is no mark of ours is passed over.

    `picture` is a PIL image.
    """
    import zxingcpp

    wanted: Any = zxingcpp.BarcodeFormat.DataMatrix
    found: Any = zxingcpp.read_barcodes(picture, formats=wanted)
    return [each.text for each in found if NUMBER.fullmatch(each.text)]
