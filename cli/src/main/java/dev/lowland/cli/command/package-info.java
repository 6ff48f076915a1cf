/**
 * The command line: {@code lowland verify | inspect | predict | simulate}. A command reads, has the work done by
 * {@link dev.lowland.theory.ledger} or {@link dev.lowland.cli.study}, and hands the outcome to
 * {@link dev.lowland.cli.report}.
 *
 * <p>Results go to standard output, progress and warnings to standard error. Exit status: 0 all is well; 1 a claim does
 * not hold or a run diverged; 2 bad input or bad usage, with one line on standard error and nothing on standard output;
 * 3 a fault of the program itself, with its stack trace. Only {@link dev.lowland.cli.Main} knows the streams of the
 * process.
 */
@NullMarked
package dev.lowland.cli.command;

import org.jspecify.annotations.NullMarked;
