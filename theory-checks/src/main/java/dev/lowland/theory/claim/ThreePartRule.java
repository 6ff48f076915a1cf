package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rule for a statistic with scatter: agreement, precision, teeth. See the package description for the level of
 * false alarms.
 *
 * <pre>
 * agreement   |measured − predicted| ≤ a SE + bias          otherwise FAILS
 * precision   a SE + bias ≤ p · effect                      otherwise INCONCLUSIVE
 * teeth       |measured − wrong| − bias ≥ t SE, each wrong  otherwise INCONCLUSIVE
 * </pre>
 *
 * with a of {@link #AGREEMENT}, p of {@link #PRECISION}, for a fitted exponent {@link #EXPONENT_PRECISION}, and t of
 * {@link #TEETH}. Stateless and thread-safe.
 */
public final class ThreePartRule {

    /** Standard errors within which measured and predicted must agree. */
    public static final double AGREEMENT = 4;

    /** Largest share of the effect that the band of agreement may take. */
    public static final double PRECISION = 0.02;

    /** The same for a fitted exponent, whose effect is the distance to the nearest wrong exponent. */
    public static final double EXPONENT_PRECISION = 0.2;

    /** Standard errors by which a wrong theory must be refused. */
    public static final double TEETH = 6;

    private ThreePartRule() {}

    /**
     * Judges one statistic.
     *
     * @param expectation what was said before
     * @param measured what was found
     * @return the judged case; its note says what is missing
     */
    public static CaseResult judge(Expectation expectation, Estimate measured) {
        Checks.notNull("judge", "expectation", expectation);
        Checks.notNull("judge", "measured", measured);
        double error = Math.abs(measured.value() - expectation.predicted());
        double band = AGREEMENT * measured.standardError() + expectation.bias();
        List<Falsification> distances = new ArrayList<>();
        for (Expectation.Alternative wrong : expectation.alternatives()) {
            distances.add(distance(wrong, expectation.bias(), measured));
        }
        Finding finding = find(expectation, measured, error, band, distances);
        return new CaseResult(
                expectation.caseName(),
                expectation.predicted(),
                measured.value(),
                measured.standardError(),
                expectation.bias(),
                error / expectation.effect(),
                expectation.effect(),
                measured.samples(),
                measured.seed(),
                finding.verdict,
                distances,
                finding.note);
    }

    private static Falsification distance(Expectation.Alternative wrong, double bias, Estimate measured) {
        double gap = Math.max(0, Math.abs(measured.value() - wrong.predicted()) - bias);
        double distance = gap == 0 ? 0 : gap / measured.standardError();
        return new Falsification(wrong.name(), wrong.predicted(), distance, wrong.required(), distance >= TEETH);
    }

    private static Finding find(
            Expectation expectation, Estimate measured, double error, double band, List<Falsification> distances) {
        if (!Double.isFinite(expectation.predicted())) {
            return new Finding(Verdict.INCONCLUSIVE, "The theory's prediction is undefined here.");
        }
        if (!Double.isFinite(measured.value())) {
            return new Finding(Verdict.FAILS, "The measured value is not finite: the runs diverged.");
        }
        if (!Double.isFinite(measured.standardError())) {
            return new Finding(Verdict.INCONCLUSIVE, "The standard error is not finite: too few samples.");
        }
        if (!(error <= band)) {
            return new Finding(
                    Verdict.FAILS,
                    text(
                            "Off by %.3g where 4 SE + bias is %.3g (%.1f SE).",
                            error, band, error / measured.standardError()));
        }
        if (!(band <= expectation.precision() * expectation.effect())) {
            return new Finding(
                    Verdict.INCONCLUSIVE,
                    text(
                            "Not precise enough: 4 SE + bias is %.2f %% of the effect, %.0f %% is asked.",
                            100 * band / expectation.effect(), 100 * expectation.precision()));
        }
        for (Falsification wrong : distances) {
            if (wrong.required() && !wrong.rejected()) {
                return new Finding(
                        Verdict.INCONCLUSIVE,
                        text("\"%s\" is only %.1f SE away, %.0f are asked.", wrong.name(), wrong.distance(), TEETH));
            }
        }
        return new Finding(Verdict.HOLDS, "");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private record Finding(Verdict verdict, String note) {}
}
