package dev.lowland.core.fixed;

/** Work on the buffers of a program, at places that it knows. Has no state: threads may share it. */
@FunctionalInterface
public interface BufferLoop {

    /**
     * Does the work. Allocates nothing once the JVM has compiled it.
     *
     * @param buffers the arrays. Some are modified.
     */
    void run(double[][] buffers);
}
