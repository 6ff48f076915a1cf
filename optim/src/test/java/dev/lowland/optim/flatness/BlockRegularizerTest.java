package dev.lowland.optim.flatness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.nn.ParameterBlock;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** R of layers: from their own blocks of the Hessian, exactly and by probes. */
class BlockRegularizerTest {
    private static final double RATE = 0.05;

    private final Model model = Models.mlp(12, 10, 9, 3);
    private final DMatrixRMaj theta = Initialiser.XAVIER.theta(model, 1);
    private final Objective objective = objective();
    private final Regularizer regularizer = Regularizer.of(objective, RATE, 0);
    private final List<Double> told = new ArrayList<>();

    private Objective objective() {
        DMatrixRMaj inputs = new DMatrixRMaj(20, 12);
        RandomStream.of(1, 0, Purpose.TEST).fillGaussian(0, 240, inputs.data, 0, 1);
        int[] classes = new int[20];
        for (int i = 0; i < 20; i++) {
            classes[i] = i % 3;
        }
        return Objective.of(model, Losses.crossEntropy(3, 0.2), Data.ofClasses(inputs, classes, 3));
    }

    private List<PotentialValue> values(RegularizerSettings settings) {
        return BlockRegularizer.of(regularizer.withSettings(settings)).at(theta, model.blocks(), told::add);
    }

    private static RegularizerSettings settings(RegularizerMethod method) {
        return RegularizerSettings.standard().withMethod(method);
    }

    @Test
    void theyAreThoseOfTheBlocksOfTheHessian() {
        DMatrixRMaj hessian = new DMatrixRMaj(theta.numRows, theta.numRows);
        Curvature.of(objective).dense().at(theta, hessian);
        List<PotentialValue> values = values(settings(RegularizerMethod.EXACT));
        for (int b = 0; b < 3; b++) {
            ParameterBlock block = model.blocks().get(b);
            DMatrixRMaj part = new DMatrixRMaj(block.length(), block.length());
            double trace = 0;
            for (int i = 0; i < block.length(); i++) {
                trace += hessian.get(block.start() + i, block.start() + i);
                for (int j = 0; j < block.length(); j++) {
                    part.set(i, j, hessian.get(block.start() + i, block.start() + j));
                }
            }
            double sum = 0;
            double[] eigenvalues = SymmetricEigen.values(part);
            for (double h : eigenvalues) {
                sum -= Math.log1p(-RATE * h / 2) / (2 * RATE);
            }
            assertEquals(sum, values.get(b).value(), 1e-9 * Math.abs(sum), block.name());
            assertEquals(trace, values.get(b).trace(), 1e-12 * Math.abs(trace), block.name());
            assertEquals(eigenvalues[block.length() - 1], values.get(b).topEigenvalue(), 1e-10);
        }
        assertEquals(List.of(1 / 3.0, 2 / 3.0, 1.0), told);
    }

    @Test
    void tracesAddUpAndTheRestOfRLiesBetweenTheLayers() {
        PotentialValue whole = regularizer
                .withSettings(settings(RegularizerMethod.EXACT))
                .evaluator()
                .at(theta);
        List<PotentialValue> values = values(settings(RegularizerMethod.EXACT));
        double trace = values.stream().mapToDouble(PotentialValue::trace).sum();
        double sum = values.stream().mapToDouble(PotentialValue::value).sum();
        assertEquals(whole.trace(), trace, 1e-12 * Math.abs(trace));
        assertTrue(sum < whole.value(), sum + " of " + whole.value());
        assertTrue(sum > 0.5 * whole.value(), sum + " of " + whole.value());
        for (PotentialValue value : values) {
            assertTrue(value.topEigenvalue() <= whole.topEigenvalue());
        }
    }

    /** Two layers by probes, within five standard errors; the last is small, and exact all the same. */
    @Test
    void probesAgree() {
        List<PotentialValue> exact = values(settings(RegularizerMethod.EXACT));
        List<PotentialValue> estimates = values(settings(RegularizerMethod.STOCHASTIC)
                .withProbes(400)
                .withDeflated(2)
                .withThreads(2));
        for (int b = 0; b < 3; b++) {
            PotentialValue value = estimates.get(b);
            boolean probed = b < 2;
            assertEquals(probed, value.standardError() > 0);
            assertEquals(probed ? RegularizerMethod.STOCHASTIC : RegularizerMethod.EXACT, value.method());
            double close = 1e-9 * exact.get(b).value();
            assertEquals(exact.get(b).value(), value.value(), 5 * value.standardError() + close);
            assertEquals(exact.get(b).trace(), value.trace(), 5 * value.traceStandardError() + close);
            assertEquals(exact.get(b).topEigenvalue(), value.topEigenvalue(), 1e-3 * value.topEigenvalue());
            assertTrue(value.standardError() < 0.05 * value.value());
        }
    }

    @Test
    void whatIsKnownToBeDefinedIsNotAskedAgain() {
        RegularizerSettings settings = settings(RegularizerMethod.STOCHASTIC).withDeflated(2);
        BlockRegularizer asking = BlockRegularizer.of(regularizer.withSettings(settings));
        List<PotentialValue> asked = asking.at(theta, model.blocks(), told::add);
        List<PotentialValue> known = asking.whereDefined().at(theta, model.blocks(), told::add);
        for (int b = 0; b < 2; b++) {
            assertEquals(asked.get(b).value(), known.get(b).value());
            assertTrue(known.get(b).products() < asked.get(b).products());
            assertEquals(
                    asked.get(b).topEigenvalue(),
                    known.get(b).topEigenvalue(),
                    1e-3 * known.get(b).topEigenvalue());
        }
    }

    @Test
    void aLayerBeyondTheLimitIsUndefinedAndTheOthersAreNot() {
        double top = values(settings(RegularizerMethod.EXACT)).stream()
                .mapToDouble(PotentialValue::topEigenvalue)
                .max()
                .orElseThrow();
        List<PotentialValue> values =
                BlockRegularizer.of(Regularizer.of(objective, 2.0001 / top, 0)).at(theta, model.blocks(), done -> {});
        assertEquals(
                1,
                values.stream()
                        .filter(v -> v.status() == PotentialStatus.UNDEFINED)
                        .count());
    }

    @Test
    void refusesWhatIsNotWithinTheta() {
        BlockRegularizer blocks = BlockRegularizer.of(regularizer.withSettings(settings(RegularizerMethod.STOCHASTIC)));
        List<ParameterBlock> beyond = List.of(new ParameterBlock("beyond", theta.numRows - 1, 2));
        assertThrows(IllegalArgumentException.class, () -> blocks.at(theta, beyond, done -> {}));
        assertThrows(
                IllegalArgumentException.class, () -> blocks.at(new DMatrixRMaj(3, 1), model.blocks(), done -> {}));
    }
}
