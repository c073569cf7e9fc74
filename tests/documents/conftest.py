from __future__ import annotations

import pytest
from tests.documents import county

from qingzhuang.documents.lighten import Report


@pytest.fixture(scope="session")
def report() -> Report:
    return county.report()
