package dev.lowland.optim.flatness;

import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.curvature.CurvatureOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * R of the parts of ∇²L that belong to blocks of parameters, such as the layers of a model: with H_b the square part of
 * block b, R_b = −(1/2eα) tr log(I − (e/2)H_b).
 *
 * <p>The traces of all blocks add up to tr ∇²L. Their R do not add up to R: where R is defined, Σ_b R_b ≤ R, and what
 * is missing lies between the layers (Fischer's inequality for det(I − (e/2)H)). No λmax of a block is above that of
 * ∇²L, so where R is defined every R_b is.
 *
 * <p>As exact or as stochastic as the regularizer: from one dense Hessian, or by a stochastic Lanczos quadrature a
 * block, each with probes of its own; but a small block is exact either way. Immutable, safe to share between threads.
 */
public final class BlockRegularizer {
    private static final String OPERATION = "regularizer of blocks";

    /** Up to here all columns of a block take no more products than a few probes. */
    private static final int SMALL = 96;

    private final Regularizer regularizer;

    private final boolean defined;

    private BlockRegularizer(Regularizer regularizer, boolean defined) {
        this.regularizer = regularizer;
        this.defined = defined;
    }

    /**
     * Of the blocks of a regularizer.
     *
     * @param regularizer gives L, e, α and how to compute
     * @return what computes the values of blocks
     */
    public static BlockRegularizer of(Regularizer regularizer) {
        return new BlockRegularizer(Checks.notNull(OPERATION, "regularizer", regularizer), false);
    }

    /**
     * The same where R is known to be defined, and so every R_b: estimates do not look whether it is.
     *
     * @return what takes fewer products with ∇²L
     */
    public BlockRegularizer whereDefined() {
        return new BlockRegularizer(regularizer, true);
    }

    /**
     * The values of blocks at a point.
     *
     * @param theta θ, P × 1, finite. Not modified.
     * @param blocks within θ; they may overlap
     * @param progress told the share that is done, in (0, 1]
     * @return a value for each block, in their order: R_b, tr H_b and λmax(H_b), with their standard errors
     * @throws IllegalArgumentException if θ is not finite or a block not within it
     */
    public List<PotentialValue> at(DMatrixRMaj theta, List<ParameterBlock> blocks, DoubleConsumer progress) {
        Checks.noNulls(OPERATION, "blocks", blocks);
        Checks.notNull(OPERATION, "blocks", blocks);
        Checks.notNull(OPERATION, "progress", progress);
        Curvature derivatives = regularizer.derivatives();
        Checks.shape(OPERATION, "theta", theta, derivatives.objective().parameterCount(), 1);
        boolean exact = regularizer.method() == RegularizerMethod.EXACT;
        Curvature threaded = derivatives.withThreads(regularizer.settings().threads());
        DMatrixRMaj hessian = new DMatrixRMaj(0, 0);
        if (exact) {
            hessian.reshape(theta.numRows, theta.numRows);
            threaded.dense().at(theta, hessian);
        }
        List<PotentialValue> values = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            ParameterBlock block = blocks.get(i);
            Curvature within = threaded.withBlock(block);
            if (exact) {
                values.add(exact(part(hessian, block)));
            } else if (block.length() <= SMALL) {
                values.add(exact(images(within.at(theta))));
            } else {
                Regularizer own =
                        regularizer.withSettings(regularizer.settings().withSeed(seed(i)));
                values.add(new StochasticRegularizer(own, threaded, block, defined).at(theta));
            }
            progress.accept((i + 1.0) / blocks.size());
        }
        return List.copyOf(values);
    }

    /** Probes of one block say nothing of those of another. */
    private long seed(int block) {
        return regularizer.settings().seed() + block + 1;
    }

    /** The matrix of an operator of few parameters. */
    private static DMatrixRMaj images(CurvatureOperator operator) {
        DMatrixRMaj images = new DMatrixRMaj(operator.size(), operator.size());
        operator.applyAll(CommonOps_DDRM.identity(operator.size()), images);
        return images;
    }

    private static DMatrixRMaj part(DMatrixRMaj hessian, ParameterBlock block) {
        int size = block.length();
        DMatrixRMaj part = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            System.arraycopy(
                    hessian.data, (block.start() + i) * hessian.numCols + block.start(), part.data, i * size, size);
        }
        return part;
    }

    private PotentialValue exact(DMatrixRMaj block) {
        double curvature = regularizer.derivatives().objective().loss().curvature();
        return ExactRegularizer.value(regularizer.name(), regularizer.effectiveRate(), curvature, block, done -> {});
    }
}
