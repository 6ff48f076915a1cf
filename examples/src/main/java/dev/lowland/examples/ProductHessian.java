package dev.lowland.examples;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.linalg.krylov.ConjugateGradients;
import org.ddogleg.optimization.math.HessianMath;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A Hessian that is never formed: DDogleg's trust region asks it for vᵀHv, which is one product, and for a Newton step,
 * which is some more, by conjugate gradients. Where these meet a direction of no or negative curvature there is no
 * Newton step, and the trust region goes down the gradient instead.
 */
final class ProductHessian implements HessianMath, LinearOperator {

    private static final double TOLERANCE = 1e-3;

    private final ScalarFunction f;
    private final ConjugateGradients solver;
    private final DMatrixRMaj product;
    private double[] x = {};

    ProductHessian(ScalarFunction f) {
        this.f = f;
        this.solver = new ConjugateGradients(f.size());
        this.product = new DMatrixRMaj(f.size(), 1);
    }

    /** Moves to another point, whose entries are looked at in every product. */
    void at(double[] point) {
        x = point;
    }

    @Override
    public int size() {
        return f.size();
    }

    @Override
    public void apply(DMatrixRMaj v, DMatrixRMaj out) {
        f.hessianVector(DDogleg.matrix(f, x), DDogleg.matrix(f, v.data), DDogleg.matrix(f, out.data));
    }

    @Override
    public double innerVectorHessian(DMatrixRMaj v) {
        apply(v, product);
        return CommonOps_DDRM.dot(v, product);
    }

    @Override
    public boolean solve(DMatrixRMaj rightSide, DMatrixRMaj step) {
        step.reshape(f.size(), 1);
        step.zero();
        return solver.solve(this, rightSide, step, TOLERANCE, 10 * f.size()) != ConjugateGradients.Status.INDEFINITE;
    }

    @Override
    public void init(int parameters) {
        Checks.atLeast("init", "parameters", parameters, f.size());
    }

    @Override
    public boolean initializeSolver() {
        return true;
    }

    @Override
    public void extractDiagonals(DMatrixRMaj diagonal) {
        throw onlyProducts();
    }

    @Override
    public void setDiagonals(DMatrixRMaj diagonal) {
        throw onlyProducts();
    }

    @Override
    public void divideRowsCols(DMatrixRMaj scaling) {
        throw onlyProducts();
    }

    private static IllegalArgumentException onlyProducts() {
        return Checks.error(
                "minimise", "scaling by the diagonal of the Hessian", "asked for", "off: there are products alone");
    }
}
