package dev.lowland.theory.claim;

import java.util.List;

/** A claim whose result is known, for tests of what is built on claims. */
public record FixedClaim(String name, List<String> mustReject) implements Claim {

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String statement() {
        return "One is one.";
    }

    @Override
    public String formula() {
        return "1 = 1";
    }

    @Override
    public String source() {
        return "test";
    }

    @Override
    public String method() {
        return "by looking";
    }

    @Override
    public ClaimResult check(ClaimContext context) {
        context.progress().advance(0.5, "half way");
        List<Expectation.Alternative> wrong = mustReject.stream()
                .map(w -> Expectation.Alternative.mustReject(w, 2))
                .toList();
        return ClaimResult.of(this, "one is one", List.of(ToleranceRule.judge("one", 1, 1, 1e-9, wrong)), List.of());
    }
}
