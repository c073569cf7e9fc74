"""Two machine instructions that numba has no name for."""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array


@intrinsic
def _ones(_context: Any, _word: Any) -> Any:
    """How many bits of an int64 are set."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.int64), generate


@intrinsic
def _prefetch(_context: Any, array: Any, _row: Any) -> Any:
    """Ask for the cache line where array[row] begins before it is needed; never faults."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array_in = make_array(signature.args[0])  # type: ignore[no-untyped-call]
        view = array_in(context, builder, arguments[0])
        offset = builder.mul(arguments[1], builder.extract_value(view.strides, 0))
        place = builder.gep(builder.bitcast(view.data, ir.IntType(8).as_pointer()), [offset])
        flag = ir.IntType(32)
        hint = builder.module.declare_intrinsic(
            "llvm.prefetch.p0", (), ir.FunctionType(ir.VoidType(), [place.type, flag, flag, flag])
        )
        builder.call(hint, [place, flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(array, types.int64), generate


ones = cast("Callable[[Any], int]", _ones)
prefetch = cast("Callable[[Any, Any], None]", _prefetch)
