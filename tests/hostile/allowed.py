"""What a report may consist of: parts, elements, fields, relationships, targets. Our own list.

It was written from the Office Open XML schemas and from what Word, WPS and LibreOffice save, not
from the tool. It looks at the finished file alone, with lxml, and says what does not belong there;
of hidden text it says that it is there.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Container, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from hostile.parts import MC, MS, PACKAGE_RELS, W15, WPS, A, O, R, V, W

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"

# --- parts ------------------------------------------------------------------------------------

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DOC = "application/vnd.openxmlformats-officedocument."
ENDINGS = {"xml", "rels", "png", "jpg", "jpeg", "emf", "wmf", "gif", "odttf"}
_TYPES = {
    *(
        f"{_WML}{name}+xml"
        for name in (
            "document.main",
            "template.main",
            "styles",
            "settings",
            "webSettings",
            "fontTable",
            "numbering",
            "header",
            "footer",
            "footnotes",
            "endnotes",
        )
    ),
    f"{_DOC}theme+xml",
    f"{_DOC}extended-properties+xml",
    f"{_DOC}custom-properties+xml",
    f"{_DOC}customXmlProperties+xml",
    f"{_DOC}obfuscatedFont",
    "application/vnd.ms-word.stylesWithEffects+xml",
    "application/vnd.openxmlformats-package.core-properties+xml",
    "application/vnd.openxmlformats-package.relationships+xml",
    "application/xml",
    "image/png",
    "image/jpeg",
    "image/jpg",
    "image/x-emf",
    "image/emf",
    "image/x-wmf",
    "image/wmf",
    "image/gif",
}
TYPES = {kind.lower() for kind in _TYPES}

_BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}

INTERNAL = {
    *(
        f"{R}/{name}"
        for name in (
            "officeDocument",
            "styles",
            "settings",
            "webSettings",
            "fontTable",
            "theme",
            "numbering",
            "header",
            "footer",
            "footnotes",
            "endnotes",
            "image",
            "font",
            "extended-properties",
            "custom-properties",
            "customXml",
            "customXmlProps",
        )
    ),
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
    f"{MS}/2007/relationships/stylesWithEffects",
}
EXTERNAL = {f"{R}/hyperlink"}
SCHEMES = {"http", "https", "mailto"}

# --- elements ----------------------------------------------------------------------------------

_TEXT = """
document body p r t tab br cr noBreakHyphen softHyphen sym ptab lastRenderedPageBreak pgNum
dayShort monthShort yearShort dayLong monthLong yearLong ruby rubyPr rubyAlign hps hpsRaise
hpsBaseText lid rt rubyBase fldSimple fldChar instrText hyperlink bookmarkStart bookmarkEnd proofErr
drawing pict txbxContent separator continuationSeparator footnoteRef endnoteRef footnoteReference
endnoteReference footnotes footnote endnotes endnote hdr ftr background sdt sdtPr sdtEndPr sdtContent
alias tag id lock placeholder docPart showingPlcHdr temporary text richText docPartObj docPartList
docPartGallery docPartCategory docPartUnique picture comboBox dropDownList listItem date dateFormat
lid storeMappedDataAs calendar group label tabIndex smartTag smartTagPr
"""
_PROPERTIES = """
pPr rPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId
suppressLineNumbers pBdr top left bottom right start end between bar shd tabs suppressAutoHyphens
kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid
spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
textboxTightWrap outlineLvl divId cnfStyle rStyle rFonts b bCs i iCs caps smallCaps strike dstrike
outline shadow emboss imprint noProof webHidden vanish color w kern position sz szCs highlight u
effect bdr fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath
sectPr headerReference footerReference footnotePr endnotePr pos numFmt numStart numRestart type
pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols col formProt vAlign noEndnote titlePg rtlGutter
docGrid
"""
_TABLE = """
tbl tblPr tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW
tblCellSpacing tblInd tblBorders insideH insideV tl2br tr2bl tblLayout tblCellMar tblLook tblCaption
tblDescription tblGrid gridCol tr trPr tblPrEx gridBefore gridAfter wBefore wAfter cantSplit trHeight
tblHeader tc tcPr tcW gridSpan hMerge vMerge tcBorders noWrap tcMar tcFitText hideMark
"""
_STYLES = """
styles docDefaults rPrDefault pPrDefault latentStyles lsdException style name aliases basedOn next
link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid
tblStylePr numbering abstractNum nsid multiLevelType tmpl styleLink numStyleLink lvl lvlRestart
isLgl suff lvlText lvlPicBulletId lvlJc legacy num abstractNumId lvlOverride startOverride
numPicBullet numIdMacAtCleanup fonts font altName panose1 charset family notTrueType pitch sig
embedRegular embedBold embedItalic embedBoldItalic
"""
_SETTINGS = """
settings zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
displayBackgroundShape printPostScriptOverText mirrorMargins alignBordersAndEdges
bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors
hideGrammaticalErrors activeWritingStyle proofState stylePaneFormatFilter stylePaneSortMethod
defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps
evenAndOddHeaders bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin
doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne noLineBreaksAfter
noLineBreaksBefore savePreviewPicture updateFields hdrShapeDefaults compat compatSetting rsids
rsidRoot themeFontLang clrSchemeMapping shapeDefaults decimalSymbol listSeparator view embedTrueTypeFonts
embedSystemFonts saveSubsetFonts trackRevisions doNotTrackMoves doNotTrackFormatting defaultTableStyle
documentProtection autoFormatOverride styleLockTheme styleLockQFSet doNotIncludeSubdocsInStats
doNotAutoCompressPictures webSettings optimizeForBrowser allowPNG relyOnVML pixelsPerInch
targetScreenSz doNotSaveAsSingleFile doNotOrganizeInFolder doNotUseLongFileNames divs div
useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL noColumnBalance
balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone ulTrailSpace
doNotExpandShiftReturn spacingInWholePoints lineWrapLikeWord6 printBodyTextBeforeHeader printColBlack
wpSpaceWidth showBreaksInFrames subFontBySize suppressBottomSpacing suppressTopSpacing
suppressSpacingAtTopOfPage suppressTopSpacingWP suppressSpBfAfterPgBrk swapBordersFacingPages
convMailMergeEsc truncateFontHeightsLikeWP6 mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders
wrapTrailSpaces footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment
adjustLineHeightInTable autoSpaceLikeWord95 noSpaceRaiseLower doNotUseHTMLParagraphAutoSpacing
layoutRawTableWidth layoutTableRowsApart useWord97LineBreakRules doNotBreakWrappedTables
doNotSnapToGridInCell selectFldWithFirstOrLastChar applyBreakingRules doNotWrapTextWithPunct
doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout
useNormalStyleForList doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules
allowSpaceOfSameStyleInTable doNotSuppressIndentation doNotAutofitConstrainedTables
autofitToFirstFixedWidthCell underlineTabInNumList displayHangulFixedWidth splitPgBreakAndParaMark
doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable doNotVertAlignInTxbx useAnsiKerningPairs
cachedColBalance
"""
_VML = """
shape shapetype rect line roundrect oval polyline arc curve group background fill stroke formulas f
path handles h imagedata textbox textpath shadow
"""
_OFFICE = """
lock shapedefaults shapelayout idmap rules r colormru colormenu relationtable rel regrouptable entry
fill extrusion callout
"""
_PLAYED = {"audioFile", "videoFile", "wavAudioFile", "quickTimeFile", "audioCd", "snd"}
_WHOLE = {
    PIC,
    WP,
    WPS,
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "http://schemas.microsoft.com/office/drawing/2014/main",
    "http://schemas.microsoft.com/office/thememl/2012/main",
    "urn:schemas-microsoft-com:office:word",
    "http://schemas.microsoft.com/office/word/2018/wordml",
    CORE,
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}
_SOME = {
    W: frozenset((_TEXT + _PROPERTIES + _TABLE + _STYLES + _SETTINGS).split()),
    V: frozenset(_VML.split()),
    O: frozenset(_OFFICE.split()),
    MC: frozenset(("AlternateContent", "Choice", "Fallback")),
    W15: frozenset(("collapsed", "color", "appearance", "docId", "chartTrackingRefBased")),
    PACKAGE_RELS: frozenset(("Relationships", "Relationship")),
    CONTENT_TYPES: frozenset(("Types", "Default", "Override")),
}
_REFERRING = {"headerReference", "footerReference", "hyperlink", "blip", "imagedata", "hlinkClick"}
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_PROPERTIES_OF_WPS = ("KSO", "ICV", "nianbao")
_OWN = "nianbao"
"""Stands in the namespace of data that the tool itself puts aboard."""
_LINKS = {"src", "href", "althref", "hrefstyle", "target"}

# --- fields ---------------------------------------------------------------------------------------

FIELDS = {
    *("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "DATE", "TIME", "STYLEREF", "REF"),
    *("PAGEREF", "NOTEREF", "SEQ", "HYPERLINK"),
}
_ADDRESS = re.compile(r'(?i)^\s*HYPERLINK\s+(?:\\[lomt]\b\s*|"((?:https?://|mailto:)[^"\\]*)"|$)')


def complaints(data: bytes) -> list[str]:
    """What a finished report holds that is on none of the lists."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        if len({name.casefold() for name in archive.namelist()}) < len(archive.namelist()):
            found.append("two members of one name")
    found += [f"a member called {name!r}" for name in parts if not _is_plain(name)]
    trees = {}
    for name, content in parts.items():
        if not name.casefold().endswith((".xml", ".rels")):
            continue
        try:
            trees[name] = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            found.append(f"{name} is no XML: {error}")
    if not {"[Content_Types].xml", "_rels/.rels"} <= set(trees):
        return [*found, "no content types, or no relationships"]
    kinds = _content_types(trees["[Content_Types].xml"], parts)
    found += [f"{name} is of type {kind!r}" for name, kind in kinds.items() if kind not in TYPES]
    for name, kind in kinds.items():
        if not parts[name].startswith(_BEGINNINGS.get(kind, b"")):
            found.append(f"{name} is no {kind}")
    related = {}
    for name, tree in trees.items():
        if name.endswith(".rels"):
            related[_source(name)] = {entry.get("Id", "") for entry in tree}
            found += [f"{name}: {complaint}" for complaint in _of_relationships(name, tree, parts)]
    for name, tree in trees.items():
        for complaint in (*_of_part(tree), *_of_references(tree, related.get(name, set()))):
            found.append(f"{name}: {complaint}")
    return found


def _is_plain(name: str) -> bool:
    return (
        posixpath.normpath(name) == name
        and re.fullmatch(r"[A-Za-z0-9_\[][A-Za-z0-9_\-./\[\]]*", name) is not None
        and name.rpartition(".")[2] in ENDINGS
    )


def _content_types(tree: etree._Element, parts: Iterable[str]) -> dict[str, str]:
    """The type of each part, lower-cased, as OPC finds it."""
    defaults, overrides = {}, {}
    for entry in tree:
        kind = entry.get("ContentType", "")
        if entry.get("PartName"):
            overrides[entry.get("PartName", "").casefold()] = kind
        else:
            defaults[entry.get("Extension", "").casefold()] = kind
    found = {}
    for name in parts:
        if name != "[Content_Types].xml":
            ending = name.casefold().rpartition(".")[2]
            kind = overrides.get(f"/{name}".casefold(), defaults.get(ending, ""))
            found[name] = kind.lower()
    return found


def _source(rels: str) -> str:
    """The part whose relationships a .rels part holds; "" for the package."""
    folder, _, name = rels.rpartition("/")
    return f"{folder.removesuffix('_rels')}{name.removesuffix('.rels')}"


def _of_relationships(name: str, tree: etree._Element, parts: Iterable[str]) -> Iterator[str]:
    folded = {part.casefold() for part in parts}
    for entry in tree.iter():
        if entry.getparent() is not tree and entry is not tree:
            yield f"{entry.tag} within {entry.getparent()}"
    identifiers = [entry.get("Id") for entry in tree]
    if len(set(identifiers)) < len(identifiers):
        yield "two relationships of one id"
    for entry in tree:
        kind, target = entry.get("Type", ""), entry.get("Target", "")
        mode = entry.get("TargetMode")
        if mode == "External":
            if kind not in EXTERNAL or urlsplit(target).scheme not in SCHEMES:
                yield f"{kind} to {target}"
        elif mode not in (None, "Internal"):
            yield f"the target mode {mode!r}"
        elif kind not in INTERNAL:
            yield f"a relationship of type {kind}"
        else:
            folder = posixpath.dirname(_source(name))
            name_there = posixpath.normpath(posixpath.join("/", folder, target))[1:]
            if name_there.casefold() not in folded:
                yield f"a relationship to {target}, which is not there"


def _of_references(tree: etree._Element, identifiers: Container[str]) -> Iterator[str]:
    for element in tree.iter(etree.Element):
        if etree.QName(element).localname in _REFERRING:
            for key, value in element.attrib.items():
                if str(key).startswith(f"{{{R}}}") and value and value not in identifiers:
                    yield f"{element.tag} refers to {value!r}, which is not there"


def _of_part(tree: etree._Element) -> Iterator[str]:
    document: Any = tree.getroottree()
    if document.docinfo.doctype:
        yield "a DTD"
    for node in document.xpath("//processing-instruction()"):
        yield f"an instruction {node.target}"
    for element in tree.iter(etree.Element):
        tag = etree.QName(element)
        if not _is_known(tag.namespace or "", tag.localname):
            yield f"the element {element.tag}"
        if tag.namespace in (V, O):
            for key, value in element.attrib.items():
                if etree.QName(str(key)).localname in _LINKS:
                    yield f"{tag.localname} with {key!r}={value!r}"
    for mark in tree.iter(f"{{{W}}}vanish", f"{{{W}}}specVanish"):
        if mark.get(f"{{{W}}}val", "1") not in ("0", "false", "off"):
            yield "hidden text"
    for _ in tree.iterfind(f".//{{{W}}}trPr/{{{W}}}hidden"):
        yield "a hidden row"
    if tree.tag == f"{{{W}}}document":
        yield from _of_tables(tree)
    if tree.tag == f"{{{_CUSTOM}}}Properties":
        for entry in tree:
            if not entry.get("name", "").startswith(_PROPERTIES_OF_WPS):
                yield f"the property {entry.get('name')}"
    for code in _codes(tree):
        if not _is_known_field(code):
            yield f"the field {code.strip()!r}"


def _of_tables(tree: etree._Element) -> Iterator[str]:
    """What is shown in a table's cells without having been typed there."""
    for cell in tree.iter(f"{{{W}}}tc"):
        typed = "".join(text.text or "" for text in cell.iter(f"{{{W}}}t"))
        symbols = (f"{{{W}}}sym",) if re.match(r"\d+(?!\.\D|\d)|\{\{", typed) else ()
        for _ in cell.iter(f"{{{W}}}fldSimple", f"{{{W}}}fldChar", *symbols):
            yield f"a cell, {typed[:20]!r}, of which not every character is typed"


def _is_known(namespace: str, name: str) -> bool:
    if namespace in _SOME:
        return name in _SOME[namespace]
    return (
        namespace in _WHOLE
        or (namespace == A and name not in _PLAYED)
        or (namespace == "" and name == "")
        or _OWN in namespace
    )


def _codes(tree: etree._Element) -> Iterator[str]:
    """The code of every field, simple or of several runs; what is not closed too."""
    open_codes: list[list[str]] = []
    in_code: list[bool] = []
    for element in tree.iter(f"{{{W}}}fldSimple", f"{{{W}}}fldChar", f"{{{W}}}instrText"):
        name = etree.QName(element).localname
        if name == "fldSimple":
            yield element.get(f"{{{W}}}instr", "")
        elif name == "instrText":
            if open_codes and in_code[-1]:
                open_codes[-1].append(element.text or "")
            elif (element.text or "").strip():
                yield f"(outside) {element.text}"
        elif element.get(f"{{{W}}}fldCharType") == "begin":
            if in_code and in_code[-1]:
                open_codes[-1].append("(a field) ")
            open_codes.append([])
            in_code.append(True)
        elif not open_codes:
            yield "(no beginning)"
        elif element.get(f"{{{W}}}fldCharType") == "separate":
            in_code[-1] = False
        else:
            in_code.pop()
            yield "".join(open_codes.pop())
    for _ in open_codes:
        yield "(no end)"


def _is_known_field(code: str) -> bool:
    words = code.split()
    if not words or words[0].upper() not in FIELDS:
        return False
    return words[0].upper() != "HYPERLINK" or _ADDRESS.match(code) is not None
