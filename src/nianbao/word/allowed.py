"""What a Word package may consist of: the allow-list, as data.

Knows the sizes, parts, relationships, elements, fields and links that are known
to be harmless in a template or a document; whatever is not here is refused.
Judges nothing itself: `archive`, `opc`, `field` and `guard` do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- how much -----------------------------------------------------------------------

MAX_PACKED = 20_000_000
MAX_UNPACKED = 60_000_000
MAX_XML = 8_000_000
"""Of one part that is XML; a report of fifty pages has a tenth."""
MAX_MEMBERS = 500
MAX_NAME = 200
MAX_ELEMENTS = 200_000
"""Of all the parts; the shipped template has five thousand."""
MAX_DEPTH = 100
MAX_ATTRIBUTES = 60
"""Of one element."""
MAX_COLUMNS = 63
"""Of a table: Word's own limit."""
MAX_CELLS = 20_000
"""Of all the tables of a document."""
MAX_LOOPS = 8
"""One within the other, as written; two are ever needed."""

# --- namespaces ------------------------------------------------------------------------

_OPEN = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office"
WORD = f"{_OPEN}/wordprocessingml/2006/main"
LINKS = f"{_OPEN}/officeDocument/2006/relationships"
"""Of attributes that name a relationship, and what the types of relationships begin with."""
COMPATIBILITY = f"{_OPEN}/markup-compatibility/2006"
_PACKAGE = f"{_OPEN}/package/2006"
TYPES_NAMESPACE = f"{_PACKAGE}/content-types"
RELS_NAMESPACE = f"{_PACKAGE}/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
XML = "http://www.w3.org/XML/1998/namespace"
_DRAWING = f"{_OPEN}/drawingml/2006"
_VML = "urn:schemas-microsoft-com"
_BIBLIOGRAPHY = f"{_OPEN}/officeDocument/2006/bibliography"
STORE = f"{_OPEN}/officeDocument/2006/customXml"
ABOARD = "urn:nianbao:printed:1"
"""The namespace of the data that a document of ours carries."""
_WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"

# --- parts -------------------------------------------------------------------------------

_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part: what it may be declared as, be called and begin with."""

    content_types: frozenset[str]
    endings: frozenset[str] = frozenset({"xml"})
    roots: frozenset[str] = frozenset()
    """Its first element, as lxml names it; for what is no XML, none."""
    magic: tuple[bytes, ...] = ()
    """How the bytes begin of what is no XML."""
    discarded: bool = False
    """True of what no document takes over from its template: its elements do not matter."""


def _xml(content_type: str, root: str, namespace: str = WORD, *, discarded: bool = False) -> Kind:
    return Kind(
        frozenset({content_type.lower()}),
        frozenset({"xml", "psmdcp"}) if discarded else frozenset({"xml"}),
        roots=frozenset({f"{{{namespace}}}{root}"}),
        discarded=discarded,
    )


_PICTURE = Kind(
    frozenset({"image/png", "image/jpeg", "image/jpg", "image/x-emf", "image/emf"}),
    frozenset({"png", "jpeg", "jpg", "emf"}),
    magic=(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\x01\x00\x00\x00"),
)

MAIN = f"{LINKS}/officeDocument"
MAIN_TYPE = f"{_WML}.document.main+xml".lower()
HYPERLINK = f"{LINKS}/hyperlink"
IMAGE = f"{LINKS}/image"
STYLES = f"{LINKS}/styles"
CORE = f"{RELS_NAMESPACE}/metadata/core-properties"

KINDS = MappingProxyType(
    {
        MAIN: Kind(
            frozenset({MAIN_TYPE}),
            roots=frozenset({f"{{{WORD}}}document"}),
        ),
        CORE: _xml(
            "application/vnd.openxmlformats-package.core-properties+xml",
            "coreProperties",
            f"{_PACKAGE}/metadata/core-properties",
            discarded=True,
        ),
        f"{LINKS}/extended-properties": _xml(
            f"{_OFFICE}.extended-properties+xml",
            "Properties",
            f"{_OPEN}/officeDocument/2006/extended-properties",
            discarded=True,
        ),
        f"{LINKS}/custom-properties": _xml(
            f"{_OFFICE}.custom-properties+xml",
            "Properties",
            f"{_OPEN}/officeDocument/2006/custom-properties",
            discarded=True,
        ),
        f"{RELS_NAMESPACE}/metadata/thumbnail": _PICTURE,
        STYLES: _xml(f"{_WML}.styles+xml", "styles"),
        f"{_MICROSOFT}/2007/relationships/stylesWithEffects": _xml(
            "application/vnd.ms-word.stylesWithEffects+xml", "styles"
        ),
        f"{LINKS}/settings": _xml(f"{_WML}.settings+xml", "settings"),
        f"{LINKS}/webSettings": _xml(f"{_WML}.webSettings+xml", "webSettings"),
        f"{LINKS}/fontTable": _xml(f"{_WML}.fontTable+xml", "fonts"),
        f"{LINKS}/numbering": _xml(f"{_WML}.numbering+xml", "numbering"),
        f"{LINKS}/header": _xml(f"{_WML}.header+xml", "hdr"),
        f"{LINKS}/footer": _xml(f"{_WML}.footer+xml", "ftr"),
        f"{LINKS}/footnotes": _xml(f"{_WML}.footnotes+xml", "footnotes"),
        f"{LINKS}/endnotes": _xml(f"{_WML}.endnotes+xml", "endnotes"),
        f"{LINKS}/theme": _xml(f"{_OFFICE}.theme+xml", "theme", f"{_DRAWING}/main"),
        f"{LINKS}/themeOverride": _xml(
            f"{_OFFICE}.themeOverride+xml", "themeOverride", f"{_DRAWING}/main"
        ),
        IMAGE: _PICTURE,
        f"{LINKS}/font": Kind(
            frozenset({f"{_OFFICE}.obfuscatedFont".lower()}), frozenset({"odttf"})
        ),
        f"{LINKS}/customXml": Kind(
            frozenset({"application/xml"}),
            roots=frozenset(
                {
                    f"{{{_BIBLIOGRAPHY}}}Sources",
                    f"{{{_WPS}}}customData",
                    f"{{{ABOARD}}}printed",
                }
            ),
        ),
        f"{LINKS}/customXmlProps": _xml(
            f"{_OFFICE}.customXmlProperties+xml", "datastoreItem", STORE
        ),
    }
)
"""What a relationship of each type may lead to. Nothing else may be in a package."""

MARGINS = MappingProxyType({f"{_WML}.header+xml": "页眉", f"{_WML}.footer+xml": "页脚"})
"""The content types of what a page has in its margins, each with what it is called."""
NOTES = frozenset(f"{_WML}.{name}+xml" for name in ("footnotes", "endnotes"))
"""The content types of what stands at the foot of a page or the end."""
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
UNUSED_TYPES = frozenset({RELS_TYPE}) | _words(
    "application/xml image/gif image/bmp image/x-wmf image/tiff"
)
"""May be declared of an ending, beside those of the kinds."""

CUSTOM_PROPERTIES = _words(
    """nianbao.fingerprint KSOProductBuildVer ICV KSOTemplateUUID KSOTemplateDocerSaveRecord
    KSORubyTemplateID"""
)
"""That the programs themselves write."""

ADDRESS = re.compile(r"(?:https?://[^\s\\\"'<>]+|mailto:[^\s\\\"'<>/]+@[^\s\\\"'<>/]+)", re.I)
"""Where a link may lead."""

REFERENCES = MappingProxyType(
    {
        ("headerReference", "id"): f"{LINKS}/header",
        ("footerReference", "id"): f"{LINKS}/footer",
        ("hyperlink", "id"): HYPERLINK,
        ("hlinkClick", "id"): HYPERLINK,
        ("hlinkHover", "id"): HYPERLINK,
        ("blip", "embed"): IMAGE,
        ("imagedata", "id"): IMAGE,
        ("fill", "id"): IMAGE,
        ("stroke", "id"): IMAGE,
        **dict.fromkeys(
            [(f"embed{face}", "id") for face in ("Regular", "Bold", "Italic", "BoldItalic")],
            f"{LINKS}/font",
        ),
    }
)
"""Which element's attribute may name a relationship, and of what type."""

FETCHING = _words(
    """src href althref hlinkhref relid link action invalidUrl cstate-link bullethref gfxdata
    classid macro onload"""
)
"""Attributes that fetch, run or hide something, on whatever element."""

# --- fields --------------------------------------------------------------------------------

FIELDS = _words(
    """PAGE NUMPAGES SECTIONPAGES SECTION TOC DATE TIME STYLEREF REF PAGEREF NOTEREF SEQ
    HYPERLINK"""
)

# --- elements ------------------------------------------------------------------------------

_TEXT = """document body background p r t tab br cr ptab noBreakHyphen softHyphen sym
    lastRenderedPageBreak bookmarkStart bookmarkEnd proofErr hyperlink fldSimple fldChar instrText
    footnoteReference endnoteReference footnoteRef endnoteRef separator continuationSeparator
    drawing pict txbxContent smartTag smartTagPr attr tbl tr tc hdr ftr footnotes footnote
    endnotes endnote"""
_CONTROLS = """sdt sdtPr sdtEndPr sdtContent alias tag id lock placeholder docPart showingPlcHdr
    temporary text richText comboBox dropDownList listItem date dateFormat lid storeMappedDataAs
    calendar docPartObj docPartList docPartGallery docPartCategory docPartUnique group picture
    label tabIndex"""
_RUN = """rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
    noProof snapToGrid vanish webHidden specVanish color spacing w kern position sz szCs highlight
    u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout oMath"""
_PARAGRAPH = """pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr ilvl numId
    suppressLineNumbers pBdr top left bottom right start end between bar tabs suppressAutoHyphens
    kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd ind
    contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
    textboxTightWrap outlineLvl divId cnfStyle"""
_TABLE = """tblPr tblPrEx tblGrid gridCol tblStyle tblpPr tblOverlap bidiVisual
    tblStyleRowBandSize tblStyleColBandSize tblW tblCellSpacing tblInd tblBorders insideH insideV
    tl2br tr2bl tblLayout tblCellMar tblLook tblCaption tblDescription trPr gridBefore gridAfter
    wBefore wAfter cantSplit trHeight tblHeader hidden tcPr tcW gridSpan vMerge tcBorders noWrap
    tcMar tcFitText vAlign hideMark"""
_SECTION = """sectPr headerReference footerReference footnotePr endnotePr pos numFmt numStart
    numRestart type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols col formProt noEndnote
    titlePg rtlGutter docGrid"""
_STYLES = """styles docDefaults rPrDefault pPrDefault latentStyles lsdException style name aliases
    basedOn next link autoRedefine uiPriority semiHidden unhideWhenUsed qFormat locked personal
    personalCompose personalReply rsid tblStylePr"""
_NUMBERING = """numbering numPicBullet abstractNum nsid multiLevelType tmpl styleLink numStyleLink
    lvl lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc num abstractNumId
    lvlOverride startOverride numIdMacAtCleanup"""
_FONTS = """fonts font altName panose1 charset family notTrueType pitch sig embedRegular embedBold
    embedItalic embedBoldItalic"""
_SETTINGS = """settings writeProtection view zoom removePersonalInformation removeDateAndTime
    doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText
    printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts
    saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
    bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors
    activeWritingStyle proofState formsDesign stylePaneFormatFilter stylePaneSortMethod
    documentType revisionView trackRevisions doNotTrackMoves doNotTrackFormatting
    documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop
    autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope
    summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders bookFoldRevPrinting
    bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
    drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
    doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin
    doNotShadeFormData noPunctuationKerning characterSpacingControl printTwoOnOne
    strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore savePreviewPicture
    doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
    doNotDemarcateInvalidXml saveXmlDataOnly showXMLTags alwaysMergeEmptyNamespace updateFields
    hdrShapeDefaults compat compatSetting rsids rsidRoot themeFontLang clrSchemeMapping
    doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade captions caption
    autoCaptions autoCaption readModeInkLockDown shapeDefaults doNotEmbedSmartTags decimalSymbol
    listSeparator"""
_COMPAT = """useSingleBorderforContiguousCells wpJustification noTabHangInd noLeading spaceForUL
    noColumnBalance balanceSingleByteDoubleByteWidth noExtraLineSpacing doNotLeaveBackslashAlone
    ulTrailSpace doNotExpandShiftReturn spacingInWholePoints lineWrapLikeWord6
    printBodyTextBeforeHeader printColBlack wpSpaceWidth showBreaksInFrames subFontBySize
    suppressBottomSpacing suppressTopSpacing suppressSpacingAtTopOfPage suppressTopSpacingWP
    suppressSpBfAfterPgBrk swapBordersFacingPages convMailMergeEsc truncateFontHeightsLikeWP6
    mwSmallCaps usePrinterMetrics doNotSuppressParagraphBorders wrapTrailSpaces
    footnoteLayoutLikeWW8 shapeLayoutLikeWW8 alignTablesRowByRow forgetLastTabAlignment
    adjustLineHeightInTable autoSpaceLikeWord95 noSpaceRaiseLower
    doNotUseHTMLParagraphAutoSpacing layoutRawTableWidth layoutTableRowsApart
    useWord97LineBreakRules doNotBreakWrappedTables doNotSnapToGridInCell
    selectFldWithFirstOrLastChar applyBreakingRules doNotWrapTextWithPunct
    doNotUseEastAsianBreakRules useWord2002TableStyleRules growAutofit useFELayout
    useNormalStyleForList doNotUseIndentAsNumberingTabStop useAltKinsokuLineBreakRules
    allowSpaceOfSameStyleInTable doNotSuppressIndentation doNotAutofitConstrainedTables
    autofitToFirstFixedWidthCell underlineTabInNumList displayHangulFixedWidth
    splitPgBreakAndParaMark doNotVertAlignCellWithSp doNotBreakConstrainedForcedTable
    doNotVertAlignInTxbx useAnsiKerningPairs cachedColBalance"""
_WEB = """webSettings optimizeForBrowser relyOnVML allowPNG doNotRelyOnCSS
    doNotSaveAsSingleFile doNotOrganizeInFolder doNotUseLongFileNames pixelsPerInch targetScreenSz
    encoding divs div blockQuote bodyDiv marLeft marRight marTop marBottom divBdr divsChild"""

_COLOUR = """srgbClr schemeClr sysClr prstClr scrgbClr hslClr tint shade alpha alphaMod alphaOff
    lum lumMod lumOff sat satMod satOff hue hueMod hueOff red redMod redOff green greenMod
    greenOff blue blueMod blueOff gamma invGamma comp inv gray"""
_FILL = """solidFill noFill gradFill gsLst gs lin path fillToRect tileRect pattFill fgClr bgClr
    blipFill grpFill blip stretch fillRect srcRect tile alphaModFix alphaBiLevel biLevel clrChange
    clrFrom clrTo duotone grayscl lum fillOverlay"""
_LINE = "ln prstDash custDash ds round bevel miter headEnd tailEnd"
_EFFECT = """effectLst effectDag glow innerShdw outerShdw prstShdw reflection softEdge blur effect
    cont scene3d camera lightRig rot backdrop anchor norm up sp3d bevelT bevelB extrusionClr
    contourClr flatTx"""
_SHAPE = """xfrm off ext chOff chExt prstGeom custGeom avLst gd gdLst ahLst ahXY ahPolar pos cxnLst
    cxn rect pathLst moveTo lnTo cubicBezTo quadBezTo arcTo close pt"""
_THEME = """theme themeElements clrScheme dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5
    accent6 hlink folHlink fontScheme majorFont minorFont latin ea cs sym font fmtScheme
    fillStyleLst lnStyleLst effectStyleLst effectStyle bgFillStyleLst objectDefaults spDef lnDef
    txDef spPr bodyPr lstStyle style lnRef fillRef effectRef fontRef extraClrSchemeLst
    extraClrScheme clrMap custClrLst custClr themeOverride extLst ext overrideClrMapping"""
_BODY = """graphic graphicData graphicFrameLocks picLocks spLocks grpSpLocks cxnSpLocks noAutofit
    normAutofit spAutoFit prstTxWarp defRPr defPPr lvl1pPr hlinkClick hlinkHover stCxn endCxn
    buNone lnSpc spcPct spcBef spcAft spcPts defTabSz"""

_NAMES: dict[str, str] = {
    WORD: " ".join(
        [
            *(_TEXT, _CONTROLS, _RUN, _PARAGRAPH, _TABLE, _SECTION),
            *(_STYLES, _NUMBERING, _FONTS, _SETTINGS, _COMPAT, _WEB),
        ]
    ),
    COMPATIBILITY: "AlternateContent Choice Fallback",
    f"{_MICROSOFT}/word/2010/wordml": f"""docId defaultImageDpi conflictMode
        discardImageEditingData glow shadow reflection textOutline textFill scene3d props3d
        ligatures numForm numSpacing stylisticSets styleSet cntxtAlts checkbox checked checkedState
        uncheckedState {_COLOUR} {_FILL} {_LINE} {_EFFECT}""",
    f"{_MICROSOFT}/word/2012/wordml": """chartTrackingRefBased docId appearance color collapsed
        footnoteColumns repeatingSection repeatingSectionItem""",
    f"{_OPEN}/officeDocument/2006/math": """mathPr mathFont brkBin brkBinSub smallFrac dispDef
        lMargin rMargin defJc preSp postSp interSp intraSp wrapIndent wrapRight intLim naryLim""",
    f"{_DRAWING}/main": f"{_COLOUR} {_FILL} {_LINE} {_EFFECT} {_SHAPE} {_THEME} {_BODY}",
    f"{_DRAWING}/picture": "pic nvPicPr cNvPr cNvPicPr blipFill spPr",
    f"{_DRAWING}/wordprocessingDrawing": """inline anchor extent effectExtent docPr
        cNvGraphicFramePr simplePos positionH positionV posOffset align wrapNone wrapSquare
        wrapTight wrapThrough wrapTopAndBottom wrapPolygon start lineTo""",
    f"{_MICROSOFT}/word/2010/wordprocessingDrawing": """sizeRelH sizeRelV pctWidth pctHeight
        pctPosHOffset pctPosVOffset""",
    f"{_MICROSOFT}/word/2010/wordprocessingShape": """wsp cNvPr cNvSpPr cNvCnPr spPr style txbx
        linkedTxbx bodyPr""",
    f"{_MICROSOFT}/word/2010/wordprocessingGroup": "wgp grpSp cNvPr cNvGrpSpPr grpSpPr",
    f"{_MICROSOFT}/drawing/2010/main": "useLocalDpi hiddenFill hiddenLine hiddenEffects",
    f"{_MICROSOFT}/drawing/2014/main": "creationId",
    f"{_MICROSOFT}/thememl/2012/main": "themeFamily",
    f"{_VML}:vml": """shape shapetype group rect roundrect oval line polyline curve arc background
        fill stroke shadow textbox textpath imagedata path formulas f handles h""",
    f"{_VML}:office:office": """lock shapedefaults shapelayout idmap rules r regrouptable entry
        relationtable rel colormru colormenu extrusion callout skew fill left top right bottom
        column proxy""",
    f"{_VML}:office:word": "wrap anchorlock bordertop borderleft borderright borderbottom",
    _BIBLIOGRAPHY: "Sources",
    ABOARD: "printed head cell text",
    STORE: "datastoreItem schemaRefs schemaRef",
    _WPS: """customData customSectProps customSectPr customShpExts customShpInfo extobjs
        textRotate""",
}
ELEMENTS = frozenset(
    f"{{{namespace}}}{name}" for namespace, names in _NAMES.items() for name in names.split()
)

ATTRIBUTE_NAMESPACES = frozenset(
    {
        "",
        XML,
        LINKS,
        *_NAMES,
        f"{_MICROSOFT}/word/2006/wordml",
        f"{_MICROSOFT}/word/2015/wordml/symex",
        f"{_MICROSOFT}/word/2016/wordml/cid",
        f"{_MICROSOFT}/word/2018/wordml",
        f"{_MICROSOFT}/word/2018/wordml/cex",
        f"{_MICROSOFT}/word/2020/wordml/sdtdatahash",
        f"{_MICROSOFT}/word/2023/wordml/word16du",
    }
)

CHANGES = _words(
    """ins del moveFrom moveTo cellIns cellDel cellMerge delText delInstrText numberingChange
    rPrChange pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange
    tblGridChange moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd
    customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd
    customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart
    customXmlMoveToRangeEnd"""
)
"""Tracked changes: each in Word's own namespace, none allowed."""

WORDS = MappingProxyType(
    {
        **dict.fromkeys(CHANGES, "修订痕迹"),
        **dict.fromkeys(
            _words("commentRangeStart commentRangeEnd commentReference annotationRef"), "批注"
        ),
        "dataBinding": "绑定到别处的内容",
        "altChunk": "嵌入的文件",
        "object": "嵌入的对象",
        "OLEObject": "嵌入的对象",
        "control": "控件",
        "mailMerge": "邮件合并",
        "attachedTemplate": "附加的模板",
        "docVars": "文档变量",
        "permStart": "写给某个人的编辑权限",
        "ffData": "窗体域",
        "oMathPara": "公式",
        "ruby": "拼音指南",
        "bdo": "改变文字方向的标记",
        "dir": "改变文字方向的标记",
        "subDoc": "子文档",
        "contentPart": "墨迹",
    }
)
"""What an office colleague calls an element that is refused."""
