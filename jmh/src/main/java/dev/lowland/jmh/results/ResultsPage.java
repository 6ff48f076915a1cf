package dev.lowland.jmh.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The results as a page of Markdown. */
final class ResultsPage {

    /** After a time that is not to be trusted. */
    private static final String UNSTEADY = " (unsteady)";

    private final Results results;
    private final StringBuilder out = new StringBuilder();

    private ResultsPage(Results results) {
        this.results = results;
    }

    /** The whole page. */
    static String of(Results results, List<String> pictures) {
        ResultsPage page = new ResultsPage(results);
        page.head();
        page.goals();
        page.roofline();
        page.products();
        page.times();
        page.kernels();
        page.narrow();
        page.pictures(pictures);
        page.notes();
        return page.out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void head() {
        line("# Speed");
        line("");
        line(
                "Written by `jmh/results`, not by hand. Numbers of different machines or days do not compare; a ratio is of two measurements"
                        + " that were taken right after one another, the median over rounds, with the least and the most of them. One"
                        + " thread and double precision unless a row says otherwise. Where the two halves of a measurement differed, as when the"
                        + " compiler was not done, it was made again, and is marked" + UNSTEADY
                        + " if they differed every time.");
        line("");
        if (results.quick()) {
            line("**A quick run, to see that everything works: its numbers mean nothing.**");
            line("");
        }
        results.facts().forEach((name, text) -> line("- " + name + ": " + text));
        line("- rounds: " + results.measured().rounds().size());
        line("");
    }

    private void goals() {
        line("## Goals");
        line("");
        line("| what | against | ours | theirs | result | least to most | goal | | of the limit |");
        line("|---|---|---|---|---|---|---|---|---|");
        for (Row row : Goals.rows()) {
            Optional<Spread> spread = row.spread(results.measured());
            List<String> cells = new ArrayList<>();
            cells.add(row.what());
            cells.add(row.against());
            cells.add(row.ours().isEmpty() ? "" : time(row.ours()));
            cells.add(row.theirs().isEmpty() ? "" : time(row.theirs()));
            cells.add(spread.map(s -> row.text(s.median())).orElse(""));
            cells.add(spread.map(s -> Row.number(s.least()) + " – " + Row.number(s.most()))
                    .orElse(""));
            cells.add(row.goalText());
            cells.add(row.verdict(results.measured()).text());
            cells.add(row.ours().isEmpty() ? "" : percent(row.ours()));
            table(cells);
        }
        line("");
    }

    private void roofline() {
        results.roofline().ifPresent(limit -> {
            line("## The limit");
            line("");
            line("Measured in the same run, on one core: " + Row.number(limit.peak())
                    + " GFlop/s of fused multiply-adds; a = b + s·c at");
            List<String> levels = new ArrayList<>();
            limit.bandwidth()
                    .forEach((bytes, speed) ->
                            levels.add(Row.number(speed) + " GB/s with " + Row.number(bytes / 1024) + " KiB"));
            line(String.join(", ", levels) + ". The least time of some work is its arithmetic at the one speed or its"
                    + " memory at the other, whichever is longer.");
            line("");
        });
    }

    private void products() {
        line("## GEMM");
        line("");
        line("GFlop/s; rows of C × columns of C × inner.");
        line("");
        line(
                "| shape | form | vector | of the limit | OpenBLAS | ratio | MKL | Java 17 | netlib | scalar | ojAlgo | EJML |");
        line("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (String shape : Names.SHAPES) {
            for (String form : Names.FORMS) {
                Function<String, String> name = who -> Names.gemm(shape, form, who);
                if (results.measured().median(name.apply(Names.VECTOR)).isEmpty()) {
                    continue;
                }
                Row ratio = Row.faster("", "", 0.7, name.apply(Names.VECTOR), name.apply(Names.OPENBLAS));
                int[] d = Names.dimensions(shape);
                double flops = 2.0 * d[0] * d[1] * d[2];
                table(List.of(
                        shape,
                        form,
                        speed(flops, name.apply(Names.VECTOR)),
                        percent(name.apply(Names.VECTOR)),
                        speed(flops, name.apply(Names.OPENBLAS)),
                        ratio.spread(results.measured())
                                .map(s -> Row.number(s.median()) + " (" + Row.number(s.least()) + " – "
                                        + Row.number(s.most()) + ")")
                                .orElse(""),
                        speed(flops, name.apply(Names.MKL)),
                        speed(flops, name.apply(Names.JAVA_17)),
                        speed(flops, name.apply(Names.NETLIB)),
                        speed(flops, name.apply(Names.SCALAR)),
                        speed(flops, name.apply(Names.OJALGO)),
                        speed(flops, name.apply(Names.EJML))));
            }
        }
        line("");
    }

    private void times() {
        line("## Steps, derivatives, programs");
        line("");
        line("| what | time | of the limit | bytes a call |");
        line("|---|---|---|---|");
        List<String> names = results.measured().rounds().stream()
                .flatMap(round -> round.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        for (String name : names) {
            if (name.endsWith(Measurements.BYTES)
                    || name.endsWith(Measurements.UNSTEADY)
                    || name.matches("(gemm|kernel|roofline|avx2|avx512)/.*")) {
                continue;
            }
            OptionalDouble bytes = results.measured().median(name + Measurements.BYTES);
            table(List.of(
                    name,
                    time(name),
                    percent(name),
                    bytes.isPresent() ? Row.number(bytes.getAsDouble() < 0.5 ? 0 : bytes.getAsDouble()) : ""));
        }
        line("");
    }

    private void kernels() {
        line("## Kernels");
        line("");
        line("Nanoseconds an entry.");
        line("");
        line("| kernel | entries | vector | of the limit | scalar | vector over scalar |");
        line("|---|---|---|---|---|---|");
        List<String> functions = new ArrayList<>(Names.FUNCTIONS);
        functions.addAll(Names.REDUCTIONS);
        functions.addAll(Names.UPDATES);
        for (String function : functions) {
            for (int size : Names.SIZES) {
                String vector = Names.kernel(function, size, Names.VECTOR);
                String scalar = Names.kernel(function, size, Names.SCALAR);
                if (results.measured().median(vector).isPresent()) {
                    table(List.of(
                            function,
                            Integer.toString(size),
                            each(size, vector),
                            percent(vector),
                            each(size, scalar),
                            Row.faster("", "", 1, vector, scalar)
                                    .spread(results.measured())
                                    .map(s -> Row.number(s.median()) + " ×")
                                    .orElse("")));
                }
            }
        }
        line("");
    }

    private void narrow() {
        line("## Where vectors have 256 bits");
        line("");
        line("Java with `-XX:UseAVX=2` beside Java as it is, right after one another.");
        line("");
        line("| what | as it is | 256 bits | times as long |");
        line("|---|---|---|---|");
        for (String name : Names.NARROW) {
            String narrow = Names.narrow(name);
            String wide = Names.wide(name);
            Row.slower("", "", "×", Double.NaN, narrow, wide)
                    .spread(results.measured())
                    .ifPresent(
                            ratio -> table(List.of(name, time(wide), time(narrow), Row.number(ratio.median()) + " ×")));
        }
        line("");
    }

    private void pictures(List<String> pictures) {
        if (!pictures.isEmpty()) {
            line("## As the work grows");
            line("");
            pictures.forEach(file -> line("![" + file + "](" + file + ")"));
            line("");
        }
    }

    private void notes() {
        if (!results.notes().isEmpty()) {
            line("## Not measured");
            line("");
            results.notes().forEach(note -> line("- " + note));
        }
    }

    private void table(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private String each(int size, String name) {
        OptionalDouble time = results.measured().median(name);
        return time.isPresent() ? Row.number(time.getAsDouble() / size) + mark(name) : "";
    }

    private String speed(double flops, String name) {
        OptionalDouble time = results.measured().median(name);
        return time.isPresent() ? Row.number(flops / time.getAsDouble()) + mark(name) : "";
    }

    private String percent(String name) {
        OptionalDouble share = results.percentOfLimit(name);
        return share.isPresent() ? Row.number(share.getAsDouble()) + " %" : "";
    }

    private String time(String name) {
        OptionalDouble nanos = results.measured().median(name);
        return nanos.isPresent() ? duration(nanos.getAsDouble()) + mark(name) : "";
    }

    private String mark(String name) {
        return results.measured().isUnsteady(name) ? UNSTEADY : "";
    }

    /** Nanoseconds in a unit that suits them. */
    static String duration(double nanos) {
        if (nanos < 1e3) {
            return Row.number(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return Row.number(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? Row.number(nanos / 1e6) + " ms" : Row.number(nanos / 1e9) + " s";
    }
}
