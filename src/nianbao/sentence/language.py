"""The kinds of words that a sentence has, and the words of the language itself.

Knows what any Chinese sentence says all, none, among, more and each with,
whatever a report is about. Knows no word of any form (`words`).
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a word is; its value is what a reader is told."""

    NOUN = "主题"
    AGAIN = "续"
    CLAIM = "说法"
    OTHER = "别事"
    ELSEWHERE = "别处"
    NARROW = "限定"
    ACT = "动词"
    EMPTY = "虚词"
    OWN = "自称"
    OFFICE = "机关"
    SHARE = "占"
    NOT = "否定"
    NONE = "没有"
    ALL = "全部"
    LIST = "其中"
    INCLUDE = "含"
    BESIDES = "除外"
    REST = "其余"
    EACH = "分别"
    COMPARED = "比较"
    BEFORE = "上年"
    NOW = "本年"
    MORE = "增加"
    FEWER = "减少"
    UP_TO = "到"
    FROM = "由"
    TOTAL = "合计"
    AND = "和"
    ENDS = "等"
    AMONG = "中"
    SINCE = "以来"
    BECAUSE = "因"
    GROUND = "为由"
    YEAR = "年份"
    NUMBER = "数"
    STOP = "标点"
    TEXT = "没有认出"


ANY_SENTENCE: dict[Kind, tuple[str, ...]] = {
    Kind.NOT: (
        "（并|从|尚|暂|也|均）未（曾）",
        "（并|从|暂|也）没有",
        "（尚|暂|也）无",
        "不存在",
        "零",
    ),
    Kind.NONE: (
        "〔均|都〕〔未|没有|无〕〔发生|引发|产生|出现〕",
        "（均|都）为〔零|0〕",
    ),
    Kind.ALL: ("均", "都", "（已）全部", "皆", "一律", "全数"),
    Kind.LIST: ("其中", "（主要|具体）〔包括|包含|涵盖〕", "（内容）包括", "具体〔为|是|有〕"),
    Kind.INCLUDE: ("（不）含", "连同", "（再）加上", "叠加", "加"),
    Kind.BESIDES: ("除（了|去）",),
    Kind.REST: ("其余（的）", "剩余（的）", "余下（的）", "另（有|外）", "还有", "尚有", "此外"),
    Kind.EACH: ("分别（为|是）", "各"),
    Kind.COMPARED: (
        "〔同|环〕比（去年|上年）",
        "〔较|比|同|与〕〔上|去|前|往〕（一）年（度）（同期）（相）（比）（较）",
        "〔较|比|与〕{{上年度}}年（度）（同期）（相）（比）",
        "相比",
    ),
    Kind.BEFORE: ("〔上|去|前〕（一）年（度）（同期|同比）", "往年", "历年"),
    Kind.NOW: (
        "今年",
        "本年（度）",
        "全年",
        "年内",
        "{{年度}}年（度）",
        "一年来",
        "今年以来",
        "{{年度}}年以来",
    ),
    Kind.MORE: ("（净）〔增长|增加|上升|提高|提升|增幅|增〕（了|为）", "多"),
    Kind.FEWER: ("（净）〔下降|减少|降低|降幅|减幅|减〕（了|为）", "少"),
    Kind.UP_TO: ("〔增加|增长|上升|提高|提升|增|升|下降|减少|降低|降〕〔到|至|为〕",),
    Kind.FROM: ("由", "从"),
    Kind.TOTAL: ("〔总|共|合|累〕计（为）", "（一|总）共（有|计）"),
    Kind.AND: ("和", "及", "与", "以及", "或", "或者", "并"),
    Kind.ENDS: ("等", "等〔原因|理由|情形|情况|方式|途径|渠道|形式|类型|方面|内容|事项〕"),
    Kind.AMONG: ("中", "里"),
    Kind.SINCE: ("以来", "年起", "自从", "连续"),
    Kind.BECAUSE: ("因", "由于"),
    Kind.GROUND: ("为由",),
}
"""Words of the language, whatever a report is about."""
