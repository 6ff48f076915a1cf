package dev.lowland.core.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The image kernels of both twins bit for bit against sums written out in their order, and every lane too. */
@Tag("slow")
class ImageKernelsTest {
    private static final int LANES = 3;

    /** One geometry with some planes on one twin. */
    record Case(Window window, int channels, int filters, KernelSet kernels) {
        @Override
        public String toString() {
            return kernels.name() + ": " + window + ", " + channels + " → " + filters;
        }
    }

    /** Small images, most of them small enough for the plain loops of both twins. */
    static Stream<Case> cases() {
        return Stream.of(
                        Window.of(1, 1, 1),
                        Window.of(4, 5, 3),
                        Window.of(4, 5, 3).withPadding(1),
                        Window.of(5, 4, 3).withPadding(2).withStride(2),
                        Window.of(6, 7, 2).withStride(2),
                        Window.of(3, 9, 2).withStride(3).withPadding(1),
                        new Window(2, 2, 5, 5, 1, 2),
                        new Window(4, 6, 1, 3, 1, 0),
                        new Window(5, 3, 4, 2, 2, 1))
                .flatMap(window -> Twins.all().map(kernels -> new Case(window, 2, 3, kernels)));
    }

    /**
     * Both sides of every block and panel of the vector twin: rows of all lengths, strides, kernels larger than the
     * image, many planes.
     */
    static Stream<Case> largeCases() {
        List<Case> cases = new ArrayList<>();
        Twins.all().forEach(kernels -> {
            for (int width = 1; width <= 35; width += width < 20 ? 1 : 3) {
                cases.add(new Case(new Window(9, width, 3, Math.min(3, width + 2), 1, 1), 5, 7, kernels));
                cases.add(new Case(new Window(11, width + 1, 2, 2, 2, 0), 9, 8, kernels));
            }
            for (int stride = 1; stride <= 5; stride++) {
                cases.add(new Case(new Window(14, 13, 3, 4, stride, 2), 4, 9, kernels));
                cases.add(new Case(new Window(12, 17, 1, 1, stride, 0), 17, 12, kernels));
                cases.add(new Case(new Window(7, 9, 5, 2, stride, 1), 3, 6, kernels));
            }
            cases.add(new Case(Window.of(32, 32, 3).withPadding(1), 3, 16, kernels));
            cases.add(new Case(Window.of(12, 20, 3).withPadding(1), 30, 66, kernels));
            cases.add(new Case(Window.of(5, 6, 3).withPadding(1), 1, 173, kernels));
            cases.add(new Case(Window.of(5, 6, 3).withPadding(2), 173, 1, kernels));
            cases.add(new Case(Window.of(8, 8, 1), 260, 5, kernels));
            cases.add(new Case(new Window(5, 7, 13, 13, 1, 6), 6, 5, kernels));
            cases.add(new Case(Window.of(21, 20, 16), 2, 3, kernels));
            cases.add(new Case(Window.of(20, 20, 17), 2, 3, kernels));
            cases.add(new Case(new Window(20, 19, 17, 16, 3, 1), 2, 3, kernels));
            cases.add(new Case(new Window(1, 300, 1, 5, 1, 0), 4, 4, kernels));
            cases.add(new Case(new Window(300, 1, 5, 1, 1, 0), 4, 4, kernels));
            cases.add(new Case(new Window(8, 9, 2, 2, 3, 0), 6, 8, kernels));
            cases.add(new Case(Window.of(3, 3, 3), 16, 17, kernels));
        });
        return cases.stream();
    }

    private final Random random = new Random(5);

    private double[] numbers(int size) {
        return random.doubles(size, -1, 1).toArray();
    }

    /** Calls with every (output position, tap, pixel) that meet inside the image, tap by tap, position by position. */
    private interface Meeting {
        void at(int position, int tap, int pixel);
    }

    private static void meetings(Window w, Meeting meeting) {
        int rows = (w.height() + 2 * w.padding() - w.filterHeight()) / w.stride() + 1;
        int columns = (w.width() + 2 * w.padding() - w.filterWidth()) / w.stride() + 1;
        assertEquals(rows * columns, w.outputSize());
        for (int tap = 0; tap < w.filterHeight() * w.filterWidth(); tap++) {
            for (int position = 0; position < rows * columns; position++) {
                int y = position / columns * w.stride() + tap / w.filterWidth() - w.padding();
                int x = position % columns * w.stride() + tap % w.filterWidth() - w.padding();
                if (y >= 0 && y < w.height() && x >= 0 && x < w.width()) {
                    meeting.at(position, tap, y * w.width() + x);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource({"cases", "largeCases"})
    void theThreeConvolutionsAreOneTrilinearForm(Case c) {
        Window w = c.window();
        int channels = c.channels();
        int count = c.filters();
        double[] x = numbers(channels * w.inputSize());
        double[] f = numbers(count * channels * w.filterSize());
        double[] y = numbers(count * w.outputSize());
        double[] response = new double[y.length];
        double[] image = new double[x.length];
        double[] filters = numbers(f.length);
        double[] found = surrounded(filters);
        double[] fromZero = new double[f.length];
        for (int filter = 0; filter < count; filter++) {
            for (int channel = 0; channel < channels; channel++) {
                int filterBase = (filter * channels + channel) * w.filterSize();
                int imageBase = channel * w.inputSize();
                int responseBase = filter * w.outputSize();
                meetings(w, (position, tap, pixel) -> {
                    int r = responseBase + position;
                    int p = imageBase + pixel;
                    int t = filterBase + tap;
                    response[r] = Math.fma(f[t], x[p], response[r]);
                    image[p] = Math.fma(f[t], y[r], image[p]);
                    filters[t] = Math.fma(x[p], y[r], filters[t]);
                    fromZero[t] = Math.fma(x[p], y[r], fromZero[t]);
                });
            }
        }
        KernelSet kernels = c.kernels();
        kernels.convolveToFilters(w, true, channels, count, 1, between(x), 3, false, between(y), 3, false, found, 1);
        assertArrayEquals(surrounded(filters), found);
        found = poisoned(2 + f.length);
        kernels.convolveToFilters(w, false, channels, count, 1, x, 0, false, y, 0, false, found, 1);
        assertArrayEquals(surrounded(fromZero), found);
        found = poisoned(2 + y.length);
        kernels.convolve(w, channels, count, 1, x, 0, false, f, 0, false, found, 1);
        assertArrayEquals(surrounded(response), found);
        found = poisoned(2 + y.length);
        kernels.convolve(w, channels, count, 1, between(x), 3, false, between(f), 3, false, found, 1);
        assertArrayEquals(surrounded(response), found);
        found = poisoned(2 + x.length);
        kernels.convolveToImage(w, channels, count, 1, y, 0, false, f, 0, false, found, 1);
        assertArrayEquals(surrounded(image), found);
        found = poisoned(2 + x.length);
        kernels.convolveToImage(w, channels, count, 1, between(y), 3, false, between(f), 3, false, found, 1);
        assertArrayEquals(surrounded(image), found);
    }

    /** Padding counts as zeros, which a factor that is not finite turns into NaN, and −0 into +0. */
    @ParameterizedTest
    @MethodSource({"cases", "largeCases"})
    void specialNumbersHaveTheBitsOfTheScalarTwin(Case c) {
        Window w = c.window();
        int channels = c.channels();
        int count = c.filters();
        double[] x = Twins.withSpecials(channels * w.inputSize(), 1);
        double[] f = Twins.withSpecials(count * channels * w.filterSize(), 2);
        double[] y = Twins.withSpecials(count * w.outputSize(), 3);
        for (double factor : new double[] {1, 1e-170}) {
            scale(x, factor);
            scale(f, factor);
            scale(y, factor);
            double[][] found = new double[8][];
            int next = 0;
            for (KernelSet kernels : List.of(Kernels.scalar(), c.kernels())) {
                double[] response = new double[y.length];
                kernels.convolve(w, channels, count, 1, x, 0, false, f, 0, false, response, 0);
                found[next++] = response;
                double[] image = new double[x.length];
                kernels.convolveToImage(w, channels, count, 1, y, 0, false, f, 0, false, image, 0);
                found[next++] = image;
                for (boolean add : new boolean[] {false, true}) {
                    double[] filters = f.clone();
                    kernels.convolveToFilters(w, add, channels, count, 1, x, 0, false, y, 0, false, filters, 0);
                    found[next++] = filters;
                }
            }
            for (int i = 0; i < 4; i++) {
                assertArrayEquals(found[i], found[4 + i]);
            }
        }
    }

    private static void scale(double[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    @ParameterizedTest
    @MethodSource({"cases", "largeCases"})
    void everyLaneOfAConvolutionHasTheBitsOfTheSingleRun(Case c) {
        Window w = c.window();
        int channels = c.channels();
        int count = c.filters();
        for (int shared = 0; shared < 4; shared++) {
            boolean leftShared = (shared & 1) == 1;
            boolean rightShared = (shared & 2) == 2;
            double[] x = numbers(channels * w.inputSize() * LANES);
            double[] f = numbers(count * channels * w.filterSize() * LANES);
            double[] y = numbers(count * w.outputSize() * LANES);
            double[] response = new double[count * w.outputSize() * LANES];
            double[] image = new double[channels * w.inputSize() * LANES];
            double[] filters = numbers(count * channels * w.filterSize() * LANES);
            double[] start = filters.clone();
            KernelSet kernels = c.kernels();
            kernels.convolve(w, channels, count, LANES, x, 0, leftShared, f, 0, rightShared, response, 0);
            kernels.convolveToImage(w, channels, count, LANES, y, 0, leftShared, f, 0, rightShared, image, 0);
            kernels.convolveToFilters(w, true, channels, count, LANES, x, 0, leftShared, y, 0, rightShared, filters, 0);
            for (int l = 0; l < LANES; l++) {
                double[] single = new double[response.length / LANES];
                double[] left = lane(x, l, leftShared);
                double[] right = lane(f, l, rightShared);
                kernels.convolve(w, channels, count, 1, left, 0, false, right, 0, false, single, 0);
                assertArrayEquals(single, lane(response, l, false));
                single = new double[image.length / LANES];
                double[] back = lane(y, l, leftShared);
                kernels.convolveToImage(w, channels, count, 1, back, 0, false, right, 0, false, single, 0);
                assertArrayEquals(single, lane(image, l, false));
                single = lane(start, l, false);
                back = lane(y, l, rightShared);
                kernels.convolveToFilters(w, true, channels, count, 1, left, 0, false, back, 0, false, single, 0);
                assertArrayEquals(single, lane(filters, l, false));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void poolingSeesTheSamePixels(Case c) {
        Window w = c.window();
        int planes = 2;
        double[] x = numbers(planes * w.inputSize() * LANES);
        x[0] = Double.NaN;
        double[] sums = new double[planes * w.outputSize() * LANES];
        double[] spread = new double[x.length];
        double[] largest = new double[sums.length];
        for (int plane = 0; plane < planes; plane++) {
            for (int l = 0; l < LANES; l++) {
                int lane = l;
                int in = plane * w.inputSize();
                int out = plane * w.outputSize();
                double[] best = new double[w.outputSize()];
                java.util.Arrays.fill(best, Double.NEGATIVE_INFINITY);
                meetings(w, (position, tap, pixel) -> {
                    double here = x[(in + pixel) * LANES + lane];
                    sums[(out + position) * LANES + lane] += here;
                    spread[(in + pixel) * LANES + lane] += sums.length - position;
                    if (!Double.isNaN(best[position]) && !(here < best[position])) {
                        best[position] = here;
                        largest[(out + position) * LANES + lane] = pixel;
                    }
                });
            }
        }
        double[] found = poisoned(sums.length);
        c.kernels().sumWindows(w, planes, LANES, x, found);
        assertArrayEquals(sums, found);
        found = poisoned(sums.length);
        c.kernels().argMaxWindows(w, planes, LANES, x, found);
        assertArrayEquals(largest, found);
        double[] values = new double[sums.length];
        java.util.Arrays.setAll(values, i -> sums.length - i / LANES % w.outputSize());
        found = poisoned(x.length);
        c.kernels().spreadWindows(w, planes, LANES, values, found);
        assertArrayEquals(spread, found);
    }

    @org.junit.jupiter.api.Test
    void equalPixelsGiveTheLastOfThem() {
        double[] out = new double[1];
        Kernels.scalar().argMaxWindows(Window.of(2, 2, 2), 1, 1, new double[] {3, 1, 3, 0}, out);
        assertEquals(2, out[0]);
        Kernels.scalar().argMaxWindows(Window.of(2, 2, 2), 1, 1, new double[] {-0.0, 0, -0.0, -1}, out);
        assertEquals(2, out[0]);
    }

    @org.junit.jupiter.api.Test
    void windowsThatSeeNoPixelOrOverflowAreRefused() {
        for (String[] bad : new String[][] {
            {"0", "1", "1", "1", "0", "height × width"},
            {"65536", "65536", "1", "1", "0", "height × width"},
            {"3", "3", "0", "1", "0", "filter"},
            {"3", "3", "4", "1", "0", "filter"},
            {"3", "3", "2", "0", "0", "stride"},
            {"3", "3", "2", "1", "2", "padding"},
            {"3", "3", "2", "1", "-1", "padding"}
        }) {
            int[] n = Stream.of(bad).limit(5).mapToInt(Integer::parseInt).toArray();
            String message = assertThrows(
                            IllegalArgumentException.class, () -> new Window(n[0], n[1], n[2], n[2], n[3], n[4]))
                    .getMessage();
            assertTrue(message.startsWith("window: " + bad[5] + " is ") && message.contains(", must be "), message);
        }
        Window huge = new Window(1, Integer.MAX_VALUE, 1, 1, 1, 0);
        assertEquals(Integer.MAX_VALUE, huge.outputSize());
    }

    private static double[] poisoned(int size) {
        double[] array = new double[size];
        java.util.Arrays.fill(array, Double.NaN);
        return array;
    }

    private static double[] lane(double[] laned, int lane, boolean shared) {
        double[] single = new double[laned.length / LANES];
        for (int i = 0; i < single.length; i++) {
            single[i] = shared ? laned[i] : laned[i * LANES + lane];
        }
        return single;
    }

    /** The same numbers with NaN on both sides, which nobody may take for pixels. */
    private static double[] between(double[] numbers) {
        double[] wide = poisoned(numbers.length + 20);
        System.arraycopy(numbers, 0, wide, 3, numbers.length);
        return wide;
    }

    /** With NaN before and after, which nobody may write. */
    private static double[] surrounded(double[] numbers) {
        double[] wide = poisoned(numbers.length + 2);
        System.arraycopy(numbers, 0, wide, 1, numbers.length);
        return wide;
    }
}
