"""HiGHS for the pieces that remain: the strong formulation of facility location, and set covering.

A relaxation is asked for its dual alone, from which the exact bound is recomputed elsewhere. Of the integer solver's
own bound, `MARGIN` is given away: far more than its tolerances (set to 1e-9 for this) can be worth. It is never handed a
solution to begin from: HiGHS 1.16 compares such a one with its presolved model without the offset of presolving, and
then calls it optimal (rail507 of OR-Library: "optimal" at 165, where the optimum is 174).
"""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from .compiled import INFINITE, Bools, Floats, Indices, Ints
from .pieces import Instance

if TYPE_CHECKING:
    import highspy

MARGIN = 1e-6
LARGEST_COEFFICIENT = 1e6
TOLERANCES = ("mip_feasibility_tolerance", "primal_feasibility_tolerance", "dual_feasibility_tolerance")


def relaxation(instance: Instance, seconds: float) -> Ints | None:
    """The dual of each client (nc,) in the linear relaxation, rounded; None if not found in time."""
    model, scale = _location(instance, integral=False)
    highs = _run(model, seconds)
    if not highs.getSolution().dual_valid:
        return None
    dual = np.asarray(highs.getSolution().row_dual)[: instance.clients] * scale
    return np.asarray(np.clip(np.rint(dual), 0, 2.0**60), np.int64)


def locate(instance: Instance, seconds: float, nodes: int) -> tuple[Bools | None, int]:
    """Open facilities (nf,) or None, and a bound on the cost."""
    model, scale = _location(instance, integral=True)
    return _integral(_run(model, seconds, nodes), instance.opening.size, scale)


def cover_relaxation(cost: Ints, start: Ints, candidate: Indices, seconds: float) -> Floats | None:
    """The dual of each element in the linear relaxation of a set covering; None if not found in time."""
    model, scale = _covering(cost, start, candidate)
    highs = _run(model, seconds)
    if not highs.getSolution().dual_valid:
        return None
    return np.maximum(0.0, np.asarray(highs.getSolution().row_dual) * scale)


def cover(cost: Ints, start: Ints, candidate: Indices, seconds: float, nodes: int) -> tuple[Bools | None, int]:
    """Taken candidates or None, and a bound on the cost, for the set covering with rows `start` of `candidate`."""
    import highspy

    model, scale = _covering(cost, start, candidate)
    model.col_upper_ = np.ones(cost.size)
    model.integrality_ = [highspy.HighsVarType.kInteger] * cost.size
    return _integral(_run(model, seconds, nodes), cost.size, scale)


def _covering(cost: Ints, start: Ints, candidate: Indices) -> tuple["highspy.HighsLp", float]:
    import highspy

    rows = start.size - 1
    scale = max(1.0, float(cost.max()) / LARGEST_COEFFICIENT)
    no_end = np.full(rows, highspy.kHighsInf)
    model = _model(cost / scale, np.ones(rows), no_end, start, candidate, np.ones(candidate.size))
    model.col_upper_ = np.full(cost.size, highspy.kHighsInf)
    return model, scale


def _integral(highs: Any, size: int, scale: float) -> tuple[Bools | None, int]:
    """The first `size` columns if a solution was found, and the bound."""
    info = highs.getInfo()
    found = None
    if info.primal_solution_status == 2:
        found = np.asarray(highs.getSolution().col_value)[:size] > 0.5
    return found, _floor(info.mip_dual_bound, scale)


def _floor(bound: float, scale: float) -> int:
    """A claimed bound as an integer that it certainly proves."""
    if not np.isfinite(bound) or bound <= 0:
        return 0
    return int(np.ceil((bound - MARGIN * max(1.0, bound)) * scale))


def _location(instance: Instance, *, integral: bool) -> tuple["highspy.HighsLp", float]:
    """Columns: open (nf,), assign (edges,), fall back on the cap; rows: every client served, only by what is open."""
    import highspy

    nf, nc, edges = instance.opening.size, instance.clients, instance.edges
    capped = np.flatnonzero(instance.cap < INFINITE)
    largest = max(float(instance.opening.max(initial=1)), float(instance.cost.max(initial=1)))
    scale = max(1.0, largest / LARGEST_COEFFICIENT)
    objective = np.concatenate([instance.opening, instance.cost, instance.cap[capped]]) / scale
    row_of_edge = np.repeat(np.arange(nc), np.diff(instance.start))
    served = np.concatenate([row_of_edge, capped])
    order = np.argsort(served, kind="stable")
    columns = np.concatenate([nf + np.arange(edges), nf + edges + np.arange(capped.size)])[order]
    first = np.concatenate([[0], np.cumsum(np.bincount(served, minlength=nc))])
    links = np.column_stack([nf + np.arange(edges), instance.other]).ravel()
    start = np.concatenate([first, first[-1] + 2 * np.arange(1, edges + 1)])
    value = np.concatenate([np.ones(columns.size), np.tile([1.0, -1.0], edges)])
    lower = np.concatenate([np.ones(nc), np.full(edges, -highspy.kHighsInf)])
    upper = np.concatenate([np.ones(nc), np.zeros(edges)])
    model = _model(objective, lower, upper, start, np.concatenate([columns, links]), value)
    if integral:
        kinds = [highspy.HighsVarType.kInteger] * nf
        model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (edges + capped.size)
    return model, scale


def _model(
    objective: Floats, lower: Floats, upper: Floats, start: Ints, columns: Ints | Indices, value: Floats
) -> "highspy.HighsLp":
    """A minimisation over columns between 0 and 1, the matrix given by rows."""
    import highspy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = objective.size, lower.size
    model.col_cost_ = objective
    model.col_lower_, model.col_upper_ = np.zeros(objective.size), np.ones(objective.size)
    model.row_lower_, model.row_upper_ = lower, upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = start, columns, value
    return model


def _silent() -> Any:
    """A new HiGHS; its constructor prints a banner to the process's standard output, which is held shut meanwhile."""
    import highspy

    new: Callable[[], Any] = highspy.Highs
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # no standard output to protect
        return new()
    shut = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(shut, 1)
        return new()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(shut)


def _run(model: "highspy.HighsLp", seconds: float, nodes: int | None = None) -> Any:
    """HiGHS after one deterministic run on one thread that Ctrl-C can end."""
    highs = _silent()
    highs.HandleKeyboardInterrupt = True
    options: dict[str, object] = {
        "output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0, "time_limit": max(0.1, seconds),
    }  # fmt: skip
    if nodes is not None:
        options |= {"mip_max_nodes": nodes, "mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
        options |= dict.fromkeys(TOLERANCES, 1e-9)
    for name, setting in options.items():
        highs.setOptionValue(name, setting)
    highs.passModel(model)
    thread = highs.startSolve()
    try:
        while not highs.wait(0.1)[0]:
            pass
    except KeyboardInterrupt:
        highs.cancelSolve()
        thread.join()
        raise
    return highs
