package io.foretide.kernel;

/** How a gradient g moves parameters p at a learning rate α, with the formulas of Deeplearning4j. */
public sealed interface UpdateRule {
    /** p ← p − α·g. */
    record Sgd() implements UpdateRule {}

    /**
     * Nesterov's momentum: v′ = μ·v − α·g, p ← p − μ·v + (1 + μ)·v′.
     *
     * @param momentum μ
     */
    record Momentum(float momentum) implements UpdateRule {}

    /**
     * s ← ρ·s + (1 − ρ)·g², p ← p − α·g / (√s + ε), where s starts as ε.
     *
     * @param decay ρ
     */
    record RmsProp(float decay, float epsilon) implements UpdateRule {}

    /**
     * m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − α·√(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε) at update t.
     */
    record Adam(float beta1, float beta2, float epsilon) implements UpdateRule {
        /** The numbers that everybody uses. */
        public Adam() {
            this(0.9f, 0.999f, 1e-8f);
        }
    }
}
