package dev.lowland.autodiff.graph;

import dev.lowland.core.check.Checks;

/** An op without operands. */
public sealed interface Leaf extends Op {

    /**
     * The shape of the value.
     *
     * @return the shape
     */
    Shape shape();

    /** A value given at each run. Two inputs are never the same, whatever their labels: equality is identity. */
    final class Input implements Leaf {
        private final String label;
        private final Shape shape;

        Input(String label, Shape shape) {
            this.label = label;
            this.shape = shape;
        }

        @Override
        public String name() {
            return label;
        }

        @Override
        public Shape shape() {
            return shape;
        }
    }

    /** Fixed numbers. Equal when shape and every bit are equal. */
    final class Constant implements Leaf {
        private final Shape shape;
        private final double[] values;
        private final int hash;

        Constant(Shape shape, double[] values) {
            this.shape = shape;
            this.values = values;
            this.hash = 31 * shape.hashCode() + java.util.Arrays.hashCode(values);
        }

        @Override
        public String name() {
            return "constant";
        }

        @Override
        public Shape shape() {
            return shape;
        }

        /**
         * Copies the numbers.
         *
         * @param out row-major, at least as long as the shape. Modified.
         */
        public void copyTo(double[] out) {
            System.arraycopy(values, 0, out, 0, values.length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Constant that
                    && hash == that.hash
                    && shape.equals(that.shape)
                    && java.util.Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /**
     * One number in every entry.
     *
     * @param shape the shape
     * @param value the number
     */
    record Filled(Shape shape, double value) implements Leaf {
        /** Refuses null. */
        public Filled {
            Checks.notNull("filled constant", "shape", shape);
        }

        @Override
        public String name() {
            return "filled(" + value + ")";
        }
    }
}
