package dev.lowland.jmh.peers;

import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.MatrixForm;
import dev.lowland.jmh.GemmOperands;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A product of matrices by somebody else, on one thread; ours is {@link dev.lowland.jmh.GemmBenchmark}. */
@State(Scope.Thread)
public abstract class GemmPeer {

    /** Rows of C × columns of C × inner. */
    @Param({
        "16x16x16",
        "32x32x32",
        "64x64x64",
        "128x128x128",
        "256x256x256",
        "512x512x512",
        "32x128x784",
        "128x10x512",
        "64x64x576"
    })
    public String shape = "16x16x16";

    /** Which operands are stored transposed. */
    @Param({"NN", "TN", "NT"})
    public MatrixForm form = MatrixForm.NN;

    /** The matrices as we store them. */
    GemmOperands operands = GemmOperands.of(shape, form);

    /** Makes the matrices, and compares one product with ours. */
    @Setup
    public void compare() {
        operands = GemmOperands.of(shape, form);
        prepare();
        IntToDoubleFunction theirs = product();
        double[] found = new double[operands.rows() * operands.columns()];
        for (int i = 0; i < found.length; i++) {
            found[i] = theirs.applyAsDouble(i);
        }
        DMatrixRMaj ours = new DMatrixRMaj(operands.rows(), operands.columns());
        Kernels.multiply(form, operands.a(), operands.b(), ours);
        SameNumbers.check(
                getClass().getSuperclass().getSimpleName() + " " + form + " " + shape,
                ours.data,
                found.length,
                i -> found[i]);
    }

    /** Takes the operands into its own form of a matrix. */
    abstract void prepare();

    /** One product; its entries row by row. */
    abstract IntToDoubleFunction product();
}
