"""Labelled texts: for each code, texts that have its fault and texts that only look like it.

`dev` is what the signs were written against; `heldout` was written apart, by others, before any sign was, and only
measures."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
FILLER = (
    "全县各级各部门围绕中心、服务大局，统筹推进各项事业发展，城乡面貌持续改善，产业基础不断夯实，公共服务水平稳步提升。"
    "要坚持从实际出发，因地制宜、分类施策，把有限的力量用在最需要的地方，让群众得到看得见的好处。"
    "各有关单位按照职责分工，加强沟通协作，形成工作合力，及时研究解决推进过程中遇到的困难。"
    "财政资金优先保障民生支出，项目建设注重质量和安全，生态环境保护与经济发展同步谋划、同步推进。"
)


@dataclass(frozen=True)
class Labelled:
    """A text, whether it has the fault of its code, and what makes it easy or hard."""

    text: str
    label: bool
    note: str


def read_texts(half: str, code: str) -> list[Labelled]:
    """Return the texts of `code` in `half` (dev or heldout)."""
    listed = []
    for path in sorted((FOLDER / half).glob(f"{code}*.jsonl")):
        if path.stem.split(".")[0] != code:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            listed.append(Labelled(_filled(one["text"]), one["label"], one.get("note", "")))
    return listed


def _filled(text: str) -> str:
    """Put neutral paragraphs where the text says `{fill:N}`, about N characters."""
    head, found, rest = text.partition("{fill:")
    if not found:
        return text
    number, _, behind = rest.partition("}")
    size = int(number)
    body = (FILLER * (size // len(FILLER) + 1))[:size]
    paragraphs = "\n".join(body[i : i + 400] for i in range(0, size, 400))
    return _filled(f"{head}{paragraphs}{behind}")
