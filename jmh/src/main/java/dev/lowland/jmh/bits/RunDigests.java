package dev.lowland.jmh.bits;

import dev.lowland.autodiff.nn.Activation;
import dev.lowland.autodiff.nn.ConvBlock;
import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.jmh.Problems;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.ejml.data.DMatrixRMaj;

/**
 * Prints the SHA-256 of where runs end, one line each, and whether a lane of an ensemble is the single run: the same
 * text on every processor, every JDK and with either kernels.
 */
public final class RunDigests {
    private static final int REPLICAS = 19;

    private RunDigests() {}

    /**
     * Runs networks, and ensembles of them, and prints digests; which kernels did it goes to the error stream.
     *
     * @param arguments the number of steps of a single run
     */
    public static void main(String[] arguments) {
        int steps = Integer.parseInt(arguments[0]);
        System.err.println(Kernels.describe() + ", Java " + System.getProperty("java.version"));
        LabelNoiseSgd sgd =
                LabelNoiseSgd.of(0.002).withLabelNoise(0.1).withMomentum(0.9).withSeed(3);
        print("mlp 10-20-1, batch 5", mlp(10, 20, 1), sgd.withBatchSize(5), steps, steps / 10);
        print("mlp 70-40-3, batch 2", mlp(70, 40, 3), sgd.withBatchSize(2), steps, steps / 20);
        print("mlp 300-7-2, full batch", mlp(300, 7, 2), sgd, steps / 4, steps / 40);
        print("conv 3×9×9 → 6 → 8 → 2, batch 3", convolutions(), sgd.withBatchSize(3), steps, steps / 100);
        print("quadratic, without momentum", Models.quadratic(3), sgd.withMomentum(0), steps, steps);
        print("matrix sensing", Models.matrixSensing(4, 4, 2), sgd.withMomentum(0.5), steps, steps);
    }

    private static Model mlp(int... widths) {
        return Models.mlp(widths).withActivation(Activation.TANH);
    }

    private static Model convolutions() {
        return Models.convnet(
                3,
                9,
                9,
                2,
                ConvBlock.of(6, 3).withGroupNorm(2),
                ConvBlock.of(8, 3).withPooling(ConvBlock.Pooling.AVERAGE));
    }

    private static void print(String name, Model model, LabelNoiseSgd sgd, int steps, int ensembleSteps) {
        Objective objective = Problems.objective(model, 12);
        DMatrixRMaj theta = Problems.theta(objective);
        System.out.println(name + ": " + digest(sgd.run(objective, theta, steps).parameters().data));
        double[] states = Ensemble.of(objective, sgd)
                .withReplicas(REPLICAS)
                .withStates(true)
                .run(theta, ensembleSteps)
                .states()
                .get(0)
                .data;
        System.out.println(name + ", " + REPLICAS + " replicas: " + digest(states));
        double[] single = sgd.run(objective, theta, ensembleSteps).parameters().data;
        boolean same = Arrays.equals(single, Arrays.copyOf(states, single.length));
        System.out.println(name + ", replica 0 is the single run: " + same);
    }

    private static String digest(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length);
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new IllegalStateException("digest: the run left the finite numbers, must stay in them");
            }
            bytes.putDouble(number);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
