package dev.lowland.core.lane;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IF_ICMPGT;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import dev.lowland.core.check.Checks;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Makes a class of {@link LaneCode}: one method with a loop over whole vectors and, where lanes are left over, one over
 * single numbers.
 *
 * <p>Each value has a local variable of its own. The class is hidden: nothing finds it by name, and it goes when its
 * last loop goes.
 */
final class LaneAssembler {

    private static final String NAME = "dev/lowland/core/lane/LaneBody";
    private static final String RUN = "([[D[I)V";

    private final LaneCode code;
    private final int width;

    LaneAssembler(LaneCode code, int width) {
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw Checks.error("LaneCode.compile", "width", Integer.toString(width), "1, 2, 4 or 8");
        }
        Checks.atMost("LaneCode.compile", "size", code.size(), LaneCode.LARGEST);
        this.code = code;
        this.width = width;
    }

    LaneLoop assemble() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        String loop = Type.getInternalName(LaneLoop.class);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, NAME, null, "java/lang/Object", new String[] {loop});
        MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(constructor);
        MethodVisitor run = writer.visitMethod(ACC_PUBLIC, "run", RUN, null, null);
        run.visitCode();
        LaneLocals locals = new LaneLocals(run, code);
        locals.unpack();
        int whole = code.lanes() - code.lanes() % width;
        if (width > 1 && whole > 0) {
            loop(run, locals, new VectorNotation(run, width), 0, whole, width);
        }
        if (width == 1 || whole < code.lanes()) {
            loop(run, locals, new ScalarNotation(run), width == 1 ? 0 : whole, code.lanes(), 1);
        }
        end(run);
        writer.visitEnd();
        return define(writer.toByteArray());
    }

    private static LaneLoop define(byte[] bytes) {
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (LaneLoop) hidden.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("LaneCode.compile: the class that was made is refused: " + e, e);
        }
    }

    private static void end(MethodVisitor method) {
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** for (lane = from; lane ≤ to − step; lane += step) body. */
    private void loop(MethodVisitor run, LaneLocals locals, LaneNotation notation, int from, int to, int step) {
        boolean[] used = code.used();
        List<LaneCode.Instruction> instructions = code.instructions();
        int[] places = new int[used.length];
        for (int i = 0; i < used.length; i++) {
            places[i] = locals.take(notation.slots());
        }
        int lane = locals.take(1);
        run.visitLdcInsn(from);
        run.visitVarInsn(ISTORE, lane);
        Label test = new Label();
        Label end = new Label();
        run.visitLabel(test);
        run.visitVarInsn(ILOAD, lane);
        run.visitLdcInsn(to - step);
        run.visitJumpInsn(IF_ICMPGT, end);
        locals.moveTo(lane);
        for (int i = 0; i < used.length; i++) {
            LaneCode.Instruction instruction = instructions.get(i);
            if (!used[i] || instruction.operation() == LaneOperation.CONSTANT) {
                continue;
            }
            if (instruction.operation() == LaneOperation.LOAD) {
                notation.load(() -> locals.address(instruction.left(), instruction.right()));
            } else {
                recall(notation, instruction.left(), places);
                if (instruction.operation().arity() > 1) {
                    recall(notation, instruction.right(), places);
                }
                if (instruction.operation().arity() > 2) {
                    recall(notation, instruction.addend(), places);
                }
                notation.apply(instruction.operation());
            }
            notation.keep(places[i]);
        }
        for (LaneCode.Store store : code.stores()) {
            if (code.isConstant(store.value())) {
                recall(notation, store.value(), places);
                notation.keep(places[store.value()]);
            }
            notation.store(places[store.value()], () -> locals.address(store.array(), store.entry()));
        }
        run.visitIincInsn(lane, step);
        run.visitJumpInsn(GOTO, test);
        run.visitLabel(end);
    }

    /**
     * Leaves a value on the stack. Constants are made where they are used: kept from before the loop, HotSpot would
     * make objects of their vectors.
     */
    private void recall(LaneNotation notation, int value, int[] places) {
        if (code.isConstant(value)) {
            notation.constant(code.instructions().get(value).number());
        } else {
            notation.recall(places[value]);
        }
    }
}
