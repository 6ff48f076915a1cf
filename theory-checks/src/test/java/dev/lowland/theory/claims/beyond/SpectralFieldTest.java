package dev.lowland.theory.claims.beyond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.QuarterTrace;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.theory.experiment.CentralDifferences;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Fields of functions of eigenvalues: of all of them those that are known, and of the largest the gradient by
 * differences.
 */
class SpectralFieldTest {

    private static final Setting SETTING = Families.QUADRATIC.zeroLoss(3, 0);

    private static DMatrixRMaj field(SpectralField field) {
        DMatrixRMaj out = new DMatrixRMaj(SETTING.parameters(), 1);
        assertEquals(PotentialStatus.DEFINED, field.evaluator().field(SETTING.theta(), out));
        return out;
    }

    private static double tangentialError(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj projector = SETTING.nullProjector();
        return Dense.norm(Dense.times(projector, Dense.minus(a, b))) / Dense.norm(Dense.times(projector, b));
    }

    @Test
    void aConstantWeightIsTheTrace() {
        DMatrixRMaj expected = new DMatrixRMaj(SETTING.parameters(), 1);
        QuarterTrace.of(SETTING.objective()).evaluator().gradient(SETTING.theta(), expected);
        DMatrixRMaj found = field(new SpectralField("", SETTING.objective(), SETTING.rank(), (j, h) -> 0.25));
        assertTrue(tangentialError(found, expected) < 1e-9);
    }

    @Test
    void theWeightOfTheRegularizerIsItsGradient() {
        double rate = SETTING.learningRate(1.5);
        DMatrixRMaj expected = new DMatrixRMaj(SETTING.parameters(), 1);
        Regularizer.of(SETTING.objective(), rate, 0).gradient(SETTING.theta(), expected);
        DMatrixRMaj found =
                field(new SpectralField("", SETTING.objective(), SETTING.rank(), (j, h) -> 0.5 / (2 - rate * h)));
        assertTrue(tangentialError(found, expected) < 1e-9);
    }

    @Test
    void theLargestAloneIsItsGradientTimesTheWeight() {
        DMatrixRMaj found = field(new SpectralField("", SETTING.objective(), 1, (j, h) -> 3 / h));
        DMatrixRMaj direction = Dense.unit(found);
        double slope = CentralDifferences.along(
                theta -> new double[] {new Setting("", SETTING.objective(), theta).top()},
                SETTING.theta(),
                direction,
                1e-2)[0];
        assertEquals(3 / SETTING.top() * slope, Dense.norm(found), 1e-7 * Dense.norm(found));
    }

    @Test
    void whereTheWeightIsUndefinedSoIsTheField() {
        SpectralField field = new SpectralField("", SETTING.objective(), 1, (j, h) -> -1);
        DMatrixRMaj out = new DMatrixRMaj(SETTING.parameters(), 1);
        assertEquals(PotentialStatus.UNDEFINED, field.evaluator().field(SETTING.theta(), out));
        assertEquals(0, Dense.norm(out));
    }
}
