package dev.lowland.cli.data;

import org.ejml.data.DMatrixRMaj;

/**
 * Numbers by which pixels are brought to like size: a pixel x of channel c becomes (x − mean_c)/deviation_c.
 *
 * @param mean a number a channel. Not to be modified.
 * @param deviation a positive number a channel. Not to be modified.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record ChannelScale(double[] mean, double[] deviation) {

    /** Mean and standard deviation of each channel over images and pixels; 0 where a channel is constant. */
    static ChannelScale of(ImageSize size, DMatrixRMaj images) {
        double[] mean = new double[size.channels()];
        double[] deviation = new double[size.channels()];
        double count = (double) images.numRows * size.plane();
        int numbers = images.getNumElements();
        for (int i = 0; i < numbers; i++) {
            mean[channel(size, i)] += images.data[i] / count;
        }
        for (int i = 0; i < numbers; i++) {
            double off = images.data[i] - mean[channel(size, i)];
            deviation[channel(size, i)] += off * off / count;
        }
        for (int c = 0; c < deviation.length; c++) {
            deviation[c] = Math.sqrt(deviation[c]);
        }
        return new ChannelScale(mean, deviation);
    }

    void apply(ImageSize size, DMatrixRMaj images) {
        int numbers = images.getNumElements();
        for (int i = 0; i < numbers; i++) {
            int c = channel(size, i);
            images.data[i] = (images.data[i] - mean[c]) / deviation[c];
        }
    }

    private static int channel(ImageSize size, int index) {
        return index / size.plane() % size.channels();
    }
}
