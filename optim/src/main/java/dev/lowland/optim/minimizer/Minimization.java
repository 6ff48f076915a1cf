package dev.lowland.optim.minimizer;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.parallel.Pace;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One minimisation: the point, and what is remembered from step to step. For one thread. */
final class Minimization {

    private final KernelSet kernels = Kernels.active();
    private final Minimizer settings;
    private final ScalarFunction f;
    private final DMatrixRMaj point;
    private final DMatrixRMaj gradient;
    private final double[] velocity;
    private final double[] before;
    private final @Nullable PointNoise noise;
    private final Pace pace = new Pace();
    private long step;

    /** Moves the point. */
    Minimization(Minimizer settings, ScalarFunction f, DMatrixRMaj point) {
        this.settings = settings;
        this.f = f;
        this.point = point;
        this.gradient = new DMatrixRMaj(point.numRows, point.numCols);
        this.velocity = new double[point.data.length];
        this.before = new double[point.data.length];
        this.noise = settings.noise()
                .map(n -> new PointNoise(n, settings.learningRate(), settings.seed(), point))
                .orElse(null);
    }

    MinimizerResult run() {
        while (true) {
            f.gradient(point, gradient);
            double norm = Norms.two(gradient);
            if (!(norm <= Double.MAX_VALUE)) {
                return result(MinimizerStatus.DIVERGED, norm);
            }
            if (norm <= settings.gradientTolerance()) {
                return result(MinimizerStatus.GRADIENT, norm);
            }
            if (settings.targetValue().isPresent()
                    && f.value(point) <= settings.targetValue().getAsDouble()) {
                return result(MinimizerStatus.VALUE, norm);
            }
            if (step == settings.steps()) {
                return result(MinimizerStatus.STEPS, norm);
            }
            if (pace.due() && Thread.currentThread().isInterrupted()) {
                return result(MinimizerStatus.STOPPED, norm);
            }
            System.arraycopy(point.data, 0, before, 0, before.length);
            take();
            if (!sound()) {
                System.arraycopy(before, 0, point.data, 0, before.length);
                return result(MinimizerStatus.DIVERGED, norm);
            }
            step++;
        }
    }

    private void take() {
        double[] kick = noise == null ? null : noise.at(step);
        double rate = settings.learningRate();
        if (settings.momentum() == 0) {
            kernels.sgdStep(before.length, rate, gradient.data, point.data);
        } else {
            kernels.heavyBallStep(before.length, rate, settings.momentum(), gradient.data, velocity, point.data);
        }
        if (kick != null) {
            kernels.axpy(kick.length, 1, kick, 0, point.data, 0);
            kernels.axpy(kick.length, 1, kick, 0, velocity, 0);
        }
    }

    private boolean sound() {
        boolean sound = true;
        for (double entry : point.data) {
            sound &= Math.abs(entry) <= LabelNoiseSgd.LARGEST_PARAMETER;
        }
        return sound;
    }

    private MinimizerResult result(MinimizerStatus status, double norm) {
        return new MinimizerResult(status, step, point, f.value(point), norm);
    }
}
