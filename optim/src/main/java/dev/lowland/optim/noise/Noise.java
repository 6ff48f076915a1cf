package dev.lowland.optim.noise;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The noise of an optimiser: a law, and how large its numbers are. Immutable, shared by threads. */
public final class Noise {

    private static final String OPERATION = "Noise";
    private static final Noise SILENT = new Noise(new double[1], null, null, null);

    private final double[] deviations;
    private final @Nullable NoiseLaw law;
    private final @Nullable ParameterNoise onParameters;
    private final @Nullable Flips flips;

    private Noise(
            double[] deviations, @Nullable NoiseLaw law, @Nullable ParameterNoise onParameters, @Nullable Flips flips) {
        this.deviations = deviations;
        this.law = law;
        this.onParameters = onParameters;
        this.flips = flips;
    }

    /**
     * None: labels are clean, and a loss that flips labels is smoothed.
     *
     * @return no noise
     */
    public static Noise none() {
        return SILENT.withLaw(NoiseLaw.NONE);
    }

    /**
     * What the loss asks for: flips with its probability, or else ±σ on the targets.
     *
     * @param deviation σ ≥ 0, finite, of no meaning to losses that flip labels
     * @return the noise
     * @throws IllegalArgumentException if σ is out of range
     */
    public static Noise byLoss(double deviation) {
        return SILENT.withDeviation(deviation);
    }

    /**
     * +σ or −σ on every target, each with probability ½.
     *
     * @param deviation σ ≥ 0, finite
     * @return the noise
     * @throws IllegalArgumentException if σ is out of range
     */
    public static Noise rademacher(double deviation) {
        return of(NoiseLaw.RADEMACHER, deviation);
    }

    /**
     * A normal number of standard deviation σ on every target.
     *
     * @param deviation σ ≥ 0, finite
     * @return the noise
     * @throws IllegalArgumentException if σ is out of range
     */
    public static Noise gaussian(double deviation) {
        return of(NoiseLaw.GAUSSIAN, deviation);
    }

    /**
     * Flips with the probability of the loss.
     *
     * @return the noise
     */
    public static Noise flips() {
        return SILENT.withLaw(NoiseLaw.LABEL_FLIP);
    }

    /**
     * Flips with probabilities of their own, whatever the loss says.
     *
     * @param flips the probabilities
     * @return the noise
     */
    public static Noise flips(Flips flips) {
        return new Noise(new double[1], NoiseLaw.TRANSITION, null, Checks.notNull(OPERATION, "flips", flips));
    }

    /**
     * Flips by a transition matrix, {@link Flips#transitions}.
     *
     * @param matrix T, K × K. Not modified.
     * @return the noise
     * @throws IllegalArgumentException if T is no matrix of probabilities
     */
    public static Noise transitions(DMatrixRMaj matrix) {
        return flips(Flips.transitions(matrix));
    }

    /**
     * Normal noise of a given covariance on the parameters.
     *
     * @param noise covariance and strength
     * @return the noise
     */
    public static Noise explicit(ParameterNoise noise) {
        return SILENT.withOnParameters(noise).withLaw(NoiseLaw.EXPLICIT);
    }

    /**
     * s(ξ_{k+1} − ξ_k) on the parameters, where every entry of every ξ_k is standard normal.
     *
     * @param deviation s ≥ 0, finite: {@code parameterNoise} in problem files
     * @return the noise
     * @throws IllegalArgumentException if s is out of range
     */
    public static Noise antiCorrelated(double deviation) {
        return of(NoiseLaw.ANTI_CORRELATED, deviation);
    }

    /**
     * A law with the standard deviation that its numbers are multiplied by.
     *
     * @param law one that adds to targets or to the entries of θ
     * @param deviation at least 0 and finite
     * @return the noise
     * @throws IllegalArgumentException if it is out of range, or the law takes none
     */
    public static Noise of(NoiseLaw law, double deviation) {
        Checks.notNull(OPERATION, "law", law);
        if (law.place() != NoisePlace.TARGETS && law.place() != NoisePlace.ENTRIES) {
            throw Checks.error(OPERATION, "law", law.name(), "one that multiplies by a standard deviation");
        }
        return SILENT.withDeviation(deviation).withLaw(law);
    }

    /**
     * The same with another standard deviation, in every output.
     *
     * @param other at least 0 and finite
     * @return new noise
     * @throws IllegalArgumentException if it is not
     */
    public Noise withDeviation(double other) {
        return withDeviations(other);
    }

    /**
     * The same with a standard deviation for every output. λ is then a matrix, and there is no R: see the package.
     *
     * @param others one, or one for each output, at least 0 and finite. Not modified.
     * @return new noise
     * @throws IllegalArgumentException if they are not
     */
    public Noise withDeviations(double... others) {
        Checks.notNull(OPERATION, "deviations", others);
        Checks.atLeast(OPERATION, "number of deviations", others.length, 1);
        for (double other : others) {
            Checks.notNegative(OPERATION, "deviation", other);
        }
        return new Noise(others.clone(), law, onParameters, flips);
    }

    /**
     * The same with another law.
     *
     * @param other the law
     * @return new noise
     */
    public Noise withLaw(NoiseLaw other) {
        return new Noise(deviations, Checks.notNull(OPERATION, "noiseLaw", other), onParameters, flips);
    }

    /**
     * The same with noise on the parameters; the law is then {@link NoiseLaw#EXPLICIT}, unless it is set to
     * {@link NoiseLaw#NONE}.
     *
     * @param other the noise
     * @return new noise
     */
    public Noise withOnParameters(ParameterNoise other) {
        return new Noise(deviations, law, Checks.notNull(OPERATION, "parameterNoise", other), flips);
    }

    /**
     * The standard deviation, of the first output if there are several.
     *
     * @return σ or s
     */
    public double deviation() {
        return deviations[0];
    }

    /**
     * The standard deviation of one output.
     *
     * @param output which, at least 0
     * @return σ_j
     * @throws IllegalArgumentException if there is no such output
     */
    public double deviation(int output) {
        Checks.atLeast("deviation", "output", output, 0);
        if (deviations.length > 1) {
            Checks.index("deviation", "output", output, deviations.length);
        }
        return deviations.length == 1 ? deviations[0] : deviations[output];
    }

    /**
     * Whether all outputs have one σ.
     *
     * @return false if some differ
     */
    public boolean isEven() {
        return Arrays.stream(deviations).allMatch(d -> d == deviations[0]);
    }

    /**
     * Noise on the parameters.
     *
     * @return covariance and strength, or empty
     */
    public Optional<ParameterNoise> onParameters() {
        return Optional.ofNullable(onParameters);
    }

    /**
     * Flips of probabilities of their own.
     *
     * @return the probabilities, or empty
     */
    public Optional<Flips> flipsOfItsOwn() {
        return Optional.ofNullable(flips);
    }

    /**
     * The law on an objective: as set, or else EXPLICIT with noise on the parameters, LABEL_FLIP for losses that flip
     * labels and RADEMACHER for others.
     *
     * @param operation what the caller was asked to do, for refusals
     * @param objective decides by its loss and its targets
     * @return the law
     * @throws IllegalArgumentException if the law does not suit the loss, the targets or the other noise
     */
    public NoiseLaw law(String operation, Objective objective) {
        Checks.notNull("law", "operation", operation);
        Checks.notNull(operation, "objective", objective);
        NoiseLaw found = law(operation, objective.loss());
        int outputs = objective.data().outputSize();
        if (found.addsToTargets() && deviations.length > 1) {
            Checks.length(operation, "the deviations of the noise", deviations.length, outputs);
        }
        if (found == NoiseLaw.TRANSITION && flips != null) {
            flips.check(objective.data());
        }
        return found;
    }

    private NoiseLaw law(String operation, Loss loss) {
        if (law == null) {
            if (onParameters != null) {
                return NoiseLaw.EXPLICIT;
            }
            return loss.flipsLabels() ? NoiseLaw.LABEL_FLIP : NoiseLaw.RADEMACHER;
        }
        if (law == NoiseLaw.EXPLICIT && onParameters == null) {
            throw Checks.error(operation, "noiseLaw", law + " without parameterNoise", "given with it");
        }
        if (law == NoiseLaw.TRANSITION && flips == null) {
            throw Checks.error(operation, "noiseLaw", law + " without probabilities", "given with Flips");
        }
        if (law.changesLabels() && onParameters != null) {
            throw Checks.error(operation, "noiseLaw", law + " with parameterNoise", "EXPLICIT or NONE");
        }
        if (!law.suits(loss)) {
            throw Checks.error(
                    operation, "noiseLaw", law + " with the " + loss.name() + " loss", NoiseLaw.suiting(loss));
        }
        return law;
    }

    @Override
    public String toString() {
        String size = deviations.length == 1 ? String.valueOf(deviations[0]) : Arrays.toString(deviations);
        return "labelNoise=" + size + ", noiseLaw=" + (law == null ? "by loss" : law.toString())
                + (flips == null ? "" : ", flips=" + flips)
                + (onParameters == null ? "" : ", parameterNoise=" + onParameters);
    }
}
