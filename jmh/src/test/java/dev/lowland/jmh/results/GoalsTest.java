package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rows over all products, and that every row asks for something that is measured. */
class GoalsTest {

    private static Row row(String start, String against) {
        return Goals.rows().stream()
                .filter(row -> row.what().startsWith(start) && row.against().startsWith(against))
                .findFirst()
                .orElseThrow();
    }

    private static Measurements products(double worst) {
        Measurements measured = new Measurements();
        measured.beginRound();
        Map<String, Double> numbers = new HashMap<>();
        for (String shape : Names.SHAPES) {
            for (String form : Names.FORMS) {
                numbers.put(Names.gemm(shape, form, Names.VECTOR), 100.0);
                numbers.put(Names.gemm(shape, form, Names.OPENBLAS), 120.0);
                numbers.put(Names.gemm(shape, form, Names.EJML), Names.isLarge(shape) ? 1200.0 : 1.0);
            }
        }
        numbers.put(Names.gemm("16x16x16", "TN", Names.OPENBLAS), 100 * worst);
        measured.add(numbers);
        return measured;
    }

    @Test
    void theMeanIsGeometricAndTheWorstIsTheWorst() {
        Measurements measured = products(0.6);

        double mean = row("GEMM, geometric mean of 9", "OpenBLAS")
                .spread(measured)
                .orElseThrow()
                .median();
        assertEquals(Math.pow(Math.pow(1.2, 26) * 0.6, 1.0 / 27), mean, 1e-12);
        Row worst = row("GEMM, the worst", "OpenBLAS");
        assertEquals(0.6, worst.spread(measured).orElseThrow().median(), 1e-12);
        assertEquals(Row.Verdict.NOT_REACHED, worst.verdict(measured));
    }

    @Test
    void smallShapesDoNotCountAgainstEjml() {
        Row row = row("GEMM, geometric mean, every side", "EJML");
        assertEquals(12, row.spread(products(1)).orElseThrow().median(), 1e-12);
    }

    @Test
    void everyRowIsMeasuredByThePlan() {
        Set<String> measured = new HashSet<>();
        for (Group group : PlanTest.plan(false).groups()) {
            for (Source source : group.sources()) {
                measured.addAll(source.names());
            }
        }
        for (Row row : Goals.rows()) {
            for (String name : List.of(row.ours(), row.theirs())) {
                assertTrue(name.isEmpty() || measured.contains(name), row.what() + ": nothing measures " + name);
            }
        }
    }
}
