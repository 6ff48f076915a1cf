package dev.lowland.theory.claims.beyond;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.ThreePartRule;
import dev.lowland.theory.claims.trial.ProjectedFlow;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Claim 27: at the edge of stability the time average of gradient descent is a flow that keeps λ₁ at 2/η.
 *
 * <p>Off by x along v₁ the gradient is ∇L + ½x²∇λ₁ in the mean of two steps. A step multiplies x by −(1 + η(λ₁ − 2/η)),
 * so x grows where λ₁ > 2/η and shrinks where it is below; as long as that goes on λ₁ has no drift in the time mean,
 * which asks for ⟨∇λ₁, ∇L + ½σ²∇λ₁⟩ = 0, σ² the time mean of x².
 */
public final class EdgeCentralFlow implements Claim {

    private static final String GRADIENT_FLOW = "gradient flow";
    private static final String NO_TWO = "σ² without the 2";

    /** ε of the fine run. */
    private static final double SIZE = 0.01;

    /** How far the flow goes at the speed it starts with. */
    private static final double DISPLACEMENT = 0.1;

    private static final int MEANS = 400;

    /** Problems of each family. */
    private static final int PROBLEMS = 3;

    /**
     * Fewest swings along v₁ in the time of the fine run, and least share of the motion by which it leaves gradient
     * flow.
     */
    private static final double SWINGS = 4;

    private static final double APART = 0.05;
    private static final int MOST_CANDIDATES = 100;

    @Override
    public String name() {
        return "edge-central-flow";
    }

    @Override
    public int number() {
        return 27;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Gradient descent whose largest eigenvalue is driven to 2/η stays there: in the time mean it follows the flow of L that keeps λ₁ at 2/η, and oscillates along "
                + "the top eigenvector with a variance that the flow asks for.";
    }

    @Override
    public String formula() {
        return "dθ/dt = −(∇L + ½σ²∇λ₁), σ² = −2⟨∇λ₁, ∇L⟩/‖∇λ₁‖² the time mean of x², of the parts along the valley of the sharp sample";
    }

    @Override
    public String source() {
        return "Damian, Nichani, Lee 2023 (arXiv 2209.15594); Cohen et al. 2025 (arXiv 2410.24206)";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`ProjectedFlow` of ∇L + ½σ²∇λ₁ (`EdgeValley`)");
    }

    @Override
    public String method() {
        return "The formula is a statement about slow forces, so one is made slow: two samples, inputs and target of the second times ε, so that L = L_s + ε²ℓ, from a point "
                + "with L_s = 0, at η = 2/λ₁, the second target 1 away on the side from which λ₁ goes up. Two families, the first "
                + PROBLEMS
                + " random problems of each for which the theory says at least " + InWords.number(SWINGS)
                + " swings along v₁ in the time of the run and a motion at least "
                + InWords.percent(APART)
                + " off gradient flow; how many were passed over is in the summary. Gradient descent with ε = "
                + InWords.number(SIZE)
                + " starts off by its own σ along v₁ and takes as many steps as the flow needs for "
                + InWords.number(DISPLACEMENT)
                + " at its first speed; nothing is random. Statistics, means over every step of the second half: how far it is from gradient flow along the predicted "
                + "difference; and x²/ε², x half of what a step goes along v₁. The predictions are means over the same part of the flow within L_s = 0, and the effects. What "
                + "is left is at least of order ε: the bias is "
                + OrbitTrial.SAFETY + " times the difference to the same with 2ε and a quarter of the steps, "
                + OrbitTrial.SAFETY
                + " being a factor of safety.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(GRADIENT_FLOW, NO_TWO);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Where there are swings along v₁: on a problem with a seventh of a swing in the time of the run both means were off by a half, with six tenths by a quarter.",
                "In the limit of slow forces, ∇L of order ε² beside the sharp directions, and for means over many oscillations. Where ∇L is not slow the source calls the flow an "
                        + "approximation; this check says nothing about it.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Families> families = List.of(Families.QUADRATIC, Families.MATRIX_SENSING);
        int passed = 0;
        for (Families family : families) {
            int found = 0;
            for (int candidate = 0; candidate < MOST_CANDIDATES && found < PROBLEMS; candidate++) {
                String title = family.title() + " " + (candidate + 1);
                context.progress().advance(cases.size() / (2.0 * families.size() * PROBLEMS), title);
                Problem problem = new Problem(title, EdgeValley.of(family, candidate));
                if (problem.isClear()) {
                    figures.add(problem.check(context, cases));
                    found++;
                } else {
                    passed++;
                }
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d time means, largest error %.2f %% of the effect; %d problems were passed over",
                cases.size(),
                100 * worst,
                passed);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    /** One problem: what the flows say, and what gradient descent does. */
    private static final class Problem {

        private final String title;
        private final EdgeValley valley;
        private final double time;
        private final long steps;
        private final double[] times = new double[MEANS];
        private List<DMatrixRMaj> theory = List.of();
        private List<DMatrixRMaj> free = List.of();

        Problem(String title, EdgeValley valley) {
            this.title = title;
            this.valley = valley;
            ProjectedFlow flow = ProjectedFlow.along(valley.sharp(), valley.field("", 1));
            double start = 1e-4;
            DMatrixRMaj first = Dense.minus(flow.path(valley.theta(), start).get(0), valley.theta());
            double about = DISPLACEMENT * start / Dense.norm(first);
            double unit = valley.learningRate() * SIZE * SIZE;
            steps = 8 * Math.max(1, Math.round(about / unit / 8));
            time = unit * steps;
            for (int i = 0; i < MEANS; i++) {
                times[i] = time * (0.5 + (i + 0.5) / (2 * MEANS));
            }
        }

        /** Whether there are swings enough for a mean, and the flow leaves gradient flow. Follows both flows if so. */
        boolean isClear() {
            if (!(valley.swings(SIZE, time) >= SWINGS)) {
                return false;
            }
            theory = ProjectedFlow.along(valley.sharp(), valley.field("", 1)).path(valley.theta(), times);
            free = ProjectedFlow.along(valley.sharp(), valley.field("", 0)).path(valley.theta(), times);
            double way = Dense.norm(mean(theory, valley.theta()));
            return Dense.norm(difference()) >= APART * way;
        }

        private DMatrixRMaj difference() {
            return Dense.minus(mean(theory, valley.theta()), mean(free, valley.theta()));
        }

        Figure check(ClaimContext context, List<CaseResult> cases) {
            double factor = context.theory().gradientFactor() * context.theory().lambdaFactor();
            DMatrixRMaj along = Dense.unit(difference());
            double apart = Dense.norm(difference());
            double unforced = Dense.dot(along, mean(free, valley.theta()));
            double variance =
                    theory.stream().mapToDouble(valley::variance).average().orElse(Double.NaN);
            EdgeValley.Way fine = valley.descend(SIZE, steps);
            EdgeValley.Way coarse = valley.descend(2 * SIZE, steps / 4);
            cases.add(judge(
                    title + ", away from gradient flow",
                    factor * apart,
                    apart,
                    Dense.dot(along, fine.displacement()) - unforced,
                    Dense.dot(along, coarse.displacement()) - unforced,
                    Alternative.mustReject(GRADIENT_FLOW, 0),
                    context));
            cases.add(judge(
                    title + ", variance along v₁",
                    factor * variance,
                    variance,
                    fine.variance(),
                    coarse.variance(),
                    Alternative.mustReject(NO_TWO, variance / 2),
                    context));
            return Figure.named("edge-central-flow-" + Figure.slug(title))
                    .title("At the edge of stability: " + title)
                    .caption(
                            "Motion along the direction in which the flow leaves gradient flow, against its time; the mark is the mean of "
                                    + "gradient descent.")
                    .x("ε²ηk")
                    .y("distance")
                    .line(Role.FALSIFICATION, GRADIENT_FLOW, times, projected(free, valley.theta(), along))
                    .line(Role.PREDICTED, "flow at λ₁ = 2/η", times, projected(theory, valley.theta(), along))
                    .points(Role.MEASURED, "mean over the second half", new double[] {0.75 * time}, new double[] {
                        Dense.dot(along, fine.displacement())
                    })
                    .build();
        }
    }

    private static CaseResult judge(
            String name,
            double predicted,
            double effect,
            double fine,
            double coarse,
            Alternative wrong,
            ClaimContext context) {
        Expectation expectation = LadderTrial.expectation(
                name, predicted, OrbitTrial.SAFETY * Math.abs(fine - coarse), effect, List.of(wrong));
        return ThreePartRule.judge(expectation, new Estimate(fine, 0, 1, context.seed()));
    }

    private static DMatrixRMaj mean(List<DMatrixRMaj> path, DMatrixRMaj start) {
        DMatrixRMaj sum = new DMatrixRMaj(start.numRows, 1);
        path.forEach(at -> CommonOps_DDRM.addEquals(sum, 1.0 / path.size(), at));
        return Dense.minus(sum, start);
    }

    private static double[] projected(List<DMatrixRMaj> path, DMatrixRMaj start, DMatrixRMaj along) {
        return path.stream()
                .mapToDouble(at -> Dense.dot(along, Dense.minus(at, start)))
                .toArray();
    }
}
