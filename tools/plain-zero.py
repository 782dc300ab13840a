"""Gives the typeface a plain zero, and keeps the slashed one as the OpenType feature `zero` (CSS: slashed-zero).

The typeface has only a slashed zero, which looks like a fault in headings and telephone numbers. Run by tools/typeface.ts; needs Debian's python3-fonttools and python3-brotli.
Usage: plain-zero.py FROM.woff2 TO.ttf
"""
import copy
import sys

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.TupleVariation import TupleVariation

FEATURES = """
languagesystem DFLT dflt;
languagesystem latn dflt;
@plain = [zero one two three four five six seven eight nine];
@tabular = [zero.tf one.tf two.tf three.tf four.tf five.tf six.tf seven.tf eight.tf nine.tf];
feature tnum { sub @plain by @tabular; } tnum;
feature zero { sub [zero zero.tf] by [zero.slash zero.tf.slash]; } zero;
"""

source, target = sys.argv[1:]
font = TTFont(source)
glyphs, variations, metrics = font["glyf"], font["gvar"].variations, font["hmtx"].metrics
width_variations = font["HVAR"].table.AdvWidthMap.mapping

for name in ("zero", "zero.tf"):
    slashed = f"{name}.slash"
    font.setGlyphOrder([*font.getGlyphOrder(), slashed])
    glyphs[slashed] = copy.deepcopy(glyphs[name])
    variations[slashed] = copy.deepcopy(variations[name])
    metrics[slashed] = metrics[name]
    width_variations[slashed] = width_variations[name]
glyphs["zero.tf.slash"].components[0].glyphName = "zero.slash"

zero = glyphs["zero"]
if zero.endPtsOfContours != [15, 26, 38]:
    sys.exit("The typeface's zero is drawn differently now: find the quarter without slash again.")


def without_slash(points):
    """Mirrors the upper right quarter of the hole, which the slash does not touch. Works for points and their deltas."""
    (center_x, _), (_, center_y) = points[0], points[4]
    quarter = points[31:37]
    upper = quarter + [(2 * center_x - x, y) for x, y in reversed(quarter[:-1])]
    lower = [(x, 2 * center_y - y) for x, y in reversed(upper[1:-1])]
    return points[:16] + upper + lower + points[39:]


variations["zero"] = [
    TupleVariation(each.axes, without_slash(each.coordinates)) for each in variations["zero"]
]
zero.coordinates = GlyphCoordinates(without_slash(list(zero.coordinates)))
on_curve, off_curve = 1, 0
zero.flags = zero.flags[:16] + bytearray([on_curve, *[off_curve] * 4] * 4)
zero.endPtsOfContours, zero.numberOfContours = [15, 35], 2

addOpenTypeFeaturesFromString(font, FEATURES, tables={"GSUB"})
font.flavor = None
font.save(target)
