package dev.lowland.core.lane;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IALOAD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.ISTORE;

import dev.lowland.core.check.Checks;
import org.objectweb.asm.MethodVisitor;

/** The local variables of a loop: for each array itself, where it begins, and where the present lane begins in it. */
final class LaneLocals {

    private static final int ARRAYS = 1;
    private static final int OFFSETS = 2;
    private static final int FIRST = 3;
    private static final int EACH = 3;

    private final MethodVisitor method;
    private final LaneCode code;
    private int next;

    LaneLocals(MethodVisitor method, LaneCode code) {
        this.method = method;
        this.code = code;
        this.next = FIRST + EACH * code.arrays();
    }

    private static int array(int index) {
        return FIRST + EACH * index;
    }

    private static int begin(int index) {
        return FIRST + EACH * index + 1;
    }

    private static int here(int index) {
        return FIRST + EACH * index + 2;
    }

    /** Takes arrays and offsets out of the arguments. */
    void unpack() {
        for (int i = 0; i < code.arrays(); i++) {
            method.visitVarInsn(ALOAD, ARRAYS);
            method.visitLdcInsn(i);
            method.visitInsn(AALOAD);
            method.visitVarInsn(ASTORE, array(i));
            method.visitVarInsn(ALOAD, OFFSETS);
            method.visitLdcInsn(i);
            method.visitInsn(IALOAD);
            method.visitVarInsn(ISTORE, begin(i));
        }
    }

    /** Finds the present lane in every array. */
    void moveTo(int lane) {
        for (int i = 0; i < code.arrays(); i++) {
            method.visitVarInsn(ILOAD, begin(i));
            method.visitVarInsn(ILOAD, lane);
            method.visitInsn(IADD);
            method.visitVarInsn(ISTORE, here(i));
        }
    }

    /** Leaves an array and the index of an entry in the present lane on the stack. */
    void address(int array, int entry) {
        method.visitVarInsn(ALOAD, array(array));
        method.visitVarInsn(ILOAD, here(array));
        long place = (long) entry * code.lanes();
        Checks.atMost("compile", "entry " + entry + " in " + code.lanes() + " lanes", place, Integer.MAX_VALUE);
        method.visitLdcInsn((int) place);
        method.visitInsn(IADD);
    }

    /** A new local variable of one or two slots. */
    int take(int slots) {
        int place = next;
        next += slots;
        return place;
    }
}
