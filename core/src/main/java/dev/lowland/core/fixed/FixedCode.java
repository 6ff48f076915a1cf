package dev.lowland.core.fixed;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.H_INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import dev.lowland.core.check.Checks;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

/**
 * Pieces of work on the buffers of a program, taken down in turn and made a class: a method for each loop of fixed
 * sizes, and one that calls them. Other pieces are constants of the class, so that the JVM compiles them into it.
 *
 * <p>The class is hidden: nothing finds it by name, and it goes when its last instance goes. Mutable, for one thread.
 */
public final class FixedCode {

    private static final String NAME = "dev/lowland/core/fixed/FixedBody";
    private static final String RUN = "([[D)V";
    private static final String LOOP = Type.getInternalName(BufferLoop.class);
    private static final Handle CLASS_DATA = new Handle(
            H_INVOKESTATIC,
            "java/lang/invoke/MethodHandles",
            "classDataAt",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
            false);

    /**
     * One piece.
     *
     * @param loop what it does, if sizes are fixed
     * @param slots the buffers of the loop: those it reads, then the one it writes
     * @param then what is called after the loop, if there is more to do
     * @param call all of it as something to call
     */
    private record Piece(
            @Nullable FixedLoop loop, int[] slots, @Nullable BufferLoop then, BufferLoop call) {}

    private final List<Piece> pieces = new ArrayList<>();

    private FixedCode() {}

    /**
     * No pieces yet.
     *
     * @return the code
     */
    public static FixedCode empty() {
        return new FixedCode();
    }

    /**
     * Adds a loop of fixed sizes. It is written down where that pays, and else called.
     *
     * @param loop the loop
     * @param call the same work, with the same bits
     * @param slots which buffers the loop reads, then which it writes. Not modified.
     * @throws IllegalArgumentException if the number of buffers is not the loop's
     */
    public void add(FixedLoop loop, BufferLoop call, int... slots) {
        piece(loop, null, call, slots);
    }

    /**
     * Adds a loop of fixed sizes and more work after it.
     *
     * @param loop the loop
     * @param then the work after it
     * @param call the same work, all of it, with the same bits
     * @param slots which buffers the loop reads, then which it writes. Not modified.
     * @throws IllegalArgumentException if the number of buffers is not the loop's
     */
    public void add(FixedLoop loop, BufferLoop then, BufferLoop call, int... slots) {
        piece(loop, Checks.notNull("fixed code", "then", then), call, slots);
    }

    private void piece(FixedLoop loop, @Nullable BufferLoop then, BufferLoop call, int... slots) {
        Checks.notNull("fixed code", "loop", loop);
        Checks.notNull("fixed code", "call", call);
        Checks.notNull("fixed code", "slots", slots);
        if (slots.length != loop.arrays()) {
            throw Checks.error("fixed code", "the number of buffers", "" + slots.length, "" + loop.arrays());
        }
        pieces.add(new Piece(loop, slots.clone(), then, call));
    }

    /**
     * Adds a piece of work that is called.
     *
     * @param call the work
     */
    public void add(BufferLoop call) {
        pieces.add(new Piece(null, new int[0], null, Checks.notNull("fixed code", "call", call)));
    }

    /**
     * Makes it ready to run.
     *
     * @param width numbers in a vector: 8, 4 or 2 with the Vector API, which must then be there; 1 for plain doubles
     * @return the work of all pieces, in their order
     * @throws IllegalArgumentException for another width
     */
    public BufferLoop compile(int width) {
        if (width != 1 && width != 2 && width != 4 && width != 8) {
            throw Checks.error("fixed code", "width", Integer.toString(width), "1, 2, 4 or 8");
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_PUBLIC | ACC_FINAL, NAME, null, "java/lang/Object", new String[] {LOOP});
        MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(ALOAD, 0);
        constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        end(constructor);
        MethodVisitor run = writer.visitMethod(ACC_PUBLIC, "run", RUN, null, null);
        run.visitCode();
        List<BufferLoop> calls = new ArrayList<>();
        for (int number = 0; number < pieces.size(); number++) {
            Piece piece = pieces.get(number);
            FixedLoop loop = piece.loop();
            BufferLoop call = piece.call();
            if (loop != null && loop.suits(width)) {
                write(writer, "loop" + number, run, loop, width, piece.slots());
                call = piece.then();
            }
            if (call != null) {
                run.visitLdcInsn(new ConstantDynamic("_", "L" + LOOP + ";", CLASS_DATA, calls.size()));
                run.visitVarInsn(ALOAD, 1);
                run.visitMethodInsn(INVOKEINTERFACE, LOOP, "run", RUN, true);
                calls.add(call);
            }
        }
        end(run);
        writer.visitEnd();
        return define(writer.toByteArray(), calls);
    }

    /** Writes a method for a loop, and its call. */
    private static void write(
            ClassWriter writer, String name, MethodVisitor run, FixedLoop loop, int width, int[] slots) {
        String descriptor = "(" + "[D".repeat(slots.length) + ")V";
        MethodVisitor body = writer.visitMethod(ACC_PRIVATE | ACC_STATIC, name, descriptor, null, null);
        body.visitCode();
        loop.write(new Pen(body, width, slots.length));
        end(body);
        for (int slot : slots) {
            run.visitVarInsn(ALOAD, 1);
            run.visitLdcInsn(slot);
            run.visitInsn(AALOAD);
        }
        run.visitMethodInsn(INVOKESTATIC, NAME, name, descriptor, false);
    }

    private static BufferLoop define(byte[] bytes, List<BufferLoop> calls) {
        try {
            MethodHandles.Lookup hidden =
                    MethodHandles.lookup().defineHiddenClassWithClassData(bytes, List.copyOf(calls), true);
            return (BufferLoop) hidden.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("fixed code: the class that was made is refused: " + e, e);
        }
    }

    private static void end(MethodVisitor method) {
        method.visitInsn(RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
