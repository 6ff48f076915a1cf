package dev.lowland.theory.arbitrary;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import org.jspecify.annotations.Nullable;

/** Hands {@link LowlandArbitraries} to properties; jqwik finds it as a service. Stateless. */
@SuppressWarnings("exports") // not transitive: javac would refuse every module that requires this one without jqwik
public final class LowlandArbitraryProvider implements ArbitraryProvider {

    private static final Map<Class<?>, Supplier<Arbitrary<?>>> ARBITRARIES = Map.of(
            ModelChoice.class, LowlandArbitraries::models,
            InterpolatingProblem.class, LowlandArbitraries::problems,
            StepSize.class, LowlandArbitraries::stepSizes,
            LabelNoise.class, LowlandArbitraries::noise,
            Trial.class, LowlandArbitraries::trials,
            FlipLoss.class, LowlandArbitraries::flipLosses,
            FlipProblem.class, LowlandArbitraries::flipProblems);

    /** Called by jqwik. */
    public LowlandArbitraryProvider() {}

    @Override
    public boolean canProvideFor(TypeUsage targetType) {
        return ARBITRARIES.containsKey(targetType.getRawType());
    }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage targetType, SubtypeProvider subtypeProvider) {
        @Nullable Supplier<Arbitrary<?>> arbitrary = ARBITRARIES.get(targetType.getRawType());
        return arbitrary == null ? Set.of() : Set.of(arbitrary.get());
    }
}
