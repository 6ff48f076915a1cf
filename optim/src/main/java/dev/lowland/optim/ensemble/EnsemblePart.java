package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.EnsembleRun.Strips;
import dev.lowland.optim.sgd.SgdProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Some neighbouring replicas of a run of an {@link Ensemble}, to be computed here or elsewhere. The replicas of an
 * ensemble come in strips, whose number and size its problem fixes, never the machine; an ensemble adds up each strip
 * and then the strips, in their order. So whoever computes strips, and however they are cut into parts, what they add
 * up to has the bits of {@link Ensemble#run(DMatrixRMaj, long[])}.
 *
 * <pre>{@code
 * EnsemblePart whole = EnsemblePart.of(ensemble, theta, checkpoints);
 * PartialMoments some = whole.strips(0, 4).run().orElseThrow();                      // here
 * PartialMoments rest = whole.strips(4, whole.count() - 4).run().orElseThrow();      // or there
 * EnsembleResult all = whole.result(List.of(rest, some));
 * }</pre>
 *
 * <p>Immutable. A run takes the threads of the ensemble, and sums for each of its strips.
 */
public final class EnsemblePart {

    private static final String OF = "EnsemblePart.of";
    private static final String RESULT = "EnsemblePart.result";

    private final Ensemble ensemble;
    private final SgdProgram program;
    private final double[] start;
    private final long[] checkpoints;
    private final int first;
    private final int count;

    private EnsemblePart(
            Ensemble ensemble, SgdProgram program, double[] start, long[] checkpoints, int first, int count) {
        this.ensemble = ensemble;
        this.program = program;
        this.start = start;
        this.checkpoints = checkpoints;
        this.first = first;
        this.count = count;
    }

    /**
     * All strips of a run.
     *
     * @param ensemble whose replicas they are; keeps neither states nor final states
     * @param theta the start, P × 1, finite. Not modified.
     * @param checkpoints numbers of steps, at least one, not negative and growing. Not modified.
     * @return the whole
     * @throws IllegalArgumentException if an argument is out of range, or the ensemble keeps states
     */
    public static EnsemblePart of(Ensemble ensemble, DMatrixRMaj theta, long[] checkpoints) {
        Checks.notNull(OF, "ensemble", ensemble);
        ensemble.checkStart(theta);
        ensemble.checkSteps(1, checkpoints);
        if (ensemble.keepsStates() || ensemble.keepsFinalState()) {
            throw Checks.error(OF, "ensemble", "one that keeps states", "one that keeps moments and statistics alone");
        }
        SgdProgram program = ensemble.program();
        int strips = OrderedMerge.strips(EnsembleRun.blocks(ensemble.replicaCount(), program.lanes()));
        double[] start = Arrays.copyOf(theta.data, theta.numRows);
        return new EnsemblePart(ensemble, program, start, checkpoints.clone(), 0, strips);
    }

    /**
     * The number of the first strip, from 0 on.
     *
     * @return where this part begins
     */
    public int first() {
        return first;
    }

    /**
     * How many strips this part has.
     *
     * @return at least 1
     */
    public int count() {
        return count;
    }

    /**
     * Some strips of this part.
     *
     * @param from the first of them, counted from the first strip of this part
     * @param strips how many, at least 1
     * @return a part of this part
     * @throws IllegalArgumentException if they are not all in this part
     */
    public EnsemblePart strips(int from, int strips) {
        Checks.index("EnsemblePart.strips", "from", from, count);
        Checks.atLeast("EnsemblePart.strips", "strips", strips, 1);
        Checks.atMost("EnsemblePart.strips", "strips from " + from, strips, count - from);
        return new EnsemblePart(ensemble, program, start, checkpoints, first + from, strips);
    }

    /**
     * Runs the replicas of this part.
     *
     * @return what they add up to, a divergence among it; empty if the ensemble was told to stop
     * @throws IllegalArgumentException if memory cannot hold the sums
     */
    public Optional<PartialMoments> run() {
        return new EnsembleRun(ensemble, program, ensemble.optimiser(), start, checkpoints, new Strips(first, count))
                .runPart()
                .map(found -> PartialMoments.of(first, found));
    }

    /**
     * What all strips of this part add up to. If a replica of any of them diverged, that is the result.
     *
     * @param parts each strip of this part once, in any order. Not modified.
     * @return the result, as if this part were the whole ensemble
     * @throws IllegalArgumentException if a strip is missing, is there twice, or is none of this part
     */
    public EnsembleResult result(List<PartialMoments> parts) {
        Checks.noNulls(RESULT, "parts", parts);
        List<PartialMoments> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparingInt(PartialMoments::first));
        SettingRun found =
                new SettingRun(ensemble, ensemble.optimiser(), start, null, checkpoints, new OrderedMerge(0, 0, false));
        int next = first;
        for (PartialMoments part : sorted) {
            if (part.first() != next || part.first() + part.count() > first + count) {
                throw Checks.error(RESULT, "parts", sorted.toString(), "each strip " + range() + " once");
            }
            part.addTo(found);
            next += part.count();
        }
        if (next != first + count) {
            throw Checks.error(RESULT, "parts", sorted.toString(), "each strip " + range() + " once");
        }
        return found.result(false);
    }

    private String range() {
        return "from " + first + " to " + (first + count - 1);
    }

    /**
     * Takes back what a part of this one found, from {@link PartialMoments#numbers} and {@link PartialMoments#arrays}.
     *
     * @param numbers by name. Not modified.
     * @param arrays by name. Not modified.
     * @return what was found
     * @throws IllegalArgumentException if something is missing or has another length than here
     */
    public PartialMoments partial(Map<String, Long> numbers, Map<String, double[]> arrays) {
        Checks.notNull("EnsemblePart.partial", "numbers", numbers);
        Checks.notNull("EnsemblePart.partial", "arrays", arrays);
        return new StripReader(ensemble, start.length, checkpoints.length, numbers, arrays).read(first, count);
    }

    @Override
    public String toString() {
        return "strips " + range() + " of " + ensemble.replicaCount() + " replicas";
    }
}
