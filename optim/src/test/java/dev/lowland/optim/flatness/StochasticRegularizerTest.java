package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.support.Problems;
import dev.lowland.optim.support.SquaredProjection;
import dev.lowland.optim.support.Trained;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class StochasticRegularizerTest {

    private static final RegularizerSettings STOCHASTIC =
            RegularizerSettings.standard().withMethod(RegularizerMethod.STOCHASTIC);
    private static final RegularizerSettings EXACT =
            RegularizerSettings.standard().withMethod(RegularizerMethod.EXACT);

    /** At the learning rate where e·h_max is this. */
    private static Regularizer at(Problems problem, double sharpness, double momentum) {
        double top = QuarterTrace.of(problem.objective()).at(problem.theta()).topEigenvalue();
        return Regularizer.of(problem.objective(), sharpness * (1 + momentum) / top, momentum);
    }

    /** Mean and scatter of numbers. */
    private static final class Sample {
        private int count;
        private double mean;
        private double squares;

        void add(double x) {
            count++;
            double off = x - mean;
            mean += off / count;
            squares += off * (x - mean);
        }

        double variance() {
            return squares / (count - 1);
        }

        /** The distance of the mean from a value, in its standard errors. */
        double distance(double value) {
            return Math.abs(mean - value) / Math.sqrt(variance() / count);
        }
    }

    /** Over 200 seeds the mean of value and gradient is the exact one. */
    @Test
    void valueAndGradientAreUnbiased() {
        unbiased(1.8, STOCHASTIC.withProbes(6).withDeflated(2));
    }

    /** Where the probes carry all of it. */
    @Test
    void probesAloneAreUnbiased() {
        unbiased(0.8, STOCHASTIC.withProbes(24).withDeflated(0));
    }

    private static void unbiased(double sharpness, RegularizerSettings settings) {
        Problems problem = Trained.mlp(40, 300, 0.02, 3, 4, 10, 1);
        int size = problem.theta().numRows;
        Regularizer regularizer = at(problem, sharpness, 0);
        double exact = regularizer.withSettings(EXACT).at(problem.theta()).value();
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        regularizer.withSettings(EXACT).gradient(problem.theta(), gradient);
        DMatrixRMaj directions = Problems.gaussian(size, 6, new Random(1));
        CommonOps_DDRM.insert(gradient, directions, 0, 0);
        Sample value = new Sample();
        Sample trace = new Sample();
        Sample[] along = new Sample[6];
        Arrays.setAll(along, j -> new Sample());
        DMatrixRMaj found = new DMatrixRMaj(size, 1);
        DMatrixRMaj error = new DMatrixRMaj(size, 1);
        double squaredErrors = 0;
        Sample first = new Sample();
        for (int seed = 0; seed < 200; seed++) {
            PotentialEvaluator evaluator =
                    regularizer.withSettings(settings.withSeed(seed)).evaluator();
            PotentialValue estimate = evaluator.evaluate(problem.theta(), found, error);
            value.add(estimate.value());
            trace.add(estimate.trace());
            first.add(found.data[0]);
            squaredErrors += error.data[0] * error.data[0] / 200;
            for (int j = 0; j < 6; j++) {
                along[j].add(CommonOps_DDRM.dot(found, CommonOps_DDRM.extractColumn(directions, j, null)));
            }
        }
        assertTrue(value.distance(exact) < 4, value.distance(exact) + " standard errors");
        double exactTrace = regularizer.withSettings(EXACT).at(problem.theta()).trace();
        assertTrue(trace.distance(exactTrace) < 4, trace.distance(exactTrace) + " standard errors");
        for (int j = 0; j < 6; j++) {
            double expected = CommonOps_DDRM.dot(gradient, CommonOps_DDRM.extractColumn(directions, j, null));
            assertTrue(along[j].distance(expected) < 4, along[j].distance(expected) + " standard errors");
        }
        // the standard errors of the gradient's entries are those that the estimates show
        assertEquals(1, squaredErrors / first.variance(), 0.4);
    }

    /** Student's interval at 95 % has the exact value in it for 95 % of the seeds. */
    @Test
    void intervalsCoverAsOftenAsTheySay() {
        Problems problem = Trained.mlp(20, 300, 0.02, 5, 3, 6, 1);
        Regularizer regularizer = at(problem, 1.7, 0);
        double exact = regularizer.withSettings(EXACT).at(problem.theta()).value();
        int probes = 12;
        double quantile = TDistribution.of(probes - 1).inverseCumulativeProbability(0.975);
        int inside = 0;
        int seeds = 1000;
        RegularizerSettings settings = STOCHASTIC.withProbes(probes).withDeflated(1);
        for (int seed = 0; seed < seeds; seed++) {
            PotentialValue estimate =
                    regularizer.withSettings(settings.withSeed(seed)).at(problem.theta());
            assertEquals(probes, estimate.probes());
            inside += Math.abs(estimate.value() - exact) <= quantile * estimate.standardError() ? 1 : 0;
        }
        double coverage = (double) inside / seeds;
        assertTrue(coverage > 0.92 && coverage < 0.98, "coverage " + coverage);
    }

    @Test
    void deflationCutsTheVarianceNearTheLimit() {
        Problems problem = Trained.mlp(60, 1000, 0.02, 8, 8, 16, 12, 1);
        int size = problem.theta().numRows;
        Regularizer regularizer = at(problem, 2 * 0.9999, 0);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj error = new DMatrixRMaj(size, 1);
        double[] value = new double[2];
        double[] slope = new double[2];
        for (int k = 0; k < 2; k++) {
            for (int seed = 0; seed < 10; seed++) {
                PotentialValue estimate = regularizer
                        .withSettings(STOCHASTIC.withSeed(seed).withDeflated(k == 0 ? 0 : 10))
                        .evaluator()
                        .evaluate(problem.theta(), gradient, error);
                value[k] += estimate.standardError() * estimate.standardError();
                slope[k] += CommonOps_DDRM.dot(error, error);
            }
        }
        assertTrue(value[0] >= 20 * value[1], "variance of R cut by " + value[0] / value[1]);
        assertTrue(slope[0] >= 20 * slope[1], "variance of the gradient cut by " + slope[0] / slope[1]);
    }

    /** Momentum, classification, and the limit η = 0 have their own formulas, in both methods. */
    @Test
    void agreesWithTheExactMethod() {
        Problems labelled =
                Problems.labelled(Models.mlp(3, 8, 1).withActivation(Activation.SOFTPLUS), Losses.logistic(0.2), 30, 4);
        Problems trained = Trained.mlp(40, 300, 0.02, 3, 4, 10, 1);
        for (Problems problem : new Problems[] {labelled, trained}) {
            for (double momentum : new double[] {0, 0.9}) {
                check(problem, at(problem, 1.2, momentum));
            }
            check(problem, Regularizer.of(problem.objective(), 0, 0));
        }
    }

    private static void check(Problems problem, Regularizer regularizer) {
        int size = problem.theta().numRows;
        DMatrixRMaj exactGradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
        DMatrixRMaj error = new DMatrixRMaj(size, 1);
        PotentialValue exact =
                regularizer.withSettings(EXACT).evaluator().evaluate(problem.theta(), exactGradient, error);
        assertEquals(0, CommonOps_DDRM.elementMaxAbs(error));
        PotentialValue estimate = regularizer
                .withSettings(STOCHASTIC.withProbes(40))
                .evaluator()
                .evaluate(problem.theta(), gradient, error);
        assertEquals(PotentialStatus.DEFINED, estimate.status());
        assertEquals(RegularizerMethod.STOCHASTIC, estimate.method());
        assertEquals(RegularizerMethod.EXACT, exact.method());
        assertEquals(0, exact.standardError());
        assertEquals(exact.value(), estimate.value(), 4.5 * estimate.standardError());
        assertEquals(exact.trace(), estimate.trace(), 4.5 * estimate.traceStandardError());
        assertEquals(exact.topEigenvalue(), estimate.topEigenvalue(), estimate.topEigenvalueError() + 1e-12);
        assertTrue(estimate.lanczosError() < 1e-5 * Math.abs(exact.value()), estimate.lanczosError() + "");
        double expected = 0;
        double off = 0;
        for (int i = 0; i < size; i++) {
            expected += error.data[i] * error.data[i];
            off += Math.pow(gradient.data[i] - exactGradient.data[i], 2);
        }
        assertTrue(off < 9 * expected, "gradient off by " + Math.sqrt(off) + ", expected " + Math.sqrt(expected));
    }

    private static double[] spectrum(int n, IntToDoubleFunction h) {
        double[] values = new double[n];
        Arrays.setAll(values, h);
        return values;
    }

    /** Spectra that break estimators: the value is right within its errors, or the status says that there is none. */
    @Test
    void hardSpectra() {
        double[][] spectra = {
            spectrum(80, i -> i < 50 ? 1 - 1e-9 * i : 0.1), // clustered at the top
            spectrum(80, i -> i < 40 ? 1 : -1), // two levels
            spectrum(80, i -> i < 60 ? -30.0 - i : 0.015 * i), // negative-dominant
            spectrum(80, i -> -1.0 - i), // negative
            spectrum(80, i -> i == 0 ? 1 : 0), // rank one
            new double[80], // zero
            spectrum(80, i -> 1), // a multiple of the identity
            spectrum(80, i -> 1e-150 * i)
        };
        for (int s = 0; s < spectra.length; s++) {
            Problems problem = SquaredProjection.withSpectrum(spectra[s], s);
            double top = Arrays.stream(spectra[s]).max().orElseThrow();
            double[] rates =
                    top > 1e-100 ? new double[] {0, 0.5 / top, 1.9 / top, 1.9999 / top} : new double[] {0, 0.7};
            for (double eta : rates) {
                for (int deflated : new int[] {0, 5}) {
                    String name = "spectrum " + s + ", rate " + eta + ", deflated " + deflated;
                    Regularizer regularizer = Regularizer.of(problem.objective(), eta, 0);
                    double expected = 0;
                    double scale = 0;
                    for (double h : spectra[s]) {
                        double term = eta == 0 ? h / 4 : -Math.log1p(-0.5 * eta * h) / (2 * eta);
                        expected += term;
                        scale += Math.abs(term);
                    }
                    PotentialValue exact = regularizer.withSettings(EXACT).at(problem.theta());
                    assertEquals(PotentialStatus.DEFINED, exact.status(), name);
                    assertEquals(expected, exact.value(), 1e-8 * scale, name);
                    PotentialValue estimate = regularizer
                            .withSettings(STOCHASTIC.withDeflated(deflated))
                            .at(problem.theta());
                    assertNotEquals(PotentialStatus.UNDEFINED, estimate.status(), name);
                    double allowed = 5 * estimate.standardError() + estimate.lanczosError() + 1e-7 * scale;
                    assertEquals(expected, estimate.value(), allowed, name);
                }
            }
        }
    }

    /** At the limit no value is given out as sure; beyond it a vector proves that there is none. */
    @Test
    void atTheLimitAndBeyond() {
        double[] h = spectrum(80, i -> i == 0 ? 1 : 0.5 * i / 80);
        Problems problem = SquaredProjection.withSpectrum(h, 1);
        DMatrixRMaj gradient = new DMatrixRMaj(80, 1);
        DMatrixRMaj error = new DMatrixRMaj(80, 1);
        for (int deflated : new int[] {0, 5}) {
            for (double eta : new double[] {2, 2 * (1 + 1e-6), 2.1, 50}) {
                PotentialValue estimate = Regularizer.of(problem.objective(), eta, 0)
                        .withSettings(STOCHASTIC.withDeflated(deflated))
                        .evaluator()
                        .evaluate(problem.theta(), gradient, error);
                if (eta == 2) {
                    assertNotEquals(PotentialStatus.DEFINED, estimate.status());
                    continue;
                }
                assertEquals(PotentialStatus.UNDEFINED, estimate.status(), "rate " + eta);
                assertTrue(estimate.margin() < 0);
                assertThrows(IllegalStateException.class, estimate::value);
                DMatrixRMaj proof = estimate.certificate().orElseThrow();
                DMatrixRMaj image = new DMatrixRMaj(80, 1);
                problem.objective().hessianVector(problem.theta(), proof, image);
                assertEquals(1, CommonOps_DDRM.dot(proof, proof), 1e-12);
                assertTrue(CommonOps_DDRM.dot(proof, image) >= 2 / eta);
                assertEquals(0, CommonOps_DDRM.elementMaxAbs(gradient));
            }
        }
        PotentialValue far = Regularizer.of(problem.objective(), 1, 0)
                .withSettings(STOCHASTIC)
                .at(problem.theta());
        assertEquals(PotentialStatus.DEFINED, far.status());
        assertFalse(far.certificate().isPresent());
    }

    /** With few steps on a dense spectrum near the limit, nothing can be known. */
    @Test
    void saysThatItCannotKnow() {
        double[] h = spectrum(400, i -> i / 400.0);
        Problems problem = SquaredProjection.withSpectrum(h, 1);
        PotentialValue estimate = Regularizer.of(problem.objective(), 2 / h[399] * (1 - 1e-5), 0)
                .withSettings(STOCHASTIC.withDeflated(0).withLanczos(12, 1e-6))
                .at(problem.theta());
        assertEquals(PotentialStatus.UNCERTAIN, estimate.status());
    }

    @Test
    void threadsAndSeeds() {
        Problems problem = Trained.mlp(40, 100, 0.02, 3, 4, 10, 1);
        int size = problem.theta().numRows;
        Regularizer regularizer = at(problem, 1.5, 0);
        DMatrixRMaj[] gradients = new DMatrixRMaj[3];
        double[] values = new double[3];
        for (int i = 0; i < 3; i++) {
            gradients[i] = new DMatrixRMaj(size, 1);
            RegularizerSettings settings =
                    STOCHASTIC.withThreads(i == 1 ? 3 : 1).withSeed(i == 2 ? 2 : 1);
            values[i] = regularizer
                    .withSettings(settings)
                    .evaluator()
                    .evaluate(problem.theta(), gradients[i], new DMatrixRMaj(size, 1))
                    .value();
        }
        assertEquals(values[0], values[1]);
        assertArrayEquals(gradients[0].data, gradients[1].data);
        assertNotEquals(values[0], values[2]);
    }

    /** A second call starts from the eigenvectors of the first. */
    @Test
    void aWarmStartSavesProducts() {
        Problems problem = Trained.mlp(60, 1000, 0.02, 8, 8, 16, 12, 1);
        PotentialEvaluator evaluator =
                at(problem, 1.5, 0).withSettings(STOCHASTIC).evaluator();
        PotentialValue cold = evaluator.at(problem.theta());
        PotentialValue warm = evaluator.at(problem.theta());
        assertTrue(warm.products() < cold.products(), warm.products() + " after " + cold.products());
        assertEquals(cold.value(), warm.value(), cold.standardError());
    }

    /** Probes are added until the error is small enough, the same ones for the same seed, and no more than that. */
    @Test
    void addsProbesUntilTheErrorIsSmallEnough() {
        Problems problem = Trained.mlp(40, 300, 0.02, 3, 4, 10, 1);
        Regularizer regularizer = at(problem, 1.8, 0);
        double exact = regularizer.withSettings(EXACT).at(problem.theta()).value();
        RegularizerSettings few = STOCHASTIC.withProbes(8).withDeflated(0);
        PotentialValue without = regularizer.withSettings(few).at(problem.theta());
        assertEquals(PrecisionStatus.NOT_ASKED, without.precision());
        assertEquals(8, without.probes());
        double target = 0.25 * without.standardError() / without.value();
        Sample off = new Sample();
        for (int seed = 0; seed < 40; seed++) {
            RegularizerSettings settings = few.withTarget(target, 5_000).withSeed(seed);
            PotentialValue found = regularizer.withSettings(settings).at(problem.theta());
            assertEquals(PrecisionStatus.REACHED, found.precision());
            assertTrue(found.standardError() <= target * found.value());
            assertTrue(found.probes() > 16 && found.probes() < 5_000, found.probes() + " probes");
            off.add((found.value() - exact) / found.standardError());
        }
        assertTrue(off.distance(0) < 4, "mean " + off.mean);
        assertEquals(1, off.variance(), 0.6);
        RegularizerSettings settings = few.withTarget(target, 5_000);
        DMatrixRMaj gradient = new DMatrixRMaj(problem.theta().numRows, 1);
        DMatrixRMaj error = gradient.copy();
        PotentialValue one = regularizer.withSettings(settings).at(problem.theta());
        PotentialValue two = regularizer
                .withSettings(settings.withThreads(2))
                .evaluator()
                .evaluate(problem.theta(), gradient, error);
        assertEquals(one.value(), two.value(), 1e-9 * one.value());
        assertEquals(one.probes(), two.probes());
        // the gradient is what so many probes give without a target
        DMatrixRMaj same = gradient.copy();
        regularizer.withSettings(few.withProbes(two.probes())).evaluator().evaluate(problem.theta(), same, error);
        assertArrayEquals(same.data, gradient.data);
    }

    @Test
    void saysWhenTheTargetWasNotReached() {
        Problems problem = Trained.mlp(40, 300, 0.02, 3, 4, 10, 1);
        RegularizerSettings settings = STOCHASTIC.withProbes(4).withTarget(1e-9, 20);
        PotentialValue found = at(problem, 1.8, 0).withSettings(settings).at(problem.theta());
        assertEquals(PrecisionStatus.NOT_REACHED, found.precision());
        assertEquals(PotentialStatus.DEFINED, found.status());
        assertEquals(20, found.probes());
        PotentialValue beyond = at(problem, 2.5, 0).withSettings(settings).at(problem.theta());
        assertEquals(PotentialStatus.UNDEFINED, beyond.status());
        assertEquals(PrecisionStatus.NOT_REACHED, beyond.precision());
        assertEquals(
                PrecisionStatus.REACHED,
                at(problem, 1.8, 0)
                        .withSettings(settings.withMethod(RegularizerMethod.EXACT))
                        .at(problem.theta())
                        .precision());
        assertThrows(IllegalArgumentException.class, () -> settings.withTarget(-1, 20));
        assertThrows(IllegalArgumentException.class, () -> settings.withTarget(0.1, 1));
    }

    @Test
    void theMethodIsVisible() {
        Regularizer small =
                Regularizer.of(Problems.unfitted(Models.linear(4), 3, 1).objective(), 0.1, 0);
        assertEquals(RegularizerMethod.EXACT, small.method());
        assertEquals(
                RegularizerMethod.STOCHASTIC, small.withSettings(STOCHASTIC).method());
        Problems large = Problems.unfitted(Models.linear(2001), 2, 1);
        Regularizer automatic = Regularizer.of(large.objective(), 1e-4, 0);
        assertEquals(RegularizerMethod.STOCHASTIC, automatic.method());
        assertEquals(RegularizerMethod.STOCHASTIC, automatic.at(large.theta()).method());
    }

    @Test
    void refusesBadInput() {
        Problems problem = Problems.unfitted(Models.linear(4), 3, 1);
        DMatrixRMaj nan = problem.theta().copy();
        nan.data[2] = Double.NaN;
        for (RegularizerSettings settings : new RegularizerSettings[] {EXACT, STOCHASTIC}) {
            Regularizer regularizer =
                    Regularizer.of(problem.objective(), 0.1, 0).withSettings(settings);
            String text = assertThrows(IllegalArgumentException.class, () -> regularizer.at(nan))
                    .getMessage();
            assertTrue(text.contains("theta"), text);
            assertThrows(IllegalArgumentException.class, () -> regularizer.at(new DMatrixRMaj(3, 1)));
            assertThrows(IllegalArgumentException.class, () -> regularizer.gradient(nan, new DMatrixRMaj(4, 1)));
        }
        assertThrows(IllegalArgumentException.class, () -> STOCHASTIC.withProbes(1));
        assertThrows(IllegalArgumentException.class, () -> STOCHASTIC.withThreads(0));
    }

    /** Where products overflow there is no value, and no exception. */
    @Test
    void overflowIsUndefined() {
        Problems problem = Problems.unfitted(Models.quadratic(2), 3, 1);
        DMatrixRMaj far = new DMatrixRMaj(4, 1);
        far.fill(1e160);
        for (RegularizerSettings settings : new RegularizerSettings[] {EXACT, STOCHASTIC}) {
            PotentialValue value = Regularizer.of(problem.objective(), 0.1, 0)
                    .withSettings(settings)
                    .at(far);
            assertEquals(PotentialStatus.UNDEFINED, value.status());
            assertEquals(Double.NEGATIVE_INFINITY, value.margin());
        }
    }
}
