"""How the page looks: the dress of each element, written on the element itself.

A content management system drops style sheets and classes, and keeps what stands
in style attributes; so all that must survive it is here. The style sheet adds
what only a page of its own needs: the paper, and what is not to be parted.
"""

from __future__ import annotations

from types import MappingProxyType

_BODY = "仿宋_GB2312,仿宋,FangSong,STFangsong,serif"
_TABLE = "宋体,SimSun,STSong,serif"
_BLACK = "黑体,SimHei,STHeiti,sans-serif"
_KAI = "楷体_GB2312,楷体,KaiTi,STKaiti,serif"
_TITLE = "方正小标宋_GBK,方正小标宋简体,华文中宋,STZhongsong,宋体,SimSun,serif"
_EDGE = "border:1px solid #000;padding:4px 6px;text-align:center;vertical-align:middle"

DRESS = MappingProxyType(
    {
        "main": f"max-width:900px;margin:0 auto;padding:24px 16px;color:#000;background:#fff;"
        f"font:16px/1.9 {_BODY};overflow-wrap:break-word",
        "title": f"margin:16px 0;text-align:center;font:bold 26px/1.5 {_TITLE};text-wrap:balance",
        "part": f"margin:24px 0 8px;text-align:left;font:bold 18px/1.8 {_BLACK}",
        "heading": f"margin:0;text-align:left;text-indent:2em;font:bold 16px/1.9 {_KAI}",
        "text": "margin:0;text-align:justify;text-indent:2em",
        "note": "margin:4px 0;text-align:left;font-size:14px",
        "before": "margin:8px 0;text-align:center;font-size:14px",
        "behind": "margin:8px 0;text-align:right",
        "lead": f"font-family:{_KAI};font-weight:bold",
        "table": f"width:100%;margin:8px 0;border-collapse:collapse;font:14px/1.5 {_TABLE}",
        "caption": "caption-side:top;text-align:left",
        "over": "margin:0;text-align:left;font-size:14px",
        "th": f"{_EDGE};font-weight:normal",
        "column": f"{_EDGE};font-weight:normal;min-width:3em",
        "td": _EDGE,
        "box": "margin:0",
        "kept": "white-space:pre-wrap",
    }
)
"""By role; "kept" is added where blanks, tabs or breaks stand inside a text."""

SHEET = (
    "body{margin:0;background:#fff}"
    "@media print{@page{size:A4;margin:25mm 22mm}"
    "main{max-width:none!important;padding:0!important}"
    "h1,h2,h3,caption,thead{break-after:avoid}p{orphans:2;widows:2}th,td{orphans:3;widows:3}}"
)
