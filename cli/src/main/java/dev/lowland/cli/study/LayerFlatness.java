package dev.lowland.cli.study;

import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.optim.flatness.BlockRegularizer;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.flatness.RegularizerSettings;
import dev.lowland.optim.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;

/**
 * How flat each layer of a model is at a point: tr, λmax and R of its block of ∇²L.
 *
 * @param method how the numbers were found
 * @param layers in the order of θ; empty where the model has one block of parameters
 */
public record LayerFlatness(RegularizerMethod method, List<Layer> layers) {
    /** Probes of a layer at least, and where a product with ∇²L takes long; else a quarter of those of R. */
    private static final int PROBES = 8;

    private static final int FEW_PROBES = 4;

    /** Top eigenvectors of a layer's block of which the part is computed. */
    private static final int DEFLATED = 2;

    /** Lanczos steps of a run; their error is far below the scatter of few probes. */
    private static final int STEPS = 24;

    private static final double TOLERANCE = 1e-3;

    /**
     * One layer.
     *
     * @param name of its block
     * @param parameters in it
     * @param trace tr H_b
     * @param traceStandardError 0 where exact, as are all standard errors
     * @param share tr H_b over the sum of all layers'; NaN where that is 0
     * @param shareStandardError of the share
     * @param topEigenvalue λmax(H_b)
     * @param topEigenvalueStandardError the residual of the largest eigenvalue
     * @param status whether R_b is defined
     * @param regularizer R_b; NaN where it is undefined
     * @param regularizerStandardError of R_b; NaN where it is undefined
     */
    public record Layer(
            String name,
            int parameters,
            double trace,
            double traceStandardError,
            double share,
            double shareStandardError,
            double topEigenvalue,
            double topEigenvalueStandardError,
            PotentialStatus status,
            double regularizer,
            double regularizerStandardError) {}

    /**
     * Of a problem's point.
     *
     * @param regularizer how R of all parameters together was found
     * @param objective gives L and the model
     * @param whole whether that is defined
     * @param theta θ, P × 1
     * @param progress told the share that is done, in (0, 1]
     * @return the layers
     */
    static LayerFlatness of(
            Regularizer regularizer,
            Objective objective,
            PotentialStatus whole,
            DMatrixRMaj theta,
            DoubleConsumer progress) {
        List<ParameterBlock> blocks = objective.model().blocks();
        if (blocks.size() < 2) {
            return new LayerFlatness(regularizer.method(), List.of());
        }
        RegularizerSettings settings = regularizer.settings();
        boolean costly = RowsLimit.refusesSearch(objective).isPresent();
        Regularizer own = regularizer.withSettings(settings.withMethod(regularizer.method())
                .withProbes(Math.max(costly ? FEW_PROBES : PROBES, settings.probes() / 4))
                .withTarget(0, 2)
                .withDeflated(costly ? 1 : DEFLATED)
                .withLanczos(STEPS, TOLERANCE));
        BlockRegularizer layered = BlockRegularizer.of(own);
        List<PotentialValue> values =
                (whole == PotentialStatus.DEFINED ? layered.whereDefined() : layered).at(theta, blocks, progress);
        double total = values.stream().mapToDouble(PotentialValue::trace).sum();
        double variance =
                values.stream().mapToDouble(v -> square(v.traceStandardError())).sum();
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            PotentialValue value = values.get(i);
            boolean defined = value.status() != PotentialStatus.UNDEFINED;
            double share = total == 0 ? Double.NaN : value.trace() / total;
            layers.add(new Layer(
                    blocks.get(i).name(),
                    blocks.get(i).length(),
                    value.trace(),
                    value.traceStandardError(),
                    share,
                    shareError(share, total, square(value.traceStandardError()), variance),
                    value.topEigenvalue(),
                    value.topEigenvalueError(),
                    value.status(),
                    defined ? value.value() : Double.NaN,
                    defined ? value.standardError() : Double.NaN));
        }
        return new LayerFlatness(own.method(), List.copyOf(layers));
    }

    /** Of t/(t + others), where t and the others are independent and their errors small beside the sum. */
    private static double shareError(double share, double total, double own, double all) {
        return Math.sqrt(square(1 - share) * own + square(share) * (all - own)) / Math.abs(total);
    }

    private static double square(double x) {
        return x * x;
    }
}
