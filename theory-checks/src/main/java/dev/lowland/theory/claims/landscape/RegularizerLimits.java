package dev.lowland.theory.claims.landscape;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.Objective;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 4: what R is for small and for large learning rates, and where it lies in between. */
public final class RegularizerLimits implements Claim {

    private static final String HALF_TRACE = "½ tr H in place of ¼ tr H";
    private static final String NO_QUARTER = "‖H‖₂ without ¼";

    /** Relative tolerance of the slope at the edge of stability, where the remainder is of order ν log(2/ν). */
    private static final double EDGE_TOLERANCE = 1e-5;

    private static final double EDGE_NEAR = 0x1p-28;
    private static final double EDGE_FAR = 0x1p-24;
    private static final int POINTS = 40;

    @Override
    public String name() {
        return "regularizer-limits";
    }

    @Override
    public int number() {
        return 4;
    }

    @Override
    public String statement() {
        return "R is a power series in η that begins with ¼ tr H; it is at least ¼ tr H where H ⪰ 0; it tends to ¼ tr H at the rate "
                + "η Σh²/16 as η → 0; and as ηλmax → 2 it grows like ¼‖H‖₂ log(2/ν), ν = 2 − ηλmax.";
    }

    @Override
    public String formula() {
        return "R = Σ_k η^{k−1} tr(H^k)/(k 2^{k+1}); R ≥ ¼ tr H; (R − ¼ tr H)/η → Σh_i²/16; dR/d log(2/ν) → ¼‖H‖₂";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: the regularizer at small and at large learning rates; the rates are derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`Regularizer` at both ends of the stable range");
    }

    @Override
    public String method() {
        return "Identities at random points of four families. Series: 60 terms from powers of the Hessian without its eigenvalues, at ηλmax = "
                + "0.5, to a relative " + InWords.number(ToleranceRule.IDENTITY)
                + ". Lower bound: the smallest R/(¼ tr H) over " + POINTS
                + " zero-loss points a family, each at ηλmax drawn from (0, 2) and at 1e-10, is 1 to "
                + InWords.number(ToleranceRule.IDENTITY) + ". Rate: (R − ¼ tr H)/η at ηλmax = "
                + "0.08, 0.04, … 0.0025, extrapolated to η = 0 (Richardson), to "
                + InWords.number(ToleranceRule.IDENTITY) + ". Edge: R/log(2/ν) itself nears its limit only as fast as "
                + "1/log(2/ν), so the check takes the slope of R in log(2/ν) between ν = 2^"
                + Math.getExponent(EDGE_FAR) + " and 2^"
                + Math.getExponent(EDGE_NEAR) + ", whose remainder is of order "
                + "ν log(2/ν), to " + InWords.number(EDGE_TOLERANCE)
                + "; one problem has its largest eigenvalue twice, and there the slope doubles.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALF_TRACE, NO_QUARTER);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "R is defined only where ηλmax < 2. The limit R/log(2/ν) → ¼‖H‖₂ is approached slowly, like 1/log(2/ν): at any η in use "
                        + "R is not proportional to the top eigenvalue.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<Families> families =
                List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH, Families.DEEP_LINEAR);
        List<CaseResult> cases = new ArrayList<>();
        for (int i = 0; i < families.size(); i++) {
            Families family = families.get(i);
            context.progress().advance(i / (double) families.size(), family.title());
            Setting setting = family.anywhere(5, 0);
            cases.add(series(setting));
            cases.add(lowerBound(family, context.seed()));
            cases.add(rate(setting));
            cases.add(edge(setting.family(), setting, 1));
        }
        cases.add(edge("linear, largest eigenvalue twice", Families.linearWithDoubleTop(), 2));
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(Locale.ROOT, "%d limits, largest relative error %.1e", cases.size(), worst);
        return ClaimResult.of(this, agreement, cases, List.of(figure(Families.MLP_TANH.anywhere(5, 0))));
    }

    private static double regularizer(Setting setting, double learningRate) {
        return Regularizer.of(setting.objective(), learningRate, 0)
                .at(setting.theta())
                .value();
    }

    private static double trace(Setting setting) {
        return Dense.trace(hessian(setting));
    }

    private static DMatrixRMaj hessian(Setting setting) {
        Objective objective = setting.objective();
        DMatrixRMaj hessian = new DMatrixRMaj(setting.parameters(), setting.parameters());
        objective.hessian(setting.theta(), hessian);
        return hessian;
    }

    private static CaseResult series(Setting setting) {
        double learningRate = setting.learningRate(0.5);
        DMatrixRMaj hessian = hessian(setting);
        DMatrixRMaj power = hessian;
        double sum = 0;
        double factor = 0.25;
        for (int k = 1; k <= 60; k++) {
            sum += factor / k * Dense.trace(power);
            factor *= learningRate / 2;
            power = Dense.times(power, hessian);
        }
        double predicted = regularizer(setting, learningRate);
        return ToleranceRule.judge(
                setting.family() + ", series",
                predicted,
                sum,
                ToleranceRule.IDENTITY,
                List.of(Alternative.mustReject(HALF_TRACE, predicted + trace(setting) / 4)));
    }

    private static CaseResult lowerBound(Families family, long seed) {
        RandomStream stream = RandomStream.of(Seeds.derive(seed, "regularizer-limits " + family), 0, Purpose.TEST);
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < POINTS; i++) {
            Setting setting = family.zeroLoss(3, i);
            double quarter = trace(setting) / 4;
            double ratio = regularizer(setting, setting.learningRate(2 * stream.uniform(i))) / quarter;
            double limit = regularizer(setting, setting.learningRate(1e-10)) / quarter;
            smallest = Math.min(smallest, Math.min(ratio, limit));
        }
        return ToleranceRule.judge(
                family.title() + ", smallest R/(¼ tr H)",
                1,
                smallest,
                ToleranceRule.IDENTITY,
                List.of(Alternative.mustReject(HALF_TRACE, 2)));
    }

    private static CaseResult rate(Setting setting) {
        double quarter = trace(setting) / 4;
        double[] values = new double[6];
        for (int level = 0; level < values.length; level++) {
            double learningRate = setting.learningRate(0.08 / (1 << level));
            values[level] = (regularizer(setting, learningRate) - quarter) / learningRate;
        }
        double wrong = values[values.length - 1] - quarter / setting.learningRate(0.08 / 32);
        for (int order = 1; order < values.length; order++) {
            for (int level = values.length - 1; level >= order; level--) {
                values[level] += (values[level] - values[level - 1]) / ((1 << order) - 1);
            }
        }
        double squares = 0;
        for (double h : setting.spectrum().values()) {
            squares += h * h;
        }
        return ToleranceRule.judge(
                setting.family() + ", rate as η → 0",
                squares / 16,
                values[values.length - 1],
                ToleranceRule.IDENTITY,
                List.of(Alternative.mustReject(HALF_TRACE, wrong)));
    }

    private static CaseResult edge(String family, Setting setting, int multiplicity) {
        double slope = (edgeValue(setting, EDGE_NEAR) - edgeValue(setting, EDGE_FAR)) / Math.log(EDGE_FAR / EDGE_NEAR);
        double predicted = multiplicity * setting.top() / 4;
        return ToleranceRule.judge(
                family + ", slope in log(2/ν) as ηλmax → 2",
                predicted,
                slope,
                EDGE_TOLERANCE,
                List.of(Alternative.mustReject(NO_QUARTER, 4 * predicted)));
    }

    private static double edgeValue(Setting setting, double margin) {
        return regularizer(setting, setting.learningRate(2 - margin));
    }

    private static Figure figure(Setting setting) {
        int count = 24;
        double[] margins = new double[count];
        double[] ratios = new double[count];
        double[] quarter = new double[count];
        double[] whole = new double[count];
        for (int i = 0; i < count; i++) {
            margins[i] = Math.scalb(1.0, -i - 1);
            ratios[i] = edgeValue(setting, margins[i]) / Math.log(2 / margins[i]);
            quarter[i] = setting.top() / 4;
            whole[i] = setting.top();
        }
        return Figure.named("regularizer-limits-edge")
                .title("R nears the edge of stability like a logarithm")
                .caption(
                        "R/log(2/ν) against ν = 2 − ηλmax for a tanh network: it falls towards ¼‖H‖₂, as slowly as 1/log(2/ν).")
                .logX("ν")
                .y("R / log(2/ν)")
                .line(Role.FALSIFICATION, "‖H‖₂", margins, whole)
                .line(Role.PREDICTED, "¼‖H‖₂", margins, quarter)
                .points(Role.MEASURED, "R/log(2/ν)", margins, ratios)
                .build();
    }
}
