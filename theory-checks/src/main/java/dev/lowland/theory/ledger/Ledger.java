package dev.lowland.theory.ledger;

import dev.lowland.core.check.Checks;
import dev.lowland.theory.claim.Claim;
import dev.lowland.theory.claims.Claims;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An ordered list of claims with different names. Immutable and thread-safe. */
public final class Ledger {

    private final Map<String, Claim> claims;

    private Ledger(Map<String, Claim> claims) {
        this.claims = claims;
    }

    /** Every claim that Lowland checks, in the order of their numbers. */
    public static Ledger standard() {
        return of(Claims.all());
    }

    /**
     * A ledger of the given claims.
     *
     * @param claims in the order in which they are checked
     * @throws IllegalArgumentException if two have the same name
     */
    public static Ledger of(List<? extends Claim> claims) {
        Checks.noNulls("list claims", "claims", claims);
        Map<String, Claim> byName = new LinkedHashMap<>();
        for (Claim claim : claims) {
            if (byName.put(claim.name(), claim) != null) {
                throw Checks.error("list claims", "a claim's name", claim.name() + " twice", "its own");
            }
        }
        return new Ledger(byName);
    }

    /** The claims, in order. */
    public List<Claim> claims() {
        return List.copyOf(claims.values());
    }

    /** The claims' names, in order. */
    public List<String> names() {
        return List.copyOf(claims.keySet());
    }

    /**
     * The part of this ledger with the given names, in the ledger's order.
     *
     * @param names names of claims; none means all
     * @throws IllegalArgumentException for a name that is not in the ledger
     */
    public Ledger select(List<String> names) {
        Checks.notNull("select claims", "names", names);
        for (String name : names) {
            if (!claims.containsKey(name)) {
                throw Checks.error("select claims", "a name", name, "one of " + String.join(", ", claims.keySet()));
            }
        }
        if (names.isEmpty()) {
            return this;
        }
        List<Claim> chosen = new ArrayList<>();
        claims.forEach((name, claim) -> {
            if (names.contains(name)) {
                chosen.add(claim);
            }
        });
        return of(chosen);
    }
}
