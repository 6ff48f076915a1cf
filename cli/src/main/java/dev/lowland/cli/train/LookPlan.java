package dev.lowland.cli.train;

/**
 * What is measured, and when. Steps that are multiples of {@code every} are looked at, and the last one.
 *
 * @param every steps from one look to the next, at least 1
 * @param curvatureEvery looks from one to the next at which tr H and λmax are estimated, too; they are at the last
 * @param regularizer at which looks with curvature R is estimated, too
 * @param products with H for tr H, at least 6
 * @param batches pairs of gradients for tr H from noise, at least 2
 */
public record LookPlan(long every, int curvatureEvery, When regularizer, int products, int batches) {
    /** At which looks. */
    public enum When {
        /** At none. */
        NEVER,
        /** At the first and at the last. */
        ENDS,
        /** At all. */
        ALWAYS
    }

    boolean hasCurvature(long step, long last) {
        return step == last || (step % every == 0 && step / every % curvatureEvery == 0);
    }

    boolean hasRegularizer(long step, long last) {
        return hasCurvature(step, last)
                && (regularizer == When.ALWAYS || (regularizer == When.ENDS && (step == 0 || step == last)));
    }
}
