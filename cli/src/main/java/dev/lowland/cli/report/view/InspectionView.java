package dev.lowland.cli.report.view;

import dev.lowland.cli.problem.Problem;
import dev.lowland.cli.report.format.Numbers;
import dev.lowland.cli.report.view.VectorTable.Column;
import dev.lowland.cli.study.Inspection;
import dev.lowland.cli.study.NearbyPoint;
import dev.lowland.cli.study.PointJitter;
import dev.lowland.core.linalg.Norms;
import dev.lowland.optim.flatness.PotentialStatus;
import dev.lowland.optim.flatness.PrecisionStatus;
import dev.lowland.optim.flatness.PredictionRounding;
import dev.lowland.optim.flatness.RegularizerMethod;
import dev.lowland.optim.stationarity.FloorMethod;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What an inspection shows. In the JSON the keys {@code hessian} and {@code fluctuationCovariance} are there where the
 * inspection has them; {@code heldOutLoss} where the problem has held-out data; {@code accuracy} where it has classes;
 * {@code layers} where the model has more than one; and where {@code method} is stochastic each estimated quantity has
 * a sibling of its name and {@code StandardError}. {@code methods} tells of each number how it was got, {@code reasons}
 * why what is null is not there.
 *
 * @param inspection what was found
 */
public record InspectionView(Inspection inspection) implements ProblemView {
    private static final double NONE = Double.NaN;

    @Override
    public Problem problem() {
        return inspection.problem();
    }

    @Override
    public String title() {
        return "How flat is this point";
    }

    @Override
    public List<Fact> facts() {
        FactList list = new FactList();
        String exact = ofPredictions();
        String spectral = spectral();
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        list.add("training loss", "L", inspection.loss(), exact);
        inspection.accuracy().ifPresent(share -> list.add("training accuracy", "", share, exact));
        inspection.heldOutLoss().ifPresent(loss -> list.add("held-out loss", "", loss, exact));
        inspection.heldOutAccuracy().ifPresent(share -> list.add("held-out accuracy", "", share, exact));
        list.add("size of its gradient", "‖∇L‖₂", Norms.scaled(inspection.gradient()), exact);
        list.estimate("trace of its Hessian", "tr ∇²L", inspection.trace(), inspection.traceStandardError(), spectral);
        double topError = inspection.topEigenvalueStandardError();
        list.estimate("largest eigenvalue", "λmax", inspection.topEigenvalue(), topError, top());
        list.add("regularization strength", "λ = ησ²/(B(1−β))", inspection.lambda(), Methods.FORMULA);
        list.add("stability margin", "2 − e·λmax", inspection.margin(), top());
        rounding(list);
        if (regularized == null) {
            list.add("regularizer", "R", "undefined", "e·λmax is 2 or more");
        } else {
            double spread = Norms.scaled(regularized.gradientStandardError());
            list.estimate("regularizer", "R", regularized.value(), regularized.standardError(), spectral);
            list.estimate("size of its gradient", "‖∇R‖₂", Norms.scaled(regularized.gradient()), spread, spectral);
            list.estimate(
                    "regularized loss", "L̃ = L + λR", regularized.loss(), regularized.lossStandardError(), spectral);
            list.estimate(
                    "distance from stationarity",
                    "‖∇L/λ + ∇R‖₂",
                    regularized.stationarity(),
                    regularized.stationarityStandardError(),
                    spectral);
        }
        if (inspection.status() == PotentialStatus.UNCERTAIN) {
            list.add("whether R is defined", "", "uncertain", "too near the limit to tell");
        }
        if (inspection.precision() == PrecisionStatus.NOT_REACHED) {
            list.add("standard error asked for", "", "NOT_REACHED", "it takes more probes than allowed");
        }
        nearby(list);
        jitter(list);
        return list.facts();
    }

    /** Says so where f − y is hardly more than rounding, and ∇²L is made of it. */
    private void rounding(FactList list) {
        double share = rounding();
        if (!Methods.exactBut(share).equals(Methods.EXACT)) {
            list.add(
                    "relative error of what comes from ∇²L",
                    "",
                    Numbers.brief(share),
                    "the residuals f − y are at the level of rounding; if f is right to half a unit in its last place");
        }
    }

    /** How what comes from f − y was got. */
    private String ofPredictions() {
        return Methods.exactBut(rounding()).equals(Methods.EXACT)
                ? Methods.EXACT
                : "exact but for the rounding of predictions";
    }

    private double rounding() {
        PredictionRounding rounding = inspection.rounding();
        return rounding == null ? 0 : rounding.largest();
    }

    private void nearby(FactList list) {
        NearbyPoint nearby = inspection.nearby();
        if (nearby.point() == null) {
            list.add("nearby stationary point", "(ε, γ)", nearby.status().name(), nearby.reason());
            return;
        }
        String stalled = nearby.status() == NearbyPoint.Status.STALLED ? "; stalled before the floor" : "";
        String method = beneath() + stalled;
        list.add("stationarity near by", "ε = ‖∇L/λ + ∇R‖₂ at θ*", nearby.epsilon(), method);
        list.add("how near", "γ = ‖θ − θ*‖₂", nearby.distance(), method);
    }

    private void jitter(FactList list) {
        PointJitter jitter = inspection.jitter();
        PointJitter.@Nullable Values numbers = jitter.numbers();
        if (numbers == null) {
            list.add("fluctuations of the runs", "S", jitter.status().name(), jitter.reason());
            return;
        }
        String method = lyapunov(numbers);
        list.add("fluctuations of the runs", "tr S", numbers.trace(), method);
        list.add("variance where it is largest", "λmax(S)", numbers.topEigenvalue(), method);
        list.add("loss that they make", "½ tr(KS)", numbers.lossFloor(), method);
        list.add("their drift", "v = ½∇³L[S]/λ, ‖v‖₂", Norms.scaled(numbers.drift()), method);
        if (!Double.isNaN(numbers.difference())) {
            String share =
                    Double.isNaN(numbers.share()) ? "" : ", " + Numbers.percent(numbers.share()) + " of ∇R there";
            list.add(
                    "differs from ∇R along the valley by",
                    "‖P(v − ∇R)‖₂",
                    Numbers.full(numbers.difference()) + share,
                    method + ", ∇R " + spectral());
        }
    }

    @Override
    public List<Figure> figures() {
        double[] eigenvalues = inspection.eigenvalues().data;
        double[] rank = new double[eigenvalues.length];
        for (int i = 0; i < rank.length; i++) {
            rank[i] = rank.length - i;
        }
        double limit = 2 / inspection.effectiveRate();
        Figure.Builder figure = Figure.named("spectrum")
                .title(exact() ? "The spectrum of ∇²L" : "The largest eigenvalues of ∇²L")
                .caption("R is defined while every eigenvalue is below 2/e, with e = η/(1+β); here that is "
                        + Numbers.brief(limit) + ".")
                .x("rank")
                .y("eigenvalue")
                .points(Role.MEASURED, "eigenvalues", rank, eigenvalues);
        if (inspection.topEigenvalue() > limit / 10) {
            figure.line(Role.REFERENCE, "2/e, where R ends", new double[] {1, Math.max(2, rank.length)}, new double[] {
                limit, limit
            });
        }
        return inspection.layers().layers().isEmpty()
                ? List.of(figure.build())
                : List.of(figure.build(), LayerRows.figure(inspection.layers()));
    }

    @Override
    public List<TextRows> parts() {
        return inspection.layers().layers().isEmpty() ? List.of() : List.of(LayerRows.table(inspection.layers()));
    }

    @Override
    public List<VectorTable> tables() {
        Inspection.@Nullable Regularized regularized = inspection.regularized();
        PointJitter.@Nullable Values jitter = inspection.jitter().numbers();
        int size = inspection.gradient().getNumElements();
        return List.of(
                VectorTable.byParameter(
                        "v = ½∇³L[S]/λ is the drift of the runs' own fluctuations S, which stands in for ∇R; √S has the "
                                + "standard deviation of each parameter; θ* is the point near by whose (ε, γ) is above.",
                        new Column("θ", problem().theta()),
                        new Column("∇L", inspection.gradient()),
                        Column.of("∇R", regularized == null ? null : regularized.gradient(), size),
                        Column.of("v", jitter == null ? null : jitter.drift(), size),
                        Column.of("√S", jitter == null ? null : jitter.standardDeviations(), size),
                        Column.of("θ*", inspection.nearby().point(), size)),
                SampleColumns.table(problem(), inspection.predictions()));
    }

    @Override
    public String json() {
        AnswerJson json = new AnswerJson();
        point(json);
        regularizer(json);
        if (inspection.method() == RegularizerMethod.STOCHASTIC) {
            json.text("precisionStatus", inspection.precision().name());
            errors(json);
        }
        if (!inspection.layers().layers().isEmpty()) {
            json.objects("layers", LayerRows.json(inspection.layers()), spectral());
        }
        jitter(json);
        nearby(json);
        return json.text();
    }

    private void point(AnswerJson json) {
        String exact = ofPredictions();
        DMatrixRMaj predictions = inspection.predictions();
        if (predictions.numCols == 1) {
            json.numbers("predictions", predictions, Methods.EXACT, "");
        } else {
            json.matrix("predictions", predictions, Methods.EXACT, "");
        }
        json.number("loss", inspection.loss(), exact, "");
        inspection.accuracy().ifPresent(share -> json.number("accuracy", share, exact, ""));
        inspection.heldOutLoss().ifPresent(loss -> json.number("heldOutLoss", loss, exact, "the predictions overflow"));
        inspection.heldOutAccuracy().ifPresent(share -> json.number("heldOutAccuracy", share, exact, ""));
        json.numbers("gradient", inspection.gradient(), exact, "");
        DMatrixRMaj hessian = inspection.hessian();
        if (hessian != null) {
            json.matrix("hessian", hessian, Methods.exactBut(rounding()), "");
        }
        json.number("hessianTrace", inspection.trace(), spectral(), "");
        json.number("hessianTopEigenvalue", inspection.topEigenvalue(), top(), "");
        json.number("lambda", inspection.lambda(), Methods.FORMULA, "");
    }

    private void regularizer(AnswerJson json) {
        Inspection.@Nullable Regularized r = inspection.regularized();
        String spectral = spectral();
        json.text("regularizerStatus", inspection.status().name());
        json.number("margin", inspection.margin(), top(), "");
        json.number("regularizer", r == null ? NONE : r.value(), spectral, undefined());
        json.numbers("regularizerGradient", r == null ? null : r.gradient(), spectral, undefined());
        json.number("regularizedLoss", r == null ? NONE : r.loss(), spectral, undefined());
        json.number("stationarity", r == null ? NONE : r.stationarity(), spectral, notStationary());
        json.text("method", inspection.method().name().toLowerCase(Locale.ROOT));
        PredictionRounding rounding = inspection.rounding();
        if (rounding != null) {
            String how = "first order, if f is right to half a unit in its last place";
            String overflow = "how f is bent is beyond the range of numbers";
            String noRegularizer = r == null ? undefined() : "there are too many parameters, or R is 0";
            double ofR = rounding.regularizer().orElse(NONE);
            json.number("hessianTopEigenvalueRounding", rounding.topEigenvalue(), how, overflow);
            json.number("regularizerRounding", ofR, how, Double.isNaN(ofR) ? noRegularizer : overflow);
        }
    }

    private void errors(AnswerJson json) {
        Inspection.@Nullable Regularized r = inspection.regularized();
        String why = undefined();
        String scatter = Methods.SCATTER;
        String residual = "residual of Lanczos";
        double top = inspection.topEigenvalueStandardError();
        json.number("hessianTraceStandardError", inspection.traceStandardError(), scatter, "");
        json.number("hessianTopEigenvalueStandardError", top, residual, "");
        json.number("marginStandardError", inspection.effectiveRate() * top, residual, "");
        json.number("regularizerStandardError", r == null ? NONE : r.standardError(), scatter, why);
        json.numbers("regularizerGradientStandardError", r == null ? null : r.gradientStandardError(), scatter, why);
        json.number("regularizedLossStandardError", r == null ? NONE : r.lossStandardError(), scatter, why);
        json.number(
                "stationarityStandardError",
                r == null ? NONE : r.stationarityStandardError(),
                scatter,
                notStationary());
    }

    private void jitter(AnswerJson json) {
        PointJitter jitter = inspection.jitter();
        PointJitter.@Nullable Values s = jitter.numbers();
        String why = jitter.reason();
        String method = s == null ? "" : lyapunov(s);
        json.text("fluctuationStatus", jitter.status().name());
        json.number("fluctuationTrace", s == null ? NONE : s.trace(), method, why);
        json.number("fluctuationTopEigenvalue", s == null ? NONE : s.topEigenvalue(), method, why);
        json.number("fluctuationRank", s == null ? NONE : jitter.rank(), method, why);
        json.number("fluctuationLoss", s == null ? NONE : s.lossFloor(), method, why);
        json.number("fluctuationErrorBound", s == null ? NONE : s.errorBound(), "residual of the equation", why);
        json.numbers("fluctuationStandardDeviations", s == null ? null : s.standardDeviations(), method, why);
        if (inspection.hessian() != null) {
            json.matrix("fluctuationCovariance", s == null ? null : s.covariance(), method, why);
        }
        String whyNotApart = s == null ? why : undefined();
        String whyNoShare =
                s == null || inspection.regularized() == null ? whyNotApart : "∇R has no part along the valley";
        String apart = method + ", less ∇R " + spectral();
        json.numbers("drift", s == null ? null : s.drift(), method, why);
        json.number("driftDifference", s == null ? NONE : s.difference(), apart, whyNotApart);
        json.number("driftDifferenceShare", s == null ? NONE : s.share(), apart, whyNoShare);
    }

    private void nearby(AnswerJson json) {
        NearbyPoint nearby = inspection.nearby();
        String method = beneath();
        String why = nearby.reason();
        json.text("nearbyStatus", nearby.status().name());
        json.number("nearbyEpsilon", nearby.epsilon(), method, why);
        json.number("nearbyGamma", nearby.distance(), method, why);
        if (inspection.method() == RegularizerMethod.STOCHASTIC) {
            json.number("nearbyEpsilonNoise", nearby.noise(), Methods.SCATTER, why);
        }
        json.numbers("nearbyPoint", nearby.point(), method, why);
    }

    private boolean exact() {
        return inspection.method() == RegularizerMethod.EXACT;
    }

    private String spectral() {
        return exact() ? Methods.exactBut(rounding()) : Methods.spectral(inspection.method(), inspection.probes());
    }

    /** How the largest eigenvalue was got. */
    private String top() {
        return exact() ? Methods.exactBut(rounding()) : "Lanczos";
    }

    /** How what comes from S was got. */
    private static String lyapunov(PointJitter.Values numbers) {
        return "Lyapunov equation, " + (numbers.sampled() ? "sampling included" : "full batch");
    }

    /** How the nearby point and what is there was got. */
    private String beneath() {
        String lanczos = inspection.nearby().floor() == FloorMethod.MATRIX_FREE ? " by Lanczos" : "";
        return "Newton across the valley" + lanczos + ", ∇R " + spectral();
    }

    /** Why nothing follows from R. */
    private String undefined() {
        return "R is undefined: e·λmax is 2 or more, the margin " + inspection.margin();
    }

    /** Why there is no ‖∇L/λ + ∇R‖. */
    private String notStationary() {
        return inspection.regularized() == null ? undefined() : "λ is 0";
    }
}
