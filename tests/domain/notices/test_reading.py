"""A notice made ready to be judged."""

from __future__ import annotations

from qingzhuang.domain.notices import Reading, notice_of
from qingzhuang.domain.notices.reading import EXCUSED, FORBIDDEN


def test_sentences_and_marks_of_what_excuses_them() -> None:
    reading = Reading(notice_of("请报送总结。不得要求截图，按《办法》办。\n另行通知"))
    assert reading.sentences == ["请报送总结。", "不得要求截图，按《办法》办。", "\n", "另行通知"]
    none, sentence, *rest = [reading.marks(i) for i in range(4)]
    assert none == []
    assert rest == [[], []]
    marked = {
        mark: {reading.sentences[1][start:end] for start, end, kind in sentence if kind == mark}
        for mark in (FORBIDDEN, EXCUSED)
    }
    assert any(words.startswith("不得要求截图") for words in marked[FORBIDDEN])
    assert "《办法》" in marked[EXCUSED]
