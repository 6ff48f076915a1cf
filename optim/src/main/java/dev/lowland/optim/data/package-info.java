/**
 * Where samples come from: a {@link dev.lowland.optim.data.RowSource} gives rows of numbers when it is asked for them,
 * so that they need not be in memory, nor be doubles there. {@link dev.lowland.optim.data.ArrayRows} has them in an
 * array of bytes, whole numbers, floats or doubles, {@link dev.lowland.optim.data.MappedRows} in a file that is mapped
 * to memory, {@link dev.lowland.optim.data.ClassRows} makes one-hot rows of class indices; a user's own is a class of
 * three short methods. {@link dev.lowland.optim.data.RowTable} copies and gathers what is asked of a source, and
 * {@code optim.objective.Data} is made of two of them.
 *
 * <p>Notation: n rows of d numbers; a number is x = scale·e + shift of an element e.
 */
@NullMarked
package dev.lowland.optim.data;

import org.jspecify.annotations.NullMarked;
