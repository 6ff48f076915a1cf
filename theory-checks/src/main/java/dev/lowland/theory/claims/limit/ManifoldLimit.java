package dev.lowland.theory.claims.limit;

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
import dev.lowland.theory.claim.Seeds;
import dev.lowland.theory.claims.trial.TwoStrengths;
import dev.lowland.theory.experiment.Dense;
import dev.lowland.theory.experiment.Families;
import dev.lowland.theory.experiment.PlannedStages;
import dev.lowland.theory.experiment.Runs;
import dev.lowland.theory.experiment.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ejml.data.DMatrixRMaj;

/** Claim 18: as η → 0 the path in the slow time η²k is the flow of ¼ tr H within the zero-loss set, times c = σ²/B. */
public final class ManifoldLimit implements Claim {

    private static final String HALF = "factor ½ in place of ¼";
    private static final String EIGHTH = "factor ⅛ in place of ¼";

    /** λ = ηc with the larger learning rate. */
    private static final double STRENGTH = 5e-4;

    private static final int REPLICAS = 256;
    private static final int HALF_WAY = ManifoldLimitCase.CHECKPOINTS / 2 - 1;
    private static final int END = ManifoldLimitCase.CHECKPOINTS - 1;

    @Override
    public String name() {
        return "manifold-limit";
    }

    @Override
    public int number() {
        return 18;
    }

    @Override
    public String statement() {
        return "As η → 0 with c = σ²/B fixed, the path in the slow time t = η²k tends to the flow of ¼ tr H, times c, projected on the set of "
                + "zero loss: a curve without diffusion, for mini-batches as for the full batch.";
    }

    @Override
    public String formula() {
        return "dY = −(c/4) P_T∇tr ∇²L(Y) dt, t = η²k, c = σ²/B";
    }

    @Override
    public String source() {
        return "Li, Wang, Arora 2022 (What happens after SGD reaches zero loss?); Damian, Ma, Lee 2021, R → ¼ tr H as η → 0";
    }

    @Override
    public Optional<String> comparison() {
        return Optional.of("`ProjectedFlow` of ¼ tr H, against runs with η and η/2");
    }

    @Override
    public String method() {
        return "Three families on the full batch, ηλmax = 0.1, and one of them with B = 1, ηλmax = 0.05; λ = ηc = "
                + InWords.number(STRENGTH) + "; the start is the "
                + "first random zero-loss point with three samples whose Hessian is conditioned better than 0.1 on its range. "
                + REPLICAS
                + " replicas with η and as many with η/2, at the same c, for the slow time in which the flow would go 0.4 at its first speed. "
                + "Statistics: the projection of 2x(η/2) − x(η), x the mean displacement, on the predicted displacement, at the end and half-way; "
                + "it has no term of order η. The prediction is integrated by Dormand and Prince's method, with P_T from the Jacobian: it shares nothing "
                + "with the slow flow of the claim drift. The theory allows a bias of 2 a²/‖Y_t − Y_0‖, a = ½ηk‖P_T∇³L[S₁]‖ + ⅛λ‖P_T∇³L[ΠH⁻¹]‖ the "
                + "terms of order η that have a closed form: S₁ = ηλH/4, for mini-batches plus X with GX + XG = (ηλ/2B)[(1/n)Σ‖g_i‖²g_ig_iᵀ − G²]; and the drift "
                + "lost while the fluctuations build up. The effect is the predicted displacement. A miss is confirmed by a second, independent stage.";
    }

    @Override
    public List<String> mustReject() {
        return List.of(HALF, EIGHTH);
    }

    @Override
    public List<String> caveats() {
        return List.of(
                "Asymptotic in η: at a finite η the path is off by a term of order η, of which the pictures show the two sizes. With B = 1 that term is mostly "
                        + "the noise of sampling.");
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        List<ManifoldLimitCase> subjects = subjects();
        List<CaseResult> cases = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            ManifoldLimitCase subject = subjects.get(i);
            context.progress().advance(i / (double) subjects.size(), subject.name());
            Plan plan = new Plan(subject, context);
            long seed = Seeds.derive(context.seed(), name() + " " + subject.name());
            cases.addAll(PlannedStages.judge(context, seed, REPLICAS, plan.expectations(), plan::measure));
            figures.add(plan.figure());
        }
        double worst =
                cases.stream().mapToDouble(CaseResult::relativeError).max().orElse(Double.NaN);
        String agreement = String.format(
                Locale.ROOT,
                "%d positions on the path, largest error %.2f %% of the displacement",
                cases.size(),
                100 * worst);
        return ClaimResult.of(this, agreement, cases, figures);
    }

    static List<ManifoldLimitCase> subjects() {
        List<ManifoldLimitCase> subjects = new ArrayList<>();
        for (Families family : List.of(Families.QUADRATIC, Families.MATRIX_SENSING, Families.MLP_TANH)) {
            Setting setting = family.zeroLoss(3, s -> s.rank() == 3 && s.conditioning() > 0.1);
            subjects.add(ManifoldLimitCase.of(setting, OptionalInt.empty(), 0.1, STRENGTH));
            if (family == Families.QUADRATIC) {
                subjects.add(ManifoldLimitCase.of(setting, OptionalInt.of(1), 0.05, STRENGTH));
            }
        }
        return subjects;
    }

    /** What is expected of one subject, and how it is measured. */
    private static final class Plan {

        private final ManifoldLimitCase subject;
        private final ClaimContext context;
        private final List<DMatrixRMaj> theory;
        private final List<DMatrixRMaj> half;
        private final List<DMatrixRMaj> eighth;
        private final double[][] measured = new double[3][ManifoldLimitCase.CHECKPOINTS];
        private final double[] errors = new double[ManifoldLimitCase.CHECKPOINTS];

        Plan(ManifoldLimitCase subject, ClaimContext context) {
            this.subject = subject;
            this.context = context;
            theory = displacements(
                    0.25 * context.theory().gradientFactor() * context.theory().lambdaFactor());
            half = displacements(0.5);
            eighth = displacements(0.125);
        }

        private List<DMatrixRMaj> displacements(double factor) {
            return subject.flow(factor).stream()
                    .map(at -> Dense.minus(at, subject.setting().theta()))
                    .toList();
        }

        List<Expectation> expectations() {
            return List.of(expectation("half-way", HALF_WAY), expectation("end", END));
        }

        private Expectation expectation(String when, int look) {
            DMatrixRMaj along = Dense.unit(theory.get(look));
            double displacement = Dense.norm(theory.get(look));
            return new Expectation(
                    subject.name() + ", " + when,
                    displacement,
                    subject.bias((look + 1.0) / ManifoldLimitCase.CHECKPOINTS, displacement),
                    displacement,
                    List.of(
                            Alternative.mustReject(HALF, Dense.dot(along, half.get(look))),
                            Alternative.mustReject(EIGHTH, Dense.dot(along, eighth.get(look)))));
        }

        List<Estimate> measure(long seed, int replicas) {
            Runs coarse = Runs.moments(
                    subject.setting(), subject.sgd(1, seed), replicas, context.threads(), subject.looks(1));
            Runs fine = Runs.moments(
                    subject.setting(),
                    subject.sgd(2, Seeds.derive(seed, "η/2")),
                    replicas,
                    context.threads(),
                    subject.looks(2));
            DMatrixRMaj along = Dense.unit(theory.get(END));
            for (int look = 0; look < ManifoldLimitCase.CHECKPOINTS; look++) {
                double start = Dense.dot(along, subject.setting().theta());
                Estimate combined = combined(coarse, fine, look, along, seed);
                measured[0][look] = coarse.meanAlong(look, along, start).value();
                measured[1][look] = fine.meanAlong(look, along, start).value();
                measured[2][look] = combined.value();
                errors[look] = combined.standardError();
            }
            return List.of(
                    combined(coarse, fine, HALF_WAY, Dense.unit(theory.get(HALF_WAY)), seed),
                    combined(coarse, fine, END, along, seed));
        }

        private Estimate combined(Runs coarse, Runs fine, int look, DMatrixRMaj along, long seed) {
            double start = Dense.dot(along, subject.setting().theta());
            return TwoStrengths.combined(
                    2, fine.meanAlong(look, along, start), coarse.meanAlong(look, along, start), 1, seed);
        }

        Figure figure() {
            double[] times = subject.times();
            OptionalInt size = subject.batchSize();
            String batch = size.isPresent() ? "b" + size.getAsInt() : "full-batch";
            return Figure.named("path-" + subject.setting().family().replaceAll("[^a-z0-9]+", "-") + "-" + batch)
                    .title("The limit of small steps: " + subject.name())
                    .caption(
                            "Motion along the predicted displacement in the slow time η²k. The runs with η and η/2 approach the projected flow; "
                                    + "their extrapolation to η = 0, with a band of " + Figure.BAND + ", lies on it.")
                    .x("slow time η²k")
                    .y("distance")
                    .line(Role.FALSIFICATION, HALF, times, projected(half))
                    .line(Role.FALSIFICATION, EIGHTH, times, projected(eighth))
                    .line(Role.REFERENCE, "mean with η", times, measured[0])
                    .line(Role.REFERENCE, "mean with η/2", times, measured[1])
                    .line(Role.PREDICTED, "projected flow of ¼ tr H", times, projected(theory))
                    .around(Role.MEASURED, "extrapolated to η = 0", times, measured[2], errors)
                    .points(Role.MEASURED, "extrapolated", times, measured[2])
                    .build();
        }

        private double[] projected(List<DMatrixRMaj> path) {
            DMatrixRMaj along = Dense.unit(theory.get(END));
            return path.stream().mapToDouble(at -> Dense.dot(along, at)).toArray();
        }
    }
}
