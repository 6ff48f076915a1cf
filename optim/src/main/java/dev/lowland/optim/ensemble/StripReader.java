package dev.lowland.optim.ensemble;

import dev.lowland.core.check.Checks;
import dev.lowland.optim.ensemble.BlockSums.CheckpointSums;
import dev.lowland.optim.ensemble.MomentKind.Spread;
import dev.lowland.optim.ensemble.WatchRunner.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ejml.data.DMatrixRMaj;

/**
 * Makes {@link PartialMoments} of what they were saved as, with every length checked against the ensemble.
 *
 * @param ensemble whose they are
 * @param size P
 * @param checkpoints how many
 * @param numbers by name
 * @param arrays by name
 */
record StripReader(
        Ensemble ensemble, int size, int checkpoints, Map<String, Long> numbers, Map<String, double[]> arrays) {

    private static final String OPERATION = "EnsemblePart.partial";

    /** All strips, which must be among so many from one on. */
    PartialMoments read(int firstOfPart, int countOfPart) {
        int first = number(PartialMoments.FIRST, firstOfPart, firstOfPart + countOfPart - 1);
        int count = number(PartialMoments.STRIPS, 1, firstOfPart + countOfPart - first);
        List<BlockSums> strips = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            strips.add(strip(s));
        }
        if (!numbers.containsKey(PartialMoments.DIVERGED_STEP)) {
            return new PartialMoments(first, strips, OptionalLong.empty(), OptionalInt.empty());
        }
        long step = whole(PartialMoments.DIVERGED_STEP, 1, Long.MAX_VALUE - 1);
        int replica = number(PartialMoments.DIVERGED_REPLICA, 0, ensemble.replicaCount() - 1);
        return new PartialMoments(first, strips, OptionalLong.of(step), OptionalInt.of(replica));
    }

    private BlockSums strip(int s) {
        BlockSums strip = new BlockSums();
        int reached = number(PartialMoments.checkpoints(s), 0, checkpoints);
        for (int c = 0; c < reached; c++) {
            int count = number(PartialMoments.checkpoint(s, c), 1, ensemble.replicaCount());
            DMatrixRMaj directions = ensemble.moments().columns();
            strip.addCheckpoint(new CheckpointSums(
                    moments(PartialMoments.theta(s, c), ensemble.moments().spread(), size, count),
                    directions == null
                            ? null
                            : moments(PartialMoments.along(s, c), Spread.FULL, directions.numCols, count)));
        }
        List<Watch> watches = ensemble.watches();
        int statistics = number(PartialMoments.series(s), watches.size(), watches.size());
        for (int i = 0; i < statistics; i++) {
            strip.addSeries(series(PartialMoments.series(s, i), watches.get(i)));
        }
        return strip;
    }

    private MomentSums moments(String name, Spread spread, int length, int count) {
        double[] mean = array(PartialMoments.mean(name), length);
        double[] products = array(PartialMoments.products(name), MomentSums.productCount(spread, length, count));
        return MomentSums.saved(spread, count, mean, products);
    }

    private SeriesSums series(String name, Watch watch) {
        int count = number(name, 0, ensemble.replicaCount());
        List<Integer> lengths = SeriesSums.lengths(watch.schedule().count(), watch.keepsValues(), count);
        List<double[]> parts = new ArrayList<>();
        for (int a = 0; a < lengths.size(); a++) {
            parts.add(array(name + " " + a, lengths.get(a)));
        }
        return SeriesSums.saved(count, parts);
    }

    private double[] array(String name, long length) {
        double[] found = arrays.get(name);
        if (found == null) {
            throw Checks.error(OPERATION, "array " + name, "not there", "of length " + length);
        }
        if (found.length != length) {
            throw Checks.error(OPERATION, "length of array " + name, String.valueOf(found.length), length + "");
        }
        return found.clone();
    }

    private int number(String name, int least, int most) {
        return (int) whole(name, least, most);
    }

    private long whole(String name, long least, long most) {
        Long found = numbers.get(name);
        if (found == null || found < least || found > most) {
            String text = found == null ? "not there" : String.valueOf(found);
            throw Checks.error(OPERATION, "number " + name, text, "from " + least + " to " + most);
        }
        return found;
    }
}
