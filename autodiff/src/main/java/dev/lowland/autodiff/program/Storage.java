package dev.lowland.autodiff.program;

import org.jspecify.annotations.Nullable;

/** Where a value is kept: an input of the caller's, a constant, or a temporary that is given a buffer by liveness. */
final class Storage {

    /** The three kinds of place. */
    enum Kind {
        INPUT,
        CONSTANT,
        TEMPORARY
    }

    final Kind kind;
    /** Numbers in it, lanes included. */
    final int size;
    /** The numbers of a constant. */
    final double @Nullable [] values;
    /** The last instruction that reads it, −1 if none; past the end if an output is copied from it. */
    int lastUse = -1;
    /** Its place in a workspace, once given. */
    int slot = -1;

    private Storage(Kind kind, int size, double @Nullable [] values) {
        this.kind = kind;
        this.size = size;
        this.values = values;
    }

    static Storage input(int slot, int size) {
        Storage storage = new Storage(Kind.INPUT, size, null);
        storage.slot = slot;
        return storage;
    }

    static Storage constant(double[] values) {
        return new Storage(Kind.CONSTANT, values.length, values);
    }

    static Storage temporary(int size) {
        return new Storage(Kind.TEMPORARY, size, null);
    }
}
