package dev.lowland.optim.ensemble;

import org.ejml.data.DMatrixRMaj;

/** Count, mean and summed products of deviations, of one block or of all blocks so far. */
final class MomentSums {

    private final int size;
    private int count;
    private final double[] mean;
    private final double[] products;

    MomentSums(int size) {
        this.size = size;
        this.mean = new double[size];
        this.products = new double[size * size];
    }

    /** Over the first {@code replicas} lanes of a laned state, in two passes. */
    static MomentSums of(double[] state, int size, int lanes, int replicas) {
        MomentSums sums = new MomentSums(size);
        sums.count = replicas;
        double[] away = new double[size * replicas];
        for (int i = 0; i < size; i++) {
            double total = 0;
            for (int l = 0; l < replicas; l++) {
                total += state[i * lanes + l];
            }
            sums.mean[i] = total / replicas;
            for (int l = 0; l < replicas; l++) {
                away[i * replicas + l] = state[i * lanes + l] - sums.mean[i];
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double total = 0;
                for (int l = 0; l < replicas; l++) {
                    total += away[i * replicas + l] * away[j * replicas + l];
                }
                sums.products[i * size + j] = total;
                sums.products[j * size + i] = total;
            }
        }
        return sums;
    }

    /** Takes in the replicas of another, by the formula of Chan, Golub and LeVeque. */
    void merge(MomentSums other) {
        int total = count + other.count;
        double share = (double) other.count / total;
        double weight = count * share;
        for (int i = 0; i < size; i++) {
            double rowShift = other.mean[i] - mean[i];
            for (int j = 0; j < size; j++) {
                double shift = other.mean[j] - mean[j];
                products[i * size + j] += other.products[i * size + j] + weight * (rowShift * shift);
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

    Moments toMoments(long step) {
        DMatrixRMaj covariance = new DMatrixRMaj(size, size);
        for (int e = 0; e < products.length; e++) {
            covariance.data[e] = count > 1 ? products[e] / (count - 1) : 0;
        }
        return new Moments(step, count, DMatrixRMaj.wrap(size, 1, mean.clone()), covariance);
    }
}
