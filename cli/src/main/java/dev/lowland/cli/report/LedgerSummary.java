package dev.lowland.cli.report;

import dev.lowland.theory.claim.CaseResult;
import dev.lowland.theory.claim.ClaimResult;
import dev.lowland.theory.claim.Falsification;
import dev.lowland.theory.claim.ThreePartRule;
import java.util.stream.DoubleStream;

/**
 * The worst figures of a claim, over its cases.
 *
 * @param relativeError the largest relative error; NaN where there are no cases
 * @param precision the largest 4 SE + bias as a share of the effect; NaN where there are no cases
 * @param weakest the smallest distance of a wrong theory from a case that had to refuse it; NaN where there is none
 * @param cases how many cases
 * @param samples the sum of the samples behind them
 */
record LedgerSummary(double relativeError, double precision, double weakest, int cases, long samples) {

    static LedgerSummary of(ClaimResult result) {
        return new LedgerSummary(
                max(result.cases().stream().mapToDouble(CaseResult::relativeError)),
                max(result.cases().stream().mapToDouble(LedgerSummary::precision)),
                result.cases().stream()
                        .flatMap(c -> c.falsifications().stream())
                        .filter(Falsification::required)
                        .mapToDouble(Falsification::distance)
                        .min()
                        .orElse(Double.NaN),
                result.cases().size(),
                result.cases().stream().mapToLong(CaseResult::samples).sum());
    }

    private static double precision(CaseResult c) {
        return (ThreePartRule.AGREEMENT * c.standardError() + c.bias()) / Math.abs(c.effect());
    }

    private static double max(DoubleStream values) {
        return values.max().orElse(Double.NaN);
    }
}
