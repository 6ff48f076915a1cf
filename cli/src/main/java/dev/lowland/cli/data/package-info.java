/**
 * Files that others write, and pictures that nobody took: arrays in {@code .npy} and {@code .npz} files, images in IDX
 * files (MNIST and what looks like it) and in the binary files of CIFAR-10, and a synthetic set of images from a seed.
 *
 * <p>Nothing that a file says of itself is believed: a size must be that of the bytes which are there, and memory is
 * taken only for what the file can hold. What is wrong is a {@link dev.lowland.cli.data.FileFault}, which names the
 * file, the place in it and the rule. Files that are packed with gzip are known by their first bytes, not by their
 * names.
 *
 * <p>References: {@code numpy.lib.format} (npy, versions 1 to 3); <i>The MNIST database</i>, Y. LeCun et al. (IDX); A.
 * Krizhevsky, <i>Learning multiple layers of features from tiny images</i>, 2009 (CIFAR-10, binary version).
 */
@NullMarked
package dev.lowland.cli.data;

import org.jspecify.annotations.NullMarked;
