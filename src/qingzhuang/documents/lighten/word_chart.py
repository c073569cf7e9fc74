"""Native Word charts: DrawingML with the figures in an embedded workbook, so that Word can edit them and none is a picture.

ECMA-376 part 1, 21.2 (charts) and 20.4 (where a drawing stands in the text).
"""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from qingzhuang.documents.lighten.blocks import Chart, Shape

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SHEET = "Sheet1"
BEFORE = '<a:solidFill><a:srgbClr val="D3D8DE"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="767F89"/></a:solidFill></a:ln>'
AFTER = '<a:solidFill><a:srgbClr val="1B5FA7"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="1B5FA7"/></a:solidFill></a:ln>'
WIDTH = Cm(15.6)
HEAD, ROW, COLUMNS_HEIGHT, TALLEST = Cm(1.4), Cm(0.7), Cm(6.4), Cm(20)


def add_chart(document: Document, paragraph: Paragraph, chart: Chart, number: int, font: str) -> None:
    """Set `chart`, the `number`th of `document`, into `paragraph`; its writing is in `font`."""
    package = document.part.package
    workbook = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), WORKBOOK_TYPE, _workbook(chart), package)
    # a part's relations are numbered from rId1, and the workbook is its first
    part = Part(
        PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, chart_xml(chart, "rId1", font).encode(), package
    )
    part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph.add_run()._r.append(parse_xml(_inline(chart, relation, number)))  # noqa: SLF001


def height(chart: Chart) -> Length:
    """Return how tall `chart` is set, so that it fits on a page."""
    if chart.shape is Shape.COLUMNS:
        return COLUMNS_HEIGHT
    return Length(min(HEAD + ROW * len(chart.labels), TALLEST))


def chart_xml(chart: Chart, figures: str, font: str) -> str:
    """Return the chart part; `figures` is the relation to the embedded workbook."""
    upright = chart.shape is Shape.COLUMNS
    rows = len(chart.labels)
    names = _cached("str", f"{SHEET}!$A$2:$A${rows + 1}", chart.labels)
    series = "".join(
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>'
        f"<c:tx>{_cached('str', f'{SHEET}!${column}$1', [chart.series[index]])}</c:tx>"
        f'<c:spPr>{look}</c:spPr><c:invertIfNegative val="0"/>{LABELS}'
        f"<c:cat>{names}</c:cat><c:val>{_cached('num', f'{SHEET}!${column}$2:${column}${rows + 1}', values)}</c:val></c:ser>"
        for index, (column, look, values) in enumerate((("B", BEFORE, chart.before), ("C", AFTER, chart.after)))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}">'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="{"col" if upright else "bar"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        '<c:gapWidth val="60"/><c:axId val="111111"/><c:axId val="222222"/></c:barChart>'
        f"{_axes(upright)}</c:plotArea>"
        '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_writing(font)}"
        f'<c:externalData r:id={quoteattr(figures)}><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


LABELS = (
    '<c:dLbls><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
    '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
)


def _axes(upright: bool) -> str:
    """Return both axes: names from top to bottom or from left to right, no scale, for every bar says its figure."""
    order, across, along = ("minMax", "b", "l") if upright else ("maxMin", "l", "t")
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="767F89"/></a:solidFill></a:ln></c:spPr>'
    return (
        f'<c:catAx><c:axId val="111111"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{across}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}<c:crossAx val="222222"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="222222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/>'
        f'<c:axPos val="{along}"/><c:numFmt formatCode="#,##0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111111"/><c:crosses val="autoZero"/></c:valAx>'
    )


def _cached(kind: str, formula: str, values: tuple[object, ...] | list[str]) -> str:
    """Return a reference into the embedded workbook with its values beside it."""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(str(value))}</c:v></c:pt>' for index, value in enumerate(values)
    )
    form = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return f'<c:{kind}Ref><c:f>{formula}</c:f><c:{kind}Cache>{form}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'


def _writing(font: str) -> str:
    face = quoteattr(font)
    return (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900"><a:solidFill><a:srgbClr val="1C2126"/></a:solidFill>'
        f'<a:latin typeface="Times New Roman"/><a:ea typeface={face}/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _workbook(chart: Chart) -> bytes:
    """Return the figures of `chart` as a workbook."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 30)
        for column, header in enumerate(("", *chart.series)):
            sheet.write_string(0, column, header)
        for row, (label, before, after) in enumerate(
            zip(chart.labels, chart.before, chart.after, strict=True), start=1
        ):
            sheet.write_string(row, 0, label)
            sheet.write_number(row, 1, before)
            sheet.write_number(row, 2, after)
    return buffer.getvalue()


def _inline(chart: Chart, relation: str, number: int) -> str:
    """Return the drawing that shows the chart in the line of text, with its description for a screen reader."""
    return (
        f'<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:r="{R}">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{int(WIDTH)}" cy="{int(height(chart))}"/>'
        f'<wp:docPr id="{1000 + number}" name={quoteattr(chart.title)} descr={quoteattr(chart.description)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" r:id={quoteattr(relation)}/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
