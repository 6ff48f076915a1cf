package dev.lowland.core.linalg.trace;

import dev.lowland.core.check.Checks;
import dev.lowland.core.linalg.LinearOperator;
import org.ejml.data.DMatrixRMaj;

/** Products with an operator, counted, and refused if they are not finite. */
final class Products {
    private final String operation;
    private final LinearOperator operator;
    private int count;

    Products(String operation, LinearOperator operator) {
        this.operation = operation;
        this.operator = operator;
    }

    int size() {
        return operator.size();
    }

    int count() {
        return count;
    }

    void apply(DMatrixRMaj v, DMatrixRMaj out) {
        Checks.notInterrupted(operation);
        operator.apply(v, out);
        Checks.finite(operation, "product of a", out);
        count++;
    }
}
