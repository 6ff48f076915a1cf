package dev.lowland.cli.report;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claim.ClaimContext;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.claim.Figure;
import dev.lowland.theory.claim.FigureSeries.Role;
import dev.lowland.theory.claim.Verdict;
import dev.lowland.theory.ledger.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Claims with a known outcome, for tests of what is made of it. */
public final class Samples {
    private Samples() {}

    /** A ledger with one claim for each verdict. */
    public static Ledger ledger() {
        return Ledger.of(List.of(
                new Known("good", 1, Verdict.HOLDS, null, false),
                new Known("bad", 2, Verdict.FAILS, null, false),
                new Known("open", 3, Verdict.INCONCLUSIVE, null, false)));
    }

    /** A ledger with a claim of the paper and one beyond it. */
    public static Ledger ledgerWithOneBeyond() {
        return Ledger.of(List.of(
                new Known("near", 1, Verdict.HOLDS, null, false), new Known("far", 2, Verdict.HOLDS, null, true)));
    }

    /** A claim whose check throws. */
    public static Claim broken(Throwable fault) {
        return new Known("broken", 1, Verdict.FAILS, fault, false);
    }

    /** A figure with every kind of series, every role and texts that HTML must escape. */
    public static Figure figure() {
        double[] x = {0, 1, 2, 3};
        return Figure.named("path")
                .title("A path <b> & \"more\"")
                .caption("What to see: a < b.")
                .x("step k")
                .y("way")
                .band(Role.MEASURED, "mean ± 4 SE", x, new double[] {-0.1, 0.9, 1.9, 2.9}, new double[] {
                    0.1, 1.1, 2.1, 3.1
                })
                .line(Role.MEASURED, "mean", x, x)
                .line(Role.PREDICTED, "predicted", x, new double[] {0, 1.01, 2.01, 3.01})
                .line(Role.FALSIFICATION, "no drift", x, new double[4])
                .line(Role.FALSIFICATION, "λ + 10 %", x, new double[] {0, 1.1, 2.2, 3.3})
                .points(Role.REFERENCE, "marks", x, new double[] {0.5, 0.5, 0.5, 0.1 + 0.2})
                .build();
    }

    private record Known(
            String name,
            int number,
            Verdict verdict,
            @Nullable Throwable fault,
            boolean isBeyondPaper) implements Claim {
        @Override
        public String statement() {
            return "The <mean> of " + name + " & the prediction agree.";
        }

        @Override
        public String formula() {
            return "E θ_k = Φ_k";
        }

        @Override
        public String source() {
            return "a test";
        }

        @Override
        public String method() {
            return "It is known.";
        }

        @Override
        public List<String> mustReject() {
            return List.of("no drift");
        }

        @Override
        public List<String> caveats() {
            return name.equals("good") ? List.of("Only where 1 < 2.") : List.of();
        }

        @Override
        public ClaimResult check(ClaimContext context) {
            context.progress().advance(0.5, "half of it");
            if (fault instanceof RuntimeException e) {
                throw e;
            } else if (fault instanceof Error e) {
                throw e;
            }
            CaseResult scattered = new CaseResult(
                    "quadratic, ηλmax = 0.2",
                    0.1 + 0.2,
                    0.3004,
                    0.0005,
                    0.001,
                    0.0013,
                    0.3,
                    4000,
                    context.seed(),
                    verdict,
                    List.of(
                            new Falsification("no drift", 0, 600.123, true, true),
                            new Falsification("¼tr H", 0.29, 1.5, false, false)),
                    verdict == Verdict.HOLDS ? "" : "Off by <much>.");
            CaseResult identity = new CaseResult(
                    "identity",
                    1,
                    1,
                    0,
                    1e-9,
                    0,
                    1,
                    0,
                    context.seed(),
                    Verdict.HOLDS,
                    List.of(new Falsification("no drift", 0, Double.POSITIVE_INFINITY, true, true)),
                    "");
            CaseResult nothing = new CaseResult(
                    "undefined", Double.NaN, 1, 0.1, 0, Double.NaN, 1, 10, context.seed(), verdict, List.of(), "");
            return new ClaimResult(
                    name, verdict, "agreement to 0.1 %", List.of(scattered, identity, nothing), List.of(figure()));
        }
    }
}
