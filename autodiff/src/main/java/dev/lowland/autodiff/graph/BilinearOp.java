package dev.lowland.autodiff.graph;

/**
 * z = B(x, y), linear in each of two operands. Forward: B(dx, y) + B(x, dy). Second order: 2 B(dx, dy). Reverse: the
 * two partial transposes.
 */
public non-sealed interface BilinearOp extends Primitive {

    /**
     * The transpose of x ↦ B(x, y).
     *
     * @param cotangent of the shape of the value
     * @param right y
     * @param leftShape the shape of x, and of the result
     * @return the cotangent of x
     */
    Node pullLeft(Node cotangent, Node right, Shape leftShape);

    /**
     * The transpose of y ↦ B(x, y).
     *
     * @param cotangent of the shape of the value
     * @param left x
     * @param rightShape the shape of y, and of the result
     * @return the cotangent of y
     */
    Node pullRight(Node cotangent, Node left, Shape rightShape);
}
