"""The part 叙述核对 of a form file as Claims.

Knows its keys and what an author may get wrong in them: a word that cannot be
read, a name that finds no cell (F102, at its line).
"""

from __future__ import annotations

from nianbao import source
from nianbao.claim import Claims
from nianbao.declaration import Declarations
from nianbao.form import Table


def read(node: source.Node, tables: tuple[Table, ...], declarations: Declarations) -> Claims:
    """The claims in `node`, for a form of these tables; mistakes go to `declarations`."""
    declarations.mapping(node, "", "“叙述核对”")
    return Claims()
