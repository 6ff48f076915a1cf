package dev.lowland.optim.fluctuation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.Norms;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.linalg.lyapunov.LyapunovStatus;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.flow.FlowStatus;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.flow.SlowFlowResult;
import dev.lowland.optim.noise.NoiseLaw;
import dev.lowland.optim.noise.ParameterNoise;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.support.Close;
import dev.lowland.optim.support.Problems;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stationary and transient covariances against recursions carried out in full, and the drift that they make. */
class FluctuationsTest {

    private static final Problems PROBLEM = Problems.table(5);
    private static final int SIZE = 6;

    private static double top(Problems problem) {
        return Regularizer.of(problem.objective(), 0, 0).at(problem.theta()).topEigenvalue();
    }

    private static LabelNoiseSgd settings(double sharpness, double momentum) {
        return LabelNoiseSgd.of(sharpness * (1 + momentum) / top(PROBLEM))
                .withMomentum(momentum)
                .withLabelNoise(0.3);
    }

    private static PointFluctuations here(LabelNoiseSgd sgd) {
        return Fluctuations.of(PROBLEM.objective(), sgd).at(PROBLEM.theta());
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0", "1.7, 0", "1.2, 0.6"})
    void labelNoiseOnTheFullBatchIsThePapers(double sharpness, double momentum) {
        LabelNoiseSgd sgd = settings(sharpness, momentum);
        DMatrixRMaj expected = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj found = new DMatrixRMaj(SIZE, SIZE);
        StationaryCovariance paper = StationaryCovariance.of(PROBLEM.objective(), sgd);
        paper.limit(PROBLEM.theta(), expected);
        PointFluctuations here = here(sgd);
        assertEquals(LyapunovStatus.STABLE, here.status());
        assertEquals(3, here.rank());
        assertEquals(2 - sharpness, here.margin().orElseThrow(), 1e-12);
        assertEquals(0, here.flatNoise().orElseThrow());
        here.covariance(found);
        Close.check("limit", expected, found, 1e-11);
        paper.afterSteps(PROBLEM.theta(), 17, expected);
        here.afterSteps(17, found);
        Close.check("after 17 steps", expected, found, 1e-11);
    }

    @Test
    void traceDiagonalAndLargestEigenvalueAreThoseOfTheMatrix() {
        PointFluctuations here = here(settings(0.5, 0.6).withBatchSize(2));
        DMatrixRMaj s = new DMatrixRMaj(SIZE, SIZE);
        here.covariance(s);
        DMatrixRMaj variances = new DMatrixRMaj(SIZE, 1);
        here.variances(variances);
        DMatrixRMaj diagonal = new DMatrixRMaj(SIZE, 1);
        CommonOps_DDRM.extractDiag(s, diagonal);
        Close.check("diagonal", diagonal, variances, 1e-13);
        assertEquals(CommonOps_DDRM.trace(s), here.trace(), 1e-13 * here.trace());
        assertEquals(SymmetricEigen.of(s).values()[SIZE - 1], here.largestVariance(), 1e-13 * here.trace());
        assertThrows(IllegalArgumentException.class, () -> here.variances(new DMatrixRMaj(SIZE, 2)));
    }

    @Test
    void takesAwayWhatIsAcrossTheValley() {
        PointFluctuations here = here(settings(0.5, 0));
        DMatrixRMaj v = new DMatrixRMaj(SIZE, 1);
        for (int i = 0; i < SIZE; i++) {
            v.data[i] = Math.cos(3 * i);
        }
        DMatrixRMaj expected = new DMatrixRMaj(SIZE, 1);
        CommonOps_DDRM.mult(tangent(), v, expected);
        here.removeNormal(v);
        Close.check("tangent part", expected, v, 1e-12);
        assertThrows(IllegalArgumentException.class, () -> here.removeNormal(new DMatrixRMaj(SIZE, 2)));
    }

    @Test
    void itsDriftIsThatOfTheRegularizerAlongTheValley() {
        LabelNoiseSgd sgd = settings(1.5, 0.4);
        DMatrixRMaj drift = new DMatrixRMaj(SIZE, 1);
        DMatrixRMaj gradient = new DMatrixRMaj(SIZE, 1);
        here(sgd).drift(drift);
        Regularizer.of(PROBLEM.objective(), sgd).gradient(PROBLEM.theta(), gradient);
        CommonOps_DDRM.scale(sgd.regularizationStrength(PROBLEM.objective()), gradient);
        DMatrixRMaj tangent = tangent();
        DMatrixRMaj expected = new DMatrixRMaj(SIZE, 1);
        DMatrixRMaj found = new DMatrixRMaj(SIZE, 1);
        CommonOps_DDRM.mult(tangent, gradient, expected);
        CommonOps_DDRM.mult(tangent, drift, found);
        Close.check("tangent part", expected, found, 1e-10);
        assertTrue(Norms.two(expected) > 0.1 * Norms.two(gradient), "there is a tangent part");
    }

    /** I − JᵀJ⁺ᵀ, the projector on the valley's directions. */
    private static DMatrixRMaj tangent() {
        DMatrixRMaj jacobian = new DMatrixRMaj(3, SIZE);
        PROBLEM.objective().jacobian(PROBLEM.theta(), jacobian);
        DMatrixRMaj inverse = new DMatrixRMaj(SIZE, 3);
        CommonOps_DDRM.pinv(jacobian, inverse);
        DMatrixRMaj projector = CommonOps_DDRM.identity(SIZE);
        CommonOps_DDRM.multAdd(-1, inverse, jacobian, projector);
        return projector;
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0, 1", "0.5, 0, 1", "0.5, 0, 4", "1.0, 0, 16", "0.5, 0.6, 2"})
    void drawnBatchesMatchTheRecursionOfSecondMoments(double sharpness, double momentum, int batch) {
        LabelNoiseSgd sgd = settings(sharpness, momentum).withBatchSize(batch);
        PointFluctuations here = here(sgd);
        assertEquals(LyapunovStatus.STABLE, here.status(), here.reason());
        DMatrixRMaj found = new DMatrixRMaj(SIZE, SIZE);
        here.afterSteps(9, found);
        Close.check("after 9 steps", byRecursion(sgd, labelNoise(sgd), 9), found, 1e-11);
        DMatrixRMaj limit = byRecursion(sgd, labelNoise(sgd), 60_000);
        here.covariance(found);
        Close.check("limit", limit, found, 1e-9);
        assertTrue(here.errorBound() < 1e-9);
        DMatrixRMaj settled = new DMatrixRMaj(SIZE, SIZE);
        here.afterSteps(Long.MAX_VALUE, settled);
        Close.check("after very many steps", found, settled, 1e-9);
        DMatrixRMaj paper = new DMatrixRMaj(SIZE, SIZE);
        Fluctuations.inPaper(PROBLEM.objective(), sgd).at(PROBLEM.theta()).covariance(paper);
        assertTrue(Close.distance(paper, found) > 0.01 * Norms.two(found), "sampling matters");
    }

    @Test
    void lossFloorIsHalfTheTraceOfCurvatureTimesCovariance() {
        PointFluctuations here = here(settings(0.5, 0).withBatchSize(2));
        DMatrixRMaj s = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj g = new DMatrixRMaj(SIZE, SIZE);
        here.covariance(s);
        PROBLEM.objective().gaussNewton(PROBLEM.theta(), g);
        DMatrixRMaj product = new DMatrixRMaj(SIZE, SIZE);
        CommonOps_DDRM.mult(g, s, product);
        Close.check("loss floor", 0.5 * CommonOps_DDRM.trace(product), here.lossFloor(), 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"1.3, 0, 0", "1.3, 0.6, 0", "0.3, 0, 2"})
    void anyCovarianceOnTheRangeMatchesItsRecursion(double sharpness, double momentum, int batch) {
        DMatrixRMaj jacobian = new DMatrixRMaj(3, SIZE);
        PROBLEM.objective().jacobian(PROBLEM.theta(), jacobian);
        DMatrixRMaj factor = new DMatrixRMaj(SIZE, 2);
        CommonOps_DDRM.multTransA(jacobian, Problems.gaussian(3, 2, new Random(1)), factor);
        LabelNoiseSgd base = settings(sharpness, momentum).withLabelNoise(0);
        if (batch > 0) {
            base = base.withBatchSize(batch);
        }
        double lambda = 0.03;
        LabelNoiseSgd sgd = base.withParameterNoise(ParameterNoise.ofFactor(lambda, factor));
        DMatrixRMaj noise = new DMatrixRMaj(SIZE, SIZE);
        CommonOps_DDRM.multTransB(sgd.learningRate() * lambda, factor, factor, noise);
        PointFluctuations here = here(sgd);
        DMatrixRMaj found = new DMatrixRMaj(SIZE, SIZE);
        here.covariance(found);
        Close.check("limit", byRecursion(sgd, noise, 20_000), found, 1e-9);
        here.afterSteps(5, found);
        Close.check("after 5 steps", byRecursion(sgd, noise, 5), found, 1e-11);
        assertEquals(0, here.flatNoise().orElseThrow(), 1e-14);
        DMatrixRMaj same = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj sigma = new DMatrixRMaj(SIZE, SIZE);
        CommonOps_DDRM.multTransB(factor, factor, sigma);
        Fluctuations.of(PROBLEM.objective(), settings(sharpness, momentum))
                .withNoise(ParameterNoise.ofCovariance(lambda, sigma))
                .at(PROBLEM.theta())
                .afterSteps(5, same);
        if (batch == 0) {
            Close.check("given as a covariance", found, same, 1e-11);
        }
    }

    @Test
    void noiseAlongTheValleyIsLeftOutAndTold() {
        ParameterNoise isotropic = ParameterNoise.ofCovariance(0.5, CommonOps_DDRM.identity(SIZE));
        LabelNoiseSgd sgd = settings(1, 0).withParameterNoise(isotropic);
        PointFluctuations here = here(sgd);
        assertEquals(0.5 * sgd.learningRate() * 3, here.flatNoise().orElseThrow(), 1e-13);
        DMatrixRMaj s = new DMatrixRMaj(SIZE, SIZE);
        here.covariance(s);
        DMatrixRMaj along = new DMatrixRMaj(SIZE, SIZE);
        CommonOps_DDRM.mult(tangent(), s, along);
        assertEquals(0, Norms.two(along), 1e-12 * Norms.two(s));
    }

    /**
     * Second moments with Kronecker-free matrices: M S Mᵀ + Q, with the average over the sample drawn where batches are
     * drawn.
     */
    private static DMatrixRMaj byRecursion(LabelNoiseSgd sgd, DMatrixRMaj noise, int steps) {
        DMatrixRMaj jacobian = new DMatrixRMaj(3, SIZE);
        PROBLEM.objective().jacobian(PROBLEM.theta(), jacobian);
        double eta = sgd.learningRate();
        double beta = sgd.momentum();
        DMatrixRMaj g = new DMatrixRMaj(SIZE, SIZE);
        CommonOps_DDRM.multTransA(1.0 / 3, jacobian, jacobian, g);
        DMatrixRMaj m = new DMatrixRMaj(2 * SIZE, 2 * SIZE);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                m.set(i, j, (i == j ? 1 + beta : 0) - eta * g.get(i, j));
            }
            m.set(i, SIZE + i, -beta);
            m.set(SIZE + i, i, 1);
        }
        DMatrixRMaj covariance = new DMatrixRMaj(2 * SIZE, 2 * SIZE);
        DMatrixRMaj left = new DMatrixRMaj(2 * SIZE, 2 * SIZE);
        DMatrixRMaj next = new DMatrixRMaj(2 * SIZE, 2 * SIZE);
        for (int k = 0; k < steps; k++) {
            CommonOps_DDRM.mult(m, covariance, left);
            CommonOps_DDRM.multTransB(left, m, next);
            DMatrixRMaj drawn = sgd.isFullBatch() ? null : drawn(sgd, jacobian, g, covariance);
            for (int i = 0; i < SIZE; i++) {
                for (int j = 0; j < SIZE; j++) {
                    next.add(i, j, noise.get(i, j) + (drawn == null ? 0 : drawn.get(i, j)));
                }
            }
            covariance.setTo(next);
        }
        return CommonOps_DDRM.extract(covariance, 0, SIZE, 0, SIZE);
    }

    /** (η²/B)[(1/n) Σ g_i g_iᵀ S g_i g_iᵀ − G S G]. */
    private static DMatrixRMaj drawn(LabelNoiseSgd sgd, DMatrixRMaj jacobian, DMatrixRMaj g, DMatrixRMaj joint) {
        DMatrixRMaj s = CommonOps_DDRM.extract(joint, 0, SIZE, 0, SIZE);
        DMatrixRMaj sum = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj gs = new DMatrixRMaj(SIZE, SIZE);
        CommonOps_DDRM.mult(g, s, gs);
        CommonOps_DDRM.mult(-1, gs, g, sum);
        for (int i = 0; i < 3; i++) {
            double moment = 0;
            for (int a = 0; a < SIZE; a++) {
                for (int b = 0; b < SIZE; b++) {
                    moment += jacobian.get(i, a) * s.get(a, b) * jacobian.get(i, b);
                }
            }
            for (int a = 0; a < SIZE; a++) {
                for (int b = 0; b < SIZE; b++) {
                    sum.add(a, b, moment / 3 * jacobian.get(i, a) * jacobian.get(i, b));
                }
            }
        }
        double eta = sgd.learningRate();
        CommonOps_DDRM.scale(eta * eta / sgd.batchSize(PROBLEM.objective()), sum);
        return sum;
    }

    /** η²σ²/B G. */
    private static DMatrixRMaj labelNoise(LabelNoiseSgd sgd) {
        DMatrixRMaj g = new DMatrixRMaj(SIZE, SIZE);
        PROBLEM.objective().gaussNewton(PROBLEM.theta(), g);
        double step = sgd.learningRate() * sgd.labelNoise();
        CommonOps_DDRM.scale(step * step / sgd.batchSize(PROBLEM.objective()), g);
        return g;
    }

    @Test
    void severalOutputsAndFlippedClassesHaveThePapersCovariance() {
        Problems wide = Problems.interpolated(Models.deepLinear(2, 2, 3), 2, 4);
        checkPaper(wide.objective(), wide.theta(), 0.1);
        DMatrixRMaj inputs = new DMatrixRMaj(2, 2, true, 1, 0, 0, 1);
        Objective classes = Objective.of(
                Models.deepLinear(2, 3), Losses.crossEntropy(3, 0.3), Data.ofClasses(inputs, new int[] {0, 2}, 3));
        double gap = classes.loss().minimiser();
        DMatrixRMaj theta = new DMatrixRMaj(6, 1, true, gap, 0, 0, 0, 0, gap);
        DMatrixRMaj predictions = new DMatrixRMaj(2, 3);
        classes.predictions(theta, predictions);
        Close.check("logits", new DMatrixRMaj(2, 3, true, gap, 0, 0, 0, 0, gap), predictions, 1e-15);
        assertEquals(0, classes.loss(theta), 1e-15);
        checkPaper(classes, theta, 2);
    }

    private static void checkPaper(Objective objective, DMatrixRMaj theta, double rate) {
        LabelNoiseSgd sgd = LabelNoiseSgd.of(rate).withLabelNoise(0.2);
        int size = theta.numRows;
        DMatrixRMaj expected = new DMatrixRMaj(size, size);
        DMatrixRMaj found = new DMatrixRMaj(size, size);
        StationaryCovariance.of(objective, sgd).limit(theta, expected);
        Fluctuations.of(objective, sgd).at(theta).covariance(found);
        Close.check(objective.loss().name(), expected, found, 1e-9);
    }

    /** Samples with several outputs: A_i = J_iᵀJ_i in place of g_i g_iᵀ. */
    @ParameterizedTest
    @CsvSource({"1", "3"})
    void drawnSamplesWithSeveralOutputs(int batch) {
        Problems wide = Problems.interpolated(Models.deepLinear(2, 2, 3), 2, 4);
        int size = wide.theta().numRows;
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(0.3 / top(wide)).withBatchSize(batch).withLabelNoise(0.2);
        double eta = sgd.learningRate();
        DMatrixRMaj jacobian = new DMatrixRMaj(6, size);
        wide.objective().jacobian(wide.theta(), jacobian);
        DMatrixRMaj[] a = new DMatrixRMaj[2];
        DMatrixRMaj k = new DMatrixRMaj(size, size);
        for (int i = 0; i < 2; i++) {
            DMatrixRMaj rows = CommonOps_DDRM.extract(jacobian, 3 * i, 3 * i + 3, 0, size);
            a[i] = new DMatrixRMaj(size, size);
            CommonOps_DDRM.multTransA(rows, rows, a[i]);
            CommonOps_DDRM.addEquals(k, 0.5, a[i]);
        }
        DMatrixRMaj s = new DMatrixRMaj(size, size);
        DMatrixRMaj found = new DMatrixRMaj(size, size);
        PointFluctuations here = Fluctuations.of(wide.objective(), sgd).at(wide.theta());
        for (int step = 0; step < 40_000; step++) {
            DMatrixRMaj next = s.copy();
            CommonOps_DDRM.addEquals(next, -eta, times(k, s));
            CommonOps_DDRM.addEquals(next, -eta, times(s, k));
            CommonOps_DDRM.addEquals(next, eta * eta * (1 - 1.0 / batch), times(times(k, s), k));
            CommonOps_DDRM.addEquals(next, eta * eta * 0.04 / batch, k);
            for (DMatrixRMaj one : a) {
                CommonOps_DDRM.addEquals(next, 0.5 * eta * eta / batch, times(times(one, s), one));
            }
            s = next;
            if (step == 6) {
                here.afterSteps(7, found);
                Close.check("after 7 steps", s, found, 1e-11);
            }
        }
        here.covariance(found);
        Close.check("limit", s, found, 1e-8);
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj product = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, product);
        return product;
    }

    @Test
    void flipsVaryTheCurvatureOfTheExponentialLossAlone() {
        double p = 0.2;
        double expected = (1 - 2 * p) * (1 - 2 * p) / (4 * p * (1 - p));
        assertEquals(expected, FlipVariation.of(Losses.exponential(p)), 1e-13);
        assertEquals(0, FlipVariation.of(Losses.logistic(p)), 1e-15);
        assertEquals(0, FlipVariation.of(Losses.squareMargin(p)), 1e-15);
    }

    @Test
    void pastTheLimitThereIsAStatusAndNoNumber() {
        DMatrixRMaj out = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj field = new DMatrixRMaj(SIZE, 1);
        for (LabelNoiseSgd sgd : new LabelNoiseSgd[] {
            settings(2.0001, 0), settings(2.0001, 0.9), settings(1.9, 0).withBatchSize(1)
        }) {
            Fluctuations fluctuations = Fluctuations.of(PROBLEM.objective(), sgd);
            PointFluctuations here = fluctuations.at(PROBLEM.theta());
            assertEquals(LyapunovStatus.UNSTABLE, here.status());
            assertTrue(!here.reason().isEmpty());
            String message = assertThrows(IllegalStateException.class, () -> here.covariance(out))
                    .getMessage();
            assertTrue(message.contains("UNSTABLE"), message);
            assertThrows(IllegalStateException.class, () -> here.drift(field));
            assertThrows(IllegalStateException.class, here::lossFloor);
            assertEquals(
                    PotentialStatus.UNDEFINED, fluctuations.drift().evaluator().field(PROBLEM.theta(), field));
            assertEquals(0, Norms.two(field));
            SlowFlowResult flow = fluctuations.slowFlow().run(PROBLEM.theta(), 3);
            assertEquals(FlowStatus.UNDEFINED, flow.status());
            assertEquals(0, flow.steps());
            here.afterSteps(3, out);
            assertThrows(IllegalArgumentException.class, () -> here.afterSteps(100_000_000, out));
        }
        assertEquals(LyapunovStatus.UNSTABLE, exactlyAtTheLimit().status());
    }

    private static PointFluctuations exactlyAtTheLimit() {
        DMatrixRMaj one = new DMatrixRMaj(1, 1, true, 1);
        Objective objective = Objective.of(Models.linear(1), Losses.square(), Data.of(one, one));
        LabelNoiseSgd sgd = LabelNoiseSgd.of(2).withLabelNoise(1);
        return Fluctuations.of(objective, sgd).at(one);
    }

    @Test
    void refusesBadInput() {
        Fluctuations fluctuations = Fluctuations.of(PROBLEM.objective(), settings(1, 0));
        DMatrixRMaj nan = PROBLEM.theta().copy();
        nan.data[2] = Double.NaN;
        assertThrows(IllegalArgumentException.class, () -> fluctuations.at(nan));
        assertThrows(IllegalArgumentException.class, () -> fluctuations.at(new DMatrixRMaj(5, 1)));
        PointFluctuations here = fluctuations.at(PROBLEM.theta());
        assertThrows(IllegalArgumentException.class, () -> here.covariance(new DMatrixRMaj(5, 6)));
        assertThrows(IllegalArgumentException.class, () -> here.afterSteps(-1, new DMatrixRMaj(6, 6)));
        DMatrixRMaj huge = PROBLEM.theta().copy();
        huge.data[0] = 1e200;
        assertEquals(LyapunovStatus.UNRESOLVED, fluctuations.at(huge).status());
    }

    @Test
    void aFlatPointHasNoFluctuationsAndNoDrift() {
        PointFluctuations here =
                Fluctuations.of(PROBLEM.objective(), settings(1, 0)).at(new DMatrixRMaj(SIZE, 1));
        DMatrixRMaj out = new DMatrixRMaj(SIZE, SIZE);
        DMatrixRMaj drift = new DMatrixRMaj(SIZE, 1);
        here.covariance(out);
        here.drift(drift);
        assertEquals(0, here.rank());
        assertEquals(0, Norms.two(out));
        assertEquals(0, Norms.two(drift));
    }

    @Test
    void theFlowAlongItIsThatOfTheRegularizerAlongTheValley() {
        LabelNoiseSgd sgd = settings(1.2, 0).withLabelNoise(0.02);
        DMatrixRMaj paper =
                SlowFlow.of(PROBLEM.objective(), sgd).run(PROBLEM.theta(), 3000).parameters();
        DMatrixRMaj found = Fluctuations.of(PROBLEM.objective(), sgd)
                .slowFlow()
                .run(PROBLEM.theta(), 3000)
                .parameters();
        double moved = Close.distance(paper, PROBLEM.theta());
        assertTrue(moved > 0.02, () -> "moved " + moved);
        assertTrue(Close.distance(paper, found) < 5e-3 * moved, () -> Close.distance(paper, found) + " of " + moved);
    }

    /** An ensemble under noise of a covariance that moves with θ, on a linear model, where the prediction is exact. */
    @Test
    void explicitNoiseFluctuatesAsPredicted() {
        Problems linear = Problems.interpolated(Models.linear(3), 3, 3);
        double eta = 1.3 / top(linear);
        DMatrixRMaj factor = Problems.gaussian(3, 2, new Random(8));
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(eta).withMomentum(0.3).withParameterNoise(ParameterNoise.ofFactor(0.01, factor));
        int replicas = 20_000;
        DMatrixRMaj measured = Ensemble.of(linear.objective(), sgd)
                .withReplicas(replicas)
                .run(linear.theta(), 40)
                .last()
                .covariance()
                .orElseThrow();
        DMatrixRMaj predicted = new DMatrixRMaj(3, 3);
        Fluctuations.of(linear.objective(), sgd).at(linear.theta()).afterSteps(40, predicted);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double variance = predicted.get(i, i) * predicted.get(j, j) + predicted.get(i, j) * predicted.get(i, j);
                assertEquals(predicted.get(i, j), measured.get(i, j), 4.5 * Math.sqrt(variance / replicas));
            }
        }
        assertEquals(NoiseLaw.EXPLICIT, sgd.noiseLaw(linear.objective()));
        assertThrows(IllegalArgumentException.class, () -> SlowFlow.of(linear.objective(), sgd));
        SlowFlow along = Fluctuations.of(linear.objective(), sgd).slowFlow();
        assertEquals(0.01, along.strength());
        assertTrue(along.potential().isEmpty());
    }

    @Test
    void mlpsOfMoreSamplesThanParametersAreCovered() {
        Problems mlp = Problems.interpolated(Models.mlp(2, 2, 1).withActivation(Activation.TANH), 12, 6);
        checkPaper(mlp.objective(), mlp.theta(), 0.1);
    }
}
