"""Instances for the benches: readers of OR-Library files and generators of facility locations shaped like channels."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Location:
    """Arguments of `facility_location`."""

    opening: Floats
    client: Ints
    facility: Ints
    cost: Floats
    clients: int


@dataclass(frozen=True)
class Covering:
    """Arguments of `set_cover`."""

    cost: Floats
    element: Ints
    candidate: Ints
    elements: int


def read_location(path: Path) -> Location:
    """An OR-Library `cap` file without its capacities, as Beasley's `uncap` reads it."""
    words = path.read_text().replace("capacity", "0").split()
    facilities, clients = int(words[0]), int(words[1])
    opening = np.array(words[2 : 2 + 2 * facilities], np.float64)[1::2]
    rest = np.array(words[2 + 2 * facilities :], np.float64).reshape(clients, facilities + 1)
    client, facility = np.divmod(np.arange(clients * facilities), facilities)
    return Location(opening, client, facility, rest[:, 1:].ravel(), clients)


def read_covering(path: Path) -> Covering:
    """An OR-Library `scp` file (rows of columns), or a `rail` file (columns with their rows)."""
    words = np.array(path.read_text().split(), np.int64)
    rows, columns = int(words[0]), int(words[1])
    rail = path.stem.startswith("rail")
    cost = np.empty(columns)
    at = 2
    if not rail:
        cost[:] = words[2 : 2 + columns]
        at += columns
    lines, ends = [], []
    for k in range(columns if rail else rows):
        if rail:
            cost[k] = words[at]
            at += 1
        count = int(words[at])
        ends.append(words[at + 1 : at + 1 + count] - 1)
        lines.append(np.full(count, k))
        at += 1 + count
    line, end = np.concatenate(lines), np.concatenate(ends)
    return Covering(cost, *((end, line) if rail else (line, end)), rows)


def channels(n: int, seed: int = 1) -> Location:
    """`n` channels, each both client and facility, with the objective's costs and at most 14 permitted merges each.

    Families of near-copies and subsets of heavy-tailed size. A channel is a run of consecutive people, so that all
    differences are those of real sets.
    """
    rng = np.random.default_rng(seed)
    sizes = np.minimum(rng.zipf(2.0, n), 60)
    sizes = sizes[: np.searchsorted(np.cumsum(sizes), n) + 1]
    family = np.repeat(np.arange(sizes.size), sizes)[:n]
    base = np.clip(rng.lognormal(np.log(18), 0.9, sizes.size), 3, 500)[family]
    left = rng.integers(0, np.maximum(1, base // 3).astype(np.int64) + 1)
    size = np.maximum(3, base * rng.uniform(0.4, 1.0, n)).astype(np.int64)
    messages = np.round(rng.lognormal(1.5, 1.5, n))
    pairs_i, pairs_j, both = [], [], []
    for step in range(1, 8):
        a = np.arange(n - step)
        b = a + step
        shared = np.minimum((left + size)[a], (left + size)[b]) - np.maximum(left[a], left[b])
        keep = (family[a] == family[b]) & (rng.random(a.size) < 0.7)
        keep &= shared * 3 >= np.minimum(size[a], size[b])
        pairs_i += [a[keep], b[keep]]
        pairs_j += [b[keep], a[keep]]
        both += [shared[keep], shared[keep]]
    return _located(size, messages, np.concatenate(pairs_i), np.concatenate(pairs_j), np.concatenate(both))


def giant(n: int, seed: int = 1, *, carry: float = 5.0, reach: float = 1.0) -> Location:
    """`n` channels that hang together: rectangles of a town map whose people overlap with some ten others.

    The dearer it is to carry a channel and the farther it reaches, the harder the instance.
    """
    rng = np.random.default_rng(seed)
    side = np.clip(np.round(rng.lognormal(1.5, 0.45, (n, 2)) * reach), 2, 25).astype(np.int64)
    corner = rng.integers(0, int(np.sqrt(n * 6.0)), (n, 2))
    order = np.argsort(corner[:, 0], kind="stable")
    corner, side = corner[order], side[order]
    size = side.prod(axis=1)
    messages = np.round(rng.lognormal(0.5, 1.0, n))
    pairs_i, pairs_j, both = [], [], []
    for step in range(1, n):
        a = np.arange(n - step)
        b = a + step
        if (corner[b, 0] - corner[a, 0]).min() > 25:
            break
        overlap = np.minimum((corner + side)[a], (corner + side)[b]) - np.maximum(corner[a], corner[b])
        shared = np.maximum(overlap, 0).prod(axis=1)
        keep = shared * 3 >= np.minimum(size[a], size[b])
        pairs_i += [a[keep], b[keep]]
        pairs_j += [b[keep], a[keep]]
        both += [shared[keep], shared[keep]]
    i, j, shared = np.concatenate(pairs_i), np.concatenate(pairs_j), np.concatenate(both)
    return _located(size, messages, i, j, shared, carry)


def _located(size: Ints, messages: Floats, i: Ints, j: Ints, shared: Ints, carry: float = 5.0) -> Location:
    """Facility location of merging i into j, beside keeping each channel at no cost but its own."""
    expose = 0.5
    only_i, only_j = size[i] - shared, size[j] - shared
    merge = messages[i] * (size[i] + only_j) + (messages[j] + carry) * only_i + expose * (only_i + only_j)
    own = np.arange(size.size)
    return Location(
        (messages + carry) * size,
        np.concatenate([own, i]),
        np.concatenate([own, j]),
        np.concatenate([np.zeros(size.size), merge]),
        size.size,
    )
