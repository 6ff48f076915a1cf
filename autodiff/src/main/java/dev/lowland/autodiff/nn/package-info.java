/**
 * Models: functions of a flat parameter vector θ (P×1) and a batch of inputs x (B×d), as graph expressions. The order
 * of the parameters within θ is part of each model's definition, because files and other programs rely on it.
 *
 * <p>A model states the {@linkplain dev.lowland.autodiff.nn.ParameterBlock blocks} of which θ consists. The number of
 * parameters P, where training {@linkplain dev.lowland.autodiff.nn.Initialiser starts}, and what an error says about
 * the length of θ follow from them. A model that files know also states its
 * {@linkplain dev.lowland.autodiff.nn.ModelKind kind}: a name, fields and what makes it of them; what a file looks like
 * is the business of whoever reads it.
 *
 * <p>References: X. Glorot, Y. Bengio, AISTATS 2010, and K. He et al., ICCV 2015, for how weights start; K. He et al.,
 * CVPR 2016, for residual networks.
 */
@NullMarked
package dev.lowland.autodiff.nn;

import org.jspecify.annotations.NullMarked;
