package dev.lowland.optim.ensemble;

import dev.lowland.optim.ensemble.WatchRunner.Watch;
import dev.lowland.optim.parallel.Pace;
import dev.lowland.optim.rule.OptimiserState;
import dev.lowland.optim.sgd.LaneGroup;
import dev.lowland.optim.sgd.SgdStepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Runs blocks of replicas for one thread. Between two events (a checkpoint, a measurement, a guard) it only steps.
 * Guards look for divergence; when one finds it, the block goes back to the guard before and takes the steps again, one
 * look a step. By the clock, after whatever step it is, it tells of progress and asks whether to stop.
 */
final class BlockRunner {

    /** Steps between guards. */
    private static final long GUARD_PERIOD = 64;

    private final EnsembleRun run;
    private final SgdStepper stepper;
    private final long[] checkpoints;
    private final long end;
    private final List<WatchRunner> watches = new ArrayList<>();
    private final Pace pace = new Pace();
    private final BooleanSupplier stop = this::stops;
    private List<BlockPart> parts = List.of();
    private long guardStep;
    private long reported;
    private int counted;
    private int checkpoint;

    BlockRunner(EnsembleRun run) {
        this.run = run;
        this.stepper = run.program().newStepper();
        this.checkpoints = run.checkpoints();
        this.end = checkpoints[checkpoints.length - 1];
    }

    /** Looks up where it is time to, and returns whether to stop: to be asked after each piece of work. */
    boolean stops() {
        if (pace.due()) {
            report();
            run.askWhetherToStop();
        }
        return run.isStopped();
    }

    /** Steps that are taken again, after a divergence, have been reported. */
    private void report() {
        long step = stepper.stepsTaken();
        if (step > reported) {
            run.advance((step - reported) * counted);
            reported = step;
        }
    }

    /** Runs a block and returns the sums of its parts; none if the run is to stop. */
    List<BlockSums> run(List<BlockPlan.Part> plan) {
        parts = plan.stream()
                .map(part -> new BlockPart(run.setting(part), part))
                .toList();
        BlockPlan.Part last = plan.get(plan.size() - 1);
        counted = last.lane() + last.count();
        start();
        reported = stepper.stepsTaken();
        checkpoint = 0;
        remember();
        watches.clear();
        for (Watch watch : run.ensemble().watches()) {
            watches.add(new WatchRunner(watch, stepper, parts));
        }
        while (true) {
            if (diverged() && !findDivergence()) {
                return List.of();
            }
            long step = stepper.stepsTaken();
            if (step - guardStep >= GUARD_PERIOD) {
                remember();
            }
            for (WatchRunner watch : watches) {
                watch.measureIfDue(stepper);
            }
            if (step == checkpoints[checkpoint]) {
                takeCheckpoint();
                checkpoint++;
            }
            if (step == end || !isAnyLive(step)) {
                report();
                parts.forEach(part -> part.keepFinalState(stepper));
                return stops() ? List.of() : finish();
            }
            if (!stepTo(nextEvent())) {
                return List.of();
            }
        }
    }

    private void start() {
        List<LaneGroup> groups = parts.stream().map(BlockPart::group).toList();
        if (run.program().isVaried()) {
            stepper.start(groups, groups.size());
        } else {
            stepper.start(groups.get(0).start(), groups.get(0).firstReplica());
        }
        if (run.isResumed()) {
            stepper.restore(saved());
        }
    }

    /** Where the replicas of the block have ended before; lanes that do not count do as the last one that does. */
    private OptimiserState saved() {
        List<String> names = stepper.memoryNames();
        double[][] laned = new double[1 + names.size()][stepper.parameters().length];
        for (BlockPart part : parts) {
            part.load(stepper.lanes(), laned);
        }
        Map<String, double[]> memory = new LinkedHashMap<>();
        for (int a = 0; a < laned.length; a++) {
            fill(laned[a]);
            if (a > 0) {
                memory.put(names.get(a - 1), laned[a]);
            }
        }
        long seed = parts.get(0).group().optimiser().seed();
        return OptimiserState.of(run.taken(), seed, stepper.firstReplica(), stepper.lanes(), laned[0], memory);
    }

    private void fill(double[] laned) {
        int lanes = stepper.lanes();
        for (int e = 0; e < laned.length; e += lanes) {
            Arrays.fill(laned, e + counted, e + lanes, laned[e + counted - 1]);
        }
    }

    /** Whether a part has not diverged, and neither has its setting before this step. */
    private boolean isAnyLive(long step) {
        for (BlockPart part : parts) {
            if (part.isLive(step)) {
                return true;
            }
        }
        return false;
    }

    private List<BlockSums> finish() {
        List<BlockSums> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            BlockSums sums = parts.get(i).sums();
            for (WatchRunner watch : watches) {
                sums.addSeries(watch.finish(i));
            }
            all.add(sums);
        }
        return all;
    }

    private long nextEvent() {
        long next = Math.min(guardStep + GUARD_PERIOD, checkpoints[checkpoint]);
        for (WatchRunner watch : watches) {
            next = Math.min(next, watch.nextStep());
        }
        return next;
    }

    /** Takes the steps up to this one; false if the run is to stop. */
    private boolean stepTo(long step) {
        boolean followed = false;
        for (WatchRunner watch : watches) {
            followed |= watch.followsSteps();
        }
        while (stepper.stepsTaken() < step) {
            if (followed) {
                stepper.prepareStep();
                for (WatchRunner watch : watches) {
                    watch.beforeStep(stepper);
                }
            }
            if (!stepper.stepUnless(stop) || stops()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes the steps since the last guard again, up to the one in which a part diverges, and reports it; false if the
     * run is to stop.
     */
    private boolean findDivergence() {
        stepper.goBack();
        do {
            stepper.step();
            if (stops()) {
                return false;
            }
        } while (!diverged());
        for (BlockPart part : parts) {
            part.reportDivergence(stepper);
        }
        remember();
        return true;
    }

    /** Whether a lane of a live part has diverged. */
    private boolean diverged() {
        if (stepper.divergedLane().orElse(counted) >= counted) {
            return false;
        }
        for (BlockPart part : parts) {
            if (part.firstDiverged(stepper).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void remember() {
        guardStep = stepper.stepsTaken();
        stepper.remember();
    }

    private void takeCheckpoint() {
        for (BlockPart part : parts) {
            if (part.isLive(stepper.stepsTaken())) {
                part.takeCheckpoint(stepper, run.ensemble().moments(), checkpoint, stop);
            }
        }
    }
}
