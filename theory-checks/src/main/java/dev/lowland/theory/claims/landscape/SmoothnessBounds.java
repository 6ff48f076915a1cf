package dev.lowland.theory.claims.landscape;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.linalg.SymmetricEigen;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.BoundRule;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.Interruption;
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Claim 20: how far the loss lets its own derivatives grow. */
public final class SmoothnessBounds implements Claim {

    private static final String HALVED = "the bound halved";

    private static final List<String> INEQUALITIES =
            List.of("‖H − G‖ ≤ ρ√(2L)", "‖∇L‖ ≤ √(2ℓL)", "‖∇³L‖ ≤ 3ℓ_fρ + κ√(2L)");

    /** Rounding: the norms are roots of sums over some hundred entries. */
    private static final double TOLERANCE = 1e-9;

    private static final int DATA_SETS = 8;
    private static final int POINTS_A_SET = 12;

    /** Starts and iterations of the search for the direction in which ∇³L is largest. */
    private static final int STARTS = 2;

    private static final int ITERATIONS = 40;

    private final double factor;

    /** The claim. */
    public SmoothnessBounds() {
        this(1);
    }

    /**
     * The claim with every right side multiplied by a factor, for tests of its teeth.
     *
     * @param factor 1 is the theory
     */
    SmoothnessBounds(double factor) {
        this.factor = factor;
    }

    @Override
    public String name() {
        return "smoothness-bounds";
    }

    @Override
    public int number() {
        return 20;
    }

    @Override
    public String statement() {
        return "Near a global minimum the Hessian is the Gauss-Newton matrix up to ρ√(2L), the gradient is at most √(2ℓL), and the third derivative is "
                + "at most 3ℓ_fρ + κ√(2L). They hold point by point, with the derivatives of the predictions at that point.";
    }

    @Override
    public String formula() {
        return "‖H − G‖ ≤ ρ_f√(2L); ‖∇L‖ ≤ √(2ℓL), ℓ = ℓ_f²; ‖∇³L‖ ≤ 3ℓ_fρ_f + κ_f√(2L)";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: the lemmas on smoothness that follow from the first assumption";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("the largest derivatives of the predictions at the same point");
    }

    @Override
    public String method() {
        return "Inequalities, at random points of five families with random targets, " + DATA_SETS * POINTS_A_SET
                + " of them each with one sample and with three. In place of Lipschitz constants stand the largest norms over the samples at the point "
                + "itself, ℓ_f = max ‖∇f_i‖, ρ_f = max ‖∇²f_i‖, κ_f ≥ max ‖∇³f_i‖, which are no larger, so what is checked is stronger: with "
                + "residuals r, ‖(1/n)Σ r_i∇^k f_i‖ ≤ max ‖∇^k f_i‖ · (1/n)Σ|r_i| and (1/n)Σ|r_i| ≤ √(2L) by Cauchy and Schwarz, at each point alone. "
                + "‖∇³L‖ is the largest |∇³L[u, u, u]| that power iterations find, κ_f the spectral norm of the entries as a P × P² matrix: the left side can "
                + "only be too small and the right side too large. The statistic is the largest ratio of left to right side; it may exceed 1 "
                + "by " + InWords.number(TOLERANCE)
                + ". With one sample the first two are equalities; the third is one for products of one input and equal weights, where the leading "
                + "directions of all derivatives agree and κ_f is known. There the halved bounds must be broken; elsewhere the ratio is only reported.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALVED);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<CaseResult> cases = new ArrayList<>();
        List<double[]> all = new ArrayList<>();
        List<Subject> subjects = subjects();
        int dataSets = context.thorough() ? 8 * DATA_SETS : DATA_SETS;
        for (int s = 0; s < subjects.size(); s++) {
            Subject subject = subjects.get(s);
            context.progress().advance(s / (double) subjects.size(), subject.name);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name + " " + subject.samples);
            List<double[]> ratios = subject.ratios(seed, dataSets);
            all.addAll(ratios);
            for (int k = 0; k < INEQUALITIES.size(); k++) {
                int which = k;
                double largest =
                        ratios.stream().mapToDouble(r -> r[which]).max().orElse(Double.NaN);
                boolean tight = k < 2 ? subject.samples == 1 : subject.aligned;
                cases.add(BoundRule.judge(
                        String.format(
                                Locale.ROOT, "%s, n = %d, %s", subject.name, subject.samples, INEQUALITIES.get(k)),
                        largest / factor,
                        ratios.size(),
                        seed,
                        TOLERANCE,
                        List.of(new BoundRule.Tighter(HALVED, 0.5, tight))));
            }
        }
        double tightest = cases.stream().mapToDouble(CaseResult::measured).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d points, three inequalities each; the tightest ratio is 1 %s %.0e",
                all.size(),
                tightest > 1 ? "+" : "−",
                Math.abs(tightest - 1));
        return ClaimResult.of(this, agreement, cases, List.of(figure(all)));
    }

    private static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Families family :
                List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            subjects.add(new Subject(family.title(), family.model(), 1, false));
            subjects.add(new Subject(family.title(), family.model(), 3, false));
        }
        Model deep = Models.deepLinear(2, 2, 2, 1);
        subjects.add(new Subject("deep-linear of three layers", deep, 1, false));
        subjects.add(new Subject("deep-linear of three layers", deep, 3, false));
        subjects.add(new Subject("equal weights, two layers", Models.deepLinear(1, 1, 1), 1, true));
        subjects.add(new Subject("equal weights, three layers", Models.deepLinear(1, 1, 1, 1), 1, true));
        return subjects;
    }

    /**
     * A model and a number of samples.
     *
     * @param aligned whether all parameters are equal and the residual positive, which makes the third inequality an
     *     equality
     */
    private record Subject(String name, Model model, int samples, boolean aligned) {

        /** Left over right side of each inequality, at some points of every data set. */
        List<double[]> ratios(long seed, int dataSets) {
            SampleDerivatives derivatives = new SampleDerivatives(model);
            List<double[]> out = new ArrayList<>();
            for (int set = 0; set < dataSets; set++) {
                RandomStream stream = RandomStream.of(seed, set, Purpose.TEST);
                int count = model.parameterCount();
                DMatrixRMaj inputs = new DMatrixRMaj(samples, model.inputSize());
                DMatrixRMaj targets = new DMatrixRMaj(samples, 1);
                DMatrixRMaj thetas = new DMatrixRMaj(POINTS_A_SET, count);
                stream.fillGaussian(0, inputs.getNumElements(), inputs.data, 0, 1);
                stream.fillGaussian(1000, samples, targets.data, 0, 1);
                stream.fillGaussian(2000, thetas.getNumElements(), thetas.data, 0, 1);
                if (aligned) {
                    inputs.data[0] = Math.abs(inputs.data[0]);
                    targets.data[0] = -Math.abs(targets.data[0]);
                    for (int e = 0; e < thetas.getNumElements(); e++) {
                        thetas.data[e] = Math.abs(thetas.data[e / count * count]);
                    }
                }
                ObjectiveEvaluator evaluator = Objective.of(model, Losses.square(), Data.of(inputs, targets))
                        .evaluator();
                for (int point = 0; point < POINTS_A_SET; point++) {
                    Interruption.check();
                    DMatrixRMaj theta = new DMatrixRMaj(count, 1);
                    System.arraycopy(thetas.data, point * count, theta.data, 0, count);
                    out.add(ratios(evaluator, derivatives, theta, stream));
                }
            }
            return out;
        }

        private double[] ratios(
                ObjectiveEvaluator evaluator, SampleDerivatives derivatives, DMatrixRMaj theta, RandomStream stream) {
            DMatrixRMaj inputs = evaluator.objective().data().inputs();
            SampleDerivatives.Sizes sizes = new SampleDerivatives.Sizes(0, 0, 0);
            for (int i = 0; i < samples; i++) {
                double[] input = Arrays.copyOfRange(inputs.data, i * inputs.numCols, (i + 1) * inputs.numCols);
                sizes = sizes.max(derivatives.at(theta.data, input));
            }
            double third = aligned ? alignedThird(inputs.data[0]) : sizes.third();
            int count = theta.numRows;
            double root = Math.sqrt(2 * evaluator.loss(theta));
            DMatrixRMaj hessian = new DMatrixRMaj(count, count);
            DMatrixRMaj gaussNewton = new DMatrixRMaj(count, count);
            DMatrixRMaj gradient = new DMatrixRMaj(count, 1);
            evaluator.hessian(theta, hessian);
            evaluator.gaussNewton(theta, gaussNewton);
            evaluator.gradient(theta, gradient);
            return new double[] {
                SampleDerivatives.norm(Dense.minus(hessian, gaussNewton)) / (sizes.curvature() * root),
                Dense.norm(gradient) / (sizes.slope() * root),
                largestThird(evaluator, theta, hessian, stream) / (3 * sizes.slope() * sizes.curvature() + third * root)
            };
        }

        /** ‖∇³f‖ of f = x·w₁w₂ (none) and of f = x·w₁w₂w₃: 6x u₁u₂u₃ is largest where the three are equal. */
        private double alignedThird(double input) {
            return model.parameterCount() == 3 ? input * 2 / Math.sqrt(3) : 0;
        }

        /**
         * The largest |∇³L[u, u, u]| over unit vectors that u ← ∇³L[u, u, ·] finds, from the top eigenvector of H and
         * from random starts.
         */
        private static double largestThird(
                ObjectiveEvaluator evaluator, DMatrixRMaj theta, DMatrixRMaj hessian, RandomStream stream) {
            int count = theta.numRows;
            double largest = 0;
            DMatrixRMaj image = new DMatrixRMaj(count, 1);
            for (int start = 0; start < STARTS; start++) {
                DMatrixRMaj u = Dense.column(SymmetricEigen.of(hessian).vectors(), count - 1);
                if (start > 0) {
                    stream.fillGaussian(3000L + 100L * start, count, u.data, 0, 1);
                    u = Dense.unit(u);
                }
                for (int i = 0; i < ITERATIONS; i++) {
                    evaluator.thirdOrder(theta, u, image);
                    largest = Math.max(largest, Math.abs(Dense.dot(u, image)));
                    if (!(Dense.norm(image) > 0)) {
                        break;
                    }
                    u = Dense.unit(image);
                }
            }
            return largest;
        }
    }

    /** The share of points whose ratio is below a value, for each inequality. */
    private Figure figure(List<double[]> all) {
        Figure.Builder builder = Figure.named("smoothness-bounds-ratios")
                .title("How tight the three inequalities are")
                .caption(
                        "Left over right side at all points, sorted. Nothing is above 1; with one sample the first two are equalities, and so is the third for equal weights. "
                                + "A bound half as large would be broken by every point above ½.")
                .x("share of the points")
                .y("left side / right side");
        double[] shares = new double[all.size()];
        double[] half = new double[shares.length];
        double[] one = new double[shares.length];
        Arrays.fill(half, 0.5);
        Arrays.fill(one, 1);
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (i + 0.5) / shares.length;
        }
        builder.line(Role.FALSIFICATION, HALVED, shares, half).line(Role.PREDICTED, "the bound", shares, one);
        for (int k = 0; k < INEQUALITIES.size(); k++) {
            double[] sorted = new double[shares.length];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = all.get(i)[k] / factor;
            }
            Arrays.sort(sorted);
            builder.points(Role.MEASURED, INEQUALITIES.get(k), shares, sorted);
        }
        return builder.build();
    }
}
