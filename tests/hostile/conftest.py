"""The measuring process and its yards, once for each of pytest's workers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hostile import judge
from hostile.outside import Place, place


@pytest.fixture(scope="session")
def whole_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with place(tmp_path_factory.mktemp("hostile")) as made:
        yield made


@pytest.fixture
def at(whole_session: Place) -> Iterator[Place]:
    """The yards, as they were at first."""
    yield whole_session
    for yard in (whole_session.big, whole_session.whole, whole_session.small):
        yard.reset()


@pytest.fixture(scope="session")
def plain(whole_session: Place) -> object:
    """The report from the template as it is shipped, by python-docx."""
    whole_session.big.reset()
    complaints, document = judge.printed(whole_session)
    assert not complaints
    return document
