package dev.lowland.cli.train;

import dev.lowland.cli.problem.Problem;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunMonitor;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.optim.state.SavedState;
import dev.lowland.optim.state.StateSettings;
import dev.lowland.optim.state.States;
import dev.lowland.theory.claim.Interruption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Trains: takes the phases one after the other, looks at the last one as planned, and hands its state to whoever keeps
 * it. A training that was interrupted anywhere and taken up from what was kept last ends with the same bits, and the
 * same rows but for {@link Measure#SPEED}. No result depends on threads.
 */
public final class Training {
    private static final String ROWS = "rows";
    private static final String PLACE = "place";

    /** Steps from one look at the clock to the next. */
    private static final long CLOCK_EVERY = 16;

    private final Problem problem;
    private final long steps;
    private final LookPlan plan;
    private final Watcher watcher;
    private final Keeper keeper;
    private final List<Phase> phases;
    private final StateSettings settings;
    private final Look look;
    private final List<TrainingRow> rows = new ArrayList<>();
    private final Speed speed = new Speed();
    private @Nullable Place begun;

    /** Is told how a training is getting on, on its thread. */
    public interface Watcher {
        /**
         * There is a new row, or those of before were taken up again.
         *
         * @param status FINISHED with the last row, DIVERGED where there will be none, STOPPED before
         * @param rows all so far
         */
        void rows(RunStatus status, List<TrainingRow> rows);

        /**
         * Steps were taken.
         *
         * @param phase what they are for
         * @param step steps of the phase
         * @param last steps of the phase at most
         * @param imagesPerSecond of late
         * @param secondsLeft of the phase, if it takes all steps
         */
        void steps(String phase, long step, long last, double imagesPerSecond, double secondsLeft);
    }

    /** Keeps the state of a training. */
    public interface Keeper {
        /** Keeps nothing. */
        Keeper NOTHING = new Keeper() {
            @Override
            public long every() {
                return Long.MAX_VALUE;
            }

            @Override
            public boolean isDue() {
                return false;
            }

            @Override
            public void keep(SavedState state, long step) {}
        };

        /**
         * Steps, of all phases, from one state to the next.
         *
         * @return at least 1
         */
        long every();

        /**
         * Whether it is time, whatever the steps.
         *
         * @return true to be given the state after this step
         */
        boolean isDue();

        /**
         * Keeps a state.
         *
         * @param state of the training
         * @param step steps so far, of all phases
         */
        void keep(SavedState state, long step);
    }

    /**
     * How it ended.
     *
     * @param status FINISHED or DIVERGED
     * @param phase in which
     * @param run the last phase that was run
     * @param rows all rows
     */
    public record Outcome(RunStatus status, String phase, Run run, List<TrainingRow> rows) {}

    /** Where a training is: a phase and its run. */
    private record Place(int phase, long before, Run run) {}

    /**
     * A training.
     *
     * @param problem the problem
     * @param optimiser that of the problem, with its seed and threads
     * @param steps of the last phase, at least 1
     * @param start where it begins
     * @param plan what is measured
     * @param watcher told how it is getting on
     * @param keeper keeps its state
     */
    public Training(
            Problem problem,
            Optimiser optimiser,
            long steps,
            Start start,
            LookPlan plan,
            Watcher watcher,
            Keeper keeper) {
        this.problem = problem;
        this.steps = steps;
        this.plan = plan;
        this.watcher = watcher;
        this.keeper = keeper;
        this.phases = new ArrayList<>(start.phases(problem, optimiser));
        phases.add(new Phase("train", problem.objective(), optimiser, steps, null));
        this.settings = StateSettings.of(optimiser, problem.objective())
                .with("start", start.kind() == Start.Kind.GIVEN ? "given" : start.toString())
                .with("θ of the problem", checksum(problem.theta()))
                .with(
                        "held-out samples",
                        String.valueOf(
                                problem.heldOut() == null
                                        ? 0
                                        : problem.heldOut().size()))
                .with("looks", plan.toString());
        this.look = new Look(problem, optimiser, plan);
    }

    /**
     * What tells two points apart.
     *
     * @param numbers of a point. Not modified.
     * @return SHA-256 of their little-endian bytes, in hexadecimal digits
     */
    public static String checksum(DMatrixRMaj numbers) {
        ByteBuffer bytes =
                ByteBuffer.allocate(numbers.getNumElements() * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers.data, 0, numbers.getNumElements());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    /**
     * Takes up what was kept last; then {@link #run} goes on from there.
     *
     * @param kept the state
     * @throws IllegalArgumentException if it is of another training
     */
    public void takeUp(SavedState kept) {
        OptimiserState state = States.state(kept, settings);
        double[] place = kept.array(PLACE);
        rows.addAll(TrainingRow.unpack(kept.array(ROWS)));
        begun = new Place((int) place[0], (long) place[1], Run.of(state));
    }

    /**
     * Trains, from the beginning or from what was taken up.
     *
     * @return how it ended
     * @throws IllegalStateException if the thread is interrupted; the state is kept before
     */
    public Outcome run() {
        Place place = begun == null ? new Place(0, 0, begin(0, problem.theta())) : begun;
        if (!rows.isEmpty()) {
            watcher.rows(RunStatus.STOPPED, List.copyOf(rows));
        }
        while (true) {
            Phase phase = phases.get(place.phase);
            boolean last = phase.goal() == null;
            if (last && rows.isEmpty()) {
                row(place.run, false);
            }
            Run run = take(phase, place);
            if (run.status() == RunStatus.DIVERGED) {
                watcher.rows(RunStatus.DIVERGED, List.copyOf(rows));
                return new Outcome(RunStatus.DIVERGED, phase.name(), run, List.copyOf(rows));
            }
            if (last) {
                return new Outcome(RunStatus.FINISHED, phase.name(), run, List.copyOf(rows));
            }
            int next = place.phase + 1;
            place = new Place(next, place.before + run.steps(), begin(next, run.parameters()));
            keep(place);
        }
    }

    private Run begin(int phase, DMatrixRMaj theta) {
        Phase next = phases.get(phase);
        return next.optimiser().run(next.objective(), theta, 0);
    }

    /** The steps of a phase from a place on. */
    private Run take(Phase phase, Place place) {
        Run run = place.run;
        long period = phase.goal() == null ? plan.every() : phase.goal().every();
        while (run.steps() < phase.steps()) {
            long now = run.steps();
            long all = place.before + now;
            long next = Math.min(phase.steps(), (now / period + 1) * period);
            next = Math.min(next, now + keeper.every() - all % keeper.every());
            long[] from = {now};
            speed.begin();
            run = phase.optimiser().resume(phase.objective(), run, next - now, clock(phase, from));
            speed.add((double) (run.steps() - from[0]) * phase.optimiser().batchSize(phase.objective()));
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (run.status() == RunStatus.DIVERGED) {
                return run;
            }
            long step = run.steps();
            Place here = new Place(place.phase, place.before, run);
            if (interrupted) {
                // A row that is due at this step is not there: what is kept is what was before it.
                if (step % period != 0 && step < phase.steps()) {
                    keep(here);
                }
                Interruption.check();
            }
            boolean reached = false;
            if (phase.goal() == null) {
                if (step % period == 0 || step == phase.steps()) {
                    row(run, step == phase.steps());
                }
            } else if (step % period == 0) {
                reached = phase.goal().isReached(phase.objective(), run.parameters());
            }
            if (reached) {
                return run;
            }
            if (keeper.isDue() || (place.before + step) % keeper.every() == 0 || step == phase.steps()) {
                keep(here);
            }
        }
        return run;
    }

    /** Looks at the clock, and adds up the images of the steps since {@code from}. */
    private RunMonitor clock(Phase phase, long[] from) {
        int batch = phase.optimiser().batchSize(phase.objective());
        return RunMonitor.every(CLOCK_EVERY, view -> {
            long step = view.step();
            speed.add((double) (step - from[0]) * batch);
            from[0] = step;
            double left = (phase.steps() - step) * (double) batch / speed.ofLate();
            watcher.steps(phase.name(), step, phase.steps(), speed.ofLate(), left);
            return !keeper.isDue();
        });
    }

    private void row(Run run, boolean end) {
        TrainingRow row = look.at(run.steps(), steps, run.parameters());
        rows.add(row.withSpeed(speed.sinceLastRow()));
        watcher.rows(end ? RunStatus.FINISHED : RunStatus.STOPPED, List.copyOf(rows));
    }

    private void keep(Place place) {
        SavedState state = States.of(place.run, settings)
                .withArray(ROWS, TrainingRow.pack(rows))
                .withArray(PLACE, new double[] {place.phase, (double) place.before});
        keeper.keep(state, place.before + place.run.steps());
    }
}
