package dev.lowland.jmh.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.jmh.ElementwiseBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Everything in the plan can run: its benchmarks are there, with these parameters. */
class PlanTest {

    static Plan plan(boolean quick) {
        Path nowhere = Path.of("nowhere");
        Javas javas = new Javas(nowhere, List.of());
        return Plan.of(javas, new Peers("python3", nowhere, "", nowhere, javas), quick);
    }

    private static List<Cell> cells(Plan plan) {
        List<Cell> cells = new ArrayList<>();
        for (Group group : plan.groups()) {
            for (Source source : group.sources()) {
                if (source instanceof JmhSource jmh) {
                    cells.add(jmh.cell());
                }
            }
        }
        return cells;
    }

    @Tag("slow")
    @Test
    void everyBenchmarkOfOursIsThereWithItsParameters() {
        Set<BenchmarkListEntry> entries = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of());
        for (Cell cell : cells(plan(false))) {
            if (cell.benchmark().startsWith("peers.")) {
                continue;
            }
            List<BenchmarkListEntry> found = entries.stream()
                    .filter(entry -> entry.getUsername().equals("dev.lowland.jmh." + cell.benchmark()))
                    .collect(Collectors.toList());
            assertEquals(1, found.size(), cell.benchmark());
            Map<String, String[]> parameters = found.get(0).getParams().orElse(Map.of());
            assertEquals(parameters.keySet(), cell.parameters().keySet(), cell.name());
            cell.parameters().forEach((name, value) -> {
                if (name.equals("function")) {
                    assertTrue(runs(value), cell.name());
                } else {
                    assertTrue(
                            List.of(parameters.get(name)).contains(value), cell.name() + ": " + name + " = " + value);
                }
            });
        }
    }

    /** Functions are those of the contract, not a list of the benchmark: it has to have a value for each. */
    private static boolean runs(String function) {
        ElementwiseBenchmark benchmark = new ElementwiseBenchmark();
        benchmark.function = function;
        benchmark.size = 5;
        benchmark.fill();
        return Arrays.stream(benchmark.lowland()).noneMatch(Double::isNaN);
    }

    @Test
    void aNameIsMeasuredOnceInAGroup() {
        for (Group group : plan(false).groups()) {
            Set<String> names = new HashSet<>();
            for (Source source : group.sources()) {
                assertTrue(names.add(source.label()), source.label());
            }
        }
    }

    @Test
    void theQuickPlanIsAPartOfTheWholeOne() {
        Set<String> all = cells(plan(false)).stream().map(Cell::name).collect(Collectors.toSet());
        Set<String> few = cells(plan(true)).stream().map(Cell::name).collect(Collectors.toSet());
        assertTrue(all.containsAll(few));
        assertTrue(few.size() < all.size() / 2, few.size() + " of " + all.size());
        assertFalse(few.isEmpty());
    }
}
