package dev.lowland.cli.surface;

import dev.lowland.autodiff.custom.CustomOp;
import dev.lowland.autodiff.custom.ReverseRule;
import dev.lowland.autodiff.custom.ValueRule;
import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Primitive;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.autodiff.program.Program;
import dev.lowland.autodiff.program.StagedProgram;
import dev.lowland.autodiff.program.UpdateProgram;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.core.kernel.contract.Window;
import dev.lowland.core.lane.LaneCode;
import dev.lowland.core.linalg.ColumnBlock;
import dev.lowland.core.linalg.DenseOperator;
import dev.lowland.core.linalg.LinearOperator;
import dev.lowland.core.random.Purpose;
import dev.lowland.core.random.RandomStream;
import dev.lowland.optim.curvature.Curvature;
import dev.lowland.optim.data.ElementType;
import dev.lowland.optim.data.MappedRows;
import dev.lowland.optim.data.RowFile;
import dev.lowland.optim.ensemble.Ensemble;
import dev.lowland.optim.flow.SlowFlow;
import dev.lowland.optim.fluctuation.Fluctuations;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Losses;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.stationarity.Stationarity;
import dev.lowland.theory.claim.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The objects that factories make only of parts that fit: everything here has two parameters, and everything of a graph
 * is 2×2 in one graph, so that parts taken at random do.
 */
final class Parts {
    private Parts() {}

    static Specimens all() {
        Specimens s = new Specimens();
        graphs(s);
        numbers(s);
        training(s);
        s.add(Claim.class, s.usersOwn(Claim.class));
        s.add(MappedRows.class, mapped());
        return s;
    }

    private static MappedRows mapped() {
        try {
            Path file = Files.write(Files.createTempFile("surface", ".rows"), new byte[] {1, 0, 0, 1, 1, 1});
            file.toFile().deleteOnExit();
            return RowFile.of(file, ElementType.SIGNED_BYTE, 2).open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void graphs(Specimens s) {
        Graph graph = new Graph();
        Node x = graph.input("x", Shape.of(2, 2));
        Node w = graph.input("w", Shape.of(2, 2));
        Node y = Ops.multiply(x, w);
        s.add(Node.class, Ops.sum(y));
        s.add(Graph.class, graph);
        s.add(Node.class, x);
        s.add(Node.class, w);
        s.add(Node.class, y);
        s.add(Shape.class, Shape.of(2, 2));
        s.add(Program.class, Program.compile(List.of(x, w), List.of(y)));
        s.add(StagedProgram.class, StagedProgram.compile(List.of(x), List.of(w), List.of(y)));
        s.add(UpdateProgram.class, UpdateProgram.compile(List.of(x, w), x, y, 0.5));
        s.add(Primitive.class, y.op());
        s.add(ValueRule.class, (ValueRule) operands -> operands.get(0));
        s.add(ReverseRule.class, (ReverseRule) (operands, value, cotangent) -> List.of(cotangent));
        s.add(CustomOp.class, CustomOp.of("surface", v -> v, (operands, value, cotangent) -> List.of(cotangent)));
    }

    private static void numbers(Specimens s) {
        s.add(Window.class, new Window(2, 2, 1, 1, 1, 0));
        s.add(ColumnBlock.class, new ColumnBlock());
        s.add(LaneCode.class, filled());
        s.add(LinearOperator.class, DenseOperator.of(new DMatrixRMaj(new double[][] {{2, 0.5}, {0.5, 1}})));
        s.add(RandomStream.class, RandomStream.of(1, 0, Purpose.LABEL_NOISE));
        s.add(KernelSet.class, Kernels.scalar());
    }

    private static LaneCode filled() {
        LaneCode code = LaneCode.of(1, 3);
        for (int i = 0; i < 4; i++) {
            code.load(0, i);
        }
        return code;
    }

    private static void training(Specimens s) {
        Data data = Data.of(
                new DMatrixRMaj(new double[][] {{1, 0.2}, {0.3, 1}, {0.5, -0.4}}),
                new DMatrixRMaj(new double[][] {{1}, {-1}, {0.5}}));
        Objective objective = Objective.of(Models.linear(2), Losses.square(), data);
        LabelNoiseSgd sgd = LabelNoiseSgd.of(0.1).withLabelNoise(0.3);
        s.add(Data.class, data);
        s.add(Objective.class, objective);
        s.add(LabelNoiseSgd.class, sgd);
        s.add(Ensemble.class, Ensemble.of(objective, sgd).withReplicas(4));
        s.add(SlowFlow.class, SlowFlow.of(objective, sgd));
        s.add(Curvature.class, Curvature.of(objective));
        s.add(Stationarity.class, Stationarity.of(objective, sgd));
        s.add(Fluctuations.class, Fluctuations.of(objective, sgd));
    }
}
