package dev.lowland.cli.study;

import java.util.function.DoubleConsumer;

/** Is told how far long work has come. */
public interface StudyProgress {

    /**
     * A part of the work is done.
     *
     * @param share of it, in [0, 1]
     * @param activity what is being done
     */
    void advance(double share, String activity);

    /**
     * What is told of a part of the work.
     *
     * @param from the share that is done when it begins
     * @param to the share that is done when it ends
     * @param activity what is being done
     * @return takes the share of this part that is done
     */
    default DoubleConsumer part(double from, double to, String activity) {
        return done -> advance(from + (to - from) * done, activity);
    }
}
