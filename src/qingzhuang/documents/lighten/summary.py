"""Before and after, the headline, and how near the best the plan is."""

from __future__ import annotations

import polars as pl

from qingzhuang.documents.lighten.report import Report
from qingzhuang.documents.lighten.values import NOT_SAID, said_number, said_share
from qingzhuang.documents.lighten.voice import Voice
from qingzhuang.domain.channels.inventory import APP_PLATFORMS, MembersAre
from qingzhuang.domain.channels.result import Figures, Step
from qingzhuang.words import Words

# what is left of a proven optimum when a hundred thousand floats are added in another order
ROUNDING = 1e-9
MEMBER_FIGURES = ("memberships", "people", "median", "p95", "max", "messages")


def summary_table(report: Report, words: Words) -> list[tuple[str, ...]]:
    """Return label, before and after of every figure, in words."""
    voice = Voice(words, {})
    groups, apps = groups_and_apps(report)
    rows: list[tuple[str, ...]] = [(voice("figure_groups"), *map(said_number, groups))]
    if any(apps):
        rows.append((voice("figure_apps"), *map(said_number, apps)))
    known = report.result.members_are is not MembersAre.UNKNOWN
    before, after = (_member_figures(figures, known) for figures in (report.result.before, report.result.after))
    suffix = "_posts" if report.result.members_are is MembersAre.POSTS else ""
    labels = [voice(f"figure_{name}{suffix}") for name in MEMBER_FIGURES]
    return rows + list(zip(labels, before, after, strict=True))


def _member_figures(figures: Figures, known: bool) -> list[str]:
    if not known:
        return [NOT_SAID] * len(MEMBER_FIGURES)
    return [
        said_number(value)
        for value in (
            figures.memberships,
            figures.people,
            figures.median,
            figures.p95,
            figures.max,
            figures.messages_per_person_week,
        )
    ]


def groups_and_apps(report: Report) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the groups and the apps, each before and after."""
    channels = report.inventory.channels
    app_ids = set(channels.filter(pl.col("platform").is_in(list(APP_PLATFORMS)))["channel_id"])
    before, after = report.result.before.channels, report.result.after.channels
    apps_after = sum(action.step is Step.KEEP and action.channel_id in app_ids for action in report.result.actions)
    return (before - len(app_ids), after - apps_after), (len(app_ids), apps_after)


def headline(report: Report, voice: Voice) -> str:
    """Return what the plan comes to, in one sentence."""
    groups, apps = groups_and_apps(report)
    if not any(groups) and any(apps):
        return _fewer(voice, "headline_apps", apps)
    return _fewer(voice, "headline_groups", groups)


def leads(report: Report, voice: Voice) -> tuple[str, ...]:
    """Return what stands under the headline: one post's relief, the apps, what happens to the channels, how near the best it is."""
    groups, apps = groups_and_apps(report)
    said = [_one_post(report, voice)]
    if any(groups) and any(apps):
        said.append(_fewer(voice, "lead_apps", apps))
    said += [_steps(report, voice), nearness(report, voice)]
    return tuple(text for text in said if text)


def nearness(report: Report, voice: Voice) -> str:
    """Return how near the best possible plan this one is: proved best, or at most so many percent dearer."""
    bound = report.result.bound
    if bound.objective <= bound.lower_bound or bound.gap < ROUNDING:
        return voice("nearness_best")
    if bound.lower_bound <= 0:
        return voice("nearness_unknown")
    return voice("nearness_gap", share=said_share((bound.objective - bound.lower_bound) / bound.lower_bound))


def _fewer(voice: Voice, name: str, pair: tuple[int, int]) -> str:
    before, after = pair
    if before == after:
        return voice(f"{name}_same", count=before, before=said_number(before))
    return voice(name, count=before, before=said_number(before), after=said_number(after))


def _one_post(report: Report, voice: Voice) -> str:
    """Return how many channels the most relieved of the most burdened posts carries before and after."""
    posts = report.result.posts
    if posts.is_empty():
        return ""
    row = posts.row(0, named=True)
    if row["before"] <= row["after"]:
        return ""
    figures = {"before": said_number(row["before"]), "after": said_number(row["after"])}
    return voice("lead_post", post=row["post"], **figures) if row["post"] else voice("lead_some_post", **figures)


def _steps(report: Report, voice: Voice) -> str:
    counts = {step: sum(action.step is step for action in report.result.actions) for step in Step}
    known = report.result.members_are is not MembersAre.UNKNOWN
    return voice(
        "lead_steps" if known else "lead_steps_unknown",
        **{step.value: said_number(number) for step, number in counts.items()},
    )
