package dev.lowland.theory.claims.landscape;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.Workspace;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.Reverse;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The sizes of the first three derivatives of a model's scalar prediction f at a point: ‖∇f‖, ‖∇²f‖ and a bound on
 * ‖∇³f‖. For one thread.
 *
 * <p>The norm of ∇³f, the largest |∇³f[u, u, u]| over unit vectors, is hard to compute; the spectral norm of the P × P²
 * matrix of its entries is at least as large.
 */
final class SampleDerivatives {

    private final int count;
    private final Program second;
    private final Program third;
    private final Workspace secondSpace;
    private final Workspace thirdSpace;

    /** Compiles the derivatives of a model with one output. */
    SampleDerivatives(Model model) {
        count = model.parameterCount();
        Graph graph = new Graph();
        Shape shape = Shape.of(count, 1);
        Node theta = graph.input("theta", shape);
        Node input = graph.input("input", Shape.of(1, model.inputSize()));
        Node v = graph.input("v", shape);
        Node w = graph.input("w", shape);
        Node gradient = Reverse.gradient(model.predict(theta, input), theta);
        Node along = Forward.jvp(gradient, theta, v);
        second = Program.compile(List.of(theta, input, v), List.of(gradient, along));
        third = Program.compile(List.of(theta, input, v, w), List.of(Forward.jvp(along, theta, w)));
        secondSpace = second.newWorkspace();
        thirdSpace = third.newWorkspace();
    }

    /**
     * Sizes of derivatives.
     *
     * @param slope ‖∇f‖
     * @param curvature ‖∇²f‖
     * @param third a bound on ‖∇³f‖
     */
    record Sizes(double slope, double curvature, double third) {

        /** The largest of each. */
        Sizes max(Sizes other) {
            return new Sizes(
                    Math.max(slope, other.slope), Math.max(curvature, other.curvature), Math.max(third, other.third));
        }
    }

    /**
     * At a point.
     *
     * @param theta P numbers. Not modified.
     * @param input one sample. Not modified.
     */
    Sizes at(double[] theta, double[] input) {
        double[] v = new double[count];
        double[] w = new double[count];
        double[][] bent = {new double[count], new double[count]};
        double[][] fibre = {new double[count]};
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        DMatrixRMaj products = new DMatrixRMaj(count, count);
        for (int i = 0; i < count; i++) {
            v[i] = 1;
            second.run(secondSpace, new double[][] {theta, input, v}, bent);
            System.arraycopy(bent[1], 0, hessian.data, i * count, count);
            for (int j = 0; j < count; j++) {
                w[j] = 1;
                third.run(thirdSpace, new double[][] {theta, input, v, w}, fibre);
                w[j] = 0;
                for (int e = 0; e < count * count; e++) {
                    products.data[e] += fibre[0][e / count] * fibre[0][e % count];
                }
            }
            v[i] = 0;
        }
        double largest = SymmetricEigen.of(products).values()[count - 1];
        return new Sizes(Norms.distance(bent[0], new double[count]), norm(hessian), Math.sqrt(Math.max(0, largest)));
    }

    /** The largest absolute eigenvalue of a symmetric matrix; of a nearly symmetric one, that of its symmetric part. */
    static double norm(DMatrixRMaj matrix) {
        int size = matrix.numRows;
        DMatrixRMaj symmetric = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                symmetric.data[i * size + j] = 0.5 * (matrix.get(i, j) + matrix.get(j, i));
            }
        }
        double[] values = SymmetricEigen.of(symmetric).values();
        return Math.max(Math.abs(values[0]), Math.abs(values[size - 1]));
    }
}
