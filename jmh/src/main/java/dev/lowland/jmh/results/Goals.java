package dev.lowland.jmh.results;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;

/** The rows of the table: what the library sets out to reach, on one thread and in double precision. */
final class Goals {

    private final List<Row> rows = new ArrayList<>();

    private Goals() {}

    /** All rows in order. */
    static List<Row> rows() {
        Goals goals = new Goals();
        goals.addProducts();
        goals.addSteps();
        goals.addLargeBatches();
        goals.addEnsembles();
        goals.addDerivatives();
        goals.addAllocation();
        goals.addRandom();
        goals.addFunctions();
        return goals.rows;
    }

    private void addProducts() {
        String all = "GEMM, geometric mean of 9 shapes × NN, TN, NT";
        String worst = "GEMM, the worst of them";
        rows.add(products(all, "OpenBLAS, same JVM", 0.95, Names.VECTOR, Names.OPENBLAS, Shapes.ALL, false));
        rows.add(products(worst, "OpenBLAS, same JVM", 0.70, Names.VECTOR, Names.OPENBLAS, Shapes.ALL, true));
        for (var peer : List.of(
                List.of("MKL, same JVM", Names.MKL),
                List.of("netlib on the Vector API", Names.NETLIB),
                List.of("ojAlgo", Names.OJALGO))) {
            rows.add(products(all, peer.get(0), Double.NaN, Names.VECTOR, peer.get(1), Shapes.ALL, false));
        }
        rows.add(products(
                "GEMM, geometric mean, every side ≥ 64", "EJML", 10, Names.VECTOR, Names.EJML, Shapes.LARGE, false));
        rows.add(products(
                "GEMM on Java 17, geometric mean", "itself", 0.90, Names.JAVA_17, Names.VECTOR, Shapes.ALL, false));
        rows.add(products(
                "scalar twin of GEMM, geometric mean", "EJML", 1.3, Names.SCALAR, Names.EJML, Shapes.ALL, false));
        rows.add(products("scalar twin of GEMM, the worst", "EJML", 1.0, Names.SCALAR, Names.EJML, Shapes.ALL, true));
    }

    private enum Shapes {
        ALL(shape -> true),
        LARGE(Names::isLarge);

        private final Predicate<String> contains;

        Shapes(Predicate<String> contains) {
            this.contains = contains;
        }
    }

    private static Row products(
            String what, String against, double goal, String ours, String theirs, Shapes shapes, boolean worst) {
        DoubleBinaryOperator fold = worst ? Math::min : (a, b) -> a + Math.log(b);
        return new Row(
                what,
                against,
                "×",
                goal,
                true,
                round -> {
                    double folded = worst ? Double.POSITIVE_INFINITY : 0;
                    int count = 0;
                    for (String shape : Names.SHAPES) {
                        for (String form : Names.FORMS) {
                            double ratio = round.get(Names.gemm(shape, form, theirs))
                                    / round.get(Names.gemm(shape, form, ours));
                            if (shapes.contains.test(shape) && !Double.isNaN(ratio)) {
                                folded = fold.applyAsDouble(folded, ratio);
                                count++;
                            }
                        }
                    }
                    if (count == 0) {
                        return Double.NaN;
                    }
                    return worst ? folded : Math.exp(folded / count);
                },
                "",
                "");
    }

    private void addSteps() {
        for (String batch : List.of("1", "8")) {
            String what = "label-noise step, 10-20-1 tanh, batch " + batch;
            String ours = Names.step("mlp-small " + batch);
            boolean one = batch.equals("1");
            rows.add(Row.faster(what, "PyTorch eager", one ? 150 : 30, ours, PythonSource.name("mlp-small-" + batch)));
            rows.add(Row.faster(what, "hand-written C", one ? 0.6 : 0.75, ours, Names.limit("step-" + batch)));
            rows.add(Row.beside(what, "TorchScript", ours, PythonSource.name("script-mlp-small-" + batch)));
            rows.add(Row.beside(what, "numba", ours, PythonSource.name("numba-mlp-small-" + batch)));
        }
        String middle = Names.step("mlp-middle 32");
        String what = "label-noise step, 784-128-64-10 tanh, batch 32";
        rows.add(Row.faster(what, "PyTorch eager", 1.8, middle, PythonSource.name("mlp-middle-32")));
        rows.add(Row.beside(what, "TorchScript", middle, PythonSource.name("script-mlp-middle-32")));
        rows.add(Row.faster(what, "ND4J SameDiff", 10, middle, Names.nd4j("mlp-middle 32")));
        rows.add(Row.faster(
                "label-noise step, conv net 3×32×32, batch 16",
                "PyTorch eager",
                1.5,
                Names.step("conv 16"),
                PythonSource.name("conv-16")));
        for (String problem : List.of("mlp-small 1", "mlp-small 8", "mlp-middle 32", "conv 16")) {
            rows.add(Row.beside(
                    "label-noise step, " + problem,
                    "libtorch, same JVM",
                    Names.step(problem),
                    Names.libtorch(problem)));
        }
    }

    private void addLargeBatches() {
        for (int batch : Names.LARGE_BATCHES) {
            rows.add(Row.faster(
                    "label-noise step, 784-128-64-10, batch " + batch + ", two threads",
                    "one thread",
                    1.8,
                    Names.largeBatch(batch, 2),
                    Names.largeBatch(batch, 1)));
        }
    }

    private void addEnsembles() {
        String quadratic = Names.ensemble("quadratic", 1);
        String what = "ensemble, six-parameter problem, a replica's step";
        rows.add(Row.faster(what, "vectorised numpy", 5, quadratic, PythonSource.name("ensemble-quadratic")));
        rows.add(Row.faster(what, "hand-written C", 0.5, quadratic, Names.limit("ensemble")));
        rows.add(Row.beside(what, "numba", quadratic, PythonSource.name("numba-ensemble-quadratic")));
        for (String batch : List.of("1", "8")) {
            rows.add(Row.faster(
                    "ensemble, 10-20-1, batch " + batch,
                    "hand-written C",
                    batch.equals("1") ? 0.85 : 0.95,
                    Names.ensemble("network" + batch, 1),
                    Names.limit("ensemble-network-" + batch)));
            rows.add(Row.faster(
                    "ensemble, 10-20-1, batch " + batch,
                    "our single runs",
                    6,
                    Names.ensemble("network" + batch, 1),
                    Names.single(batch)));
        }
        for (String which : List.of("quadratic", "network1", "network8")) {
            String name = which.equals("quadratic") ? "six-parameter problem" : "10-20-1, batch " + which.substring(7);
            String one = Names.ensemble(which, 1);
            String two = Names.ensemble(which, 2);
            rows.add(new Row(
                    "ensemble on two threads, " + name,
                    "one thread",
                    "×",
                    1.85,
                    true,
                    round -> round.get(one) / round.get(two),
                    two,
                    one));
        }
    }

    private void addDerivatives() {
        String family = "mlp-middle";
        String g = Names.derivative("lossAndGradient", family);
        String hvp = Names.derivative("hessianVector", family);
        String against = "one loss + gradient";
        rows.add(Row.slower("HVP, 784-128-64-10, 32 samples", against, "G", 1.8, hvp, g));
        rows.add(Row.beside("the same", "PyTorch eager", hvp, PythonSource.name("hvp-mlp-middle")));
        String prepared = Names.derivative("preparedHessianVector", family);
        rows.add(Row.slower("HVP with the part of θ kept", against, "G", 1.4, prepared, g));
        String third = Names.derivative("thirdOrder", family);
        rows.add(Row.slower("∇ΣD²L a direction, of 16", against, "G", 1.7, third, g));
        for (String which : List.of("lossAndGradient", "hessianVector", "thirdOrder")) {
            rows.add(Row.beside(
                    which + ", 10-20-1, 32 samples",
                    "ADOL-C",
                    Names.derivative(which, "mlp-small"),
                    Names.limit("adolc-" + which)));
        }
    }

    private void addFunctions() {
        for (String function : Names.FUNCTIONS_IN_C) {
            String ours = Names.kernel(function, Names.SIZE_IN_C, Names.VECTOR);
            String what = function + " of " + Names.SIZE_IN_C + " numbers, each";
            boolean asked = List.of("exp", "log", "tanh", "sigmoid").contains(function);
            rows.add(Row.each(what, asked ? 0.6 : Double.NaN, ours, Names.SIZE_IN_C));
            rows.add(Row.besideEach(what, "libmvec", ours, Names.limit("libmvec-" + function), Names.SIZE_IN_C));
            if (Names.FUNCTIONS_OF_SLEEF.contains(function)) {
                rows.add(Row.besideEach(what, "SLEEF", ours, Names.limit("sleef-" + function), Names.SIZE_IN_C));
            }
        }
    }

    /** Less than half a byte is none: what opens and closes an iteration is counted, too. */
    private void addAllocation() {
        double none = 0.5;
        for (String problem : Names.STEPS) {
            rows.add(allocation("memory of a step, " + problem, none, Names.step(problem)));
        }
        for (int batch : Names.LARGE_BATCHES) {
            rows.add(
                    allocation("memory of a step, batch " + batch + ", two threads", none, Names.largeBatch(batch, 2)));
        }
        for (String family : List.of("mlp-small", "mlp-middle")) {
            for (String which : List.of("hessianVector", "preparedHessianVector", "thirdOrder")) {
                rows.add(allocation("memory of " + which + ", " + family, none, Names.derivative(which, family)));
            }
        }
        for (String problem : List.of("quadratic all", "mlp-small 1", "mlp-small 8")) {
            rows.add(allocation("memory of a replica's step, " + problem, none, Names.lanes(problem)));
        }
    }

    private static Row allocation(String what, double none, String name) {
        return Row.atMost(what, "bytes", none, name + Measurements.BYTES);
    }

    private void addRandom() {
        rows.add(Row.atMost("a Rademacher sign", "ns", 0.3, Names.random("rademacher")));
        rows.add(Row.atMost("a Gaussian number", "ns", 4, Names.random("gaussian")));
        rows.add(Row.atMost("a word of Philox, as a uniform number", "ns", 2.5, Names.random("uniform")));
    }
}
