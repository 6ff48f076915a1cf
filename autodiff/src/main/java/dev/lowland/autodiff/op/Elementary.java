package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Evaluator;
import dev.lowland.autodiff.graph.Layout;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.PointwiseOp;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.lowering.Computation;
import dev.lowland.autodiff.lowering.Lowering;
import dev.lowland.core.function.Coefficients;
import dev.lowland.core.kernel.contract.ElementwiseKernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.PowerKernels;
import dev.lowland.core.lane.LaneCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Functions of one number, y = f(x) entry by entry, each with f′ in terms of x and y. Domain: all numbers, where
 * nothing else is said.
 */
public enum Elementary implements PointwiseOp, Lowering {
    /** y = x², f′ = 2x. */
    SQUARE(ElementwiseKernels::square) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(x, 2);
        }
    },
    /** y = 1/x, f′ = −y². Domain: x ≠ 0. */
    RECIPROCAL(ElementwiseKernels::reciprocal) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.negate(Ops.square(y));
        }
    },
    /** y = √x, f′ = 1/(2y). Domain: x &gt; 0; at 0 the value is 0 and the derivative infinite. */
    SQRT(ElementwiseKernels::sqrt) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.reciprocal(y), 0.5);
        }
    },
    /** y = 1/√x, f′ = −y³/2. Domain: x &gt; 0. */
    RSQRT(PowerKernels::rsqrt) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.power(y, 3), -0.5);
        }
    },
    /** y = eˣ, f′ = y. */
    EXP(ElementwiseKernels::exp) {
        @Override
        public Node derivative(Node x, Node y) {
            return y;
        }
    },
    /** y = log x, f′ = 1/x. Domain: x &gt; 0. */
    LOG(ElementwiseKernels::log) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.reciprocal(x);
        }
    },
    /** y = log(1 + x), f′ = 1/(1 + x). Domain: x &gt; −1. */
    LOG1P(ElementwiseKernels::log1p) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.reciprocal(Ops.add(x, Ops.ones(x)));
        }
    },
    /** y = eˣ − 1, f′ = eˣ. */
    EXPM1(ElementwiseKernels::expm1) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.exp(x);
        }
    },
    /** y = tanh x, f′ = sech² x, which keeps its digits where y is near ±1. */
    TANH(ElementwiseKernels::tanh) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.sechSquare(x);
        }

        @Override
        public Optional<Computation> alongside(Computation own, Primitive other) {
            return other == SECH_SQUARE ? Optional.of(new TanhAndSlope(own)) : Optional.empty();
        }
    },
    /** y = sech² x, f′ = −2y tanh x: no digits are lost at any order. */
    SECH_SQUARE(ElementwiseKernels::sechSquare) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.multiply(y, Ops.tanh(x)), -2);
        }
    },
    /** y = 1/(1 + e⁻ˣ), f′ = sech²(x/2)/4: no digits are lost in either tail nor at 0, at any order. */
    SIGMOID(ElementwiseKernels::sigmoid) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.sechSquare(Ops.scale(x, 0.5)), 0.25);
        }
    },
    /** y = log(1 + eˣ), f′ = sigmoid(x). */
    SOFTPLUS(ElementwiseKernels::softplus) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.sigmoid(x);
        }
    },
    /** y = sin x, f′ = cos x. */
    SIN(ElementwiseKernels::sin) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.cos(x);
        }
    },
    /** y = cos x, f′ = −sin x. */
    COS(ElementwiseKernels::cos) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.negate(Ops.sin(x));
        }
    },
    /** y = erf x, f′ = (2/√π) e^{−x²}. */
    ERF(ElementwiseKernels::erf) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.gaussian(x), TWO_OVER_ROOT_PI);
        }
    },
    /** y = e^{−x²}, f′ = −2xy, of which y is 0 before a power of x leaves the range of numbers. */
    GAUSSIAN(ElementwiseKernels::gaussian) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.scale(Ops.multiply(within(x, Coefficients.GAUSSIAN_HIGHEST), y), -2);
        }
    },
    /** y = φ(x), the density of the normal law, f′ = −xy, of which y is 0 before a power of x leaves the range. */
    DENSITY(ElementwiseKernels::normalDensity) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.negate(Ops.multiply(within(x, Coefficients.NORMAL_HIGHEST), y));
        }
    },
    /** y = Φ(x), the distribution function of the normal law, f′ = φ(x). */
    NORMAL_CDF(ElementwiseKernels::normalCdf) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.normalDensity(x);
        }
    },
    /** y = |x|, f′ = sign(x), 0 at 0. */
    ABS(ElementwiseKernels::abs) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.sign(x);
        }
    },
    /** y = max(x, 0), f′ = 1 where x &gt; 0, else 0: also 0 at 0. */
    RELU(ElementwiseKernels::relu) {
        @Override
        public Node derivative(Node x, Node y) {
            return Ops.step(x);
        }
    },
    /** y = 1 where x &gt; 0, else 0; f′ = 0. */
    STEP(ElementwiseKernels::step) {
        @Override
        public @Nullable Node derivative(Node x, Node y) {
            return null;
        }
    },
    /** y = the sign of x, 0 at 0; f′ = 0. */
    SIGN(ElementwiseKernels::sign) {
        @Override
        public @Nullable Node derivative(Node x, Node y) {
            return null;
        }
    };

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private final Kernel kernel;

    Elementary(Kernel kernel) {
        this.kernel = kernel;
    }

    /** One inner loop. */
    private interface Kernel {
        void apply(KernelSet kernels, int n, double[] x, double[] out);
    }

    @Override
    public Evaluator evaluator(Layout layout) {
        KernelSet kernels = layout.kernels();
        int n = layout.count();
        return (buffers, operands, result) -> kernel.apply(kernels, n, buffers[operands[0]], buffers[result]);
    }

    @Override
    public Optional<int[]> write(LaneCode code, List<Shape> shapes, Shape result, int[][] operands) {
        IntUnaryOperator one = switch (this) {
            case SQUARE -> x -> code.multiply(x, x);
            case RECIPROCAL -> x -> code.divide(code.constant(1), x);
            case SQRT -> code::sqrt;
            case ABS -> code::abs;
            default -> null;
        };
        return Optional.ofNullable(one)
                .map(f -> Arrays.stream(operands[0]).map(f).toArray());
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public Optional<Computation> after(Computation before) {
        return before instanceof Add || before instanceof Stretched
                ? Optional.of(new Activated(before, this))
                : Optional.empty();
    }

    /** x where |x| is below a bound, else 0. */
    private static Node within(Node x, double bound) {
        Node inside = Choices.greater(x.graph().constant(bound), Ops.abs(x));
        return Choices.select(inside, x, Ops.zeros(x));
    }

    /** f(x) entry by entry, written over x. */
    void overwrite(KernelSet kernels, int n, double[] x) {
        kernel.apply(kernels, n, x, x);
    }
}
