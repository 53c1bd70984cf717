"""What the name of a document ends in, and of what only looks like one.

Knows names alone; opens nothing.
"""

from __future__ import annotations

READ = (".docx", ".html", ".htm", ".txt")
FOREIGN = {
    ".doc": "旧格式的 Word 文档",
    ".wps": "WPS 自己的格式",
    ".pdf": "PDF",
    ".rtf": "RTF",
    ".odt": "OpenDocument 文档",
    ".xls": "Excel 表格",
    ".xlsx": "Excel 表格",
    ".et": "WPS 表格",
    ".jpg": "图片",
    ".jpeg": "图片",
    ".png": "图片",
    ".docm": "带宏的 Word 文档",
    ".dotx": "Word 模板",
}
"""What is told of, each with what it is."""
