package dev.lowland.autodiff.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Where an operand may lie, and how far it keeps from points where the op has a kink or a pole: what the tests draw
 * from.
 */
@FunctionalInterface
interface Domain {

    /** Numbers of the domain. */
    double[] draw(Random random, int count);

    /** All of an interval. */
    static Domain in(double low, double high) {
        return (random, count) -> random.doubles(count, low, high).toArray();
    }

    /** Both signs, [low, high] away from 0. */
    static Domain awayFromZero(double low, double high) {
        return (random, count) -> {
            double[] values = random.doubles(count, low, high).toArray();
            for (int i = 0; i < count; i++) {
                values[i] = random.nextBoolean() ? values[i] : -values[i];
            }
            return values;
        };
    }

    /** Within 0.2 of a whole number plus an offset: lattices half a step apart keep 0.1 apart. */
    static Domain near(double offset) {
        return (random, count) -> {
            double[] values = random.doubles(count, -0.2, 0.2).toArray();
            for (int i = 0; i < count; i++) {
                values[i] += offset + random.nextInt(5) - 2;
            }
            return values;
        };
    }

    /** No two closer than 0.1. */
    static Domain distinct() {
        return (random, count) -> {
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(i);
            }
            Collections.shuffle(places, random);
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = 0.2 * (places.get(i) - count / 2.0) + 0.1 * random.nextDouble();
            }
            return values;
        };
    }

    /** Whole numbers from 0 to n − 1: masks and positions. */
    static Domain below(int n) {
        return (random, count) -> random.ints(count, 0, n).asDoubleStream().toArray();
    }
}
