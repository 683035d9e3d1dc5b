"""Makes the fonts of the documents from Source Sans 3, version 3.052.

    python scripts/make_fonts.py FOLDER

Somewhere in FOLDER are the three TrueType files, as the npm package
``@expo-google-fonts/source-sans-3`` has them. A made font is renamed, as the licence asks of a
changed one, and has what documents need: no hinting, no small capitals, and a glyph of its own for
each code point, so that text copied from a PDF has the hyphens and spaces that were written. The
same versions of fontTools and brotli write the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from planforms.writers import fonts

FOLDER = Path(fonts.__file__).parent
ORIGINALS = {
    fonts.REGULAR: "SourceSans3_400Regular.ttf",
    fonts.SEMIBOLD: "SourceSans3_600SemiBold.ttf",
    fonts.ITALIC: "SourceSans3_400Regular_Italic.ttf",
}
FEATURES = ["ccmp", "kern", "lnum", "locl", "mark", "mkmk", "tnum"]
COPYRIGHT, FAMILY, STYLE, UNIQUE_NAME, FULL_NAME, VERSION, POSTSCRIPT_NAME = range(7)
LICENCE, LICENCE_URL = 13, 14


def make_face(face: fonts.Face, original: Path) -> TTFont:
    """A whole face for the PDF."""
    font = TTFont(original, recalcTimestamp=False)
    _keep(font, font.getBestCmap())
    for code_point, glyph in _shared_glyphs(font):
        _copy_glyph(font, glyph, code_point)
    _rename(font, face)
    return font


def make_subset(face: fonts.Face, subset: fonts.Subset) -> TTFont:
    """The part of a made face that a web page carries."""
    font = TTFont(FOLDER / face.file, recalcTimestamp=False)
    latin = subset is fonts.Subset.LATIN
    _keep(font, [point for point in font.getBestCmap() if fonts.is_latin(point) is latin])
    font.flavor = "woff2"
    return font


def _keep(font: TTFont, code_points: Iterable[int]) -> None:
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)


def _shared_glyphs(font: TTFont) -> Iterator[tuple[int, str]]:
    """Each code point whose glyph stands for an earlier one, too, with that glyph."""
    seen = set()
    for code_point, glyph in sorted(font.getBestCmap().items()):
        if glyph in seen:
            yield code_point, glyph
        seen.add(glyph)


def _copy_glyph(font: TTFont, glyph: str, code_point: int) -> None:
    name = f"uni{code_point:04X}"
    font["glyf"][name] = deepcopy(font["glyf"][glyph])
    font["hmtx"][name] = font["hmtx"][glyph]
    for table in font["cmap"].tables:
        if code_point in table.cmap:
            table.cmap[code_point] = name


def _rename(font: TTFont, face: fonts.Face) -> None:
    """Takes the reserved name "Source" out of the name table (OFL 1.1, condition 3)."""
    full_name = f"{fonts.FAMILY} {face.name}"
    names = {
        FAMILY: fonts.FAMILY,
        STYLE: face.name,
        UNIQUE_NAME: full_name,
        FULL_NAME: full_name,
        POSTSCRIPT_NAME: full_name.replace(" ", "-"),
    }
    kept = [COPYRIGHT, VERSION, LICENCE, LICENCE_URL]
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in kept]
    for name_id, name in names.items():
        table.setName(name, name_id, platformID=3, platEncID=1, langID=0x409)


def main(originals: Path) -> None:
    """Writes every face and its subsets beside the package's code."""
    for face, name in ORIGINALS.items():
        (original,) = originals.rglob(name)
        make_face(face, original).save(FOLDER / face.file)
    for face, subset in product(fonts.FACES, fonts.Subset):
        make_subset(face, subset).save(FOLDER / fonts.subset_file(face, subset))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
