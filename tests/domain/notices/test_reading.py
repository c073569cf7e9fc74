"""A notice made ready to be judged."""

from __future__ import annotations

from qingzhuang.domain.notices import Reading, notice_of


def test_sentences() -> None:
    reading = Reading(notice_of("请报送总结。不得要求截图，按《办法》办。\n另行通知"))
    assert reading.sentences == ["请报送总结。", "不得要求截图，按《办法》办。", "\n", "另行通知"]
