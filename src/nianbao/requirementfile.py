"""The part 写法要求 of a form file as Requirements.

Knows its keys and what an author may get wrong in them (F102, at its line).
"""

from __future__ import annotations

from nianbao import source
from nianbao.declaration import Declarations
from nianbao.form import Section
from nianbao.requirement import Requirements


def read(
    node: source.Node, sections: tuple[Section, ...], declarations: Declarations
) -> Requirements:
    """The requirements in `node`, for a form of these sections; mistakes go to `declarations`."""
    declarations.mapping(node, "", "“写法要求”")
    return Requirements()
