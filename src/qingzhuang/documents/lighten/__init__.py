"""What `lighten` hands over: `plan.json`, `plan.xlsx`, `report.html` and `report.docx`.

`plan.json` and `plan.xlsx` hold the whole plan and are for the office; `report.html` and `report.docx` are for reading
aloud and passing on: their lists are capped, and no person and no owner is named in them.
"""

from qingzhuang.documents.lighten.plan_json import plan_dict, write_plan_json
from qingzhuang.documents.lighten.plan_workbook import write_plan_workbook
from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.report_docx import write_report_docx
from qingzhuang.documents.lighten.report_html import write_report_html
from qingzhuang.documents.lighten.summary import summary_table

__all__ = [
    "Report",
    "plan_dict",
    "summary_table",
    "write_plan_json",
    "write_plan_workbook",
    "write_report_docx",
    "write_report_html",
]
