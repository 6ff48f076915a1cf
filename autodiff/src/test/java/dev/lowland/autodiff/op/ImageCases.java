package dev.lowland.autodiff.op;

import static dev.lowland.autodiff.op.OpCase.opCase;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.core.kernel.contract.Window;
import java.util.ArrayList;
import java.util.List;

/** Convolution, pooling and normalisation. */
final class ImageCases {
    private ImageCases() {}

    /** Stride and padding, odd and even kernels, a kernel as large as the image, a single pixel. */
    private static final List<Window> WINDOWS = List.of(
            Window.of(3, 4, 2),
            Window.of(3, 3, 3).withPadding(1),
            Window.of(4, 3, 2).withStride(2).withPadding(1),
            Window.of(2, 2, 2),
            Window.of(1, 1, 1),
            new Window(3, 5, 1, 3, 2, 0));

    static List<OpCase> all() {
        List<OpCase> cases = new ArrayList<>();
        for (Window window : WINDOWS) {
            convolutions(cases, window, 2, 1);
            pooling(cases, window);
        }
        convolutions(cases, WINDOWS.get(2), 4, 2);
        convolutions(cases, WINDOWS.get(0), 1, 1);
        Shape images = Shape.of(2, 4, 3);
        cases.addAll(List.of(
                opCase(
                                "Images.globalAverage(Node)",
                                n -> Images.globalAverage(n[0]),
                                t -> Tensor.of(
                                        1,
                                        2,
                                        4,
                                        (g, b, c) -> (t[0].at(b, c, 0) + t[0].at(b, c, 1) + t[0].at(b, c, 2)) / 3))
                        .with(images, Domain.in(-1, 1)),
                opCase(
                                "Images.flatten(Node)",
                                n -> Images.flatten(n[0]),
                                t -> Tensor.of(1, 2, 12, (g, b, c) -> t[0].at(b, c / 3, c % 3)))
                        .with(images, Domain.in(-1, 1))));
        for (int groups : new int[] {1, 2, 4}) {
            cases.add(opCase(
                            "Images.groupNorm(Node,int,Node,Node,double)",
                            n -> Images.groupNorm(n[0], groups, n[1], n[2], 0.1),
                            t -> Tensor.of(images, (b, c, p) -> normal(t, groups, b, c, p)))
                    .note(groups + " groups")
                    .with(images, Domain.distinct())
                    .with(4, 1)
                    .with(4, 1));
        }
        return cases;
    }

    /** One entry of group normalisation with ε = 0.1, from the definition. */
    private static double normal(Tensor[] t, int groups, int b, int c, int p) {
        int channels = t[0].shape().rows() / groups;
        int first = c / channels * channels;
        double mean = 0;
        double meanSquare = 0;
        int size = channels * t[0].shape().columns();
        for (int i = 0; i < size; i++) {
            double entry = t[0].at(b, first + i % channels, i / channels);
            mean += entry / size;
            meanSquare += entry * entry / size;
        }
        double deviation = StrictMath.sqrt(meanSquare - mean * mean + 0.1);
        return t[1].at(0, c, 0) * (t[0].at(b, c, p) - mean) / deviation + t[2].at(0, c, 0);
    }

    /** The pixel that a tap sees from a position, −1 outside the image. */
    private static int pixel(Window w, int position, int tap) {
        int y = position / w.outputWidth() * w.stride() + tap / w.filterWidth() - w.padding();
        int x = position % w.outputWidth() * w.stride() + tap % w.filterWidth() - w.padding();
        return y >= 0 && y < w.height() && x >= 0 && x < w.width() ? y * w.width() + x : -1;
    }

    private static void convolutions(List<OpCase> cases, Window w, int batch, int banks) {
        int channels = 2;
        int filters = 2;
        int taps = w.filterSize();
        Shape images = Shape.of(batch, channels, w.inputSize());
        Shape bank = Shape.of(banks, filters, channels * taps);
        Shape responses = Shape.of(batch, filters, w.outputSize());
        String note = w + ", " + batch + " images, " + banks + " banks";
        cases.add(opCase(
                        "Images.convolve(Node,Node,Window)",
                        n -> Images.convolve(n[0], n[1], w),
                        t -> Tensor.of(responses, (b, f, q) -> {
                            double sum = 0;
                            for (int k = 0; k < channels * taps; k++) {
                                int p = pixel(w, q, k % taps);
                                sum += p < 0 ? 0 : t[1].at(b * banks / batch, f, k) * t[0].at(b, k / taps, p);
                            }
                            return sum;
                        }))
                .note(note)
                .with(images, Domain.in(-1, 1))
                .with(bank, Domain.in(-1, 1)));
        cases.add(opCase(
                        "Images.convolveToImage(Node,Node,Window)",
                        n -> Images.convolveToImage(n[0], n[1], w),
                        t -> Tensor.of(images, (b, c, p) -> {
                            double sum = 0;
                            for (int i = 0; i < filters * w.outputSize() * taps; i++) {
                                int tap = i % taps;
                                int q = i / taps % w.outputSize();
                                int f = i / taps / w.outputSize();
                                sum += pixel(w, q, tap) == p
                                        ? t[1].at(b * banks / batch, f, c * taps + tap) * t[0].at(b, f, q)
                                        : 0;
                            }
                            return sum;
                        }))
                .note(note)
                .with(responses, Domain.in(-1, 1))
                .with(bank, Domain.in(-1, 1)));
        if (banks == 1) {
            cases.add(opCase(
                            "Images.convolveToFilters(Node,Node,Window)",
                            n -> Images.convolveToFilters(n[0], n[1], w),
                            t -> Tensor.of(bank, (g, f, k) -> {
                                double sum = 0;
                                for (int i = 0; i < batch * w.outputSize(); i++) {
                                    int q = i % w.outputSize();
                                    int b = i / w.outputSize();
                                    int p = pixel(w, q, k % taps);
                                    sum += p < 0 ? 0 : t[0].at(b, k / taps, p) * t[1].at(b, f, q);
                                }
                                return sum;
                            }))
                    .note(note)
                    .with(images, Domain.in(-1, 1))
                    .with(responses, Domain.in(-1, 1)));
        }
    }

    /** The sum, or the largest, of what a position sees. */
    private static double seen(Window w, Tensor x, int b, int c, int q, boolean largest) {
        double value = largest ? Double.NEGATIVE_INFINITY : 0;
        for (int tap = 0; tap < w.filterSize(); tap++) {
            int p = pixel(w, q, tap);
            if (p >= 0) {
                value = largest ? Math.max(value, x.at(b, c, p)) : value + x.at(b, c, p);
            }
        }
        return value;
    }

    /** One pooling function. */
    private interface Pool {
        Node apply(Node images, Window window);
    }

    private static void pooling(List<OpCase> cases, Window w) {
        pool(cases, "sumPool", Images::sumPool, w, 1, false);
        pool(cases, "averagePool", Images::averagePool, w, 1.0 / w.filterSize(), false);
        pool(cases, "maxPool", Images::maxPool, w, 1, true);
    }

    private static void pool(List<OpCase> cases, String name, Pool pool, Window w, double factor, boolean largest) {
        Shape result = Shape.of(2, 2, w.outputSize());
        OpCase made = opCase(
                        "Images." + name + "(Node,Window)",
                        n -> pool.apply(n[0], w),
                        t -> Tensor.of(result, (b, c, q) -> factor * seen(w, t[0], b, c, q, largest)))
                .note(w + "")
                .with(Shape.of(2, 2, w.inputSize()), Domain.distinct());
        cases.add(largest ? made.piecewise() : made);
    }
}
