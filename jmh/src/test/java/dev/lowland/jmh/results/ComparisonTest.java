package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    /** Logarithms −l, 0, l have the standard deviation l and the standard error l/√3; Student's t of 2 is 4.302653. */
    @Test
    void theIntervalIsThatOfStudentForLogarithms() {
        double l = 0.01;
        double[] found = Comparison.interval(List.of(Math.exp(-l), 1.0, Math.exp(l)));
        double half = 4.302652729911275 * l / Math.sqrt(3);
        assertEquals(Math.exp(-half), found[0], 1e-9);
        assertEquals(Math.exp(half), found[1], 1e-9);
    }

    @Test
    void theVerdictIsOfTheWholeInterval() {
        assertTrue(Comparison.row("x", List.of(1.20, 1.21, 1.22)).endsWith("| faster |\n"));
        assertTrue(Comparison.row("x", List.of(1.010, 1.011, 1.012)).endsWith("| a little faster |\n"));
        assertTrue(Comparison.row("x", List.of(0.90, 0.901, 0.902)).endsWith("| **slower** |\n"));
        assertTrue(Comparison.row("x", List.of(0.980, 0.981, 0.982)).endsWith("| a little slower |\n"));
        assertTrue(Comparison.row("x", List.of(0.999, 1.0, 1.001)).endsWith("| the same |\n"));
        assertTrue(Comparison.row("x", List.of(0.8, 1.0, 1.25)).endsWith("| not decided |\n"));
        assertTrue(Comparison.row("x", List.of(0.8, 0.8)).endsWith("| too few rounds |\n"));
    }

    @Test
    void everythingComparedIsInThePlan() {
        Plan plan = PlanTest.plan(false);
        new Comparison("base.jar", plan, new Javas(java.nio.file.Path.of("nowhere"), List.of()))
                .names()
                .forEach(name -> assertTrue(plan.cell(name).isPresent(), name));
    }
}
