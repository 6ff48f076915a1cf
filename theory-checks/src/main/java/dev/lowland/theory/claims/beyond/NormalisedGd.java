package dev.lowland.theory.claims.beyond;

import dev.lowland.optim.flatness.DriftField;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.optim.rule.Rules;
import dev.lowland.optim.sgd.Optimiser;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Claim 24: gradient descent with steps of one length, and gradient descent on √L, lower the largest eigenvalue.
 *
 * <p>Near the valley and along the top eigenvector, with h = λ₁, a step of length η goes from x to x − η sign x: two
 * steps lead back, and |x| is η/2 in the mean of the two. The gradient is h|x| long, its part along the valley ½x²∇h,
 * so a step drifts by −η·½|x|∇h/h, in the mean −¼η²∇log h. On √L = √(h/2)|x| a step is η√(h/2) long, |x| is half of
 * that in the mean, and the drift −η|x|∇√(h/2) is in the mean −½η²·√(h/2)∇√(h/2) = −⅛η²∇h. Another direction with
 * eigenvalue rh, r < 1, is multiplied by 1 − r(1 − r)/(p(1 − p)) in two steps where |x| = pη, and dies out unless the
 * start is at the very end of the orbit.
 */
public final class NormalisedGd implements Claim {

    private static final String HALF = "½ for ¼, and ¼ for ⅛";
    private static final String NO_LOG = "∇λ₁ without the logarithm";
    private static final String TRACE = "tr H for λ₁";

    /** η of the finest rung, as a share of the length of θ*. */
    private static final double STEP = 0.003;

    private static final double DISPLACEMENT = 0.1;
    private static final int SAMPLES = 3;
    private static final double LEAST_SECOND = 0.4;
    private static final double MOST_SECOND = 0.7;

    /** Of the start, over the length of the step: the orbit's own mean amplitude. */
    private static final double MIDDLE = 0.5;

    private static final Ladder LADDER = new Ladder(2, 2);

    @Override
    public String name() {
        return "normalised-gd";
    }

    @Override
    public int number() {
        return 24;
    }

    @Override
    public boolean isBeyondPaper() {
        return true;
    }

    @Override
    public String statement() {
        return "Gradient descent with steps of a fixed length drifts along the valley as the flow of the logarithm of the largest eigenvalue of the Hessian; "
                + "gradient descent on √L as the flow of that eigenvalue itself.";
    }

    @Override
    public String formula() {
        return "θ_{k+1} = θ_k − η∇L/‖∇L‖: −¼P_T∇log λ₁ per η² of time; θ_{k+1} = θ_k − η∇√L: −⅛P_T∇λ₁";
    }

    @Override
    public String source() {
        return "Arora, Li, Panigrahi 2022 (arXiv 2205.09745); the constants are derived again here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`ProjectedFlow` of ¼∇log λ₁ and ⅛∇λ₁ (`SpectralField`)");
    }

    @Override
    public String method() {
        return "Three families with three samples, from the first random zero-loss point whose second eigenvalue is between "
                + InWords.number(LEAST_SECOND) + " and " + InWords.number(MOST_SECOND)
                + " of the first, beside it along the top eigenvector by half a step. Nothing is random: one run each with η, 2η and 4η, where η = "
                + InWords.number(STEP)
                + " of the length of θ* for steps of a fixed length, and over √(λ₁/2) on √L. T is such that the drift goes "
                + InWords.number(DISPLACEMENT)
                + " at its first speed; T, T/4 and T/16 steps. Statistic: the projection of the extrapolated displacement 2x(η) − x(2η) over the second "
                + "half of the slow time, each position the middle of two in a row, on the predicted one, which is the effect. The bias is "
                + OrbitTrial.SAFETY
                + " times the term of order η² that is left, which is a third of the difference to the extrapolation one rung up, and "
                + InWords.number(OrbitTrial.ROUNDING) + " of the effect for the error of the flow.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALF, NO_LOG, TRACE);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Families> families = List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH);
        for (Families family : families) {
            Setting setting = family.zeroLoss(SAMPLES, NormalisedGd::hasAGap);
            for (boolean root : new boolean[] {false, true}) {
                String title = family.title() + (root ? ", √L" : ", steps of one length");
                context.progress().advance(cases.size() / (2.0 * families.size()), title);
                OrbitTrial trial = trial(title, setting, root);
                cases.add(trial.judge(context, figures));
            }
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT, "%d drifts, largest error %.2f %% of the displacement", cases.size(), 100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    private static boolean hasAGap(Setting setting) {
        double[] values = setting.spectrum().values();
        double second = values[values.length - 2] / setting.top();
        return setting.rank() == SAMPLES && second > LEAST_SECOND && second < MOST_SECOND;
    }

    private OrbitTrial trial(String title, Setting setting, boolean root) {
        int rank = setting.rank();
        double start = setting.top();
        double length = Dense.norm(setting.theta()) * STEP;
        double rate = root ? length / Math.sqrt(start / 2) : length;
        SpectralField.Weight weight = root ? (j, h) -> 0.125 : (j, h) -> 0.25 / h;
        SpectralField.Weight twice = (j, h) -> 2 * weight.at(j, h);
        List<DriftField> wrong = new ArrayList<>();
        wrong.add(new SpectralField(HALF, setting.objective(), 1, twice));
        wrong.add(new SpectralField(TRACE, setting.objective(), rank, weight));
        if (!root) {
            wrong.add(new SpectralField(NO_LOG, setting.objective(), 1, (j, h) -> 0.25));
        }
        DMatrixRMaj offset = Dense.scaled(MIDDLE * length, setting.eigenvector(0));
        return new OrbitTrial(
                name(),
                title,
                setting,
                LADDER,
                new SpectralField(root ? "⅛∇λ₁" : "¼∇log λ₁", setting.objective(), 1, weight),
                wrong,
                rate * rate,
                DISPLACEMENT,
                rung -> new OrbitTrial.Run(
                        plus(setting.theta(), Dense.scaled(1 << rung, offset)),
                        root ? onRoot(setting, rate * (1 << rung)) : normalised(setting, rate * (1 << rung))));
    }

    private static DMatrixRMaj plus(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.add(a, b, null);
    }

    private static OrbitTrial.Walk normalised(Setting setting, double rate) {
        return OrbitTrial.walk(setting, Optimiser.of(Rules.normalised(), rate));
    }

    /** θ ← θ − η∇L/(2√L). */
    private static OrbitTrial.Walk onRoot(Setting setting, double rate) {
        ObjectiveEvaluator evaluator = setting.objective().evaluator();
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        return (start, looks) -> OrbitTrial.steps(start, looks, theta -> {
            double scale = rate / (2 * Math.sqrt(evaluator.loss(theta)));
            evaluator.gradient(theta, gradient);
            CommonOps_DDRM.addEquals(theta, -scale, gradient);
        });
    }
}
