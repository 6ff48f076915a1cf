package dev.lowland.cli.train;

import dev.lowland.cli.problem.Problem;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.batch.Batches;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where a training starts from: the θ of its problem, or one of two bad ones that are made of it. Both have next to no
 * loss: they are made by minimising the problem's own, smoothed where its labels flip, without noise.
 *
 * @param kind which
 * @param learningRate η of the phases that make it, positive
 * @param steps of each of them at most, at least 1
 * @param loss at which they end, positive
 * @param copies of the training set with random labels, at least 1
 */
public record Start(Kind kind, double learningRate, long steps, double loss, int copies) {
    /** Which start. */
    public enum Kind {
        /** The θ of the problem. */
        GIVEN,
        /** Trained to nearly zero loss by gradient descent on the full batch, without noise. */
        FULL_BATCH,
        /** Trained on random labels until they are memorised, and from there on the true ones, without noise. */
        ADVERSARIAL
    }

    private static final double MOMENTUM = 0.9;
    private static final double MEMORISED = 0.99;

    /** Epochs from one look at a goal to the next; a look takes about a third of an epoch. */
    private static final long LOOK_EVERY = 5;

    /**
     * The point where a training begins.
     *
     * @param problem the problem
     * @param main its optimiser, with its seed and threads
     * @return θ, P × 1, and how many steps it took to make it
     * @throws IllegalStateException if the thread is interrupted
     */
    public Run make(Problem problem, Optimiser main) {
        Run run = main.run(problem.objective(), problem.theta(), 0);
        for (Phase phase : phases(problem, main)) {
            Goal goal = Objects.requireNonNull(phase.goal(), "every phase before the last has a goal");
            run = phase.optimiser().run(phase.objective(), run.parameters(), 0);
            while (run.status() == RunStatus.FINISHED && run.steps() < phase.steps()) {
                long steps = Math.min(goal.every(), phase.steps() - run.steps());
                run = phase.optimiser().resume(phase.objective(), run, steps);
                Interruption.check();
                if (goal.isReached(phase.objective(), run.parameters())) {
                    break;
                }
            }
        }
        return run;
    }

    /** The phases before that of the problem. */
    List<Phase> phases(Problem problem, Optimiser main) {
        List<Phase> phases = new ArrayList<>();
        Objective objective = problem.objective();
        long seed = Seeds.derive(main.seed(), "start");
        Optimiser plain =
                Optimiser.of(Rules.plain(), learningRate).withSeed(seed).withThreads(main.threads());
        if (kind == Kind.FULL_BATCH) {
            phases.add(new Phase("full-batch start", objective, plain, steps, new Goal(loss, 1, LOOK_EVERY)));
        }
        if (kind == Kind.ADVERSARIAL) {
            if (!problem.loss().flipsLabels() && problem.loss().hasMinimum()) {
                throw Checks.error(
                        "train", "--start", "adversarial", "for a loss of labels, which can be drawn at random");
            }
            Objective random =
                    Objective.of(problem.model(), objective.loss(), RandomLabels.of(problem.data(), copies, seed));
            int batch = Math.min(main.batchSize(objective), objective.sampleCount());
            Goal memorised = new Goal(Double.MAX_VALUE, MEMORISED, LOOK_EVERY);
            phases.add(memorise("random labels", random, plain, batch, memorised));
            phases.add(memorise("true labels", objective, plain, batch, new Goal(loss, 1, LOOK_EVERY)));
        }
        return phases;
    }

    private Phase memorise(String name, Objective objective, Optimiser plain, int batch, Goal goal) {
        Optimiser optimiser = plain.withRule(Rules.heavyBall(MOMENTUM)).withBatches(Batches.withoutReplacement(batch));
        long epoch = optimiser.batches().stepsPerEpoch(objective.sampleCount());
        Goal seldom = new Goal(goal.loss(), goal.accuracy(), goal.every() * epoch);
        return new Phase(name, objective, optimiser, steps, seldom);
    }
}
