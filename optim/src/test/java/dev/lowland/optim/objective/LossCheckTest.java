package dev.lowland.optim.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.check.CheckReport;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossCheckTest {

    private static final DMatrixRMaj LABELS = new DMatrixRMaj(4, 1, true, 1, -1, 1, 1);
    private static final DMatrixRMaj NUMBERS = new DMatrixRMaj(3, 1, true, 0.3, -2, 0);
    private static final DMatrixRMaj CLASSES = new DMatrixRMaj(2, 3, true, 1, 0, 0, 0, 0, 1);

    static Stream<Arguments> sound() {
        return Stream.of(
                Arguments.of(Losses.square(), NUMBERS),
                Arguments.of(Losses.square(), new DMatrixRMaj(2, 3, true, 1, 2, 3, 4, 5, 6)),
                Arguments.of(Losses.logistic(0.2), LABELS),
                Arguments.of(Losses.exponential(0.01), LABELS),
                Arguments.of(Losses.squareMargin(0.45), LABELS),
                Arguments.of(Losses.crossEntropy(3, 0.2), CLASSES),
                Arguments.of(Losses.crossEntropy(3), CLASSES),
                Arguments.of(Losses.ofMargin("own", 0.2, s -> Ops.softplus(Ops.negate(s))), LABELS),
                Arguments.of(new Own(), LABELS),
                Arguments.of(new Cosh(), NUMBERS));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void passesLossesThatAreWhatTheySay(Loss loss, DMatrixRMaj targets) {
        for (long seed = 1; seed <= 5; seed++) {
            CheckReport report = LossCheck.of(loss, targets).withSeed(seed).run();
            assertTrue(report.passed(), report.toString());
        }
        assertEquals(
                "check of loss " + loss.name() + ": nothing wrong",
                LossCheck.of(loss, targets).run().toString());
    }

    /** A loss of one's own of two methods: log cosh of the residual. */
    private static class Cosh implements Loss {
        @Override
        public String name() {
            return "log-cosh";
        }

        @Override
        public Node perSample(Node predictions, Node targets) {
            Node r = Ops.subtract(predictions, targets);
            Node twice = Ops.add(r, Ops.softplus(Ops.scale(r, -2)));
            return Ops.subtract(twice, r.graph().constant(Math.log(2)));
        }
    }

    @Test
    void aLossOfTwoMethodsHasTheOthers() {
        Loss loss = new Cosh();
        assertEquals(1, loss.curvature(), 1e-15);
        assertEquals(0.09, loss.noiseVariance(0.3), 1e-16);
        assertEquals(0, loss.minimiser());
        assertTrue(!loss.flipsLabels());
        assertTrue(loss.hasMinimum());
        double value = loss.smoothedValue(new double[] {9, 1.7}, new double[] {9, 0.5}, 1, 1);
        assertEquals(Math.log(Math.cosh(1.2)), value, 1e-15);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> loss.flipTarget(0.1, new double[1], 0, 1, new double[1], 0, 1))
                .getMessage();
        assertEquals(
                "flipTarget: loss is log-cosh, whose noise adds to targets, must be one that flips labels", message);
        Data data = Data.of(new DMatrixRMaj(3, 2, true, 1, 2, 3, 4, 5, 6), NUMBERS);
        Objective objective = Objective.of(Models.linear(2), loss, data);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double f = 0.1 * (2 * i + 1) - 0.2 * (2 * i + 2);
            sum += Math.log(Math.cosh(f - NUMBERS.get(i)));
        }
        assertEquals(sum / 3, objective.loss(new DMatrixRMaj(2, 1, true, 0.1, -0.2)), 1e-15);
    }

    /** A loss of one's own of all methods, the square of the margin, with parts of it to be made wrong. */
    private static class Own implements Loss {
        private final Loss right = Losses.squareMargin(0.2);

        @Override
        public String name() {
            return "own";
        }

        @Override
        public double flipProbability() {
            return 0.2;
        }

        @Override
        public Node perSample(Node predictions, Node targets) {
            return right.perSample(predictions, targets);
        }

        @Override
        public Node smoothed(Node predictions, Node targets) {
            return right.smoothed(predictions, targets);
        }

        @Override
        public double smoothedValue(double[] predictions, double[] targets, int offset, int outputs) {
            return right.smoothedValue(predictions, targets, offset, outputs);
        }

        @Override
        public void flipTarget(
                double uniform, double[] targets, int offset, int outputs, double[] out, int outOffset, int outStride) {
            right.flipTarget(uniform, targets, offset, outputs, out, outOffset, outStride);
        }

        @Override
        public double minimiser() {
            return right.minimiser();
        }

        @Override
        public double curvature() {
            return right.curvature();
        }

        @Override
        public double noiseVariance(double labelNoise) {
            return right.noiseVariance(labelNoise);
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        new Own() {
                            @Override
                            public double smoothedValue(
                                    double[] predictions, double[] targets, int offset, int outputs) {
                                return 7 * super.smoothedValue(predictions, targets, offset, outputs);
                            }
                        },
                        "smoothedValue of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public Node perSample(Node predictions, Node targets) {
                                return Ops.scale(super.perSample(predictions, targets), 3);
                            }
                        },
                        "the change of smoothed from one prediction to another of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public double curvature() {
                                return 2;
                            }

                            @Override
                            public double noiseVariance(double labelNoise) {
                                return 2 * super.noiseVariance(labelNoise);
                            }
                        },
                        "curvature of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public double noiseVariance(double labelNoise) {
                                return 1.01 * super.noiseVariance(labelNoise);
                            }
                        },
                        "noiseVariance/curvature times the second derivative of smoothed of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public double minimiser() {
                                return 0.60001;
                            }
                        },
                        "the slope of smoothed at the minimiser of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public Node smoothed(Node predictions, Node targets) {
                                return Ops.add(
                                        super.smoothed(predictions, targets),
                                        predictions.graph().constant(0.5));
                            }

                            @Override
                            public double smoothedValue(
                                    double[] predictions, double[] targets, int offset, int outputs) {
                                return 0.5 + super.smoothedValue(predictions, targets, offset, outputs);
                            }
                        },
                        "smoothed at the minimiser of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public double flipProbability() {
                                return 0.21;
                            }
                        },
                        "flipTarget somewhere below the probability 0.21 of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public double flipProbability() {
                                return 0.1;
                            }

                            @Override
                            public void flipTarget(
                                    double uniform,
                                    double[] targets,
                                    int offset,
                                    int outputs,
                                    double[] out,
                                    int outOffset,
                                    int outStride) {
                                out[outOffset] = -targets[offset];
                            }
                        },
                        "flipTarget above the probability 0.1 of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public Node perSample(Node predictions, Node targets) {
                                Node l = super.perSample(predictions, targets);
                                return Ops.scale(Ops.add(l, Ops.sum(l)), 0.5);
                            }
                        },
                        "perSample of a sample beside others of the loss own"),
                Arguments.of(
                        new Own() {
                            @Override
                            public Node perSample(Node predictions, Node targets) {
                                return Ops.sum(super.perSample(predictions, targets));
                            }
                        },
                        "perSample of 5×1 of the loss own is 1×1, must be 5×1, one number a sample"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesTheMethodThatIsWrong(Loss loss, String start) {
        CheckReport report = LossCheck.of(loss, LABELS).run();
        assertTrue(!report.passed());
        String first = report.faults().get(0).toString();
        assertTrue(first.startsWith(start + (start.contains(" is ") ? "" : " is ")), first);
        Data data = Data.of(new DMatrixRMaj(4, 1, true, 1, 2, 3, 4), LABELS);
        String message = assertThrows(IllegalArgumentException.class, () -> Objective.of(Models.linear(1), loss, data))
                .getMessage();
        assertTrue(message.startsWith("Objective.of: " + start), message);
    }

    @Test
    void refusesValuesForEachOutput() {
        Loss loss = new Cosh();
        DMatrixRMaj targets = new DMatrixRMaj(2, 3, true, 1, 2, 3, 4, 5, 6);
        assertEquals(
                "check of loss log-cosh: 2 wrong\n"
                        + "  perSample of 3×3 of the loss log-cosh is 3×3, must be 3×1, one number a sample\n"
                        + "  smoothed of 3×3 of the loss log-cosh is 3×3, must be 3×1, one number a sample",
                LossCheck.of(loss, targets).run().toString());
    }

    /** Seventeen per cent one way, three the other: any law below p is read off. */
    @Test
    void readsTheLawOfFlips() {
        Loss uneven = new Loss() {
            private final Loss even = Losses.crossEntropy(3, 0.2);

            @Override
            public String name() {
                return "uneven";
            }

            @Override
            public double flipProbability() {
                return 0.2;
            }

            @Override
            public Node perSample(Node predictions, Node targets) {
                return even.perSample(predictions, targets);
            }

            @Override
            public Node smoothed(Node predictions, Node targets) {
                return even.smoothed(predictions, targets);
            }

            @Override
            public void flipTarget(
                    double uniform,
                    double[] targets,
                    int offset,
                    int outputs,
                    double[] out,
                    int outOffset,
                    int stride) {
                double other = uniform < 0.17 ? 0.01 : 0.19;
                even.flipTarget(uniform < 0.2 ? other : 0.9, targets, offset, outputs, out, outOffset, stride);
            }
        };
        String first = LossCheck.of(uneven, CLASSES).run().faults().get(0).toString();
        assertTrue(first.startsWith("the change of smoothed from one prediction to another"), first);
    }

    @Test
    void refusesItsOwnArguments() {
        assertEquals(
                "loss check: targets is NaN at (0, 0), must be finite",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> LossCheck.of(Losses.square(), new DMatrixRMaj(1, 1, true, Double.NaN)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> LossCheck.of(Losses.square(), new DMatrixRMaj(0, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> LossCheck.of(Losses.square(), NUMBERS).withTolerance(-1));
    }
}
