package dev.lowland.jmh.results;

import dev.lowland.jmh.RooflineBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is measured, in order, and what each piece of work needs at least. */
final class Plan {

    /** Sizes of {@link RooflineBenchmark}, one for each level of memory. */
    static final int[] TRIAD_BYTES = {24_576, 393_216, 6_291_456, 201_326_592};

    private final Javas javas;
    private final Peers peers;
    private final boolean quick;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Cell> cells = new LinkedHashMap<>();
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
        plan.addNarrow();
        return plan;
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }

    /** What a measurement needs at least; unknown for those of the peers. */
    Work work(String name) {
        return works.getOrDefault(name, Work.UNKNOWN);
    }

    /** A cell of ours by its name. */
    Optional<Cell> cell(String name) {
        return Optional.ofNullable(cells.get(name));
    }

    private Source jmh(Cell cell) {
        cells.put(cell.name(), cell);
        if (cell.work().isKnown()) {
            works.put(cell.name(), cell.work());
        }
        return new JmhSource(quick ? cell.withTiming(Timing.QUICK) : cell, javas);
    }

    private Source python(String step) {
        return peers.python(step, quick ? 0.3 : 1.5);
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
        add(
                true,
                List.of(
                        jmh(Cells.product(shape, form, Names.OPENBLAS, "OpenBlas", Timing.NATIVE)),
                        jmh(vector),
                        jmh(Cells.product(shape, form, Names.MKL, "Mkl", Timing.NATIVE)),
                        jmh(old),
                        jmh(Cells.product(shape, form, Names.NETLIB, "Netlib", Timing.KERNEL)),
                        jmh(ejml),
                        jmh(scalar),
                        jmh(Cells.product(shape, form, Names.OJALGO, "OjAlgo", Timing.NATIVE))));
    }

    private void addSteps() {
        add(
                true,
                List.of(
                        jmh(Cells.step("quadratic all")),
                        jmh(Cells.step("deep-linear 1")),
                        jmh(Cells.step("matrix-sensing 8"))));
        for (String batch : List.of("1", "8")) {
            String problem = "mlp-small " + batch;
            add(
                    true,
                    List.of(
                            python("mlp-small-" + batch),
                            jmh(Cells.step(problem)),
                            peers.step(batch),
                            jmh(Cells.libtorch(problem)),
                            python("script-mlp-small-" + batch),
                            python("numba-mlp-small-" + batch)));
        }
        Source nd4j = jmh(
                Cell.of(Names.nd4j("mlp-middle 32"), "peers.Nd4jBenchmark.step", Map.of(), Timing.STEP, Work.UNKNOWN)
                        .withLibraries(peers.nd4j()));
        add(
                true,
                List.of(
                        python("mlp-middle-32"),
                        jmh(Cells.step("mlp-middle 32")),
                        nd4j,
                        jmh(Cells.libtorch("mlp-middle 32")),
                        python("script-mlp-middle-32")));
        add(true, List.of(python("conv-16"), jmh(Cells.step("conv 16")), jmh(Cells.libtorch("conv 16"))));
    }

    private void addLargeBatches() {
        for (int batch : quick ? List.of(1024) : Names.LARGE_BATCHES) {
            Work work = Work.step(batch, 784, 128, 64, 10);
            add(true, List.of(jmh(Cells.largeBatch(batch, 1, work)), jmh(Cells.largeBatch(batch, 2, Work.UNKNOWN))));
        }
    }

    private void addDerivatives() {
        Work gradient = Work.step(32, 784, 128, 64, 10);
        for (String family : List.of("mlp-middle", "mlp-small")) {
            boolean middle = family.equals("mlp-middle");
            Work g = middle ? gradient : Work.step(32, 10, 20, 1);
            List<Source> sources = new ArrayList<>();
            sources.add(jmh(Cells.derivative("hessianVector", family, g.times(2))));
            sources.add(jmh(Cells.derivative("lossAndGradient", family, g)));
            sources.add(jmh(Cells.derivative("preparedHessianVector", family, Work.UNKNOWN)));
            sources.add(jmh(Cells.derivative("thirdOrder", family, Work.UNKNOWN)));
            sources.add(middle ? python("hvp-mlp-middle") : peers.adolc());
            add(true, sources);
        }
    }

    private void addEnsembles() {
        Work quadratic = new Work(90, 96, 96 * 64);
        add(
                true,
                List.of(
                        python("ensemble-quadratic"),
                        jmh(Cells.ensemble("quadratic", 1, quadratic)),
                        peers.ensemble(),
                        jmh(Cells.ensemble("quadratic", 2, Work.UNKNOWN)),
                        python("numba-ensemble-quadratic")));
        add(
                false,
                List.of(
                        jmh(Cells.lanes("quadratic all")),
                        jmh(Cells.lanes("mlp-small 1")),
                        jmh(Cells.lanes("mlp-small 8"))));
        for (String batch : List.of("1", "8")) {
            Work work = Cells.stepWork("mlp-small " + batch);
            String which = "network" + batch;
            add(
                    true,
                    List.of(
                            jmh(Cells.step("mlp-small " + batch).withName(Names.single(batch))),
                            jmh(Cells.ensemble(which, 1, work)),
                            peers.ensembleOfNetworks(batch),
                            jmh(Cells.ensemble(which, 2, Work.UNKNOWN))));
        }
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
        add(false, List.of(peers.libmvec(), peers.sleef()));
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
            sources.add(jmh(Cells.growth(width, Names.GROWTH_BATCH)));
        }
        for (int batch : quick ? List.of(1, 16) : Names.GROWING_BATCHES) {
            sources.add(jmh(Cells.growth(Names.GROWTH_WIDTH, batch)));
        }
        add(false, sources);
    }

    /** Ours once more with vectors of 256 bits. */
    private void addNarrow() {
        List<Source> sources = new ArrayList<>();
        for (String name : quick ? List.of(Names.step("mlp-small 1")) : Names.NARROW) {
            Cell cell = cell(name).orElseThrow();
            sources.add(jmh(cell.withName(Names.wide(name))));
            sources.add(jmh(cell.withName(Names.narrow(name)).withOptions("-XX:UseAVX=2")));
        }
        add(false, sources);
    }
}
