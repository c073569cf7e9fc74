"""What the page about one notice says, piece by piece, before it is set as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qingzhuang.documents.check.asked import field_name, field_value
from qingzhuang.documents.check.sheet import Block, Grid, Line, Look, begin, blocks, pieces
from qingzhuang.documents.check.values import Said, judged_on, said, said_day, said_place, tally
from qingzhuang.domain.gate import Judgement
from qingzhuang.engines.rules import Severity
from qingzhuang.words import Words


@dataclass(frozen=True)
class Note:
    """One finding beside the text: its number, from 1 in the order of the text, and what is said about it."""

    number: int
    said: Said
    severity: str
    """`reject`, `warn` or `info`: how it is marked."""
    label: str
    place: str

    @property
    def mark(self) -> str:
        """The name under which its words are found on the page."""
        return f"at-{self.number}"

    @property
    def name(self) -> str:
        """The name under which it is found itself."""
        return f"note-{self.number}"


@dataclass(frozen=True)
class Part:
    """A part of a paragraph: its `text`; the `note` it leads to, and how strongly it is marked, where words are at fault.

    `first`: here the note's words begin; `ends`: notes whose words end here; `bare` those of them that no part leads to."""

    text: str
    note: Note | None = None
    severity: str = ""
    first: bool = False
    ends: tuple[Note, ...] = ()
    bare: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Written:
    """A paragraph as it is set: its look, its parts, and above it the name of the field that it belongs to."""

    look: Look
    parts: tuple[Part, ...]
    field: str = ""


@dataclass(frozen=True)
class Row:
    """A paragraph or a table (rows of cells of paragraphs), and the notes that stand beside it."""

    written: Written | None
    table: tuple[tuple[tuple[Written, ...], ...], ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Stretch:
    """A row that has notes, and those up to the next one that has: the notes may be as long as all of them together."""

    head: Row
    tail: tuple[Row, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of finding, as strong as the strongest of its `notes`."""

    name: str
    severity: str
    label: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Content:
    """The page from top to bottom."""

    verdict: tuple[str, ...]
    lead: str
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    refused: bool
    kinds: tuple[Kind, ...]
    stretches: tuple[Stretch, ...]


def content(judgement: Judgement, words: Words) -> Content:
    """Return what the page about `judgement` says."""
    notes = [_note(judgement, number, words) for number in range(1, len(judgement.findings) + 1)]
    warnings = [words("check.page_emergency")] if judgement.emergency else []
    warnings += [words("check.page_scan")] if judgement.notice.scanned else []
    outcome = "reject" if judgement.refused else "warn" if notes else "nothing"
    return Content(
        verdict=verdict(judgement, words),
        lead=words(f"check.page_lead_{outcome}"),
        facts=(judged_on(judgement, said_day(judgement.on, words), words),),
        warnings=tuple(warnings),
        refused=judgement.refused,
        kinds=tuple(_kinds(notes)),
        stretches=tuple(_stretches(_Rows(judgement, notes, words).rows())),
    )


def verdict(judgement: Judgement, words: Words) -> tuple[str, ...]:
    """Return in plain words what is against the notice, clause by clause."""
    counts = tally([judgement])
    if not counts:
        return (words("check.nothing"),)
    told = [] if counts[Severity.REJECT] else [words("check.page_no_reject")]
    told += [words(f"check.page_{severity}", count=counts[severity]) for severity in Severity if counts[severity]]
    comma = words("check.page_comma").rstrip()
    return (*(clause + comma for clause in told[:-1]), told[-1])


def _note(judgement: Judgement, number: int, words: Words) -> Note:
    finding = judgement.findings[number - 1]
    severity = str(finding.rule.severity)
    label = words(f"check.page_severity_{severity}")
    return Note(number, said(finding, words), severity, label, said_place(judgement, finding, words))


def _kinds(notes: Sequence[Note]) -> Iterator[Kind]:
    """Yield the kinds of `notes`, the strongest first, then as they come in the text."""
    grouped: dict[str, list[Note]] = {}
    for note in notes:
        grouped.setdefault(note.said.kind, []).append(note)
    for name, members in sorted(grouped.items(), key=lambda item: min(map(_weight, item[1]))):
        strongest = min(members, key=_weight)
        yield Kind(name, strongest.severity, strongest.label, tuple(members))


def _weight(note: Note) -> int:
    return list(Severity).index(note.said.finding.rule.severity)


class _Rows:
    """Sets the paragraphs of a notice with the notes that belong to them."""

    def __init__(self, judgement: Judgement, notes: Sequence[Note], words: Words) -> None:
        self._notice, self._words = judgement.notice, words
        self._by_paragraph: dict[int, list[Note]] = {}
        for note in notes:
            self._by_paragraph.setdefault(note.said.finding.paragraph, []).append(note)
        self._field = ""

    def rows(self) -> Iterator[Row]:
        for block in blocks(self._notice):
            yield self._row(block)

    def _row(self, block: Block) -> Row:
        if isinstance(block, Grid):
            table = tuple(tuple(tuple(self._written(line) for line in cell) for cell in row) for row in block.rows)
            return Row(None, table, tuple(note for line in block.lines for note in self._notes(line)))
        return Row(self._written(block), (), tuple(self._notes(block)))

    def _notes(self, line: Line) -> list[Note]:
        return self._by_paragraph.get(line.index, [])

    def _written(self, line: Line) -> Written:
        field = self._named(line) if line.look is Look.FIELD else ""
        notes, text = self._notes(line), line.paragraph.text
        if line.look is Look.FIELD and not any(note.said.finding.start for note in notes):
            if text == f"{line.paragraph.name}：":
                return Written(line.look, tuple(_parts(field, notes, 0)) if notes else (), "" if notes else field)
            text = field_value(line.paragraph.name, text, self._words)
        return Written(line.look, tuple(_parts(text, notes, begin(line))), field)

    def _named(self, line: Line) -> str:
        """Return the name of the field that begins with `line`; nothing in the middle of one."""
        name, before = line.paragraph.name, self._field
        self._field = name
        return field_name(name, self._words) if name != before else ""


def _stretches(rows: Iterable[Row]) -> Iterator[Stretch]:
    gathered: list[Row] = []
    for row in rows:
        if row.notes and gathered:
            yield Stretch(gathered[0], tuple(gathered[1:]))
            gathered = []
        gathered.append(row)
    if gathered:
        yield Stretch(gathered[0], tuple(gathered[1:]))


def _parts(text: str, notes: Sequence[Note], begin: int) -> Iterator[Part]:
    """Yield the parts of `text`, whose characters before `begin` are not shown."""
    by_number = {note.number: note for note in notes}
    begun: set[int] = set()
    cut = list(pieces(len(text), ((note.number, note.said.finding) for note in notes)))
    owners = {piece.owner for piece in cut}
    for piece in cut:
        held = [by_number[number] for number in piece.numbers]
        ends = [by_number[number] for number in piece.ends]
        yield Part(
            text[max(piece.start, begin) : max(piece.end, begin)],
            by_number.get(piece.owner or 0),
            min(held, key=_weight).severity if held else "",
            piece.owner is not None and piece.owner not in begun,
            tuple(note for note in ends if note.number in owners),
            tuple(note for note in ends if note.number not in owners),
        )
        begun |= {piece.owner} if piece.owner else set()
