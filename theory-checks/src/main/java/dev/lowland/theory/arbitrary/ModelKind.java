package dev.lowland.theory.arbitrary;

/** Kinds of models, from the simplest on, which is the direction of shrinking. */
public enum ModelKind {
    /** ⟨x, θ⟩. */
    LINEAR(false),
    /** ⟨x, u∘u − v∘v⟩. */
    QUADRATIC(false),
    /** x·W₁·W₂ with one output. */
    DEEP_LINEAR(true),
    /** ⟨A, u vᵀ⟩ of rank one. */
    MATRIX_SENSING(true),
    /** One hidden layer of tanh units. */
    MLP_TANH(true);

    private final boolean wide;

    ModelKind(boolean wide) {
        this.wide = wide;
    }

    /** Whether there is a width to choose beside the number of inputs. */
    public boolean isWide() {
        return wide;
    }

    /** Whether predictions are linear in the inputs, so that a sample can be scaled to any prediction. */
    public boolean isLinearInInputs() {
        return this != MLP_TANH;
    }
}
