package dev.lowland.cli.data;

import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;

/**
 * Images that a seed makes, for where no others are: each class has a pattern, and an image shows that of its class,
 * somewhat moved and of its own strength, under another pattern that means nothing and under noise.
 *
 * <p>With g₁ … a sum of the {@value #WAVES} × {@value #WAVES} slowest cosine waves of random weights, scaled to mean 0
 * and variance 1 over the pixels, image i of class k in channel c at pixel (y, x) is
 *
 * <pre>
 *   s·g_{k,c}(y + a, x + b) + t·h_{i,c}(y, x) + r·z
 * </pre>
 *
 * <p>where (a, b) are uniform within a sixth of the height and width, s uniform on [½, 3⁄2], h a pattern of the image's
 * own, and z standard normal for every pixel; t and r are both {@code noise}. Classes follow each other: image i is of
 * class i mod K. The test set has the patterns of the training set and images of its own. The same bits on every
 * machine.
 */
public final class SyntheticImages implements ImageSet {
    private static final int WAVES = 4;

    /** Streams of a seed: the patterns of the classes, the images of training and of test. */
    private static final int PATTERNS = 0;

    private static final int TRAINING = 1;
    private static final int TESTING = 2;

    /** Random numbers set aside for one image beyond those of its pixels. */
    private static final int ASIDE = 8;

    private final ImageSize imageSize;
    private final int classes;
    private final int perClass;
    private final double noise;
    private final RandomStream patterns;
    private final RandomStream own;

    private SyntheticImages(
            ImageSize imageSize, int classes, int perClass, double noise, RandomStream patterns, RandomStream own) {
        this.imageSize = imageSize;
        this.classes = classes;
        this.perClass = perClass;
        this.noise = noise;
        this.patterns = patterns;
        this.own = own;
    }

    /**
     * Images of a seed.
     *
     * @param seed any number; other seeds give other patterns
     * @param test whether those of the test set
     * @param imageSize the size of an image
     * @param classes K, at least 1
     * @param perClass images of each class, at least 1
     * @param noise at least 0; the patterns have variance 1
     * @return the images
     */
    public static SyntheticImages of(
            long seed, boolean test, ImageSize imageSize, int classes, int perClass, double noise) {
        return new SyntheticImages(
                imageSize,
                classes,
                perClass,
                noise,
                RandomStream.of(seed, PATTERNS, Purpose.DATA),
                RandomStream.of(seed, test ? TESTING : TRAINING, Purpose.DATA));
    }

    @Override
    public ImageSize imageSize() {
        return imageSize;
    }

    @Override
    public int size() {
        return classes * perClass;
    }

    @Override
    public int label(int image) {
        return image % classes;
    }

    @Override
    public void pixels(int image, double[] out) {
        int plane = imageSize.plane();
        int weights = imageSize.channels() * WAVES * WAVES;
        long start = (long) image * (ASIDE + weights + imageSize.pixels());
        double down = (own.uniform(start) - 0.5) * imageSize.height() / 3;
        double right = (own.uniform(start + 1) - 0.5) * imageSize.width() / 3;
        double strength = 0.5 + own.uniform(start + 2);
        double[] pattern = new double[plane];
        for (int c = 0; c < imageSize.channels(); c++) {
            long ofClass = ((long) label(image) * imageSize.channels() + c) * WAVES * WAVES;
            waves(patterns, ofClass, down, right, pattern);
            for (int p = 0; p < plane; p++) {
                out[c * plane + p] = strength * pattern[p];
            }
            waves(own, start + ASIDE + (long) c * WAVES * WAVES, 0, 0, pattern);
            for (int p = 0; p < plane; p++) {
                double z = own.gaussian(start + ASIDE + weights + (long) c * plane + p);
                out[c * plane + p] += noise * (pattern[p] + z);
            }
        }
    }

    /** A pattern, moved: Σ w_{uv} cos(πu(y+a+½)/H) cos(πv(x+b+½)/W) without u = v = 0, to mean 0 and variance 1. */
    private void waves(RandomStream stream, long start, double down, double right, double[] out) {
        int height = imageSize.height();
        int width = imageSize.width();
        double[] weights = new double[WAVES * WAVES];
        stream.fillGaussian(start, weights.length, weights, 0, 1);
        weights[0] = 0;
        double[][] vertical = cosines(height, down);
        double[][] horizontal = cosines(width, right);
        double sum = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double value = 0;
                for (int k = 0; k < weights.length; k++) {
                    value += weights[k] * vertical[k / WAVES][y] * horizontal[k % WAVES][x];
                }
                out[y * width + x] = value;
                sum += value;
            }
        }
        double mean = sum / out.length;
        double squares = 0;
        for (double value : out) {
            squares += (value - mean) * (value - mean);
        }
        double scale = squares > 0 ? Math.sqrt(out.length / squares) : 0;
        for (int p = 0; p < out.length; p++) {
            out[p] = scale * (out[p] - mean);
        }
    }

    private static double[][] cosines(int length, double shift) {
        double[][] values = new double[WAVES][length];
        for (int u = 0; u < WAVES; u++) {
            for (int i = 0; i < length; i++) {
                values[u][i] = StrictMath.cos(Math.PI * u * (i + shift + 0.5) / length);
            }
        }
        return values;
    }

    @Override
    public String file(int image) {
        return "synthetic images";
    }

    @Override
    public String place(int image) {
        return "image " + image;
    }
}
