package dev.lowland.optim.curvature;

import dev.lowland.autodiff.graph.Node;
import dev.lowland.autodiff.transform.Forward;
import dev.lowland.autodiff.transform.GaussNewton;
import dev.lowland.autodiff.transform.Reverse;

/** The symmetric P × P matrices that an objective has at a point. */
public enum CurvatureMatrix {
    /** H = ∇²L. */
    HESSIAN {
        @Override
        Node product(ChunkExpression chunk, Node direction) {
            return Forward.jvp(Reverse.gradient(chunk.loss(), chunk.theta), chunk.theta, direction);
        }
    },
    /** G = (1/n) JᵀJ, without the curvature of the loss. Positive semidefinite. */
    GAUSS_NEWTON {
        @Override
        Node product(ChunkExpression chunk, Node direction) {
            return GaussNewton.product(chunk.predictions, chunk.theta, direction);
        }
    },
    /**
     * (1/n) JᵀDJ with D the second derivatives of the loss in the predictions; positive semidefinite where the loss is
     * convex in them.
     */
    GENERALISED_GAUSS_NEWTON {
        @Override
        Node product(ChunkExpression chunk, Node direction) {
            return GaussNewton.ofLoss(chunk.loss(), chunk.predictions, chunk.theta, direction);
        }
    },
    /**
     * (1/n) Σ_i g_i g_iᵀ, the second moment of the per-sample gradients g_i = ∇ℓ_i. Positive semidefinite; 0 where
     * every residual is.
     */
    SAMPLE_GRADIENTS {
        @Override
        Node product(ChunkExpression chunk, Node direction) {
            return GaussNewton.product(chunk.losses(), chunk.theta, direction);
        }
    };

    /** The matrix times the direction, summed over the chunk's samples. */
    abstract Node product(ChunkExpression chunk, Node direction);
}
