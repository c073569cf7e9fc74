"""The cover engine on components of channels, on a giant component, and on OR-Library with its published optima."""

import os
from pathlib import Path

from bench.instances import Location, channels, giant, read_covering, read_location
from bench.report import Report
from bench.timing import seconds
from qingzhuang.engines.cover import FacilityLocationResult, facility_location, set_cover

TIME_LIMIT = 30.0
LOCATIONS = {
    "cap71": 932615.750,
    "cap73": 1010641.450,
    "cap101": 796648.437,
    "cap131": 793439.562,
    "capa": 17156454.478,
}
COVERS = {"scp41": 429, "scp51": 253, "scp61": 138, "scpa1": 253}
HARD_COVERS = {"scpnre1": 29, "rail507": 174}


def run(report: Report) -> None:
    """Components of 100,000 and 1,000,000 channels, giants from easy to hard, OR-Library."""
    located(channels(1_000), TIME_LIMIT)  # compiled code loaded
    for size, asked in ((100_000, 5), (1_000_000, 60)):
        instance = channels(size)
        taken, result = seconds(lambda instance=instance: located(instance, 2 * TIME_LIMIT))
        report.row(
            f"components of {size:,} channels to the optimum",
            f"≤ {asked} s, gap 0",
            f"{taken:.2f} s, gap {result.gap:.1e}",
            f"{instance.cost.size:,} pairs, {result.components.height:,} components: {how(result)}",
        )
    for name, carry, reach in (("light", 5.0, 1.0), ("middling", 5.0, 1.6), ("heavy", 500.0, 1.6)):
        instance = giant(20_000, carry=carry, reach=reach)
        taken, result = seconds(lambda instance=instance: located(instance, TIME_LIMIT))
        largest = result.components["clients"].max()
        report.row(
            f"giant component, {name}",
            f"≤ {TIME_LIMIT:.0f} s, with a gap",
            f"{taken:.1f} s, gap {result.gap:.1e}",
            f"{largest:,} channels in the largest component, {instance.cost.size:,} pairs",
        )
    library(report)


def located(instance: Location, time_limit: float) -> FacilityLocationResult:
    """`facility_location` on an instance."""
    return facility_location(
        instance.opening, instance.client, instance.facility, instance.cost,
        clients=instance.clients, time_limit=time_limit,
    )  # fmt: skip


def how(result: FacilityLocationResult) -> str:
    """How many components were solved in which way."""
    counted = result.components["how"].value_counts().sort("count", descending=True)
    return ", ".join(f"{count:,} {name}" for name, count in counted.iter_rows())


def library(report: Report) -> None:
    """The published optima; the files lie in the folder that QINGZHUANG_ORLIB names."""
    folder = os.environ.get("QINGZHUANG_ORLIB")
    for name, optimum in (LOCATIONS | COVERS | HARD_COVERS).items():
        asked = f"≤ {1.02 * optimum:.4g}, true bound" if name in HARD_COVERS else f"optimum {optimum}"
        if folder is None:
            report.row(name, asked, "not measured", "QINGZHUANG_ORLIB is not set")
            continue
        path = Path(folder) / f"{name}.txt"
        if name in LOCATIONS:
            instance = read_location(path)
            taken, result = seconds(lambda instance=instance: located(instance, TIME_LIMIT))
        else:
            covering = read_covering(path)
            taken, result = seconds(
                lambda covering=covering: set_cover(
                    covering.cost,
                    covering.element,
                    covering.candidate,
                    elements=covering.elements,
                    time_limit=TIME_LIMIT,
                )
            )
        bound = "true" if result.bound <= optimum + 0.001 else "FALSE"
        report.row(
            name,
            asked,
            f"{result.cost:.10g} in {taken:.2f} s",
            f"bound {result.bound:.10g} ({bound}), {result.components['how'][0]}",
        )
