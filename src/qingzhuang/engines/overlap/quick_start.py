"""A third of a second less to start: numba's array functions, loaded without looking for SciPy's BLAS."""

import sys
from importlib import import_module
from importlib.util import find_spec

BLAS = "scipy.linalg.cython_blas"
ARRAYS = "numba.np.arraymath"


def load_arrays_without_blas() -> None:
    """Load numba's array functions while SciPy's BLAS cannot be seen, then tell them that it is there.

    They import it only to know whether it is there; products of matrices import it themselves when they are compiled,
    and no kernel here has any. Does nothing where either is loaded already.
    """
    if ARRAYS in sys.modules or BLAS in sys.modules or find_spec("scipy") is None:
        return
    sys.modules[BLAS] = None  # type: ignore[assignment]
    try:
        arrays = import_module(ARRAYS)
    finally:
        del sys.modules[BLAS]
    if hasattr(arrays, "_HAVE_BLAS"):
        vars(arrays)["_HAVE_BLAS"] = True
