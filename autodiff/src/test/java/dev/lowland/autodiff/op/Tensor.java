package dev.lowland.autodiff.op;

import dev.lowland.autodiff.graph.Shape;

/** Numbers with a shape and plain indices, in which the references are written. */
record Tensor(Shape shape, double[] entries) {

    /** One entry as a function of its indices. */
    interface Entry {
        double at(int group, int row, int column);
    }

    static Tensor of(Shape shape, Entry entry) {
        double[] entries = new double[shape.size()];
        for (int i = 0; i < entries.length; i++) {
            int matrix = i % shape.matrixSize();
            entries[i] = entry.at(i / shape.matrixSize(), matrix / shape.columns(), matrix % shape.columns());
        }
        return new Tensor(shape, entries);
    }

    static Tensor of(int groups, int rows, int columns, Entry entry) {
        return of(Shape.of(groups, rows, columns), entry);
    }

    /** The entry at indices; an axis of length 1 is stretched. */
    double at(int group, int row, int column) {
        int g = shape.groups() == 1 ? 0 : group;
        int r = shape.rows() == 1 ? 0 : row;
        int c = shape.columns() == 1 ? 0 : column;
        return entries[(g * shape.rows() + r) * shape.columns() + c];
    }

    double at(int index) {
        return entries[index];
    }
}
