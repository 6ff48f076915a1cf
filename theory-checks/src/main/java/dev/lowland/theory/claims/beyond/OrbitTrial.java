package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.ThreePartRule;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;

/**
 * An optimiser without noise that settles into an orbit of two steps across a valley and drifts along it: its way at
 * three sizes of the small parameter, extrapolated on a {@link Ladder}, against the flow of a field. Nothing is random.
 * For one thread.
 */
final class OrbitTrial {

    /** Goes from a start and says where it is after some numbers of steps. */
    @FunctionalInterface
    interface Walk {
        /**
         * Walks.
         *
         * @param start P × 1. Not modified.
         * @param looks numbers of steps, growing
         * @return one position a look
         */
        List<DMatrixRMaj> positions(DMatrixRMaj start, long[] looks);
    }

    /**
     * One rung.
     *
     * @param start P × 1
     * @param walk from there
     */
    record Run(DMatrixRMaj start, Walk walk) {}

    /**
     * By how much the estimated error is multiplied, since it may be small by accident and nothing random hides that:
     * the factor of safety of P. Roache, <em>Perspective: a method for uniform reporting of grid refinement
     * studies</em>, 1994.
     */
    static final int SAFETY = 3;

    /** The share of the effect that the flow may be off. */
    static final double ROUNDING = 1e-6;

    private final String claim;
    private final String name;
    private final Setting setting;
    private final Ladder ladder;
    private final DriftField field;
    private final List<DriftField> wrong;
    private final double pace;
    private final long steps;
    private final IntFunction<Run> runs;

    /**
     * A trial.
     *
     * @param claim begins the name of its figure
     * @param name of its case
     * @param setting the point of the valley
     * @param ladder how the three sizes lie
     * @param field v, where a step drifts by −pace·v
     * @param wrong fields of wrong theories
     * @param pace slow time of a step, on the finest rung
     * @param displacement how far the drift would go at the speed it starts with: it sets T
     * @param runs by the rung
     */
    OrbitTrial(
            String claim,
            String name,
            Setting setting,
            Ladder ladder,
            DriftField field,
            List<DriftField> wrong,
            double pace,
            double displacement,
            IntFunction<Run> runs) {
        this.claim = claim;
        this.name = name;
        this.setting = setting;
        this.ladder = ladder;
        this.field = field;
        this.wrong = wrong;
        this.pace = pace;
        this.runs = runs;
        DMatrixRMaj slope = new DMatrixRMaj(setting.parameters(), 1);
        field.evaluator().field(setting.theta(), slope);
        steps = Ladder.steps(displacement / (pace * Dense.norm(Dense.times(setting.nullProjector(), slope))));
    }

    /** The walk of an optimiser. */
    static Walk walk(Setting setting, Optimiser optimiser) {
        return (start, looks) -> {
            Map<String, double[]> memory = new LinkedHashMap<>();
            optimiser.rule().memory().forEach(what -> memory.put(what, new double[setting.parameters()]));
            OptimiserState from = OptimiserState.of(0, optimiser.seed(), 0, 1, Dense.array(start), memory);
            Runs run = Runs.from(setting, optimiser, from, 1, looks);
            List<DMatrixRMaj> positions = new ArrayList<>();
            for (int look = 0; look < looks.length; look++) {
                positions.add(run.finished() ? run.moments(look).mean() : Dense.scaled(Double.NaN, start));
            }
            return positions;
        };
    }

    /** The walk that repeats a step, which changes θ. */
    static List<DMatrixRMaj> steps(DMatrixRMaj start, long[] looks, Consumer<DMatrixRMaj> step) {
        DMatrixRMaj theta = start.copy();
        List<DMatrixRMaj> positions = new ArrayList<>();
        long done = 0;
        for (long look : looks) {
            for (; done < look; done++) {
                Interruption.check();
                step.accept(theta);
            }
            positions.add(theta.copy());
        }
        return positions;
    }

    /** The middles of two positions in a row, less the point of the valley. */
    private List<DMatrixRMaj> middles(int rung) {
        long[] looks = Ladder.looks(steps, rung);
        long[] both = Arrays.stream(looks).flatMap(k -> LongStream.of(k, k + 1)).toArray();
        Run run = runs.apply(rung);
        List<DMatrixRMaj> positions = run.walk().positions(run.start(), both);
        List<DMatrixRMaj> out = new ArrayList<>();
        for (int i = 0; i < looks.length; i++) {
            DMatrixRMaj sum = Dense.minus(positions.get(2 * i), Dense.scaled(-1, positions.get(2 * i + 1)));
            out.add(Dense.minus(Dense.scaled(0.5, sum), setting.theta()));
        }
        return out;
    }

    private DriftPath path(DriftField of, double factor) {
        double[] times = Arrays.stream(Ladder.looks(steps, 0))
                .mapToDouble(k -> factor * pace * k)
                .toArray();
        return LadderTrial.flow(setting, of, times);
    }

    /**
     * Walks and judges.
     *
     * @param context gives the theory under test
     * @param figures gets a picture. Modified.
     */
    CaseResult judge(ClaimContext context, List<Figure> figures) {
        DriftPath paper = path(field, 1);
        double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
        DriftPath theory = factor == 1 ? paper : path(field, factor);
        DMatrixRMaj along = Dense.unit(LadderTrial.late(paper));
        List<DriftPath> others = wrong.stream().map(of -> path(of, 1)).toList();
        List<List<DMatrixRMaj>> rungs = new ArrayList<>();
        List<Estimate> found = new ArrayList<>();
        for (int rung = 0; rung < Ladder.RUNGS; rung++) {
            List<DMatrixRMaj> middles = middles(rung);
            rungs.add(middles);
            found.add(new Estimate(
                    Dense.dot(along, LadderTrial.late(new DriftPath("", middles, middles))), 0, 1, context.seed()));
        }
        double effect = Dense.norm(LadderTrial.late(paper));
        double allowance = SAFETY * ladder.allowance(found.toArray(Estimate[]::new)) + ROUNDING * effect;
        List<Alternative> alternatives = others.stream()
                .map(each -> Alternative.mustReject(each.name(), Dense.dot(along, LadderTrial.late(each))))
                .toList();
        Expectation expectation = LadderTrial.expectation(
                name, Dense.dot(along, LadderTrial.late(theory)), allowance, effect, alternatives);
        figures.add(figure(along, theory, others, rungs));
        return ThreePartRule.judge(expectation, ladder.combined(found.get(0), found.get(1)));
    }

    private Figure figure(DMatrixRMaj along, DriftPath theory, List<DriftPath> others, List<List<DMatrixRMaj>> rungs) {
        double[] when = Arrays.stream(Ladder.looks(steps, 0)).asDoubleStream().toArray();
        double[] measured = new double[DriftTrial.CHECKPOINTS];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = TwoStrengths.combined(
                            ladder.ratio(),
                            new Estimate(Dense.dot(along, rungs.get(0).get(i)), 0, 1, 0),
                            new Estimate(Dense.dot(along, rungs.get(1).get(i)), 0, 1, 0),
                            1,
                            0)
                    .value();
        }
        Figure.Builder builder = Figure.named(claim + "-" + Figure.slug(name).replaceAll("-+$", ""))
                .title("Drift of an orbit: " + name)
                .caption("Motion along the predicted displacement, extrapolated; one run, nothing is random.")
                .x("steps")
                .y("distance");
        for (DriftPath path : others) {
            builder.line(Role.FALSIFICATION, path.name(), when, path.along(along));
        }
        return builder.line(Role.PREDICTED, theory.name(), when, theory.along(along))
                .points(Role.MEASURED, "measured", when, measured)
                .build();
    }
}
