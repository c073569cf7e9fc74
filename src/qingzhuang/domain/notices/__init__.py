"""Notices 通知: what a department sends down, as text whose every character knows its place."""

from qingzhuang.domain.notices.excuses import Excuse, Excuses
from qingzhuang.domain.notices.fold import Folded, fold
from qingzhuang.domain.notices.head import Head, Issuer, day_of, kind_of, read_head
from qingzhuang.domain.notices.notice import Notice, Origin, Paragraph, Role, notice_of, plain_paragraph
from qingzhuang.domain.notices.reading import Reading

__all__ = [
    "Excuse",
    "Excuses",
    "Folded",
    "Head",
    "Issuer",
    "Notice",
    "Origin",
    "Paragraph",
    "Reading",
    "Role",
    "day_of",
    "fold",
    "kind_of",
    "notice_of",
    "plain_paragraph",
    "read_head",
]
