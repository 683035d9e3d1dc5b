"""Makes the fonts of the documents from Source Sans 3, version 3.052.

    python scripts/make_fonts.py FOLDER

Somewhere in FOLDER are the three TrueType files, as the npm package
``@expo-google-fonts/source-sans-3`` has them. A made font is renamed, as the licence asks of a
changed one, and has what documents need: no hinting, no small capitals, and a glyph of its own for
each code point, so that text copied from a PDF has the hyphens and spaces that were written. It
also has what Source Sans 3 lacks: the letters of Skolt Sámi, and a mark for letters that it has not
either. A hyphen that was written has another glyph than one that an engine puts at the end of a
line, so that text read from a PDF tells the two apart. The same versions of fontTools and brotli
write the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path

from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph

from planforms.writers import fonts

FOLDER = Path(fonts.__file__).parent
ORIGINALS = {
    fonts.REGULAR: "SourceSans3_400Regular.ttf",
    fonts.SEMIBOLD: "SourceSans3_600SemiBold.ttf",
    fonts.ITALIC: "SourceSans3_400Regular_Italic.ttf",
}
FEATURES = ["ccmp", "kern", "lnum", "locl", "mark", "mkmk", "tnum"]
COMPOSED = {"\u01e8": ("K", "\u010c"), "\u01e9": ("k", "\u021f")}
"""Letters that the originals lack: the base, and a letter whose accent it takes."""
REPLACEMENT = 0xFFFD
HYPHEN, WRITTEN_HYPHEN = "hyphen", "hyphen.written"
MARK_TO_BASE = 4
"""The type of a table of the font that says where accents stand (OpenType, GPOS)."""
MARK_WIDTH, MARK_MARGIN, MARK_TOP, MARK_BOTTOM = 760, 20, 710, -10
"""Where the diamond of the replacement mark stands, in thousandths of the letters' size."""
QUESTION_SCALE = 0.62
COPYRIGHT, FAMILY, STYLE, UNIQUE_NAME, FULL_NAME, VERSION, POSTSCRIPT_NAME = range(7)
LICENCE, LICENCE_URL = 13, 14


def make_face(face: fonts.Face, original: Path) -> TTFont:
    """A whole face for the PDF."""
    font = TTFont(original, recalcTimestamp=False)
    _keep(font, font.getBestCmap())
    for code_point, glyph in _shared_glyphs(font):
        _copy_glyph(font, glyph, code_point)
    for letter, (base, model) in COMPOSED.items():
        _add_glyph(font, ord(letter), _composed(font, base, model), base)
    _add_glyph(font, REPLACEMENT, _replacement_mark(font), "question")
    font["hmtx"][f"uni{REPLACEMENT:04X}"] = (MARK_WIDTH, MARK_MARGIN)
    _draw_written_hyphens_apart(font)
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


def _composed(font: TTFont, base: str, model: str) -> Glyph:
    """A base with the accent of another letter, moved as the two letters' anchors say."""
    name = font.getBestCmap()[ord(model)]
    glyph = deepcopy(font["glyf"][name])
    letter, accent = glyph.components
    ours, theirs = (_top_anchor(font, one) for one in (base, letter.glyphName))
    accent.x += ours[0] - theirs[0]
    accent.y += ours[1] - theirs[1]
    letter.glyphName = base
    glyph.recalcBounds(font["glyf"])
    return glyph


def _top_anchor(font: TTFont, glyph: str) -> tuple[int, int]:
    """Where an accent above a letter stands: the anchor of the table that knows the caron."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if lookup.LookupType == MARK_TO_BASE and "uni030C" in table.MarkCoverage.glyphs:
                bases = table.BaseCoverage.glyphs
                anchor = table.BaseArray.BaseRecord[bases.index(glyph)].BaseAnchor[0]
                return anchor.XCoordinate, anchor.YCoordinate
    raise LookupError(glyph)


def _replacement_mark(font: TTFont) -> Glyph:
    """A diamond with a question mark cut out of it."""
    pen = TTGlyphPen(None)
    middle, centre = MARK_WIDTH // 2, (MARK_TOP + MARK_BOTTOM) // 2
    pen.moveTo((MARK_MARGIN, centre))
    for corner in (
        (middle, MARK_TOP),
        (MARK_WIDTH - MARK_MARGIN, centre),
        (middle, MARK_BOTTOM),
    ):
        pen.lineTo(corner)
    pen.closePath()
    question = font["glyf"]["question"]
    x = middle - QUESTION_SCALE * (question.xMin + question.xMax) / 2
    y = centre - QUESTION_SCALE * (question.yMin + question.yMax) / 2
    scaled = TransformPen(ReverseContourPen(pen), (QUESTION_SCALE, 0, 0, QUESTION_SCALE, x, y))
    font.getGlyphSet()["question"].draw(scaled)
    return pen.glyph()


def _add_glyph(font: TTFont, code_point: int, glyph: Glyph, like: str) -> None:
    """A new glyph for a code point, as wide as another."""
    name = f"uni{code_point:04X}"
    font["glyf"][name] = glyph
    font["hmtx"][name] = font["hmtx"][like]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code_point] = name


def _draw_written_hyphens_apart(font: TTFont) -> None:
    """Words that are shaped get a copy of the hyphen; one put at a line's end is never shaped.

    By ``rlig``, which every engine applies unasked (OpenType, registered features).
    """
    font["glyf"][WRITTEN_HYPHEN] = deepcopy(font["glyf"][HYPHEN])
    font["hmtx"][WRITTEN_HYPHEN] = font["hmtx"][HYPHEN]
    table = font["GSUB"].table
    lookups, features = table.LookupList, table.FeatureList
    lookups.Lookup.append(_substitution({HYPHEN: WRITTEN_HYPHEN}))
    features.FeatureRecord.append(_feature("rlig", len(lookups.Lookup) - 1))
    for script in (record.Script for record in table.ScriptList.ScriptRecord):
        for system in (script.DefaultLangSys, *(one.LangSys for one in script.LangSysRecord)):
            if system:
                system.FeatureIndex.append(len(features.FeatureRecord) - 1)


def _substitution(glyphs: dict[str, str]) -> otTables.Lookup:
    """A lookup that puts one glyph in the place of another (OpenType, GSUB, type 1)."""
    table = otTables.SingleSubst()
    table.mapping = glyphs
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable, lookup.SubTableCount = [table], 1
    return lookup


def _feature(tag: str, lookup: int) -> otTables.FeatureRecord:
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = tag, otTables.Feature()
    record.Feature.FeatureParams, record.Feature.LookupListIndex = None, [lookup]
    return record


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


def measured(font: TTFont) -> dict[str, int]:
    """How wide each letter of a made face is, in thousandths of the letters' size."""
    return {chr(point): font["hmtx"][glyph][0] for point, glyph in font.getBestCmap().items()}


def main(originals: Path) -> None:
    """Writes every face and its subsets beside the package's code, and what they hold."""
    for face, name in ORIGINALS.items():
        (original,) = originals.rglob(name)
        make_face(face, original).save(FOLDER / face.file)
    for face, subset in product(fonts.FACES, fonts.Subset):
        make_subset(face, subset).save(FOLDER / fonts.subset_file(face, subset))
    widest = measured(TTFont(FOLDER / fonts.SEMIBOLD.file))
    (FOLDER / fonts.LETTERS).write_text(json.dumps(widest), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
