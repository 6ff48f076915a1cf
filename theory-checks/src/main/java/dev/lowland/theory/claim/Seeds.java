package dev.lowland.theory.claim;

import dev.lowland.core.check.Checks;

/**
 * Seeds derived from seeds, so that claims, cases and stages never share a random number. Stateless and thread-safe.
 */
public final class Seeds {

    private Seeds() {}

    /**
     * A seed for a named purpose: FNV-1a of the name, mixed with the seed by the finaliser of SplitMix64 (Steele, Lea,
     * Flood 2014).
     *
     * @param seed where it is derived from
     * @param purpose what it is for; different names give unrelated seeds
     */
    public static long derive(long seed, String purpose) {
        Checks.notNull("derive a seed", "purpose", purpose);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return mix(mix(seed + 0x9e3779b97f4a7c15L) ^ hash);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
