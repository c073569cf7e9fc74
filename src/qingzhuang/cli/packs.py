"""Rule packs for a verb: read, or refused with every fault, its file and its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qingzhuang.cli.output import Unusable
from qingzhuang.domain.packs import LISTS
from qingzhuang.engines.rules import Pack, PackError

if TYPE_CHECKING:
    from qingzhuang.tables.demands import DemandFault
    from qingzhuang.tables.packs import PackFault
    from qingzhuang.words import Words


def packs_or_unusable(chosen: tuple[str, ...], words: Words) -> list[Pack]:
    """Return the built-in packs and those chosen; raises Unusable with a sentence for each fault."""
    from qingzhuang.domain.gate import VARIABLES, Code
    from qingzhuang.tables.packs import BadPack, Judging, load_packs

    try:
        return load_packs(chosen, lists=LISTS, judging=Judging(VARIABLES, frozenset(Code)))
    except BadPack as error:
        raise Unusable(
            [words("cli.bad_pack"), *(fault_said(fault.file, fault, words) for fault in error.faults)]
        ) from error
    except PackError as error:
        raise unusable_pack(error, words) from error


def unusable_pack(error: PackError, words: Words) -> Unusable:
    """Return the error that says what is wrong with a pack once it is laid over the others."""
    faults = ", ".join(f"{fault.place} {fault.value}" for fault in error.faults)
    return Unusable([words("cli.bad_pack"), f"{error.pack}: {faults}"])


def fault_said(file: str, fault: PackFault | DemandFault, words: Words) -> str:
    """Return what is wrong with a YAML file, with its place; line 0 stands for the whole file."""
    said = words("cli.fault_" + fault.code.replace("-", "_"), field=fault.field, value=fault.value)
    place = f"{file}:{fault.line}" if fault.line else file
    return f"{place}: {said}"
