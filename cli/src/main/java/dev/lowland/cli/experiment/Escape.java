package dev.lowland.cli.experiment;

import dev.lowland.autodiff.nn.Initialiser;
import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.study.StudyProgress;
import dev.lowland.cli.train.LookPlan;
import dev.lowland.cli.train.Start;
import dev.lowland.cli.train.Training;
import dev.lowland.cli.train.TrainingRow;
import dev.lowland.optim.noise.Noise;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.optim.sgd.Run;
import dev.lowland.optim.sgd.RunStatus;
import dev.lowland.theory.experiment.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Training from bad starts, with label noise and without, and what becomes of test accuracy and tr H.
 *
 * @param problem model, loss and data; its θ and its rates are not used
 * @param plan what was run
 * @param curves one for each setting, starts first, then momenta, then those with noise by η, and without noise last
 */
public record Escape(Problem problem, EscapePlan plan, List<EscapeCurve> curves) {
    private static final int TRACE_PRODUCTS = 12;
    private static final int TRACE_BATCHES = 16;

    /** One run: its setting, and its rows; empty if it diverged. */
    private record Found(EscapeSetting setting, List<TrainingRow> rows) {}

    /**
     * Runs all settings from all seeds. No result depends on the threads.
     *
     * @param problem model, loss and data
     * @param plan what to run
     * @param seed of the first seed; the others follow
     * @param threads runs at once
     * @param progress told how far it has come
     * @return the curves
     */
    public static Escape of(Problem problem, EscapePlan plan, long seed, int threads, StudyProgress progress) {
        List<EscapeSetting> settings = settings(plan);
        long parts = (long) plan.seeds() * settings.size();
        AtomicLong done = new AtomicLong();
        List<Callable<List<Found>>> tasks = new ArrayList<>();
        for (int s = 0; s < plan.seeds(); s++) {
            for (Start.Kind kind : plan.starts()) {
                long own = seed + s;
                tasks.add(() -> fromOneStart(problem, plan, kind, own, settings, () -> {
                    long count = done.incrementAndGet();
                    progress.advance((double) count / parts, count + " of " + parts + " runs");
                }));
            }
        }
        List<Found> all = new ArrayList<>();
        Parallel.run(threads, tasks).forEach(all::addAll);
        List<EscapeCurve> curves = new ArrayList<>();
        for (EscapeSetting setting : settings) {
            List<List<TrainingRow>> runs = new ArrayList<>();
            all.stream()
                    .filter(found ->
                            found.setting().equals(setting) && !found.rows().isEmpty())
                    .forEach(found -> runs.add(found.rows()));
            curves.add(new EscapeCurve(setting, List.copyOf(runs), plan.seeds() - runs.size()));
        }
        return new Escape(problem, plan, List.copyOf(curves));
    }

    private static List<EscapeSetting> settings(EscapePlan plan) {
        List<EscapeSetting> settings = new ArrayList<>();
        for (Start.Kind start : plan.starts()) {
            for (double momentum : plan.momenta()) {
                plan.rates().forEach(rate -> settings.add(new EscapeSetting(start, momentum, rate, true)));
                settings.add(new EscapeSetting(start, momentum, plan.withoutNoise(), false));
            }
        }
        return settings;
    }

    private static List<Found> fromOneStart(
            Problem problem, EscapePlan plan, Start.Kind kind, long seed, List<EscapeSetting> settings, Runnable done) {
        Problem fresh = problem.at(Initialiser.KAIMING_FAN_IN.theta(problem.model(), seed, 1));
        Start start = new Start(
                kind,
                plan.start().learningRate(),
                plan.start().steps(),
                plan.start().loss(),
                plan.start().copies());
        Run made = start.make(fresh, fresh.optimiser(seed));
        List<Found> found = new ArrayList<>();
        for (EscapeSetting setting : settings) {
            if (setting.start() == kind) {
                List<TrainingRow> rows = made.status() == RunStatus.FINISHED
                        ? train(problem.at(made.parameters()), plan, setting, seed)
                        : List.of();
                found.add(new Found(setting, rows));
                done.run();
            }
        }
        return found;
    }

    private static List<TrainingRow> train(Problem problem, EscapePlan plan, EscapeSetting setting, long seed) {
        double beta = setting.momentum();
        Optimiser optimiser = problem.optimiser(seed)
                .withRule(beta == 0 ? Rules.plain() : Rules.heavyBall(beta))
                .withLearningRate(setting.learningRate() * (1 - beta));
        if (!setting.noise()) {
            optimiser = optimiser.withNoise(Noise.none());
        }
        long every = Math.max(1, plan.steps() / plan.looks());
        LookPlan looks = new LookPlan(every, 1, LookPlan.When.NEVER, TRACE_PRODUCTS, TRACE_BATCHES);
        Start given = new Start(Start.Kind.GIVEN, setting.learningRate(), 1, 1, 1);
        Training.Outcome outcome =
                new Training(problem, optimiser, plan.steps(), given, looks, SILENT, Training.Keeper.NOTHING).run();
        return outcome.status() == RunStatus.FINISHED ? outcome.rows() : List.of();
    }

    private static final Training.Watcher SILENT = new Training.Watcher() {
        @Override
        public void rows(RunStatus status, List<TrainingRow> rows) {}

        @Override
        public void steps(String phase, long step, long last, double imagesPerSecond, double secondsLeft) {}
    };
}
