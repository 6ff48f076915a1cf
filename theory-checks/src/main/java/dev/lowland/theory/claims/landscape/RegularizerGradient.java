package dev.lowland.theory.claims.landscape;

import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PotentialValue;
import dev.lowland.optim.flatness.Regularizer;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.objective.ObjectiveEvaluator;
import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.InWords;
import dev.lowland.theory.claim.ToleranceRule;
import dev.lowland.theory.experiment.CentralDifferences;
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
 * Claim 3: ∇R by third-order automatic differentiation is the third derivative of L applied to (2 − ηH)⁻¹, and the
 * slope of R.
 */
public final class RegularizerGradient implements Claim {

    private static final String HALF_IDENTITY = "½I in place of (2 − ηH)⁻¹";
    private static final String NO_HALF = "without the factor ½";
    private static final double[] SHARPNESS = {0.05, 1.0, 1.9};

    @Override
    public String name() {
        return "regularizer-gradient";
    }

    @Override
    public int number() {
        return 3;
    }

    @Override
    public String statement() {
        return "The gradient of the regularizer is half the third derivative of the loss, applied to (2 − ηH)⁻¹.";
    }

    @Override
    public String formula() {
        return "∇R = ½ ∇³L[(2I − eH)⁻¹]/α, e = η/(1 + β); (∇R)_k = ∂R/∂θ_k";
    }

    @Override
    public String source() {
        return "Damian, Ma, Lee 2021: definition of the regularizer, and its forms for momentum and classification";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`Regularizer.gradient` against a dense ∇³L and against differences of R");
    }

    @Override
    public String method() {
        return "An identity, to a relative " + InWords.number(ToleranceRule.IDENTITY)
                + " in the Euclidean norm, at random points away from the minimum with 5 samples, ηλmax = "
                + InWords.list(SHARPNESS)
                + "; one case with momentum 0.9 and one with the logistic loss. ∇R by reverse over collapsed 2-jets is compared "
                + "with two computations that use no third-order automatic differentiation: the dense tensor ∂_k H_ij from central "
                + "differences of the Hessian (Richardson to order 8) contracted with a matrix inverse, and central differences of R.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALF_IDENTITY, NO_HALF);
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<Subject> subjects = subjects();
        List<CaseResult> cases = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            context.progress()
                    .advance(i / (double) subjects.size(), subjects.get(i).name());
            cases.addAll(check(subjects.get(i), context));
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement =
                String.format(Locale.ROOT, "%d comparisons, largest relative error %.1e", cases.size(), worst);
        return ClaimResult.of(this, agreement, cases, List.of(figure(Families.MLP_TANH.anywhere(5, 0))));
    }

    /** A point, a learning rate and a momentum. */
    private record Subject(String name, Setting setting, double learningRate, double momentum, double margin) {}

    private static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (Families family :
                List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH, Families.DEEP_LINEAR)) {
            for (double sharpness : SHARPNESS) {
                subjects.add(subject(family.anywhere(5, 0), sharpness, 0));
            }
        }
        subjects.add(subject(Families.MLP_TANH.anywhere(5, 1), 1.0, 0.9));
        subjects.add(subject(Families.MLP_TANH.margin(Losses.logistic(0.2), 5, 2), 1.0, 0));
        return subjects;
    }

    private static Subject subject(Setting setting, double sharpness, double momentum) {
        String name = String.format(Locale.ROOT, "%s, eλmax = %.2f", setting.family(), sharpness)
                + (momentum == 0 ? "" : ", momentum " + momentum);
        double learningRate = setting.learningRate(sharpness) * (1 + momentum);
        return new Subject(name, setting, learningRate, momentum, 2 - sharpness);
    }

    private List<CaseResult> check(Subject subject, ClaimContext context) {
        Objective objective = subject.setting.objective();
        DMatrixRMaj theta = subject.setting.theta();
        Regularizer regularizer = Regularizer.of(objective, subject.learningRate, subject.momentum);
        DMatrixRMaj gradient = new DMatrixRMaj(theta.numRows, 1);
        if (regularizer.evaluator().gradient(theta, gradient) == PotentialStatus.UNDEFINED) {
            CommonOps_DDRM.fill(gradient, Double.NaN);
        }
        CommonOps_DDRM.scale(context.theory().gradientFactor(), gradient);
        double step = 0.01 * subject.margin;
        double[][] third = thirdDerivative(objective, theta, step);
        DMatrixRMaj weight = weight(subject);
        DMatrixRMaj half = CommonOps_DDRM.identity(theta.numRows);
        CommonOps_DDRM.scale(0.5 / objective.loss().curvature(), half);
        double[] predicted = Dense.array(gradient);
        double size = Dense.norm(gradient);
        double[] dense = contract(third, weight, 0.5);
        List<ToleranceRule.Wrong> wrong = List.of(
                ToleranceRule.Wrong.mustReject(HALF_IDENTITY, contract(third, half, 0.5)),
                ToleranceRule.Wrong.mustReject(NO_HALF, contract(third, weight, 1)));
        double[] slope = slope(regularizer, theta, step);
        return List.of(
                ToleranceRule.judge(
                        subject.name + ", dense tensor", predicted, dense, size, ToleranceRule.IDENTITY, wrong),
                ToleranceRule.judge(
                        subject.name + ", differences of R", predicted, slope, size, ToleranceRule.IDENTITY, wrong));
    }

    /** Row k is ∂_k H, P × P row-major. */
    private static double[][] thirdDerivative(Objective objective, DMatrixRMaj theta, double step) {
        int count = theta.numRows;
        ObjectiveEvaluator evaluator = objective.evaluator();
        DMatrixRMaj hessian = new DMatrixRMaj(count, count);
        double[][] third = new double[count][];
        for (int k = 0; k < count; k++) {
            third[k] = CentralDifferences.along(
                    at -> {
                        evaluator.hessian(at, hessian);
                        return hessian.data;
                    },
                    theta,
                    unit(count, k),
                    step);
        }
        return third;
    }

    /** (2I − eH)⁻¹/α by inversion. */
    private static DMatrixRMaj weight(Subject subject) {
        Objective objective = subject.setting.objective();
        int count = subject.setting.parameters();
        DMatrixRMaj matrix = new DMatrixRMaj(count, count);
        objective.hessian(subject.setting.theta(), matrix);
        CommonOps_DDRM.scale(-subject.learningRate / (1 + subject.momentum), matrix);
        for (int i = 0; i < count; i++) {
            matrix.add(i, i, 2);
        }
        if (!CommonOps_DDRM.invert(matrix)) {
            throw new ArithmeticException("2I − eH is singular for " + subject.name);
        }
        CommonOps_DDRM.scale(1 / objective.loss().curvature(), matrix);
        return matrix;
    }

    /** factor · Σ_ij weight_ij ∂_k H_ij for every k. */
    private static double[] contract(double[][] third, DMatrixRMaj weight, double factor) {
        double[] out = new double[third.length];
        for (int k = 0; k < out.length; k++) {
            double sum = 0;
            for (int e = 0; e < weight.getNumElements(); e++) {
                sum += weight.data[e] * third[k][e];
            }
            out[k] = factor * sum;
        }
        return out;
    }

    private static double[] slope(Regularizer regularizer, DMatrixRMaj theta, double step) {
        double[] out = new double[theta.numRows];
        var evaluator = regularizer.evaluator();
        for (int k = 0; k < out.length; k++) {
            out[k] = CentralDifferences.along(
                    at -> new double[] {value(evaluator.at(at))}, theta, unit(out.length, k), step)[0];
        }
        return out;
    }

    private static double value(PotentialValue there) {
        return there.status() == PotentialStatus.UNDEFINED ? Double.NaN : there.value();
    }

    private static DMatrixRMaj unit(int count, int k) {
        DMatrixRMaj out = new DMatrixRMaj(count, 1);
        out.data[k] = 1;
        return out;
    }

    /** ‖∇R‖ in units of ‖¼∇tr H‖ up to the edge of stability. */
    private static Figure figure(Setting setting) {
        int count = 38;
        double[] sharpness = new double[count];
        double[] automatic = new double[count];
        double[] dense = new double[count];
        double[] constant = new double[count];
        double[] twice = new double[count];
        DMatrixRMaj gradient = new DMatrixRMaj(setting.parameters(), 1);
        double[][] third = thirdDerivative(setting.objective(), setting.theta(), 0.01);
        DMatrixRMaj half = CommonOps_DDRM.identity(setting.parameters());
        CommonOps_DDRM.scale(0.5, half);
        double unit = Norms.scaled(contract(third, half, 0.5));
        for (int i = 0; i < count; i++) {
            sharpness[i] = 0.05 * (i + 1);
            Subject subject = subject(setting, sharpness[i], 0);
            Regularizer.of(setting.objective(), subject.learningRate, 0)
                    .evaluator()
                    .gradient(setting.theta(), gradient);
            automatic[i] = Dense.norm(gradient) / unit;
            dense[i] = Norms.scaled(contract(third, weight(subject), 0.5)) / unit;
            constant[i] = 1;
            twice[i] = 2 * dense[i];
        }
        return Figure.named("regularizer-gradient-size")
                .title("The gradient of R grows towards the edge of stability")
                .caption(
                        "‖∇R‖ over ‖¼∇tr H‖ for a tanh network away from its minimum: automatic differentiation (line) on the dense "
                                + "tensor (points).")
                .x("ηλmax")
                .logY("‖∇R‖ / ‖¼∇tr H‖")
                .line(Role.FALSIFICATION, HALF_IDENTITY, sharpness, constant)
                .line(Role.FALSIFICATION, NO_HALF, sharpness, twice)
                .line(Role.PREDICTED, "automatic differentiation", sharpness, automatic)
                .points(Role.MEASURED, "dense tensor", sharpness, dense)
                .build();
    }
}
