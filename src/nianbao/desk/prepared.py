"""What a form and its template come to, made once and kept.

Knows the steps from a pair's bytes to the audit's verdict, to the plan that is filled and to
the form's words in Traditional; each is looked for before it is made (`artefact`), and what
makes it is loaded only then. `declared` is what stands in the form's file: without it, as
where a form was made by hand, nothing is kept. Knows nothing of which form is whose.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nianbao.chinese.wording import Script
from nianbao.desk import artefact
from nianbao.diagnostics import Finding
from nianbao.form.form import Form

if TYPE_CHECKING:
    from nianbao.word.layout import Layout
    from nianbao.word.package import Members
    from nianbao.word.plan import Plan


def in_traditional(form: Form, declared: bytes, keep: bool) -> dict[str, str]:
    """The words that a form prints, each with the same in Traditional."""

    def made() -> dict[str, str]:
        from nianbao.form import traditional

        return traditional.words(form)

    return artefact.kept(
        "traditional",
        (declared,),
        made,
        of=dict,
        rooms=artefact.READING,
        types=(),
        keep=keep and bool(declared),
    )


@lru_cache(maxsize=64)
def verdict(form: Form, template: bytes, declared: bytes, keep: bool) -> tuple[Finding, ...]:
    """What is wrong with a template, by its bytes; it is kept where the form's are known."""

    def made() -> tuple[Finding, ...]:
        from nianbao.word import audit

        return tuple(audit.audit(*opened(form, template), form))

    return artefact.kept(
        "verdict",
        (form.id.encode(), declared, template),
        made,
        of=tuple,
        rooms=artefact.DRAWING,
        types=artefact.VERDICT,
        keep=keep and bool(declared),
    )


@lru_cache(maxsize=16)
def opened(form: Form, data: bytes) -> tuple[Members, Layout]:
    """A template by its bytes, which are looked at once a process. Raises Rejected."""
    from nianbao.word import template

    members = template.opened(data, form.template_path)
    return members, template.of(members)


@lru_cache(maxsize=16)
def compiled(form: Form, template: bytes, script: Script, *, declared: bytes, keep: bool) -> Plan:
    """The plan of a template, by its bytes; it is kept where the form's are known."""

    def made() -> Plan:
        from nianbao.word.compiled import compile_template

        return compile_template(form, *opened(form, template), script)

    from nianbao.word import plan

    return artefact.kept(
        "plan",
        (form.id.encode(), declared, template, script.encode()),
        made,
        of=plan.Plan,
        rooms=artefact.DRAWING,
        types=plan.TYPES,
        keep=keep and bool(declared),
    )
