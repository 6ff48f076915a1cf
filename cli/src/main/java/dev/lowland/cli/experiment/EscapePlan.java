package dev.lowland.cli.experiment;

import dev.lowland.cli.train.Start;
import java.util.List;

/**
 * What an escape is run with: every start with every η under label noise, and with one η without; each from several
 * seeds.
 *
 * @param starts which
 * @param rates η, ascending
 * @param withoutNoise η of the runs without noise
 * @param momenta β
 * @param seeds how many, at least 2
 * @param steps of a run, at least 1
 * @param looks how many times a run is measured, beside its start
 * @param start how starts are made; its kind is that of {@code starts}
 */
public record EscapePlan(
        List<Start.Kind> starts,
        List<Double> rates,
        double withoutNoise,
        List<Double> momenta,
        int seeds,
        long steps,
        int looks,
        Start start) {

    /**
     * The same with runs of another length.
     *
     * @param other steps, at least 1
     * @return another plan
     */
    public EscapePlan withSteps(long other) {
        return new EscapePlan(starts, rates, withoutNoise, momenta, seeds, other, looks, start);
    }
}
