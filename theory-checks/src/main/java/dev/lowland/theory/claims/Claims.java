package dev.lowland.theory.claims;

import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claims.beyond.AntiPgd;
import dev.lowland.theory.claims.beyond.EdgeCentralFlow;
import dev.lowland.theory.claims.beyond.LabelNoiseRmsProp;
import dev.lowland.theory.claims.beyond.MeanSquareStability;
import dev.lowland.theory.claims.beyond.NormalisedGd;
import dev.lowland.theory.claims.beyond.Sam;
import dev.lowland.theory.claims.beyond.UnequalLabelNoise;
import dev.lowland.theory.claims.beyond.WeightDecay;
import dev.lowland.theory.claims.classification.Classification;
import dev.lowland.theory.claims.coupling.Coupling;
import dev.lowland.theory.claims.coupling.Descent;
import dev.lowland.theory.claims.coupling.StationaryPoint;
import dev.lowland.theory.claims.drift.ArbitraryCovariance;
import dev.lowland.theory.claims.drift.Controls;
import dev.lowland.theory.claims.drift.Drift;
import dev.lowland.theory.claims.drift.MiniBatch;
import dev.lowland.theory.claims.drift.Momentum;
import dev.lowland.theory.claims.drift.ScalingRule;
import dev.lowland.theory.claims.landscape.KlExponents;
import dev.lowland.theory.claims.landscape.RegularizerGradient;
import dev.lowland.theory.claims.landscape.RegularizerLimits;
import dev.lowland.theory.claims.landscape.SmoothnessBounds;
import dev.lowland.theory.claims.limit.DeepLinearLimit;
import dev.lowland.theory.claims.limit.Lasso;
import dev.lowland.theory.claims.limit.ManifoldLimit;
import dev.lowland.theory.claims.noise.FluctuationCovariance;
import dev.lowland.theory.claims.noise.LossFloor;
import dev.lowland.theory.claims.noise.NoiseCovariance;
import java.util.List;

/** Every claim that Lowland checks. */
public final class Claims {
    private Claims() {}

    /** The claims, in the order of their numbers; 21 is free. */
    public static List<Claim> all() {
        return List.of(
                new NoiseCovariance(),
                new FluctuationCovariance(),
                new RegularizerGradient(),
                new RegularizerLimits(),
                new Drift(),
                new Coupling(),
                new Descent(),
                new StationaryPoint(),
                new LossFloor(),
                new Momentum(),
                new Classification(),
                new ArbitraryCovariance(),
                new ScalingRule(),
                new Controls(),
                new MiniBatch(),
                new Lasso(),
                new DeepLinearLimit(),
                new ManifoldLimit(),
                new KlExponents(),
                new SmoothnessBounds(),
                new AntiPgd(),
                new Sam(),
                new NormalisedGd(),
                new LabelNoiseRmsProp(),
                new MeanSquareStability(),
                new EdgeCentralFlow(),
                new WeightDecay(),
                new UnequalLabelNoise());
    }
}
