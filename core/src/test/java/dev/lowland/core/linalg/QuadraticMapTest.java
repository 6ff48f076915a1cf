package dev.lowland.core.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Quadratic maps whose squares overflow on the way to a finite result. */
class QuadraticMapTest {

    private final AtomicInteger calls = new AtomicInteger();

    /** 2^exponent Σ w_e², with the terms as its vector; each square is formed first. */
    private double scaledSquares(int exponent, DMatrixRMaj w, DMatrixRMaj out) {
        calls.incrementAndGet();
        double sum = 0;
        for (int e = 0; e < w.getNumElements(); e++) {
            out.data[e] = Math.scalb(1.0, exponent) * (w.data[e] * w.data[e]);
            sum += out.data[e];
        }
        return sum;
    }

    /** (2⁶⁰⁰)² is no number; 2⁻¹⁰⁰⁰ of it is, in exact arithmetic 2²⁰⁰. */
    @Test
    void squaresThatOverflowAreTakenAnewAtAnotherScale() {
        DMatrixRMaj w = new DMatrixRMaj(2, 1, true, Math.scalb(1.0, 600), Math.scalb(3.0, 600));
        DMatrixRMaj out = new DMatrixRMaj(2, 1);
        QuadraticMap map = (x, result) -> scaledSquares(-1000, x, result);
        assertEquals(Math.scalb(10.0, 200), map.applySafely(w, out));
        assertArrayEquals(new double[] {Math.scalb(1.0, 200), Math.scalb(9.0, 200)}, out.data);
        assertEquals(2, calls.get());
        assertArrayEquals(new double[] {Math.scalb(1.0, 600), Math.scalb(3.0, 600)}, w.data);
    }

    @Test
    void whatDoesNotOverflowIsComputedOnce() {
        DMatrixRMaj w = new DMatrixRMaj(2, 1, true, 1, 3);
        DMatrixRMaj out = new DMatrixRMaj(2, 1);
        QuadraticMap map = (x, result) -> scaledSquares(1, x, result);
        assertEquals(20, map.applySafely(w, out));
        assertEquals(1, calls.get());
    }

    @Test
    void aResultThatIsTooLargeIsNotFinite() {
        DMatrixRMaj w = new DMatrixRMaj(1, 1, true, Math.scalb(1.0, 600));
        DMatrixRMaj out = new DMatrixRMaj(1, 1);
        QuadraticMap map = (x, result) -> scaledSquares(0, x, result);
        assertEquals(Double.POSITIVE_INFINITY, map.applySafely(w, out));
        assertEquals(Double.POSITIVE_INFINITY, out.data[0]);
    }
}
