package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.lyapunov.LyapunovStatus;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.UnscaledFeatures;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fluctuations where features, rates and noise are of very different sizes. Values from 60 digits. */
class ScalesTest {

    private static final double TRACE = 5.9386530258072234e-13;

    @Test
    void everyDirectionOfUnscaledFeaturesFluctuates() {
        PointFluctuations here = Fluctuations.of(UnscaledFeatures.objective(), UnscaledFeatures.sgd())
                .at(UnscaledFeatures.theta());
        assertEquals(LyapunovStatus.STABLE, here.status());
        assertEquals(10, here.rank());
        assertEquals(0, here.cut().orElseThrow());
        assertEquals(TRACE, here.trace(), 1e-14 * TRACE);
        DMatrixRMaj s = new DMatrixRMaj(13, 13);
        here.covariance(s);
        assertEquals(TRACE, CommonOps_DDRM.trace(s), 1e-13 * TRACE);
        StationaryCovariance.of(UnscaledFeatures.objective(), UnscaledFeatures.sgd())
                .limit(UnscaledFeatures.theta(), s);
        assertEquals(TRACE, CommonOps_DDRM.trace(s), 1e-13 * TRACE);
    }

    /** A copy of a sample adds no direction, and is what the cut is about. */
    @Test
    void whatIsNoDirectionIsCut() {
        DMatrixRMaj inputs = UnscaledFeatures.inputs();
        for (int j = 0; j < 13; j++) {
            inputs.set(9, j, inputs.get(0, j) / 3 + inputs.get(1, j) / 3);
        }
        Objective objective = Objective.of(Models.linear(13), Losses.square(), Data.of(inputs, new DMatrixRMaj(10, 1)));
        PointFluctuations here =
                Fluctuations.of(objective, UnscaledFeatures.sgd()).at(new DMatrixRMaj(13, 1));
        assertEquals(9, here.rank());
        assertTrue(here.cut().orElseThrow() < 1e-15, "cut " + here.cut());
    }

    /** S = (λ/2)Π wherever ηλmax is next to nothing, whatever the sizes; here Π = I. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1e-160, 1",
        "0.1, 1e-160, 2",
        "1e-310, 1, 1",
        "4e-322, 1, 2",
        "1e-310, 1e-160, 1",
        "1e-320, 1e150, 1"
    })
    void tinyStepsFluctuateByHalfOfTheStrength(double rate, double size, int batch) {
        DMatrixRMaj inputs = new DMatrixRMaj(3, 2, true, 3, 1, 1, -2, 2, 2);
        CommonOps_DDRM.scale(size, inputs);
        Objective objective = Objective.of(Models.linear(2), Losses.square(), Data.of(inputs, new DMatrixRMaj(3, 1)));
        LabelNoiseSgd sgd = LabelNoiseSgd.of(rate).withBatchSize(batch).withMomentum(batch == 1 ? 0 : 0.5);
        double noise = 1e100;
        PointFluctuations here =
                Fluctuations.of(objective, sgd.withLabelNoise(noise)).at(new DMatrixRMaj(2, 1));
        assertEquals(LyapunovStatus.STABLE, here.status(), here.reason());
        assertEquals(2, here.rank());
        double lambda = sgd.withLabelNoise(noise).regularizationStrength(objective);
        assertEquals(lambda, here.trace(), 1e-9 * lambda);
    }
}
