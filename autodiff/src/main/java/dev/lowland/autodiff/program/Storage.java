package dev.lowland.autodiff.program;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.core.check.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is kept: an input of the caller's, a constant, a temporary that is given a buffer by liveness, or a
 * stretch of another value.
 */
final class Storage {

    /** The four kinds of place. */
    enum Kind {
        INPUT,
        CONSTANT,
        TEMPORARY,
        STRETCH
    }

    final Kind kind;
    /** Numbers in it, lanes included. */
    final int size;
    /** Whether all lanes share one number an entry. */
    final boolean shared;
    /** Whether it changes with the late inputs. */
    final boolean late;
    /** The numbers of a constant. */
    final double @Nullable [] values;
    /** What it is a stretch of; itself if it is none. */
    final Storage whole;
    /** Where in that it begins. */
    final int offset;
    /** The last instruction that reads it, −1 if none; past the end if an output is copied from it. */
    int lastUse = -1;
    /** Its place in a workspace, once given. */
    int slot = -1;

    private Storage(Kind kind, int size, boolean shared, boolean late, double @Nullable [] values) {
        this.kind = kind;
        this.size = size;
        this.shared = shared;
        this.late = late;
        this.values = values;
        this.whole = this;
        this.offset = 0;
    }

    private Storage(Storage whole, int offset, int size) {
        this.kind = Kind.STRETCH;
        this.size = size;
        this.shared = whole.shared;
        this.late = whole.late;
        this.values = null;
        this.whole = whole.whole;
        this.offset = whole.offset + offset;
    }

    static Storage input(int slot, int size, boolean shared, boolean late) {
        Storage storage = new Storage(Kind.INPUT, size, shared, late, null);
        storage.slot = slot;
        return storage;
    }

    static Storage constant(double[] values, boolean shared) {
        return new Storage(Kind.CONSTANT, values.length, shared, false, values);
    }

    /** Numbers of this one, from a place on. */
    Storage stretch(int from, int length) {
        return new Storage(this, from, length);
    }

    static Storage temporary(int size, boolean shared, boolean late) {
        return new Storage(Kind.TEMPORARY, size, shared, late, null);
    }

    /** The numbers of a node's value in some lanes. */
    static int size(Node node, int lanes) {
        return size(node.shape().size(), lanes, node.toString());
    }

    /** The numbers of entries in some lanes; more than an array holds are refused. */
    static int size(int entries, int lanes, String what) {
        long count = (long) entries * lanes;
        if (count > Integer.MAX_VALUE) {
            throw Checks.error(
                    "forLanes",
                    what + " in " + lanes + " lanes",
                    "of " + count + " entries",
                    "of at most " + Integer.MAX_VALUE);
        }
        return (int) count;
    }

    /** Whether it has a place in a workspace. */
    boolean isPlaced() {
        return slot != -1;
    }
}
