package dev.lowland.optim.support;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import org.ejml.data.DMatrixRMaj;

/**
 * A linear model on ten wines of the public wine data, whose last feature is 10⁵ where the others are 1, at a point
 * that fits: the singular values of the features, over the root of their number, reach from 96,236 to 0.114.
 */
public final class UnscaledFeatures {

    /** Descending, from 60 digits. */
    public static final double[] SINGULAR_VALUES = {
        96235.95722, 37.6396432272, 5.59817565249, 1.77431037031, 1.2130605473,
        0.640654773594, 0.44347667955, 0.302182846146, 0.191721891137, 0.113917834155
    };

    private static final double[] THETA = {
        0.16168621129315877,
        -0.5016935500235902,
        0.020814300953324698,
        0.013499268545633158,
        -0.005559241574730747,
        -0.3463139114338937,
        -0.514365992668977,
        -0.014227032084034086,
        0.31173050651651557,
        0.597837212396571,
        0.326071613313919,
        -0.27698969853307903,
        -2.620658700181952e-05
    };

    private UnscaledFeatures() {}

    /** 10 × 13. */
    public static DMatrixRMaj inputs() {
        return new DMatrixRMaj(new double[][] {
            {12.25, 1.73, 2.12, 19.0, 80.0, 1.65, 2.03, 0.37, 1.63, 3.4, 1.0, 3.17, 51000.0},
            {13.83, 1.65, 2.6, 17.2, 94.0, 2.45, 2.99, 0.22, 2.29, 5.6, 1.24, 3.37, 126500.0},
            {13.86, 1.51, 2.67, 25.0, 86.0, 2.95, 2.86, 0.21, 1.87, 3.38, 1.36, 3.16, 41000.0},
            {14.19, 1.59, 2.48, 16.5, 108.0, 3.3, 3.93, 0.32, 1.86, 8.7, 1.23, 2.82, 168000.0},
            {13.36, 2.56, 2.35, 20.0, 89.0, 1.4, 0.5, 0.37, 0.64, 5.6, 0.7, 2.47, 78000.0},
            {13.71, 5.65, 2.45, 20.5, 95.0, 1.68, 0.61, 0.52, 1.06, 7.7, 0.64, 1.74, 74000.0},
            {13.05, 1.77, 2.1, 17.0, 107.0, 3.0, 3.0, 0.28, 2.03, 5.04, 0.88, 3.35, 88500.0},
            {14.3, 1.92, 2.72, 20.0, 120.0, 2.8, 3.14, 0.33, 1.97, 6.2, 1.07, 2.65, 128000.0},
            {12.33, 0.99, 1.95, 14.8, 136.0, 1.9, 1.85, 0.35, 2.76, 3.4, 1.06, 2.31, 75000.0},
            {12.37, 0.94, 1.36, 10.6, 88.0, 1.98, 0.57, 0.28, 0.42, 1.95, 1.05, 1.82, 52000.0}
        });
    }

    public static Objective objective() {
        DMatrixRMaj targets = new DMatrixRMaj(10, 1, true, 0, -1, 0, -1, 1, 1, -1, -1, 0, 0);
        return Objective.of(Models.linear(13), Losses.square(), Data.of(inputs(), targets));
    }

    /** 13 × 1. */
    public static DMatrixRMaj theta() {
        return new DMatrixRMaj(13, 1, true, THETA.clone());
    }

    /** ηλmax = 1, σ = 0.1, full batch. */
    public static LabelNoiseSgd sgd() {
        return LabelNoiseSgd.of(1.0797550878988788e-10).withLabelNoise(0.1);
    }
}
