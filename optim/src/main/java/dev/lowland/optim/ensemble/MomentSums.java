package dev.lowland.optim.ensemble;

import dev.lowland.optim.ensemble.MomentKind.Spread;
import java.util.function.BooleanSupplier;
import org.ejml.data.DMatrixRMaj;

/**
 * Count, mean and summed products of deviations, of one block or of all blocks so far. Of the products all are kept, or
 * the squares, or none; a square has the same bits either way.
 */
final class MomentSums {

    private final int size;
    private final Spread spread;
    private int count;
    private final double[] mean;
    /** Laid out as the spread says; empty, in place of zeros, for a single replica. */
    private double[] products;

    private MomentSums(int size, Spread spread, int count) {
        this.size = size;
        this.spread = spread;
        this.count = count;
        this.mean = new double[size];
        this.products = count > 1 ? newProducts() : new double[0];
    }

    private MomentSums(Spread spread, int count, double[] mean, double[] products) {
        this.size = mean.length;
        this.spread = spread;
        this.count = count;
        this.mean = mean;
        this.products = products;
    }

    /** Those that were saved; the arrays are taken over. */
    static MomentSums saved(Spread spread, int count, double[] mean, double[] products) {
        return new MomentSums(spread, count, mean, products);
    }

    MomentSums copy() {
        return new MomentSums(spread, count, mean.clone(), products.clone());
    }

    /** The mean, not copied. */
    double[] mean() {
        return mean;
    }

    /** The summed products of deviations, not copied; of length 0 for a single replica. */
    double[] products() {
        return products;
    }

    /** How many products there are of so many replicas. */
    static long productCount(Spread spread, int size, int count) {
        return count > 1 ? spread.numbers(size) : 0;
    }

    private double[] newProducts() {
        return new double[Math.toIntExact(spread.numbers(size))];
    }

    /**
     * Over some lanes of a laned state, from one on, in two passes. Asks in each row of the covariance whether to stop;
     * what is then returned is of no use.
     */
    static MomentSums of(
            double[] state, int size, int lanes, int from, int replicas, Spread spread, BooleanSupplier stop) {
        MomentSums sums = new MomentSums(size, spread, replicas);
        for (int i = 0; i < size; i++) {
            double total = 0;
            for (int l = 0; l < replicas; l++) {
                total += state[i * lanes + from + l];
            }
            sums.mean[i] = total / replicas;
        }
        if (replicas == 1) {
            return sums;
        }
        switch (spread) {
            case NONE -> {}
            case DIAGONAL -> sums.takeSquares(state, lanes, from);
            case FULL -> sums.takeProducts(state, lanes, from, stop);
        }
        return sums;
    }

    private void takeSquares(double[] state, int lanes, int from) {
        for (int i = 0; i < size; i++) {
            double total = 0;
            for (int l = 0; l < count; l++) {
                double away = state[i * lanes + from + l] - mean[i];
                total += away * away;
            }
            products[i] = total;
        }
    }

    private void takeProducts(double[] state, int lanes, int from, BooleanSupplier stop) {
        double[] away = new double[size * count];
        for (int i = 0; i < size; i++) {
            for (int l = 0; l < count; l++) {
                away[i * count + l] = state[i * lanes + from + l] - mean[i];
            }
        }
        for (int i = 0; i < size && !stop.getAsBoolean(); i++) {
            for (int j = 0; j <= i; j++) {
                double total = 0;
                for (int l = 0; l < count; l++) {
                    total += away[i * count + l] * away[j * count + l];
                }
                products[i * size + j] = total;
                products[j * size + i] = total;
            }
        }
    }

    /**
     * Takes in the replicas of another, by the formula of Chan, Golub and LeVeque. Asks in each row of the covariance
     * whether to stop; then it is of no use any more.
     */
    void merge(MomentSums other, BooleanSupplier stop) {
        int total = count + other.count;
        double share = (double) other.count / total;
        double weight = count * share;
        if (count == 1) {
            products = newProducts();
        }
        boolean single = other.count == 1;
        if (spread == Spread.DIAGONAL) {
            for (int i = 0; i < size; i++) {
                double shift = other.mean[i] - mean[i];
                products[i] += (single ? 0 : other.products[i]) + weight * (shift * shift);
            }
        }
        for (int i = 0; spread == Spread.FULL && i < size && !stop.getAsBoolean(); i++) {
            double rowShift = other.mean[i] - mean[i];
            for (int j = 0; j < size; j++) {
                double shift = other.mean[j] - mean[j];
                int e = i * size + j;
                products[e] += (single ? 0 : other.products[e]) + weight * (rowShift * shift);
            }
        }
        for (int i = 0; i < size; i++) {
            mean[i] += (other.mean[i] - mean[i]) * share;
        }
        count = total;
    }

    int count() {
        return count;
    }

    /** The moments, which take over the memory: to be called once. */
    Moments toMoments(long step) {
        for (int e = 0; e < products.length; e++) {
            products[e] /= count - 1;
        }
        int columns = spread == Spread.FULL ? size : 1;
        int rows = products.length / columns;
        return new Moments(
                step, count, DMatrixRMaj.wrap(size, 1, mean), spread, DMatrixRMaj.wrap(rows, columns, products));
    }
}
