package dev.lowland.optim.flatness;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.Cholesky;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.DenseCurvature;
import dev.lowland.optim.curvature.ThirdDerivative;
import dev.lowland.optim.objective.Objective;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** R and ∇R by the dense Hessian. */
final class ExactRegularizer implements PotentialEvaluator {

    private final String name;
    private final DenseCurvature dense;
    private final Curvature derivatives;
    private final double rate;
    private final double curvature;
    private final int size;
    /** ∇²L, until its factor takes its place. */
    private final DMatrixRMaj hessian;

    private final Phases phases;
    private @Nullable DMatrixRMaj directions;
    private @Nullable ThirdDerivative third;

    ExactRegularizer(Regularizer regularizer, Curvature derivatives) {
        Objective objective = derivatives.objective();
        this.name = regularizer.name();
        this.size = objective.parameterCount();
        RegularizerCost cost = RegularizerCost.exact(size, RegularizerCost.work(objective), 1);
        this.phases = new Phases(regularizer.progress(), cost.shared() / 2, cost.operations() - cost.shared());
        this.derivatives = regularizer.progress() == null ? derivatives : derivatives.withProgress(phases);
        dense = this.derivatives.dense();
        rate = regularizer.effectiveRate();
        curvature = objective.loss().curvature();
        hessian = new DMatrixRMaj(size, size);
    }

    @Override
    public PotentialValue at(DMatrixRMaj theta) {
        phases.begin(Phases.VALUE);
        dense.at(theta, hessian);
        return value();
    }

    private PotentialValue value() {
        return value(name, rate, curvature, hessian, phases);
    }

    /** From a Hessian, or a block of its diagonal. */
    static PotentialValue value(
            String name, double rate, double curvature, DMatrixRMaj hessian, DoubleConsumer phases) {
        int size = hessian.numRows;
        if (!Norms.isFinite(hessian)) {
            return overflowed(name, size);
        }
        double[] values = SymmetricEigen.values(hessian, phases);
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += hessian.data[i * size + i];
        }
        double margin = 2 - rate * values[size - 1];
        if (!(margin > 0)) {
            return new PotentialValue(name, PotentialStatus.UNDEFINED, 0, margin, trace, values);
        }
        double value = value(rate, curvature, values, trace);
        return new PotentialValue(name, PotentialStatus.DEFINED, value, margin, trace, values);
    }

    private static double value(double rate, double curvature, double[] values, double trace) {
        if (rate == 0) {
            return trace / (4 * curvature);
        }
        double sum = 0;
        for (double value : values) {
            sum += Regularizer.term(rate, value);
        }
        return sum / curvature;
    }

    /** ∇²L or ∇R is beyond the range of numbers. */
    private static PotentialValue overflowed(String name, int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.POSITIVE_INFINITY);
        return new PotentialValue(
                name, PotentialStatus.UNDEFINED, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, values);
    }

    @Override
    public PotentialStatus gradient(DMatrixRMaj theta, DMatrixRMaj out) {
        phases.begin(rate == 0 ? Phases.LIMIT : Phases.GRADIENT);
        if (rate != 0) {
            dense.at(theta, hessian);
        }
        return gradientFromHessian(theta, out);
    }

    @Override
    public PotentialValue evaluate(DMatrixRMaj theta, DMatrixRMaj gradient, DMatrixRMaj error) {
        Checks.shape("error of a gradient", "error", error, size, 1);
        Arrays.fill(error.data, 0, size, 0);
        phases.begin(Phases.BOTH);
        dense.at(theta, hessian);
        PotentialValue value = value();
        if (value.status() == PotentialStatus.UNDEFINED) {
            Checks.shape("gradient of a potential", "out", gradient, size, 1);
            Arrays.fill(gradient.data, 0, size, 0);
        } else if (gradientFromHessian(theta, gradient) == PotentialStatus.UNDEFINED) {
            return overflowed(name, size);
        }
        return value;
    }

    private PotentialStatus gradientFromHessian(DMatrixRMaj theta, DMatrixRMaj out) {
        Checks.shape("gradient of a potential", "out", out, size, 1);
        DMatrixRMaj w = directions;
        if (w == null) {
            w = new DMatrixRMaj(size, size);
            directions = w;
        }
        if (!fill(w)) {
            Arrays.fill(out.data, 0, size, 0);
            return PotentialStatus.UNDEFINED;
        }
        ThirdDerivative derivative = third;
        if (derivative == null) {
            derivative = derivatives.thirdDerivative(theta);
            third = derivative;
        } else {
            derivative.at(theta);
        }
        derivative.sum(w, out);
        for (int i = 0; i < size; i++) {
            out.data[i] *= 0.5;
        }
        if (!Norms.isFinite(out)) {
            Arrays.fill(out.data, 0, size, 0);
            return PotentialStatus.UNDEFINED;
        }
        return PotentialStatus.DEFINED;
    }

    /** W with W Wᵀ = (1/α)(2I − eH)⁻¹; false if R is undefined. The Hessian is of no more use then. */
    private boolean fill(DMatrixRMaj w) {
        if (rate == 0) {
            Arrays.fill(w.data, 0);
            double entry = Math.sqrt(0.5 / curvature);
            for (int i = 0; i < size; i++) {
                w.data[i * size + i] = entry;
            }
            return true;
        }
        for (int i = 0; i < size * size; i++) {
            hessian.data[i] *= -curvature * rate;
        }
        for (int i = 0; i < size; i++) {
            hessian.data[i * size + i] += 2 * curvature;
        }
        if (!Cholesky.factor(hessian)) {
            return false;
        }
        Cholesky.invert(hessian, w);
        return true;
    }
}
