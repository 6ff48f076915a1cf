"""Arrays of numpy in every type and order that Lowland reads, each beside its numbers as float64 in C order.

Usage: python3 make_arrays.py FOLDER writes arrays.npz; numpy 1.24 made the one beside this file. NpyTest reads it. The
.npy files in it are of versions 1.0, 2.0 and 3.0, in either order of bytes, row-major and column-major.
"""
import io
import sys
import zipfile

import numpy as np
from numpy.lib import format as npy

NUMBERS = np.array([[1.5, -2.25, 0.0, 100.0], [-0.0, 3.0, 7.5, 6.103515625e-05], [65504.0, 5.9604644775390625e-08, 1.0, -8.0]])
WHOLE = np.array([[0, 1, 2], [127, 5, 6]])


def add(archive, name, array, version=(1, 0)):
    for entry, values in ((name, array), (name + "-expected", np.array(array, dtype="<f8", order="C"))):
        out = io.BytesIO()
        npy.write_array(out, values, version=version if entry == name else (1, 0))
        archive.writestr(entry + ".npy", out.getvalue())


with zipfile.ZipFile(sys.argv[1] + "/arrays.npz", "w", zipfile.ZIP_DEFLATED) as archive:
    for order in "<>":
        for kind in ("f2", "f4", "f8"):
            add(archive, f"{'big' if order == '>' else 'little'}-{kind}", NUMBERS.astype(order + kind))
        for kind in ("i2", "i4", "i8", "u2", "u4", "u8"):
            add(archive, f"{'big' if order == '>' else 'little'}-{kind}", (WHOLE * 250).astype(order + kind))
    add(archive, "i1", (-WHOLE).astype("i1"))
    add(archive, "u1", (WHOLE * 2).astype("u1"))
    add(archive, "bool", WHOLE > 1)
    add(archive, "fortran", np.asfortranarray(NUMBERS.astype("<f8")))
    add(archive, "fortran-three", np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)))
    add(archive, "version-2", NUMBERS, (2, 0))
    add(archive, "version-3", np.asfortranarray(NUMBERS.astype(">f4")), (3, 0))
    add(archive, "scalar", np.array(3.25))
    add(archive, "special", np.array([np.inf, -np.inf, 2.0**-1074]).astype("<f8"))
    add(archive, "half-special", np.array([np.inf, -np.inf, 2.0**-24, -(2.0**-15)]).astype("<f2"))
    add(archive, "extremes", np.array([-(2**53), 2**53]).astype("<i8"))
