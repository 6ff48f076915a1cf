package dev.lowland.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lowland.autodiff.graph.Graph;
import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ProgramCacheTest {
    private int compiled;

    private Program sum(List<Shape> shapes) {
        compiled++;
        Node x = new Graph().input("x", shapes.get(0));
        return Program.compile(List.of(x), List.of(Ops.sumRows(x)));
    }

    @Test
    void aShapeIsCompiledOnce() {
        ProgramCache cache = ProgramCache.of(4, this::sum);
        Program three = cache.get(Shape.of(3, 2));
        assertSame(three, cache.get(Shape.of(3, 2)));
        assertNotSame(three, cache.get(Shape.of(4, 2)));
        assertEquals(2, compiled);
        assertEquals(2, cache.size());
    }

    @Test
    void theOneNotAskedForLongestGoes() {
        ProgramCache cache = ProgramCache.of(2, this::sum);
        Program one = cache.get(Shape.of(1, 2));
        Program two = cache.get(Shape.of(2, 2));
        assertSame(one, cache.get(Shape.of(1, 2)));
        cache.get(Shape.of(3, 2));
        assertEquals(2, cache.size());
        assertSame(one, cache.get(Shape.of(1, 2)));
        assertNotSame(two, cache.get(Shape.of(2, 2)));
    }

    @Test
    void aProgramOfOtherShapesThanThoseAskedForIsRefused() {
        ProgramCache cache = ProgramCache.of(2, shapes -> sum(List.of(Shape.of(1, 2))));
        cache.get(Shape.of(1, 2));
        String message = assertThrows(IllegalArgumentException.class, () -> cache.get(Shape.of(5, 2)))
                .getMessage();
        assertTrue(message.contains("5×2") && message.contains("x (1×2)"), message);
        assertEquals(1, cache.size());
        assertThrows(IllegalArgumentException.class, () -> ProgramCache.of(0, this::sum));
        ProgramCache smallest = ProgramCache.of(1, this::sum);
        Program first = smallest.get(Shape.of(1, 2));
        assertSame(first, smallest.get(Shape.of(1, 2)));
        smallest.get(Shape.of(2, 2));
        assertEquals(1, smallest.size());
    }

    @Test
    void manyThreadsGetOneProgram() throws InterruptedException {
        ProgramCache cache = ProgramCache.of(2, this::sum);
        Set<Program> found = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> found.add(cache.get(Shape.of(7, 2))));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, found.size());
        assertEquals(1, compiled);
    }

    @Test
    void matricesOfOtherShapesThanTheCompiledOnesThrow() {
        Program program = ProgramCache.of(2, this::sum).get(Shape.of(3, 2));
        Workspace workspace = program.newWorkspace();
        DMatrixRMaj in = new DMatrixRMaj(10, 10);
        in.reshape(3, 2);
        in.setData(new double[] {1, 2, 3, 4, 5, 6, 77, 88});
        DMatrixRMaj out = new DMatrixRMaj(1, 2);
        program.run(workspace, new DMatrixRMaj[] {in}, new DMatrixRMaj[] {out});
        assertEquals(9, out.get(0, 0));
        assertEquals(12, out.get(0, 1));
        refused(program, in, new DMatrixRMaj(2, 1), "output", "is a matrix of 2×1, must be 1×2");
        refused(program, new DMatrixRMaj(2, 3), out, "input x (3×2)", "is a matrix of 2×3, must be 3×2");
        String count = assertThrows(
                        IllegalArgumentException.class,
                        () -> program.run(workspace, new DMatrixRMaj[] {in, in}, new DMatrixRMaj[] {out}))
                .getMessage();
        assertTrue(count.contains("the number of input matrices is 2, must be 1"), count);
    }

    private static void refused(Program program, DMatrixRMaj in, DMatrixRMaj out, String... parts) {
        Workspace workspace = program.newWorkspace();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> program.run(workspace, new DMatrixRMaj[] {in}, new DMatrixRMaj[] {out}))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void lanesAreColumnsOfAMatrix() {
        Node x = new Graph().input("x", Shape.of(2, 2, 1));
        Program program = Program.compile(List.of(x), List.of(Ops.sumRows(x))).forLanes(3);
        DMatrixRMaj in = new DMatrixRMaj(4, 3, true, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        DMatrixRMaj out = new DMatrixRMaj(2, 3);
        program.run(program.newWorkspace(), new DMatrixRMaj[] {in}, new DMatrixRMaj[] {out});
        assertEquals(new DMatrixRMaj(2, 3, true, 5, 7, 9, 17, 19, 21).toString(), out.toString());
    }
}
