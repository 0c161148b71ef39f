package io.foretide.kernel;

/** What {@link UpdateRule}s do with n parameters: the definition. */
final class ScalarUpdates {
    private ScalarUpdates() {}

    static void clip(float[] g, int n, float factor, float most) {
        for (int j = 0; j < n; j++) {
            float x = g[j] * factor;
            x = x > -most ? x : -most;
            g[j] = x < most ? x : most;
        }
    }

    static void addDecay(float[] decays, float factor, float[] p, float[] to, int n) {
        for (int j = 0; j < n; j++) {
            to[j] = Math.fma(decays[j] * factor, p[j], to[j]);
        }
    }

    static void sgd(float[] p, float[] g, int n, float rate) {
        for (int j = 0; j < n; j++) {
            p[j] = Math.fma(-rate, g[j], p[j]);
        }
    }

    static void momentum(float[] p, float[] g, float[] v, int n, float rate, UpdateRule.Momentum rule) {
        float mu = rule.momentum();
        for (int j = 0; j < n; j++) {
            float before = v[j] * mu;
            v[j] = Math.fma(-rate, g[j], before);
            p[j] = p[j] - Math.fma(-1 - mu, v[j], before);
        }
    }

    static void rmsProp(float[] p, float[] g, float[] s, int n, float rate, UpdateRule.RmsProp rule) {
        for (int j = 0; j < n; j++) {
            s[j] = Math.fma(s[j], rule.decay(), g[j] * g[j] * (1 - rule.decay()));
            p[j] = p[j] - g[j] * rate / ((float) Math.sqrt(s[j]) + rule.epsilon());
        }
    }

    static void adam(float[] p, float[] g, float[] m, float[] v, int n, float rate, UpdateRule.Adam rule) {
        for (int j = 0; j < n; j++) {
            m[j] = Math.fma(m[j], rule.beta1(), g[j] * (1 - rule.beta1()));
            v[j] = Math.fma(v[j], rule.beta2(), g[j] * g[j] * (1 - rule.beta2()));
            p[j] = p[j] - m[j] * rate / ((float) Math.sqrt(v[j]) + rule.epsilon());
        }
    }
}
