package dev.lowland.core.lane;

import static org.objectweb.asm.Opcodes.DADD;
import static org.objectweb.asm.Opcodes.DALOAD;
import static org.objectweb.asm.Opcodes.DASTORE;
import static org.objectweb.asm.Opcodes.DDIV;
import static org.objectweb.asm.Opcodes.DLOAD;
import static org.objectweb.asm.Opcodes.DMUL;
import static org.objectweb.asm.Opcodes.DSTORE;
import static org.objectweb.asm.Opcodes.DSUB;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;

import org.objectweb.asm.MethodVisitor;

/** One lane at a time, in plain doubles. */
final class ScalarNotation implements LaneNotation {

    private final MethodVisitor method;

    ScalarNotation(MethodVisitor method) {
        this.method = method;
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void constant(double number) {
        method.visitLdcInsn(number);
    }

    @Override
    public void load(Runnable address) {
        address.run();
        method.visitInsn(DALOAD);
    }

    @Override
    public void apply(LaneOperation operation) {
        switch (operation) {
            case ADD -> method.visitInsn(DADD);
            case SUBTRACT -> method.visitInsn(DSUB);
            case MULTIPLY -> method.visitInsn(DMUL);
            case DIVIDE -> method.visitInsn(DDIV);
            case FMA -> method.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "fma", "(DDD)D", false);
            case SQRT -> method.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "sqrt", "(D)D", false);
            case ABS -> method.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "abs", "(D)D", false);
            case LOAD, CONSTANT -> throw new IllegalStateException(operation + " is no arithmetic");
        }
    }

    @Override
    public void recall(int place) {
        method.visitVarInsn(DLOAD, place);
    }

    @Override
    public void keep(int place) {
        method.visitVarInsn(DSTORE, place);
    }

    @Override
    public void store(int place, Runnable address) {
        address.run();
        recall(place);
        method.visitInsn(DASTORE);
    }
}
