package dev.lowland.theory.claims.drift;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.Theory;
import dev.lowland.theory.claims.trial.DriftCase;
import dev.lowland.theory.claims.trial.DriftPath;
import dev.lowland.theory.claims.trial.DriftTrial;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Parallel;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 5: the mean of many runs goes where gradient descent on L + λR goes. */
public final class Drift implements Claim {

    private static final String QUARTER = "¼ tr H in place of R";
    private static final String MORE = "λ + 5 %";
    private static final String LESS = "λ − 5 %";
    private static final String FLOW = "Φ on L + λR";
    private static final String NO_DRIFT = "no drift";

    /** ηλmax and the λ used there: chosen so that the term of order λ² is far below the precision. */
    private static final double[][] SCALES = {{0.2, 4e-4}, {1.0, 2e-4}, {1.6, 1e-4}};

    private static final int REPLICAS = 4096;

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String statement() {
        return "Started at a global minimum, label-noise SGD drifts along the valley, on average as gradient descent on L + λR does.";
    }

    @Override
    public String formula() {
        return "E θ_T = Φ_T + o(1) as λ → 0 at fixed ηλT, Φ_{k+1} = Φ_k − η∇(L + λR)(Φ_k)";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: theorem 1 and the local coupling";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`SlowFlow` with R, against ensembles");
    }

    @Override
    public String method() {
        return "Four families, ηλmax = " + InWords.column(SCALES, 0) + ", full batch, λ = " + InWords.column(SCALES, 1)
                + "; the start is the first random zero-loss point "
                + "whose Hessian is conditioned better than 0.1 on its range. T is such that the drift goes "
                + InWords.number(DriftCase.DISPLACEMENT) + " at its first speed. "
                + REPLICAS
                + " replicas run T steps at λ and as many T/4 steps at 4λ. Statistics, each a projection of (4 x(λ) − x(4λ))/3, x "
                + "the mean displacement, which has no term of order λ: along the predicted displacement, and along the two directions in "
                + "which the wrong theories ¼ tr H and λ + 5 % deviate from it. The theory allows a bias of "
                + DriftTrial.BIAS + ", where lag = "
                + "½·4λ‖P_T∇³L[ΠH⁻¹(2 − ηH)⁻²]‖ is the drift lost at 4λ while the fluctuations build up. The effect is the predicted "
                + "displacement. Every case has to refuse every wrong theory. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(QUARTER, MORE, LESS, NO_DRIFT);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Full batch. The paper allows any B, but with mini-batches R is exact only as η max‖∇f_i‖²/B → 0: sampling adds to the fluctuations. The section on six "
                        + "parameters shows it failing with B = 1.",
                "Directions tangent to the valley. Across it −½∇³L[S] and −λ∇R differ, and the mean of the runs is off the slow flow by a distance of order λ, which the "
                        + "same section shows. The statistics here are projections on displacements along the valley.",
                "Asymptotic in λ: at finite λ the mean is off by a term of order λ, which the combination of two strengths removes.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<DriftCase> subjects = subjects();
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            DriftCase subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Plan plan = new Plan(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, REPLICAS, plan.expectations(), plan::measure));
            if (plan.isDrawable()) {
                figures.add(plan.figure());
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d projections of the mean of %d runs, largest error %.2f %% of the displacement",
                cases.size(),
                REPLICAS,
                100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    static List<DriftCase> subjects() {
        List<DriftCase> subjects = new ArrayList<>();
        for (Families family :
                List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            int samples = family == Families.DEEP_LINEAR ? 2 : 3;
            Setting setting = family.zeroLoss(samples, s -> s.rank() == samples && s.conditioning() > 0.1);
            for (double[] scale : SCALES) {
                subjects.add(DriftCase.of(setting, scale[0], scale[1]));
            }
        }
        return subjects;
    }

    /** What is expected of one subject, and how it is measured. */
    private static final class Plan {

        private final DriftCase subject;
        private final ClaimContext context;
        private final DriftPath theory;
        private final List<DriftPath> wrong;
        private final List<DMatrixRMaj> directions;

        Plan(DriftCase subject, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            List<DriftPath> paths = Parallel.run(
                    context.threads(),
                    List.of(
                            () -> subject.quarterTrace(QUARTER),
                            () -> subject.theory(FLOW, Theory.paper()),
                            () -> subject.otherStrength(MORE, 1.05),
                            () -> subject.otherStrength(LESS, 0.95)));
            DriftPath paper = paths.get(1);
            theory = context.theory().equals(Theory.paper()) ? paper : subject.theory(FLOW, context.theory());
            wrong = List.of(
                    paths.get(0),
                    paths.get(2),
                    paths.get(3),
                    DriftPath.still(NO_DRIFT, subject.setting().parameters()));
            DMatrixRMaj end = paper.end();
            directions = List.of(
                    Dense.unit(end),
                    Dense.unit(Dense.minus(wrong.get(0).end(), end)),
                    Dense.unit(Dense.minus(wrong.get(1).end(), end)));
        }

        List<Expectation> expectations() {
            return List.of(
                    expectation("along the displacement", 0, List.of(QUARTER, MORE, LESS, NO_DRIFT)),
                    expectation("towards ¼ tr H", 1, List.of(QUARTER)),
                    expectation("towards λ + 5 %", 2, List.of(MORE, LESS)));
        }

        private Expectation expectation(String statistic, int direction, List<String> refused) {
            DMatrixRMaj along = directions.get(direction);
            List<Alternative> alternatives = wrong.stream()
                    .filter(path -> refused.contains(path.name()))
                    .map(path -> Alternative.mustReject(path.name(), Dense.dot(along, path.end())))
                    .toList();
            return subject.expectation(
                    subject.name() + ", " + statistic,
                    Dense.dot(along, theory.end()),
                    Dense.norm(theory.end()),
                    alternatives);
        }

        List<Estimate> measure(long seed, int replicas) {
            return subject.measure(directions, replicas, context.threads(), seed);
        }

        boolean isDrawable() {
            return subject.isDrawable(theory, directions.get(0));
        }

        Figure figure() {
            return subject.figure("drift", "Drift", directions.get(0), theory, wrong);
        }
    }
}
