package dev.lowland.optim.stationarity;

/** How the directions across the valley are found. */
public enum FloorMethod {
    /** DENSE while the rows of the Jacobian are few and short enough, MATRIX_FREE beyond. */
    AUTOMATIC,
    /** From the n·c rows of the Jacobian, by an eigen decomposition. */
    DENSE,
    /** From products with the Gauss-Newton matrix, by Lanczos runs: for any number of samples and parameters. */
    MATRIX_FREE
}
