package dev.lowland.core.kernel.contract;

/** Which operands of a matrix product are read transposed: A is the left one, B the right one. */
public enum MatrixForm {
    /** A·B: A is rows × inner, B is inner × columns. */
    NN(false, false),
    /** Aᵀ·B: A is stored inner × rows. */
    TN(true, false),
    /** A·Bᵀ: B is stored columns × inner. */
    NT(false, true),
    /** Aᵀ·Bᵀ: both are stored transposed. */
    TT(true, true);

    private final boolean leftTransposed;
    private final boolean rightTransposed;

    MatrixForm(boolean leftTransposed, boolean rightTransposed) {
        this.leftTransposed = leftTransposed;
        this.rightTransposed = rightTransposed;
    }

    /**
     * Whether A is stored transposed.
     *
     * @return true for TN and TT
     */
    public boolean leftTransposed() {
        return leftTransposed;
    }

    /**
     * Whether B is stored transposed.
     *
     * @return true for NT and TT
     */
    public boolean rightTransposed() {
        return rightTransposed;
    }

    /**
     * The form with these transpositions.
     *
     * @param leftTransposed whether A is stored transposed
     * @param rightTransposed whether B is stored transposed
     * @return the form
     */
    public static MatrixForm of(boolean leftTransposed, boolean rightTransposed) {
        if (leftTransposed) {
            return rightTransposed ? TT : TN;
        }
        return rightTransposed ? NT : NN;
    }
}
