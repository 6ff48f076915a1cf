package dev.lowland.core.lane;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;

import org.objectweb.asm.MethodVisitor;

/**
 * As many lanes at a time as a vector has numbers. The Vector API is named in strings only, so that this class loads
 * without it; what it writes does not.
 */
final class VectorNotation implements LaneNotation {

    private static final String VECTOR = "jdk/incubator/vector/DoubleVector";
    private static final String ANY = "Ljdk/incubator/vector/Vector;";
    private static final String SPECIES = "Ljdk/incubator/vector/VectorSpecies;";

    private final MethodVisitor method;
    private final String species;

    VectorNotation(MethodVisitor method, int width) {
        this.method = method;
        this.species = "SPECIES_" + 64 * width;
    }

    @Override
    public int slots() {
        return 1;
    }

    private void species() {
        method.visitFieldInsn(GETSTATIC, VECTOR, species, SPECIES);
    }

    @Override
    public void constant(double number) {
        species();
        method.visitLdcInsn(number);
        method.visitMethodInsn(INVOKESTATIC, VECTOR, "broadcast", "(" + SPECIES + "D)L" + VECTOR + ";", false);
    }

    @Override
    public void load(Runnable address) {
        species();
        address.run();
        method.visitMethodInsn(INVOKESTATIC, VECTOR, "fromArray", "(" + SPECIES + "[DI)L" + VECTOR + ";", false);
    }

    @Override
    public void apply(LaneOperation operation) {
        switch (operation) {
            case ADD -> binary("add");
            case SUBTRACT -> binary("sub");
            case MULTIPLY -> binary("mul");
            case DIVIDE -> binary("div");
            case FMA ->
                method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "fma", "(" + ANY + ANY + ")L" + VECTOR + ";", false);
            case SQRT -> unary("sqrt");
            case ABS -> unary("abs");
            case LOAD, CONSTANT -> throw new IllegalStateException(operation + " is no arithmetic");
        }
    }

    private void binary(String name) {
        method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, name, "(" + ANY + ")L" + VECTOR + ";", false);
    }

    private void unary(String name) {
        method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, name, "()L" + VECTOR + ";", false);
    }

    @Override
    public void recall(int place) {
        method.visitVarInsn(ALOAD, place);
    }

    @Override
    public void keep(int place) {
        method.visitVarInsn(ASTORE, place);
    }

    @Override
    public void store(int place, Runnable address) {
        recall(place);
        address.run();
        method.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "intoArray", "([DI)V", false);
    }
}
