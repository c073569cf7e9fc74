"""The same join by other packages, from the same two arrays to the same table (a, b, shared), exactly."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]


def pairs_of(lower: Ints, higher: Ints, shared: Ints) -> pl.DataFrame:
    """Rows a < b in order."""
    return pl.DataFrame({"a": lower, "b": higher, "shared": shared}).cast(pl.Int64).sort("a", "b")


def kept(lower: Ints, higher: Ints, shared: Ints, sizes: Ints) -> npt.NDArray[np.bool_]:
    """Jaccard ≥ 4/5 or containment ≥ 9/10, in whole numbers."""
    a, b, both = sizes[lower], sizes[higher], shared.astype(np.int64)
    return (9 * both >= 4 * (a + b)) | (10 * both >= 9 * np.minimum(a, b))


def by_sparse_product(sets: Ints, members: Ints, *, threads: int, cap: int = 512) -> pl.DataFrame:
    """sparse_dot_topn: one product of counts for both predicates, those above 2 kept, then the exact filter.

    Sets have 3 members or more, and at 0.8 and 0.9 a pair of such shares 3 or more. The cap is raised until no row is full.
    """
    from scipy import sparse
    from sparse_dot_topn import sp_matmul_topn

    count = int(sets.max()) + 1
    matrix = sparse.csr_matrix((np.ones(len(sets), np.int32), (sets, members)), shape=(count, int(members.max()) + 1))
    matrix.data[:] = 1
    sizes = np.diff(matrix.indptr).astype(np.int64)
    product = sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=cap, threshold=2, n_threads=threads)
    if int(np.diff(product.indptr).max()) >= cap:
        return by_sparse_product(sets, members, threads=threads, cap=4 * cap)
    product = product.tocoo()
    upper = product.row < product.col
    lower, higher, shared = product.row[upper], product.col[upper], product.data[upper]
    passed = kept(lower, higher, shared, sizes)
    return pairs_of(lower[passed], higher[passed], shared[passed])


def by_duckdb(sets: Ints, members: Ints, *, threads: int) -> pl.DataFrame:
    """DuckDB: self-join on the member, count by pair, filter."""
    import duckdb

    rows = pl.DataFrame({"s": sets.astype(np.int32), "m": members.astype(np.int32)})
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.register("given", rows.to_arrow())
        found = connection.execute(
            """
            with t as materialized (select distinct s, m from given),
            n as (select s, count(*) as size from t group by s),
            p as (select x.s as a, y.s as b, count(*) as shared from t x join t y on x.m = y.m and x.s < y.s
                  group by x.s, y.s having count(*) > 2)
            select a::bigint as a, b::bigint as b, shared from p join n na on na.s = a join n nb on nb.s = b
            where 9 * shared >= 4 * (na.size + nb.size) or 10 * shared >= 9 * least(na.size, nb.size)
            order by a, b
            """
        )
        return pl.DataFrame(found.fetchnumpy())


def by_polars(sets: Ints, members: Ints) -> pl.DataFrame:
    """Polars, streaming engine: self-join on the member, count by pair, filter."""
    rows = pl.LazyFrame({"s": sets.astype(np.int32), "m": members.astype(np.int32)}).unique()
    sizes = rows.group_by("s").agg(pl.len().cast(pl.Int64).alias("size"))
    pairs = (
        rows.join(rows, on="m")
        .filter(pl.col("s") < pl.col("s_right"))
        .group_by("s", "s_right")
        .agg(pl.len().alias("shared"))
    )
    shared = pl.col("shared").cast(pl.Int64)
    return (
        pairs.filter(pl.col("shared") > 2)
        .join(sizes, on="s")
        .join(sizes, left_on="s_right", right_on="s", suffix="_right")
        .filter(
            (9 * shared >= 4 * (pl.col("size") + pl.col("size_right")))
            | (10 * shared >= 9 * pl.min_horizontal("size", "size_right"))
        )
        .select(a=pl.col("s").cast(pl.Int64), b=pl.col("s_right").cast(pl.Int64), shared=shared)
        .sort("a", "b")
        .collect(engine="streaming")
    )


def by_setsimilaritysearch(sets: Ints, members: Ints) -> pl.DataFrame:
    """SetSimilaritySearch: Jaccard ≥ 0.8 alone, its containment being another; columns a, b."""
    from SetSimilaritySearch import all_pairs

    groups = [frozenset(group) for group in _groups(sets, members)]
    numbers = np.unique(sets)
    found = [
        (int(numbers[min(x, y)]), int(numbers[max(x, y)])) for x, y, _ in all_pairs(groups, "jaccard", 0.8 - 1e-12)
    ]
    return pl.DataFrame(found, schema={"a": pl.Int64, "b": pl.Int64}, orient="row").sort("a", "b")


def _groups(sets: Ints, members: Ints) -> Iterator[list[int]]:
    order = np.argsort(sets, kind="stable")
    cuts = np.flatnonzero(np.diff(sets[order])) + 1
    for group in np.split(members[order], cuts):
        yield group.tolist()


def same(ours: pl.DataFrame, theirs: pl.DataFrame) -> str:
    """`same pairs`, or how many differ."""
    columns = theirs.columns
    if ours.select(columns).equals(theirs):
        return f"same {ours.height:,} pairs"
    return f"DIFFERENT: {ours.height:,} and {theirs.height:,} pairs"
