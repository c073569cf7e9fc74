"""Memberships in parts: two arrays in memory, or a Parquet file read some row groups at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from qingzhuang.engines.errors import EngineInputError

Ints: TypeAlias = npt.NDArray[np.int64]
Part: TypeAlias = tuple[Ints, Ints]

PART_ROWS = 1 << 22


class Source(Protocol):
    """Memberships that can be read more than once."""

    rows: int

    def parts(self) -> Iterator[Part]:
        """Pieces (sets, members) of at most PART_ROWS rows, the same ones at each reading."""


class Arrays:
    """Two integer arrays of one length."""

    def __init__(self, sets: object, members: object) -> None:
        """Raises `not-integers`, `not-one-dimensional`, `lengths-differ`, `integer-too-large`."""
        self._sets, self._members = integers("sets", sets), integers("members", members)
        self.rows = len(self._sets)
        if len(self._members) != self.rows:
            raise EngineInputError("lengths-differ", sets=self.rows, members=len(self._members))

    def parts(self) -> Iterator[Part]:
        """Slices, converted to int64 one at a time."""
        for low in range(0, self.rows, PART_ROWS):
            piece = slice(low, low + PART_ROWS)
            yield self._sets[piece].astype(np.int64, copy=False), self._members[piece].astype(np.int64, copy=False)


class Parquet:
    """Two integer columns of a Parquet file."""

    def __init__(self, path: Path, set_column: str, member_column: str) -> None:
        """Raises `missing-column`, `not-integers`; what pyarrow raises when `path` is no Parquet file."""
        from pyarrow import parquet, types

        self._path, self._columns = path, [set_column, member_column]
        schema = parquet.read_schema(path)
        for column in self._columns:
            if column not in schema.names:
                raise EngineInputError("missing-column", column=column, columns=schema.names)
            if not types.is_integer(schema.field(column).type):
                raise EngineInputError("not-integers", name=column, type=str(schema.field(column).type))
        self.rows = int(parquet.read_metadata(path).num_rows)

    def parts(self) -> Iterator[Part]:
        """Batches; raises `has-nulls`, `integer-too-large`."""
        from pyarrow import parquet

        with parquet.ParquetFile(self._path, memory_map=True) as file:
            for batch in file.iter_batches(batch_size=PART_ROWS, columns=self._columns, use_threads=True):
                sets, members = (self._column(batch, column) for column in self._columns)
                yield sets, members

    @staticmethod
    def _column(batch: Any, name: str) -> Ints:
        column = batch.column(batch.schema.names.index(name))
        if column.null_count:
            raise EngineInputError("has-nulls", name=name, count=column.null_count)
        return integers(name, column.to_numpy(zero_copy_only=False)).astype(np.int64, copy=False)


def integers(name: str, values: object) -> npt.NDArray[Any]:
    """`values` as a one-dimensional array of integers, not copied when it is one already."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise EngineInputError("not-one-dimensional", name=name, dimensions=array.ndim)
    if len(array) == 0:
        return array.astype(np.int64)
    if not np.issubdtype(array.dtype, np.integer):
        raise EngineInputError("not-integers", name=name, type=str(array.dtype))
    if array.dtype == np.uint64 and int(array.max()) >= 1 << 63:
        raise EngineInputError("integer-too-large", name=name, value=int(array.max()))
    return array
