package dev.lowland.optim.ensemble;

/**
 * Hears how far an ensemble is. Called from the worker threads, possibly from several at once, so it must be safe for
 * that.
 */
@FunctionalInterface
public interface EnsembleProgress {

    /**
     * Called now and then.
     *
     * @param done steps taken, summed over replicas; calls of different threads may arrive out of order
     * @param total steps to take, summed over replicas
     */
    void onProgress(long done, long total);
}
