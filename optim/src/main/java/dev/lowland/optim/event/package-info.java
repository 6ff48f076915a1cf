/**
 * Events of the JDK's Flight Recorder, where its module is there: compiling, runs and divergence. Nothing else knows of
 * them; without the module nothing is missing but they. For the packages of this module alone.
 */
@NullMarked
package dev.lowland.optim.event;

import org.jspecify.annotations.NullMarked;
