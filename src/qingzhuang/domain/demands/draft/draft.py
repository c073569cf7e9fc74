"""The draft put together."""

from __future__ import annotations

from qingzhuang.domain.demands.demand import Demand
from qingzhuang.domain.demands.draft.kinds import kind_of_notice
from qingzhuang.domain.demands.draft.source import Source
from qingzhuang.domain.notices import Reading, fold

_LONGEST_TITLE = 40


def draft_demand(reading: Reading) -> Demand:
    """Return the demand that the notice makes, as far as its words say; every text in it is the notice's own."""
    # These compile some hundred expressions between them; a check that drafts nothing does not wait for it.
    from qingzhuang.domain.demands.draft.asks import asks_of
    from qingzhuang.domain.demands.draft.deadlines import deadline_of
    from qingzhuang.domain.demands.draft.joined import joined_of
    from qingzhuang.domain.demands.draft.said import basis_of, sanctions_of
    from qingzhuang.domain.demands.draft.targets import Subjects, targets_of

    source = Source(reading)
    head = reading.head
    kind = kind_of_notice(reading)
    targets = targets_of(source)
    return Demand(
        kind=kind,
        title=_title(source),
        issuer=head.issuer,
        issuer_kind=head.issuer_kind,
        number=head.number,
        dated=head.dated,
        targets=targets,
        asks=asks_of(source, kind, Subjects(source, targets)),
        deadline=deadline_of(source, head.dated),
        joined=joined_of(source),
        sanctions=sanctions_of(source),
        basis=basis_of(source),
        emergency=reading.excuses.emergency,
    )


def _title(source: Source) -> str:
    """Return the title as the notice writes it; of a message without one its first words."""
    head = source.reading.head
    if head.title is not None and head.title_at is not None:
        written = source.reading.notice.paragraphs[head.title_at].text.strip()
        folded = fold(written).text
        # What stands above the title, the red head and the number, may have been read as its beginning.
        return written if folded == head.title or ("关于" in folded and head.title.endswith(folded)) else head.title
    for clauses in source.sentences():
        start, end = source.trimmed(clauses[0].first, clauses[0].last)
        whole = end - start <= _LONGEST_TITLE
        end = end if whole else max(c.end for c in clauses if c is clauses[0] or c.end - start <= _LONGEST_TITLE)
        if end - start > 1:
            return source.words(start, min(end, start + _LONGEST_TITLE)).strip()
    return ""
