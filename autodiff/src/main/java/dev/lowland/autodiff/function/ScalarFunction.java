package dev.lowland.autodiff.function;

import dev.lowland.autodiff.graph.Leaf;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.autodiff.transform.Vmap;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Symmetry;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A number as a function of one matrix, f(x), with its first and second derivatives.
 *
 * <pre>{@code
 * Graph graph = new Graph();
 * Node x = graph.input("x", Shape.of(3, 1));
 * ScalarFunction f = ScalarFunction.of(Ops.sum(Ops.exp(Ops.square(x))), x);
 * double value = f.value(at);
 * f.gradient(at, gradient);
 * f.hessian(at, hessian);
 * }</pre>
 *
 * <p>For one thread at a time: programs and their memory are made by the first call of a method, and further calls
 * allocate nothing. Another thread makes a function of its own of the same nodes.
 */
public final class ScalarFunction {
    private static final String OPERATION = "scalar function";

    /** Columns of a Hessian that are computed at once. */
    private static final int COLUMNS = 64;

    private final Node scalar;
    private final Node variable;
    private final int size;
    private final double[] result = new double[1];
    private final ProgramCall value;
    private @Nullable ProgramCall gradient;
    private @Nullable ProgramCall product;
    private @Nullable ProgramCall products;
    private double[] directions = {};
    private double[] images = {};

    private ScalarFunction(Node scalar, Node variable) {
        this.scalar = scalar;
        this.variable = variable;
        this.size = variable.shape().size();
        this.value = new ProgramCall(Program.compile(List.of(variable), List.of(scalar))).output(0, result);
    }

    /**
     * A function.
     *
     * @param value f, of shape 1×1
     * @param variable x, the only input that f depends on: one matrix, N ≥ 1
     * @return the function
     * @throws IllegalArgumentException if f is no number, or x is not such an input
     */
    public static ScalarFunction of(Node value, Node variable) {
        Checks.notNull(OPERATION, "value", value);
        Checks.notNull(OPERATION, "variable", variable);
        if (!value.shape().isScalar()) {
            throw Checks.error(OPERATION, "value " + value, value.shape().toString(), "1×1");
        }
        if (!(variable.op() instanceof Leaf.Input)
                || variable.shape().groups() != 1
                || variable.shape().size() == 0) {
            throw Checks.error(
                    OPERATION,
                    "variable " + variable,
                    "of shape " + variable.shape() + " and made by "
                            + variable.op().name(),
                    "one matrix of at least one entry, made by Graph.input");
        }
        return new ScalarFunction(value, variable);
    }

    /**
     * N.
     *
     * @return the number of entries of x
     */
    public int size() {
        return size;
    }

    /**
     * Rows of x.
     *
     * @return at least 1
     */
    public int rows() {
        return variable.shape().rows();
    }

    /**
     * Columns of x.
     *
     * @return at least 1
     */
    public int columns() {
        return variable.shape().columns();
    }

    /**
     * f(x).
     *
     * @param x of the shape of the variable, finite. Not modified.
     * @return the value
     * @throws IllegalArgumentException if x is not finite or has another shape
     */
    public double value(DMatrixRMaj x) {
        check("value", x);
        value.input(0, x.data).run();
        return result[0];
    }

    /**
     * ∇f(x).
     *
     * @param x of the shape of the variable, finite. Not modified.
     * @param out of the same shape. Modified.
     * @throws IllegalArgumentException if x is not finite or an argument has another shape
     */
    public void gradient(DMatrixRMaj x, DMatrixRMaj out) {
        check("gradient", x);
        Checks.shape("gradient", "out", out, x.numRows, x.numCols);
        if (gradient == null) {
            gradient = new ProgramCall(Program.compile(List.of(variable), List.of(Reverse.gradient(scalar, variable))));
        }
        gradient.input(0, x.data).output(0, out.data).run();
    }

    /**
     * H(x)·v.
     *
     * @param x of the shape of the variable, finite. Not modified.
     * @param v of the same shape. Not modified.
     * @param out of the same shape. Modified.
     * @throws IllegalArgumentException if x is not finite or an argument has another shape
     */
    public void hessianVector(DMatrixRMaj x, DMatrixRMaj v, DMatrixRMaj out) {
        check("hessianVector", x);
        Checks.shape("hessianVector", "v", v, x.numRows, x.numCols);
        Checks.shape("hessianVector", "out", out, x.numRows, x.numCols);
        if (product == null) {
            product = new ProgramCall(products(1));
        }
        product.input(0, x.data).input(1, v.data).output(0, out.data).run();
    }

    /**
     * H(x), exactly symmetric: the two triangles are averaged. Entry (i, j) belongs to entries i and j of x, row-major.
     * Cost: N products.
     *
     * @param x of the shape of the variable, finite. Not modified.
     * @param out N × N. Modified.
     * @throws IllegalArgumentException if x is not finite or an argument has another shape
     */
    public void hessian(DMatrixRMaj x, DMatrixRMaj out) {
        check("hessian", x);
        Checks.shape("hessian", "out", out, size, size);
        int width = Math.min(size, COLUMNS);
        if (products == null) {
            directions = new double[width * size];
            images = new double[width * size];
            products = new ProgramCall(products(width)).input(1, directions).output(0, images);
        }
        products.input(0, x.data);
        for (int first = 0; first < size; first += width) {
            int count = Math.min(width, size - first);
            Arrays.fill(directions, 0);
            for (int j = 0; j < count; j++) {
                directions[j * size + first + j] = 1;
            }
            products.run();
            System.arraycopy(images, 0, out.data, first * size, count * size);
        }
        Symmetry.average(out);
    }

    private void check(String operation, DMatrixRMaj x) {
        Checks.shape(operation, "x", x, rows(), columns());
        Checks.finite(operation, "x", x);
    }

    /** x and m directions, one after the other ↦ H times each. */
    private Program products(int m) {
        Node direction = variable.graph().input("direction", variable.shape());
        Node one = Forward.jvp(Reverse.gradient(scalar, variable), variable, direction);
        if (m == 1) {
            return Program.compile(List.of(variable, direction), List.of(one));
        }
        Node many = variable.graph().input("directions", variable.shape().stacked(m));
        return Program.compile(List.of(variable, many), List.of(Vmap.map(one, direction, many)));
    }
}
