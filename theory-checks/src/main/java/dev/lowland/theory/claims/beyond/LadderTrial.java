package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.ProjectedFlow;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The mean displacement of many runs of an optimiser, at three sizes of its small parameter, extrapolated on a
 * {@link Ladder}. For one thread.
 */
final class LadderTrial {

    /** What is said of the allowance in the texts of claims. */
    static final String ALLOWANCE =
            "The term that is left is estimated on other seeds, from the extrapolation one rung up the ladder of three "
                    + "sizes, and 4 of its standard errors added: that is the bias";

    /** The first of the looks over which positions are averaged: those of the second half of the slow time. */
    private static final int LATE = DriftTrial.CHECKPOINTS / 2;

    private static final String OTHER_SEEDS = "allowance";

    /** How the runs start, and what is added to where they are when they are looked at. */
    interface Manner {
        /**
         * Where replicas start.
         *
         * @param optimiser with the seed of the runs
         * @param rung at which size of ε
         * @param replicas how many
         */
        OptimiserState start(Optimiser optimiser, int rung, int replicas);

        /**
         * A number for each replica that is taken off its position along a direction.
         *
         * @param optimiser with the seed of the runs
         * @param step k
         * @param direction P × 1. Not modified.
         * @param replicas how many
         */
        default double[] takenOff(Optimiser optimiser, long step, DMatrixRMaj direction, int replicas) {
            return new double[replicas];
        }
    }

    private final String name;
    private final Setting setting;
    private final Ladder ladder;
    private final IntFunction<Optimiser> optimisers;
    private final long steps;
    private final Manner manner;
    private final double[] measured = new double[DriftTrial.CHECKPOINTS];
    private final double[] errors = new double[DriftTrial.CHECKPOINTS];

    /**
     * A trial.
     *
     * @param name of its case
     * @param setting problem and start
     * @param ladder how the three sizes lie
     * @param optimisers rung 0, 1, 2 ↦ the optimiser at ε, qε, q²ε, with any seed
     * @param steps about T, at ε
     */
    LadderTrial(String name, Setting setting, Ladder ladder, IntFunction<Optimiser> optimisers, double steps) {
        this.name = name;
        this.setting = setting;
        this.ladder = ladder;
        this.optimisers = optimisers;
        this.steps = Ladder.steps(steps);
        this.manner = this::atRest;
    }

    private LadderTrial(LadderTrial other, Manner manner) {
        this.name = other.name;
        this.setting = other.setting;
        this.ladder = other.ladder;
        this.optimisers = other.optimisers;
        this.steps = other.steps;
        this.manner = manner;
    }

    /** The same with runs that start elsewhere, or are looked at otherwise. */
    LadderTrial in(Manner other) {
        return new LadderTrial(this, other);
    }

    /** All replicas at θ, remembering nothing. */
    private OptimiserState atRest(Optimiser optimiser, int rung, int replicas) {
        double[] laned = new double[setting.parameters() * replicas];
        for (int e = 0; e < laned.length; e++) {
            laned[e] = setting.theta().data[e / replicas];
        }
        Map<String, double[]> memory = new LinkedHashMap<>();
        optimiser.rule().memory().forEach(what -> memory.put(what, new double[laned.length]));
        return OptimiserState.of(0, optimiser.seed(), 0, replicas, laned, memory);
    }

    String name() {
        return name;
    }

    Setting setting() {
        return setting;
    }

    long steps() {
        return steps;
    }

    /** Steps at which the run on a rung is looked at. */
    long[] looks(int rung) {
        return Ladder.looks(steps, rung);
    }

    /** The runs on one rung. */
    private final class Rung {

        private final Optimiser optimiser;
        private final long[] looks;
        private final Runs runs;
        private final long seed;

        Rung(int rung, int replicas, int threads, long seed) {
            this.seed = seed;
            optimiser = optimisers.apply(rung).withSeed(Seeds.derive(seed, "rung " + rung));
            looks = looks(rung);
            runs = Runs.from(setting, optimiser, manner.start(optimiser, rung, replicas), threads, looks);
        }

        /** The mean displacement along a direction, over some looks. */
        Estimate along(int from, int to, DMatrixRMaj direction) {
            if (!runs.finished()) {
                return new Estimate(Double.NaN, Double.NaN, 0, seed);
            }
            double start = Dense.dot(direction, setting.theta());
            double[] sums = new double[runs.moments(from).count()];
            for (int look = from; look < to; look++) {
                DMatrixRMaj projected = Dense.times(runs.states(look), direction);
                double[] off = manner.takenOff(optimiser, looks[look], direction, sums.length);
                for (int r = 0; r < sums.length; r++) {
                    sums[r] += projected.data[r] - start - off[r];
                }
            }
            RunningEstimate mean = new RunningEstimate();
            for (double sum : sums) {
                mean.add(sum / (to - from));
            }
            return mean.estimate(seed);
        }

        Estimate late(DMatrixRMaj direction) {
            return along(LATE, DriftTrial.CHECKPOINTS, direction);
        }
    }

    /**
     * The way of gradient descent on L with the drift −λv beside, at λ and qλ.
     *
     * @param title of the path
     * @param field v
     * @param learningRate η
     * @param strength λ
     */
    DriftPath slowFlow(String title, DriftField field, double learningRate, double strength) {
        return new DriftPath(
                title,
                slowFlow(field, learningRate, strength, 0),
                slowFlow(field, learningRate, strength * ladder.ratio(), 1));
    }

    /**
     * The way of the library's own theory of the optimisers, at ε and qε.
     *
     * @param title of the path
     * @param factor of λ
     */
    DriftPath theory(String title, double factor) {
        return new DriftPath(title, theory(factor, 0), theory(factor, 1));
    }

    private List<DMatrixRMaj> theory(double factor, int rung) {
        SlowFlow flow = SlowFlow.of(setting.objective(), optimisers.apply(rung));
        return DriftPath.displacements(
                flow.withStrength(factor * flow.strength()).run(setting.theta(), looks(rung)), setting.theta());
    }

    private List<DMatrixRMaj> slowFlow(DriftField field, double learningRate, double strength, int rung) {
        Optimiser plain = Optimiser.of(Rules.plain(), learningRate);
        return DriftPath.displacements(
                SlowFlow.along(setting.objective(), plain, field)
                        .withStrength(strength)
                        .run(setting.theta(), looks(rung)),
                setting.theta());
    }

    /**
     * Measures on seeds of its own how large the term is that is left, then judges one statistic: the displacement
     * along the predicted one.
     *
     * @param paper what is predicted, without knobs
     * @param theory the theory under test
     * @param wrong wrong theories
     * @param optional names of those that need not be refused here
     * @param replicas usual number
     * @param claim its name, for seeds
     */
    CaseResult judge(
            ClaimContext context,
            DriftPath paper,
            DriftPath theory,
            List<DriftPath> wrong,
            List<String> optional,
            int replicas,
            String claim) {
        DMatrixRMaj along = Dense.unit(late(paper));
        long seed = Seeds.derive(context.seed(), claim + " " + name);
        double allowance =
                allowances(List.of(along), replicas, context.threads(), seed).get(0);
        List<Alternative> alternatives = wrong.stream()
                .map(each ->
                        new Alternative(each.name(), Dense.dot(along, late(each)), !optional.contains(each.name())))
                .toList();
        Expectation expectation =
                expectation(name, Dense.dot(along, late(theory)), allowance, Dense.norm(late(paper)), alternatives);
        return PlannedStages.judge(
                        context,
                        seed,
                        replicas,
                        List.of(expectation),
                        (stage, count) -> measure(List.of(along), count, context.threads(), stage))
                .get(0);
    }

    /**
     * The way of the flow −P_T v within the valley, the same on every rung; NaN where it cannot be followed.
     *
     * @param setting where it starts
     * @param field v
     * @param times at the looks
     */
    static DriftPath flow(Setting setting, DriftField field, double... times) {
        List<DMatrixRMaj> moved;
        try {
            moved = ProjectedFlow.along(setting.objective(), field).path(setting.theta(), times).stream()
                    .map(at -> Dense.minus(at, setting.theta()))
                    .toList();
        } catch (IllegalStateException e) {
            Interruption.check();
            moved = Collections.nCopies(times.length, Dense.scaled(Double.NaN, setting.theta()));
        }
        return new DriftPath(field.name(), moved, moved);
    }

    /** A predicted displacement, averaged over the second half of the slow time. */
    static DMatrixRMaj late(DriftPath path) {
        int count = DriftTrial.CHECKPOINTS - LATE;
        DMatrixRMaj sum = new DMatrixRMaj(path.weak().get(0).numRows, 1);
        for (int look = LATE; look < DriftTrial.CHECKPOINTS; look++) {
            CommonOps_DDRM.addEquals(
                    sum,
                    1.0 / count,
                    TwoStrengths.combined(path.weak().get(look), path.strong().get(look)));
        }
        return sum;
    }

    /** How far a path is from another along the way that this one goes, as a share of it. */
    static double apart(DriftPath path, DriftPath from) {
        DMatrixRMaj way = late(from);
        return Math.abs(Dense.dot(Dense.unit(way), Dense.minus(late(path), way))) / Dense.norm(way);
    }

    /**
     * The extrapolated mean displacement over the second half of the slow time, along some directions; keeps the path
     * along the first one.
     *
     * @param directions P × 1 each. Not modified.
     * @param replicas on each rung
     */
    List<Estimate> measure(List<DMatrixRMaj> directions, int replicas, int threads, long seed) {
        Rung fine = new Rung(0, replicas, threads, seed);
        Rung coarse = new Rung(1, replicas, threads, seed);
        for (int look = 0; look < measured.length; look++) {
            Estimate one = ladder.combined(
                    fine.along(look, look + 1, directions.get(0)), coarse.along(look, look + 1, directions.get(0)));
            measured[look] = one.value();
            errors[look] = one.standardError();
        }
        return directions.stream()
                .map(direction -> ladder.combined(fine.late(direction), coarse.late(direction)))
                .toList();
    }

    /**
     * The allowance along directions, from seeds of its own.
     *
     * @param directions P × 1 each. Not modified.
     * @param replicas on each rung
     * @param seed of the claim
     */
    List<Double> allowances(List<DMatrixRMaj> directions, int replicas, int threads, long seed) {
        List<Rung> rungs = new ArrayList<>();
        for (int rung = 0; rung < Ladder.RUNGS; rung++) {
            rungs.add(new Rung(rung, replicas, threads, Seeds.derive(seed, OTHER_SEEDS)));
        }
        return directions.stream()
                .map(direction -> ladder.allowance(
                        rungs.stream().map(rung -> rung.late(direction)).toArray(Estimate[]::new)))
                .toList();
    }

    /**
     * What is said about a displacement along a direction. Undefined where the prediction, the allowance or the effect
     * is.
     *
     * @param caseName which case
     * @param predicted the prediction
     * @param allowance the bias
     * @param effect against which precision is asked for
     * @param alternatives what wrong theories say
     */
    static Expectation expectation(
            String caseName, double predicted, double allowance, double effect, List<Alternative> alternatives) {
        boolean defined = Double.isFinite(predicted) && Double.isFinite(allowance) && effect > 0;
        return new Expectation(
                caseName,
                defined ? predicted : Double.NaN,
                defined ? allowance : 0,
                defined ? effect : 1,
                alternatives.stream()
                        .filter(wrong -> Double.isFinite(wrong.predicted()))
                        .toList());
    }

    /**
     * The motion along a direction against the number of steps; call after {@link #measure}.
     *
     * @param claim begins the figure's name
     * @param title begins its title
     */
    Figure figure(String claim, String title, DMatrixRMaj direction, DriftPath theory, List<DriftPath> wrong) {
        double[] when = Arrays.stream(looks(0)).asDoubleStream().toArray();
        Figure.Builder builder = Figure.named(claim + "-" + Figure.slug(name))
                .title(title + ": " + name)
                .caption("Motion along the predicted displacement, extrapolated. Band: mean of the runs, " + Figure.BAND
                        + ".")
                .x("steps")
                .y("distance");
        for (DriftPath path : wrong) {
            builder.line(Role.FALSIFICATION, path.name(), when, path.along(direction));
        }
        return builder.line(Role.PREDICTED, theory.name(), when, theory.along(direction))
                .mean(when, measured, errors)
                .build();
    }
}
