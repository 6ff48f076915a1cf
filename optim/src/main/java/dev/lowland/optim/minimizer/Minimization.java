package dev.lowland.optim.minimizer;

import dev.lowland.autodiff.function.ScalarFunction;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.parallel.Pace;
import dev.lowland.optim.rule.LanedUpdate;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One minimisation: the point, and what is remembered from step to step. For one thread. */
final class Minimization {

    private final Minimizer settings;
    private final ScalarFunction f;
    private final DMatrixRMaj point;
    private final DMatrixRMaj gradient;
    private final double[][] memory;
    private final double[] before;
    private final LanedUpdate update;
    private final @Nullable PointNoise noise;
    private final Pace pace = new Pace();
    private long step;

    /** Moves the point. */
    Minimization(Minimizer settings, ScalarFunction f, DMatrixRMaj point) {
        this.settings = settings;
        this.f = f;
        this.point = point;
        this.gradient = new DMatrixRMaj(point.numRows, point.numCols);
        int size = point.getNumElements();
        UpdateRule rule = settings.rule();
        this.memory = new double[rule.memory().size()][size];
        this.before = new double[size];
        this.update = LanedUpdate.of(rule, settings.regularization(), size, 1);
        update.settle(0, 1, rule, settings.schedule(), settings.regularization());
        this.noise = settings.noise()
                .map(given -> new PointNoise(given, settings.seed(), size))
                .orElse(null);
    }

    /** Goes on after a state, whose point this is; moves the point. */
    Minimization(Minimizer settings, ScalarFunction f, DMatrixRMaj point, OptimiserState from) {
        this(settings, f, point);
        step = from.step();
        for (int m = 0; m < memory.length; m++) {
            double[] saved = from.memory(settings.rule().memory().get(m));
            System.arraycopy(saved, 0, memory[m], 0, saved.length);
        }
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
            if (!take() || !sound()) {
                System.arraycopy(before, 0, point.data, 0, before.length);
                return result(MinimizerStatus.DIVERGED, norm);
            }
            step++;
        }
    }

    /** Takes a step; false if what the rule looks ahead at is out of range. */
    private boolean take() {
        if (settings.rule().looksAhead()) {
            update.lookAhead(step, gradient.data, point.data);
            boolean there = sound();
            if (there) {
                f.gradient(point, gradient);
            }
            System.arraycopy(before, 0, point.data, 0, before.length);
            if (!there) {
                return false;
            }
        }
        double[] kick = noise == null
                ? null
                : noise.at(point.data, step, settings.schedule().at(step));
        update.update(step, gradient.data, point.data, memory);
        if (kick != null) {
            add(kick, point.data);
            if (settings.rule().remembersChange()) {
                add(kick, memory[0]);
            }
        }
        return true;
    }

    private static void add(double[] kick, double[] to) {
        for (int i = 0; i < kick.length; i++) {
            to[i] += kick[i];
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
        Map<String, double[]> remembered = new LinkedHashMap<>();
        for (int m = 0; m < memory.length; m++) {
            remembered.put(settings.rule().memory().get(m), memory[m]);
        }
        return new MinimizerResult(status, step, settings.seed(), point, remembered, f.value(point), norm);
    }
}
