package dev.lowland.jmh.results;

import dev.lowland.autodiff.nn.ConvNet;
import dev.lowland.jmh.Problems;
import dev.lowland.jmh.RooflineBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that is measured, in order, and what each piece of work needs at least. */
final class Plan {

    /** Sizes of {@link RooflineBenchmark}, one for each level of memory. */
    static final int[] TRIAD_BYTES = {24_576, 393_216, 6_291_456, 201_326_592};

    /**
     * Where the peers are.
     *
     * @param python an interpreter
     * @param script {@code steps.py}
     * @param limits folder of the C programs
     * @param nd4j class path that ND4J wants before everything else; empty for none
     * @param folder for what is compiled
     */
    record Peers(String python, Path script, Path limits, String nd4j, Path folder) {}

    private final Javas javas;
    private final Peers peers;
    private final boolean quick;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Work> works = new LinkedHashMap<>();

    private Plan(Javas javas, Peers peers, boolean quick) {
        this.javas = javas;
        this.peers = peers;
        this.quick = quick;
    }

    /** Makes the plan; a quick one has fewer sizes and short forks, and its numbers mean nothing. */
    static Plan of(Javas javas, Peers peers, boolean quick) {
        Plan plan = new Plan(javas, peers, quick);
        plan.addRoofline();
        plan.addProducts();
        plan.addSteps();
        plan.addLargeBatches();
        plan.addDerivatives();
        plan.addEnsembles();
        plan.addRandom();
        plan.addKernels();
        plan.addOnce();
        plan.addGrowth();
        return plan;
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }

    /** What a measurement needs at least; unknown for those of the peers. */
    Work work(String name) {
        return works.getOrDefault(name, Work.UNKNOWN);
    }

    private Source jmh(Cell cell) {
        if (cell.work().isKnown()) {
            works.put(cell.name(), cell.work());
        }
        return new JmhSource(quick ? cell.withTiming(Timing.QUICK) : cell, javas);
    }

    private Source python(String step) {
        return new PythonSource(peers.python(), peers.script(), step, quick ? 0.3 : 1.5, javas);
    }

    private Source limit(String file, List<String> arguments, String name) {
        return new LimitSource(peers.limits().resolve(file), arguments, Names.limit(name), peers.folder(), javas);
    }

    private void add(boolean everyRound, List<Source> sources) {
        groups.add(new Group(sources, everyRound));
    }

    private void addRoofline() {
        List<Source> sources = new ArrayList<>();
        String fma = "RooflineBenchmark.fma";
        Map<String, String> small = Map.of("bytes", Integer.toString(TRIAD_BYTES[0]));
        sources.add(jmh(Cell.of(Roofline.FMA, fma, small, Timing.KERNEL, Work.UNKNOWN)));
        for (int bytes : TRIAD_BYTES) {
            Map<String, String> size = Map.of("bytes", Integer.toString(bytes));
            sources.add(
                    jmh(Cell.of(Roofline.triad(bytes), "RooflineBenchmark.triad", size, Timing.KERNEL, Work.UNKNOWN)));
        }
        add(true, sources);
    }

    /** Operations of a call of the benchmark of multiply-adds. */
    static double flopsOfFma() {
        return 2.0 * RooflineBenchmark.FMAS * RooflineBenchmark.lanes();
    }

    private void addProducts() {
        List<String> shapes = quick ? List.of("16x16x16", "64x64x64", "32x128x784") : Names.SHAPES;
        List<String> forms = quick ? List.of("NN") : Names.FORMS;
        for (String shape : shapes) {
            for (String form : forms) {
                addProduct(shape, form);
            }
        }
    }

    private void addProduct(String shape, String form) {
        int[] d = Names.dimensions(shape);
        Map<String, String> parameters = Map.of("shape", shape, "form", form);
        Work work = Work.product(d[0], d[1], d[2]);
        String ours = "GemmBenchmark.lowland";
        Cell vector = Cell.of(Names.gemm(shape, form, Names.VECTOR), ours, parameters, Timing.KERNEL, work)
                .withKernels("vector");
        Cell scalar = Cell.of(Names.gemm(shape, form, Names.SCALAR), ours, parameters, Timing.NATIVE, work)
                .withKernels("scalar");
        Cell old = Cell.of(Names.gemm(shape, form, Names.JAVA_17), ours, parameters, Timing.KERNEL, work)
                .withKernels("vector")
                .withJava(Javas.OLD);
        Cell ejml = Cell.of(
                Names.gemm(shape, form, Names.EJML), "GemmBenchmark.ejml", parameters, Timing.NATIVE, Work.UNKNOWN);
        Cell openblas = Cell.of(
                Names.gemm(shape, form, Names.OPENBLAS),
                "peers.OpenBlasBenchmark.multiply",
                parameters,
                Timing.NATIVE,
                Work.UNKNOWN);
        add(true, List.of(jmh(openblas), jmh(vector), jmh(old), jmh(ejml), jmh(scalar)));
    }

    private static Work stepWork(String problem) {
        return switch (problem) {
            case "quadratic all" -> new Work(90, 96, 96);
            case "deep-linear 1" -> Work.step(1, 10, 20, 20, 1);
            case "matrix-sensing 8" -> new Work(2 * (8 * 8 * 2) * 3 + 8 * 64 * 4 + 64, 16 * 32, 16 * 32);
            case "mlp-small 1" -> Work.step(1, 10, 20, 1);
            case "mlp-small 8" -> Work.step(8, 10, 20, 1);
            case "mlp-middle 32" -> Work.step(32, 784, 128, 64, 10);
            case "conv 16" -> Work.convStep(16, (ConvNet) Problems.model("conv"));
            default -> Work.UNKNOWN;
        };
    }

    private Source step(String problem) {
        return jmh(Cell.of(
                Names.step(problem),
                "StepBenchmark.lowland",
                Map.of("problem", problem),
                Timing.STEP,
                stepWork(problem)));
    }

    private Source libtorch(String problem) {
        return jmh(Cell.of(
                Names.libtorch(problem),
                "peers.TorchBenchmark.step",
                Map.of("problem", problem),
                Timing.STEP,
                Work.UNKNOWN));
    }

    private void addSteps() {
        add(true, List.of(step("quadratic all"), step("deep-linear 1"), step("matrix-sensing 8")));
        for (String batch : List.of("1", "8")) {
            String problem = "mlp-small " + batch;
            add(
                    true,
                    List.of(
                            python("mlp-small-" + batch),
                            step(problem),
                            limit("tiny_step.c", List.of(batch), "tiny-" + batch),
                            libtorch(problem)));
        }
        Source nd4j = jmh(
                Cell.of(Names.nd4j("mlp-middle 32"), "peers.Nd4jBenchmark.step", Map.of(), Timing.STEP, Work.UNKNOWN)
                        .withLibraries(peers.nd4j()));
        add(true, List.of(python("mlp-middle-32"), step("mlp-middle 32"), nd4j, libtorch("mlp-middle 32")));
        add(true, List.of(python("conv-16"), step("conv 16"), libtorch("conv 16")));
    }

    private void addLargeBatches() {
        for (int batch : quick ? List.of(1024) : Names.LARGE_BATCHES) {
            Work work = Work.step(batch, 784, 128, 64, 10);
            add(true, List.of(largeBatch(batch, 1, work), largeBatch(batch, 2, Work.UNKNOWN)));
        }
    }

    private Source largeBatch(int batch, int threads, Work work) {
        return jmh(Cell.of(
                        Names.largeBatch(batch, threads),
                        "LargeBatchBenchmark.step",
                        Map.of("batch", Integer.toString(batch), "threads", Integer.toString(threads)),
                        Timing.STEP,
                        work)
                .withCores(threads));
    }

    private void addDerivatives() {
        Work gradient = Work.step(32, 784, 128, 64, 10);
        for (String family : List.of("mlp-middle", "mlp-small")) {
            boolean middle = family.equals("mlp-middle");
            Work g = middle ? gradient : Work.step(32, 10, 20, 1);
            List<Source> sources = new ArrayList<>();
            sources.add(derivative("hessianVector", family, g.times(2)));
            sources.add(derivative("lossAndGradient", family, g));
            sources.add(derivative("preparedHessianVector", family, Work.UNKNOWN));
            sources.add(derivative("thirdOrder", family, Work.UNKNOWN));
            if (middle) {
                sources.add(python("hvp-mlp-middle"));
            }
            add(true, sources);
        }
    }

    private Source derivative(String which, String family, Work work) {
        return jmh(Cell.of(
                Names.derivative(which, family),
                "DerivativeBenchmark." + which,
                Map.of("family", family),
                Timing.STEP,
                work));
    }

    private Source ensemble(String which, int threads, Work work) {
        return jmh(Cell.of(
                        Names.ensemble(which, threads),
                        "EnsembleBenchmark." + which,
                        Map.of("threads", Integer.toString(threads)),
                        Timing.STEP,
                        work)
                .withCores(threads));
    }

    private void addEnsembles() {
        Work quadratic = new Work(90, 96, 96 * 64);
        add(
                true,
                List.of(
                        python("ensemble-quadratic"),
                        ensemble("quadratic", 1, quadratic),
                        limit("ensemble.c", List.of(), "ensemble"),
                        ensemble("quadratic", 2, Work.UNKNOWN)));
        add(false, List.of(lanes("quadratic all"), lanes("mlp-small 1"), lanes("mlp-small 8")));
        for (String batch : List.of("1", "8")) {
            Work work = stepWork("mlp-small " + batch);
            String which = "network" + batch;
            add(true, List.of(step("mlp-small " + batch), ensemble(which, 1, work), ensemble(which, 2, Work.UNKNOWN)));
        }
    }

    private Source lanes(String problem) {
        return jmh(Cell.of(
                Names.lanes(problem),
                "LaneStepBenchmark.lowland",
                Map.of("problem", problem),
                Timing.STEP,
                Work.UNKNOWN));
    }

    private void addRandom() {
        List<Source> sources = new ArrayList<>();
        for (String law : Names.RANDOMS) {
            Work work = new Work(0, law.equals("index") ? 4 : 8, 65_536);
            sources.add(jmh(Cell.of(Names.random(law), "RandomBenchmark." + law, Map.of(), Timing.KERNEL, work)));
        }
        add(true, sources);
    }

    private void addKernels() {
        for (int size : quick ? List.of(1000) : Names.SIZES) {
            for (String function : quick ? List.of("exp", "tanh") : Names.FUNCTIONS) {
                Map<String, String> parameters = Map.of("function", function, "size", Integer.toString(size));
                addTwins(function, "ElementwiseBenchmark.lowland", size, parameters, Work.pass(16.0 * size));
            }
            Map<String, String> parameters = Map.of("size", Integer.toString(size));
            for (String which : quick ? List.of("dot") : Names.REDUCTIONS) {
                Work work = Work.pass((which.equals("dot") ? 16.0 : 8.0) * size);
                addTwins(which, "ReductionBenchmark." + which, size, parameters, work);
            }
            for (String which : quick ? List.of("sgd") : Names.UPDATES) {
                Work work = Work.pass((which.equals("heavyBall") ? 40.0 : 24.0) * size);
                addTwins(which, "UpdateBenchmark." + which, size, parameters, work);
            }
        }
    }

    private void addTwins(String function, String benchmark, int size, Map<String, String> parameters, Work work) {
        List<Source> twins = new ArrayList<>();
        for (String kernels : List.of(Names.VECTOR, Names.SCALAR)) {
            String name = Names.kernel(function, size, kernels);
            twins.add(jmh(
                    Cell.of(name, benchmark, parameters, Timing.KERNEL, work).withKernels(kernels)));
        }
        add(false, twins);
    }

    private void addOnce() {
        List<Source> sources = new ArrayList<>();
        for (String family : quick ? List.of("mlp-small") : List.of("mlp-small", "mlp-middle", "conv")) {
            for (String which : List.of("step", "hessianVector")) {
                sources.add(jmh(Cell.of(
                        "compile/" + which + "/" + family,
                        "CompileBenchmark." + which,
                        Map.of("family", family),
                        Timing.STEP,
                        Work.UNKNOWN)));
            }
        }
        for (String family : quick ? List.of("quadratic") : List.of("quadratic", "mlp-small")) {
            sources.add(jmh(Cell.of(
                    "regularizer/" + family,
                    "RegularizerBenchmark.gradient",
                    Map.of("family", family),
                    Timing.STEP,
                    Work.UNKNOWN)));
        }
        add(false, sources);
    }

    private void addGrowth() {
        List<Source> sources = new ArrayList<>();
        for (int width : quick ? List.of(6, 40) : Names.GROWING_WIDTHS) {
            sources.add(growth(width, Names.GROWTH_BATCH));
        }
        for (int batch : quick ? List.of(1, 16) : Names.GROWING_BATCHES) {
            sources.add(growth(Names.GROWTH_WIDTH, batch));
        }
        add(false, sources);
    }

    private Source growth(int width, int batch) {
        return jmh(Cell.of(
                Names.growth(width, batch),
                "GrowthBenchmark.step",
                Map.of("size", width + " " + batch),
                Timing.STEP,
                Work.step(batch, width, width, width, 1)));
    }
}
