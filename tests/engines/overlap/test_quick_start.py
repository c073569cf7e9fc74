"""Starting quickly takes nothing from others who use numba."""

import subprocess
import sys

PRODUCT = """
import sys
import numpy as np
from qingzhuang.engines.overlap import overlap_join
assert "scipy.linalg.cython_blas" not in sys.modules
from numba import njit
a = np.arange(6.0).reshape(2, 3)
assert (njit(lambda x, y: x @ y)(a, a.T) == a @ a.T).all()
assert "scipy.linalg.cython_blas" in sys.modules
"""


def test_load_arrays_without_blas_leaves_products_of_matrices_working():
    subprocess.run([sys.executable, "-c", PRODUCT], check=True)
