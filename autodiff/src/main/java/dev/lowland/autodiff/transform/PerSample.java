package dev.lowland.autodiff.transform;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.graph.Shape;
import dev.lowland.autodiff.op.Ops;
import dev.lowland.core.check.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wanted of each sample of a batch apart: gradients, Jacobians, norms. The expression is written for one sample
 * (inputs of shape r × c, with r = 1 in ordinary use) and mapped over the batch, (n·r) × c or n × r × c, in chunks of
 * as many samples as memory allows.
 *
 * <p>Notation: n samples, P entries of the variable, m entries of the output for one sample.
 */
public final class PerSample {
    private PerSample() {}

    /**
     * An expression for every sample.
     *
     * @param output the expression for one sample
     * @param samples the inputs that hold one sample, each r × c
     * @param batches for each of them all n samples, as a matrix (n·r) × c or a stack n × r × c
     * @param chunk how many samples are computed at a time, at least 1
     * @return the n outputs, stacked outermost
     * @throws IllegalArgumentException if a batch does not fit its sample or {@code chunk < 1}
     */
    public static Node map(Node output, List<Node> samples, List<Node> batches, int chunk) {
        Checks.notNull("map samples", "output", output);
        Checks.noNulls("map samples", "samples", samples);
        Checks.noNulls("map samples", "batches", batches);
        return Chunks.map(output, samples, stacks(samples, batches), chunk);
    }

    /**
     * The gradient of each sample's loss.
     *
     * @param loss the loss of one sample, 1×1
     * @param wrt the variable, P entries
     * @param samples the inputs that hold one sample
     * @param batches for each of them all n samples
     * @param chunk how many samples are computed at a time
     * @return n × P, row i the gradient for sample i
     */
    public static Node gradients(Node loss, Node wrt, List<Node> samples, List<Node> batches, int chunk) {
        Checks.notNull("gradients of samples", "loss", loss);
        return map(
                row(Reverse.gradient(loss, wrt)),
                samples,
                batches,
                chunk,
                wrt.shape().size());
    }

    /**
     * The squared Euclidean norm of each sample's gradient; no more than one chunk of gradients exists at a time.
     *
     * @param loss the loss of one sample, 1×1
     * @param wrt the variable
     * @param samples the inputs that hold one sample
     * @param batches for each of them all n samples
     * @param chunk how many samples are computed at a time
     * @return n × 1
     */
    public static Node squaredNorms(Node loss, Node wrt, List<Node> samples, List<Node> batches, int chunk) {
        Checks.notNull("squared norms of gradients", "loss", loss);
        Checks.notNull("squared norms of gradients", "wrt", wrt);
        Node gradient = row(Reverse.gradient(loss, wrt));
        return map(Ops.sumColumns(Ops.square(gradient)), samples, batches, chunk, 1);
    }

    /**
     * The Jacobian of each sample's output.
     *
     * @param output m entries for one sample
     * @param wrt the variable, P entries
     * @param samples the inputs that hold one sample
     * @param batches for each of them all n samples
     * @param chunk how many samples are computed at a time
     * @return (n·m) × P, rows i·m, …, i·m + m − 1 for sample i
     */
    public static Node jacobians(Node output, Node wrt, List<Node> samples, List<Node> batches, int chunk) {
        Checks.notNull("jacobians of samples", "output", output);
        Checks.notNull("jacobians of samples", "wrt", wrt);
        Checks.noNulls("jacobians of samples", "samples", samples);
        Checks.noNulls("jacobians of samples", "batches", batches);
        Node jacobian = Jacobian.byRows(output, wrt, Math.max(1, output.shape().size()));
        return map(jacobian, samples, batches, chunk, wrt.shape().size());
    }

    private static Node map(Node output, List<Node> samples, List<Node> batches, int chunk, int columns) {
        Node stack = map(output, samples, batches, chunk);
        int rows = stack.shape().groups() * stack.shape().rows();
        return Ops.reshape(stack, Shape.of(rows, columns));
    }

    private static Node row(Node node) {
        return Ops.reshape(node, Shape.of(1, node.shape().size()));
    }

    private static List<Node> stacks(List<Node> samples, List<Node> batches) {
        if (samples.isEmpty() || samples.size() != batches.size()) {
            throw Checks.error(
                    "per sample",
                    "the number of batches",
                    Integer.toString(batches.size()),
                    samples.size() + ", one for each of at least one input of one sample");
        }
        List<Node> stacks = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            stacks.add(stack(samples.get(i), batches.get(i)));
        }
        return stacks;
    }

    private static Node stack(Node sample, Node batch) {
        Shape one = sample.shape();
        Shape all = batch.shape();
        if (one.groups() == 1 && all.groups() == 1 && one.columns() == all.columns() && one.rows() > 0) {
            int count = all.rows() / one.rows();
            if (count > 0 && count * one.rows() == all.rows()) {
                return Ops.reshape(batch, Shape.of(count, one.rows(), one.columns()));
            }
        }
        if (one.groups() == 1 && all.groups() > 1 && one.rows() == all.rows() && one.columns() == all.columns()) {
            return batch;
        }
        throw Checks.error(
                "per sample",
                "batch " + batch + " for the input of one sample " + sample,
                "of another shape",
                "n ≥ 1 samples, as a matrix of n times as many rows or as a stack");
    }
}
