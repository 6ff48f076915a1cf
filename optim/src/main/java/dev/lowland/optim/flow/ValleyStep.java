package dev.lowland.optim.flow;

import dev.lowland.core.linalg.Norms;
import org.ejml.data.DMatrixRMaj;

/**
 * One long step of y′ = f(y) along the valley by the method of order 8 of Dormand and Prince, with estimates of orders
 * 5 and 3 beside it, each stage moved to the valley floor before f is taken there. For one thread. Source: E. Hairer,
 * S. P. Nørsett, G. Wanner, <i>Solving Ordinary Differential Equations I</i>, second edition (1993), section II.5,
 * DOP853.
 */
final class ValleyStep {

    /** The error of a step of h grows like h to this power. */
    static final int ERROR_ORDER = 8;

    private static final double[][] STAGES = {
        {0.05260015195876773},
        {0.0197250569845379, 0.0591751709536137},
        {0.02958758547680685, 0, 0.08876275643042054},
        {0.2413651341592667, 0, -0.8845494793282861, 0.924834003261792},
        {0.037037037037037035, 0, 0, 0.17082860872947386, 0.12546768756682242},
        {0.037109375, 0, 0, 0.17025221101954405, 0.06021653898045596, -0.017578125},
        {
            0.03709200011850479,
            0,
            0,
            0.17038392571223998,
            0.10726203044637328,
            -0.015319437748624402,
            0.008273789163814023
        },
        {
            0.6241109587160757,
            0,
            0,
            -3.3608926294469414,
            -0.868219346841726,
            27.59209969944671,
            20.154067550477894,
            -43.48988418106996
        },
        {
            0.47766253643826434,
            0,
            0,
            -2.4881146199716677,
            -0.590290826836843,
            21.230051448181193,
            15.279233632882423,
            -33.28821096898486,
            -0.020331201708508627
        },
        {
            -0.9371424300859873,
            0,
            0,
            5.186372428844064,
            1.0914373489967295,
            -8.149787010746927,
            -18.52006565999696,
            22.739487099350505,
            2.4936055526796523,
            -3.0467644718982196
        },
        {
            2.273310147516538,
            0,
            0,
            -10.53449546673725,
            -2.0008720582248625,
            -17.9589318631188,
            27.94888452941996,
            -2.8589982771350235,
            -8.87285693353063,
            12.360567175794303,
            0.6433927460157636
        },
        {
            0.054293734116568765,
            0,
            0,
            0,
            0,
            4.450312892752409,
            1.8915178993145003,
            -5.801203960010585,
            0.3111643669578199,
            -0.1521609496625161,
            0.20136540080403034,
            0.04471061572777259
        }
    };

    /** Weights of order 8 less those of order 5. */
    private static final double[] FIFTH = {
        0.01312004499419488,
        0,
        0,
        0,
        0,
        -1.2251564463762044,
        -0.4957589496572502,
        1.6643771824549864,
        -0.35032884874997366,
        0.3341791187130175,
        0.08192320648511571,
        -0.022355307863886294
    };

    /** Weights of order 8 less those of order 3. */
    private static final double[] THIRD = {
        -0.18980075407240762,
        0,
        0,
        0,
        0,
        4.450312892752409,
        1.8915178993145003,
        -5.801203960010585,
        -0.4226823213237919,
        -0.1521609496625161,
        0.20136540080403034,
        0.02265179219836082
    };

    private final ValleyField field;
    private final int size;
    /** f at the start and at the stages, the last at the end. */
    private final DMatrixRMaj[] velocities = new DMatrixRMaj[STAGES.length + 1];

    private final DMatrixRMaj point;
    private final double[] difference;
    private double error;

    ValleyStep(ValleyField field, int size) {
        this.field = field;
        this.size = size;
        this.point = new DMatrixRMaj(size, 1);
        this.difference = new double[size];
        for (int s = 0; s < velocities.length; s++) {
            velocities[s] = new DMatrixRMaj(size, 1);
        }
    }

    /**
     * Tries a step of so many steps of the flow from a point on the floor with its velocity. False if a stage has no
     * floor or no velocity.
     */
    boolean attempt(DMatrixRMaj from, DMatrixRMaj velocity, double steps) {
        System.arraycopy(velocity.data, 0, velocities[0].data, 0, size);
        for (int s = 0; s < STAGES.length; s++) {
            sum(STAGES[s], point.data);
            for (int i = 0; i < size; i++) {
                point.data[i] = from.data[i] + steps * point.data[i];
                if (!(Math.abs(point.data[i]) <= Double.MAX_VALUE)) {
                    return false;
                }
            }
            if (!field.at(point, velocities[s + 1])) {
                return false;
            }
        }
        error = steps * estimate();
        return error <= Double.MAX_VALUE;
    }

    /** The difference to order 5, taken down by how much smaller it is than that to order 3. */
    private double estimate() {
        double third = 0.1 * differenceBy(THIRD);
        double fifth = differenceBy(FIFTH);
        return fifth == 0 ? 0 : fifth * (fifth / Math.hypot(fifth, third));
    }

    private double differenceBy(double[] weights) {
        sum(weights, difference);
        return Norms.two(difference);
    }

    private void sum(double[] weights, double[] out) {
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int r = 0; r < weights.length; r++) {
                sum += weights[r] * velocities[r].data[i];
            }
            out[i] = sum;
        }
    }

    /** Where the last attempt ended, on the floor; live. */
    DMatrixRMaj end() {
        return point;
    }

    /** The velocity there; live. */
    DMatrixRMaj endVelocity() {
        return velocities[STAGES.length];
    }

    /** An estimate of the error of the last attempt, which is rather too large. */
    double error() {
        return error;
    }
}
