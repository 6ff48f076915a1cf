package dev.lowland.core.fixed;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.DADD;
import static org.objectweb.asm.Opcodes.DALOAD;
import static org.objectweb.asm.Opcodes.DASTORE;
import static org.objectweb.asm.Opcodes.DLOAD;
import static org.objectweb.asm.Opcodes.DMUL;
import static org.objectweb.asm.Opcodes.DSTORE;
import static org.objectweb.asm.Opcodes.DSUB;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IF_ICMPGE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;

import java.util.function.Consumer;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/**
 * Writes the body of one method, in which a value is either a vector or, with a width of 1, a double. The Vector API is
 * named in strings only, so that this class loads without it; what it writes does not.
 */
final class Pen {

    private static final String VECTOR = "jdk/incubator/vector/DoubleVector";
    private static final String ANY = "Ljdk/incubator/vector/Vector;";
    private static final String SPECIES = "Ljdk/incubator/vector/VectorSpecies;";

    private final MethodVisitor method;
    private final int width;
    private int next;

    /**
     * A place in an array.
     *
     * @param base the constant part of the index
     * @param moving a variable that is added to it, −1 for none
     */
    record At(int base, int moving) {

        /** So much further on. */
        At plus(int distance) {
            return new At(base + distance, moving);
        }
    }

    /** For a static method whose arguments, the arrays, are its first variables. */
    Pen(MethodVisitor method, int width, int arguments) {
        this.method = method;
        this.width = width;
        this.next = arguments;
    }

    /** A pen for plain doubles, to be used in place of this one. */
    Pen scalar() {
        return new Pen(method, 1, next);
    }

    int width() {
        return width;
    }

    /** A place that does not move. */
    static At at(int base) {
        return new At(base, -1);
    }

    /** A new variable for a value. */
    int take() {
        int place = next;
        next += width == 1 ? 2 : 1;
        return place;
    }

    /** As many. */
    int[] take(int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = take();
        }
        return places;
    }

    private void species() {
        method.visitFieldInsn(GETSTATIC, VECTOR, "SPECIES_" + 64 * width, SPECIES);
    }

    private void address(int array, At at) {
        method.visitVarInsn(ALOAD, array);
        if (at.moving() < 0) {
            method.visitLdcInsn(at.base());
            return;
        }
        method.visitVarInsn(ILOAD, at.moving());
        if (at.base() != 0) {
            method.visitLdcInsn(at.base());
            method.visitInsn(IADD);
        }
    }

    private void keep(int place) {
        method.visitVarInsn(width == 1 ? DSTORE : ASTORE, place);
    }

    private void recall(int place) {
        method.visitVarInsn(width == 1 ? DLOAD : ALOAD, place);
    }

    /** The numbers from a place on. */
    void load(int array, At at, int into) {
        if (width == 1) {
            spread(array, at, into);
            return;
        }
        species();
        address(array, at);
        method.visitMethodInsn(INVOKESTATIC, VECTOR, "fromArray", "(" + SPECIES + "[DI)L" + VECTOR + ";", false);
        keep(into);
    }

    /** The number at a place, in every entry. */
    void spread(int array, At at, int into) {
        if (width > 1) {
            species();
        }
        address(array, at);
        method.visitInsn(DALOAD);
        broadcast(into);
    }

    /** A constant in every entry. */
    void constant(double number, int into) {
        if (width > 1) {
            species();
        }
        method.visitLdcInsn(number);
        broadcast(into);
    }

    private void broadcast(int into) {
        if (width > 1) {
            method.visitMethodInsn(INVOKESTATIC, VECTOR, "broadcast", "(" + SPECIES + "D)L" + VECTOR + ";", false);
        }
        keep(into);
    }

    /** sum = fma(x, y, sum). */
    void fma(int x, int y, int sum) {
        recall(x);
        recall(y);
        recall(sum);
        if (width == 1) {
            method.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "fma", "(DDD)D", false);
        } else {
            method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "fma", "(" + ANY + ANY + ")L" + VECTOR + ";", false);
        }
        keep(sum);
    }

    /** into = x + y. */
    void add(int x, int y, int into) {
        apply("add", DADD, x, y, into);
    }

    /** into = x − y. */
    void subtract(int x, int y, int into) {
        apply("sub", DSUB, x, y, into);
    }

    /** into = x · y. */
    void multiply(int x, int y, int into) {
        apply("mul", DMUL, x, y, into);
    }

    private void apply(String name, int opcode, int x, int y, int into) {
        recall(x);
        recall(y);
        if (width == 1) {
            method.visitInsn(opcode);
        } else {
            method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, name, "(" + ANY + ")L" + VECTOR + ";", false);
        }
        keep(into);
    }

    /** Writes a value to an array. */
    void store(int value, int array, At at) {
        if (width == 1) {
            address(array, at);
            recall(value);
            method.visitInsn(DASTORE);
            return;
        }
        recall(value);
        address(array, at);
        method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "intoArray", "([DI)V", false);
    }

    /**
     * for (turn = 0; turn &lt; count; turn++) body, with places that move on by their strides in each turn. A single
     * turn is written without a loop.
     *
     * @param count turns, at least 1
     * @param from places of the first turn, whose variables move if they have any
     * @param strides how far each moves
     * @param body takes the places of a turn
     */
    void loop(int count, At[] from, int[] strides, Consumer<At[]> body) {
        if (count == 1) {
            body.accept(from);
            return;
        }
        At[] places = new At[from.length];
        for (int i = 0; i < from.length; i++) {
            int moving = next++;
            if (from[i].moving() < 0) {
                method.visitLdcInsn(0);
            } else {
                method.visitVarInsn(ILOAD, from[i].moving());
            }
            method.visitVarInsn(ISTORE, moving);
            places[i] = new At(from[i].base(), moving);
        }
        int turn = next++;
        method.visitLdcInsn(0);
        method.visitVarInsn(ISTORE, turn);
        Label test = new Label();
        Label end = new Label();
        method.visitLabel(test);
        method.visitVarInsn(ILOAD, turn);
        method.visitLdcInsn(count);
        method.visitJumpInsn(IF_ICMPGE, end);
        body.accept(places);
        for (int i = 0; i < places.length; i++) {
            method.visitVarInsn(ILOAD, places[i].moving());
            method.visitLdcInsn(strides[i]);
            method.visitInsn(IADD);
            method.visitVarInsn(ISTORE, places[i].moving());
        }
        method.visitIincInsn(turn, 1);
        method.visitJumpInsn(GOTO, test);
        method.visitLabel(end);
    }
}
