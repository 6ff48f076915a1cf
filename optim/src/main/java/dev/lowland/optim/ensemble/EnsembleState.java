package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Where the replicas of an ensemble are: the steps taken, their θ and what their optimiser remembers. With the same
 * settings they go on from here as if they had never stopped, bit for bit. Immutable.
 */
public final class EnsembleState {

    private static final String OF = "EnsembleState.of";

    private final long step;
    private final DMatrixRMaj parameters;
    private final Map<String, DMatrixRMaj> memory;

    private EnsembleState(long step, DMatrixRMaj parameters, Map<String, DMatrixRMaj> memory) {
        this.step = step;
        this.parameters = parameters;
        this.memory = Collections.unmodifiableMap(memory);
    }

    /** With matrices that nobody else changes. */
    static EnsembleState lent(long step, DMatrixRMaj parameters, Map<String, DMatrixRMaj> memory) {
        return new EnsembleState(step, parameters, memory);
    }

    /**
     * A state that was saved.
     *
     * @param step steps taken from the very start, at least 0
     * @param parameters N × P, the θ of replica r in row r, finite. Not modified.
     * @param memory by name, what the optimiser remembers, N × P each, finite. Not modified.
     * @return the state
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static EnsembleState of(long step, DMatrixRMaj parameters, Map<String, DMatrixRMaj> memory) {
        Checks.atLeast(OF, "step", step, 0);
        Checks.finite(OF, "parameters", parameters);
        Checks.atLeast(OF, "rows of parameters", parameters.numRows, 1);
        Checks.atLeast(OF, "columns of parameters", parameters.numCols, 1);
        Checks.notNull(OF, "memory", memory);
        Map<String, DMatrixRMaj> copies = new LinkedHashMap<>();
        memory.forEach((name, matrix) -> {
            Checks.notNull(OF, "name in memory", name);
            Checks.shape(OF, name, matrix, parameters.numRows, parameters.numCols);
            Checks.finite(OF, name, matrix);
            copies.put(name, matrix.copy());
        });
        return new EnsembleState(step, parameters.copy(), copies);
    }

    /**
     * Steps taken from the very start.
     *
     * @return the number of steps
     */
    public long step() {
        return step;
    }

    /**
     * Number of replicas N.
     *
     * @return at least 1
     */
    public int replicas() {
        return parameters.numRows;
    }

    /**
     * A copy of every replica's θ.
     *
     * @return N × P, that of replica r in row r
     */
    public DMatrixRMaj parameters() {
        return parameters.copy();
    }

    /**
     * A copy of what the optimiser remembers.
     *
     * @return N × P each, by name; empty if it remembers nothing
     */
    public Map<String, DMatrixRMaj> memory() {
        Map<String, DMatrixRMaj> copies = new LinkedHashMap<>();
        memory.forEach((name, matrix) -> copies.put(name, matrix.copy()));
        return copies;
    }

    DMatrixRMaj liveParameters() {
        return parameters;
    }

    Map<String, DMatrixRMaj> liveMemory() {
        return memory;
    }

    @Override
    public String toString() {
        return parameters.numRows + " replicas after " + step + " steps";
    }
}
