/**
 * Evaluation of graphs.
 *
 * <p>{@link dev.lowland.autodiff.program.Interpreter} is the oracle: node after node, each into an array of its own.
 * {@link dev.lowland.autodiff.program.Program} is the same evaluators in a flat list: dead nodes are left out, buffers
 * are shared by liveness, entry-by-entry ops run in place, reshapes cost nothing, and a run allocates nothing. A
 * program is immutable and shared by threads; a {@link dev.lowland.autodiff.program.Workspace} belongs to one thread at
 * a time.
 *
 * <p>Lanes: {@link dev.lowland.autodiff.program.Program#forLanes} gives the program that does the same for many
 * replicas at once, with lane l of entry e at [e·lanes + l]. With the scalar kernels a lane has the bits of the single
 * run.
 */
@NullMarked
package dev.lowland.autodiff.program;

import org.jspecify.annotations.NullMarked;
