package dev.lowland.theory.claims.landscape;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Estimate;
import dev.lowland.theory.claim.Expectation;
import dev.lowland.theory.claim.Expectation.Alternative;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claim.TwoStages;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.RunningEstimate;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 19: how flat the loss is where it meets its minimum, as an exponent. */
public final class KlExponents implements Claim {

    /** 1/δ of the three cases. */
    private static final int[] INVERSES = {1, 3, 5};

    /** Random approaches a case. */
    private static final int APPROACHES = 256;

    /** Creates the claim. */
    public KlExponents() {}

    @Override
    public String name() {
        return "kl-exponents";
    }

    @Override
    public int number() {
        return 19;
    }

    @Override
    public String statement() {
        return "Near a global minimum L − L* ≤ μ‖∇L‖^{1+δ}, with δ = 1 where the Jacobian has full row rank, δ = 1/3 at a degenerate "
                + "coordinate of depth 2, and δ = 1/(2D − 1) at the zero of depth D.";
    }

    @Override
    public String formula() {
        return "L − L* ≤ μ‖∇L‖^{1+δ}: δ = 1; 1/3; 1/(2D − 1) = 1/5 at D = 3";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: assumption 3 and its examples; depth D is derived here";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("δ = 1, 1/3, 1/5, against fits of L and ‖∇L‖ on curves into minima");
    }

    @Override
    public String method() {
        return "Eleven minima with a known structure. Each is approached on " + APPROACHES
                + " random curves θ* + r d + a(r), r = " + Approach.RANGE
                + ": with a full-row-rank Jacobian d is any direction and a = 0; at a "
                + "degenerate minimum d is in the kernel of H(θ*) and a(r) in its range is solved for by Newton's method so that the gradient "
                + "has no part there, which is the slowest way down. On each curve L and ‖∇L‖ are fitted as power laws in r with the two next "
                + "orders, and 1 + δ is the ratio of their exponents. The statistic is the mean over curves. The bias is what an order r³ that "
                + "the fits leave out would do if the expansions converged up to r = 1/4 only. A fitted δ has to refuse the δ of the other "
                + "cases. A miss is confirmed by a second stage with other curves.";
    }

    @Override
    public List<String> mustReject() {
        List<String> names = new ArrayList<>();
        for (int inverse : INVERSES) {
            names.add(exponentName(inverse));
        }
        return names;
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<Subject> subjects = subjects();
        for (int i = 0; i < subjects.size(); i++) {
            Subject subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            cases.addAll(check(subject, subject.inverse, context));
        }
        double worst = 0;
        for (CaseResult c : cases) {
            worst = Math.max(worst, Math.abs(c.measured() - c.predicted()));
        }
        String agreement =
                String.format(Locale.ROOT, "%d exponents, all within %.1e of the predicted", cases.size(), worst);
        return ClaimResult.of(this, agreement, cases, figures(subjects, context.seed()));
    }

    /**
     * Measures the exponent of a minimum and lays it beside a claimed one.
     *
     * @param subject the minimum
     * @param inverse 1/δ as claimed
     * @param context seed and effort
     */
    List<CaseResult> check(Subject subject, int inverse, ClaimContext context) {
        List<Alternative> others = new ArrayList<>();
        for (int other : INVERSES) {
            if (other != inverse) {
                others.add(Alternative.mustReject(exponentName(other), 1.0 / other));
            }
        }
        Expectation expectation = Expectation.ofExponent(
                subject.name + ", " + exponentName(subject.inverse), 1.0 / inverse, Approach.bias(), others);
        int approaches = context.thorough() ? 8 * APPROACHES : APPROACHES;
        return TwoStages.judge(
                Seeds.derive(context.seed(), name() + " " + subject.name),
                List.of(expectation),
                seed -> List.of(subject.measure(approaches, seed)));
    }

    private static String exponentName(int inverse) {
        return inverse == 1 ? "δ = 1" : "δ = 1/" + inverse;
    }

    /** The minima, three to four for each exponent. */
    static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Families family :
                List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            int samples = family == Families.DEEP_LINEAR ? 2 : 3;
            Setting setting = family.zeroLoss(samples, s -> s.rank() == samples && s.conditioning() > 0.1);
            subjects.add(new Subject(family.title(), setting, 1));
        }
        subjects.add(degenerate("quadratic, two of four weights zero", Families.QUADRATIC.model(), 6, 3, 0, 1, 4, 5));
        subjects.add(degenerate("matrix-sensing, rank 1 of 2", Families.MATRIX_SENSING.model(), 8, 3, 0, 2, 4, 6, 8));
        subjects.add(degenerate("deep-linear at zero", Families.DEEP_LINEAR.model(), 4, 3));
        subjects.add(degenerate("mlp tanh at a constant", Families.MLP_TANH.model(), 5, 3, 12));
        subjects.add(degenerate("deep-linear of depth 3 at zero", Models.deepLinear(3, 2, 2, 1), 4, 5));
        subjects.add(degenerate("deep-linear of depth 3, one unit wide, at zero", Models.deepLinear(2, 1, 1, 1), 3, 5));
        subjects.add(degenerate("mlp tanh of depth 3 at zero", Models.mlp(2, 2, 2, 1), 5, 5));
        return subjects;
    }

    /** A minimum whose parameters are zero but for some, drawn at random. */
    private static Subject degenerate(String name, Model model, int samples, int inverse, int... nonzero) {
        DMatrixRMaj inputs = new DMatrixRMaj(samples, model.inputSize());
        RandomStream.of(inverse, samples, Purpose.DATA).fillGaussian(0, inputs.getNumElements(), inputs.data, 0, 1);
        DMatrixRMaj theta = new DMatrixRMaj(model.parameterCount(), 1);
        RandomStream stream = RandomStream.of(inverse, samples, Purpose.INITIALISATION);
        for (int parameter : nonzero) {
            // Away from zero, so that the other coordinates are the only degenerate ones.
            theta.data[parameter] = stream.sign(parameter) * (0.5 + stream.uniform(100L + parameter));
        }
        return new Subject(name, Setting.interpolating(name, model, inputs, theta), inverse);
    }

    /**
     * A minimum and its exponent.
     *
     * @param name what it is
     * @param setting the problem and the minimum
     * @param inverse 1/δ
     */
    record Subject(String name, Setting setting, int inverse) {

        boolean degenerate() {
            return inverse > 1;
        }

        Estimate measure(int approaches, long seed) {
            Approach approach = new Approach(setting, degenerate());
            RunningEstimate mean = new RunningEstimate();
            for (int i = 0; i < approaches; i++) {
                Interruption.check();
                approach.along(seed, i);
                mean.add(approach.exponent() - 1);
            }
            return mean.estimate(seed);
        }
    }

    /** One picture for each exponent: the first approach of its first minimum. */
    private static List<Figure> figures(List<Subject> subjects, long seed) {
        List<Figure> figures = new ArrayList<>();
        for (int inverse : INVERSES) {
            Subject subject = subjects.stream()
                    .filter(s -> s.inverse == inverse)
                    .findFirst()
                    .orElseThrow();
            Approach approach = new Approach(subject.setting, subject.degenerate());
            approach.along(Seeds.derive(seed, "kl-exponents figure"), 0);
            double[] gradients = approach.gradients();
            double[] losses = approach.losses();
            Figure.Builder builder = Figure.named("kl-exponents-" + inverse)
                    .title("Loss against gradient: " + subject.name)
                    .caption(
                            "On one curve into the minimum, and the lines of slope 1 + δ for each δ through its nearest point.")
                    .logX("‖∇L‖")
                    .logY("L");
            for (int other : INVERSES) {
                Role role = other == inverse ? Role.PREDICTED : Role.FALSIFICATION;
                builder.line(role, exponentName(other), gradients, line(gradients, losses, 1 + 1.0 / other));
            }
            figures.add(
                    builder.points(Role.MEASURED, "measured", gradients, losses).build());
        }
        return figures;
    }

    private static double[] line(double[] x, double[] y, double slope) {
        int last = x.length - 1;
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = y[last] * Math.pow(x[i] / x[last], slope);
        }
        return out;
    }
}
