"""The measuring process of tests/hostile serves here too."""

from __future__ import annotations

from hostile.conftest import at, plain, whole_session

__all__ = ["at", "plain", "whole_session"]
