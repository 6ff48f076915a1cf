package dev.lowland.optim.state;

import dev.lowland.autodiff.nn.Model;
import dev.lowland.autodiff.nn.Models;
import dev.lowland.core.check.Checks;
import dev.lowland.optim.minimizer.Minimizer;
import dev.lowland.optim.objective.Data;
import dev.lowland.optim.objective.Loss;
import dev.lowland.optim.objective.Objective;
import dev.lowland.optim.rule.UpdateRule;
import dev.lowland.optim.sgd.LabelNoiseSgd;
import dev.lowland.optim.sgd.Optimiser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * All that decides what a run does, as names and values, so that a state is not taken up by a run that would do
 * something else. Immutable.
 *
 * <p>Of the data they have a checksum; threads are no part of them, since nothing depends on these. What is a user's
 * own is known by its name and its numbers alone: models, losses, rules, schedules, laws of batches and a C(θ) of
 * noise. {@link #with} adds what tells them apart.
 */
public final class StateSettings {

    /** Numbers of a checksum that are read at once, about. */
    private static final int CHUNK = 1 << 13;

    private final Map<String, String> values;

    private StateSettings(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * None yet.
     *
     * @return settings without names
     */
    public static StateSettings empty() {
        return new StateSettings(Map.of());
    }

    /**
     * Those of a run.
     *
     * @param sgd the optimiser
     * @param objective what it minimises
     * @return its settings
     * @throws java.io.UncheckedIOException if a source of the data fails
     */
    public static StateSettings of(LabelNoiseSgd sgd, Objective objective) {
        return of(Checks.notNull("StateSettings.of", "sgd", sgd).optimiser(), objective);
    }

    /**
     * Those of a run. Reads all data once.
     *
     * @param optimiser how it minimises
     * @param objective what it minimises
     * @return its settings
     * @throws java.io.UncheckedIOException if a source of the data fails
     */
    public static StateSettings of(Optimiser optimiser, Objective objective) {
        Checks.notNull("StateSettings.of", "optimiser", optimiser);
        Checks.notNull("StateSettings.of", "objective", objective);
        Data data = objective.data();
        UpdateRule rule = optimiser.rule();
        return empty().with("rule", rule.name() + " " + Arrays.toString(rule.numbers()))
                .with("learning rate", optimiser.schedule().toString())
                .with("batches", optimiser.batches().toString())
                .with("noise", optimiser.noise().toString())
                .with("regularization", optimiser.regularization().toString())
                .with("seed", String.valueOf(optimiser.seed()))
                .with("model", text(objective.model()))
                .with("loss", text(objective.loss()))
                .with("samples", data.size() + "×" + data.inputSize() + " to " + data.outputSize())
                .with("checksum of the data", checksum(data));
    }

    /**
     * Those of a minimisation, but for its function, which {@link #with} should say.
     *
     * @param minimizer how it minimises
     * @return its settings
     */
    public static StateSettings of(Minimizer minimizer) {
        Checks.notNull("StateSettings.of", "minimizer", minimizer);
        UpdateRule rule = minimizer.rule();
        return empty().with("rule", rule.name() + " " + Arrays.toString(rule.numbers()))
                .with("learning rate", minimizer.schedule().toString())
                .with("regularization", minimizer.regularization().toString())
                .with("noise", minimizer.noise().map(Object::toString).orElse("none"))
                .with("seed", String.valueOf(minimizer.seed()));
    }

    private static String text(Model model) {
        return Models.made(model) ? model.toString() : model.kind() + " of " + model.parameterCount() + " parameters";
    }

    private static String text(Loss loss) {
        return loss.name() + (loss.flipsLabels() ? " with flips of probability " + loss.flipProbability() : "");
    }

    private static String checksum(Data data) {
        int width = data.inputSize() + data.outputSize();
        int together = Math.max(1, Math.min(data.size(), CHUNK / width));
        double[] inputs = new double[together * data.inputSize()];
        double[] targets = new double[together * data.outputSize()];
        ByteBuffer bytes = ByteBuffer.allocate(together * width * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C sum = new CRC32C();
        for (long from = 0; from < data.size(); from += together) {
            int count = (int) Math.min(together, data.size() - from);
            data.copyInputs((int) from, count, inputs);
            data.copyTargets((int) from, count, targets);
            bytes.clear();
            bytes.asDoubleBuffer().put(inputs, 0, count * data.inputSize()).put(targets, 0, count * data.outputSize());
            sum.update(bytes.limit(count * width * Double.BYTES));
        }
        return Long.toHexString(sum.getValue());
    }

    /**
     * The same and one more.
     *
     * @param name what it is
     * @param value what it is set to
     * @return other settings
     */
    public StateSettings with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(
                Checks.notNull("StateSettings.with", "name", name),
                Checks.notNull("StateSettings.with", "value", value));
        return new StateSettings(more);
    }

    /**
     * Names and values, in order.
     *
     * @return the settings, which cannot be modified
     */
    public Map<String, String> values() {
        return values;
    }

    /**
     * SHA-256 of the names and values.
     *
     * @return 64 hexadecimal digits
     */
    public String hash() {
        MessageDigest digest = sha256();
        values.forEach((name, value) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(value.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }

    /** Refuses others, by the first that differs. */
    void requireSame(String operation, StateSettings wanted) {
        if (hash().equals(wanted.hash())) {
            return;
        }
        for (Map.Entry<String, String> entry : wanted.values.entrySet()) {
            String saved = values.get(entry.getKey());
            if (!entry.getValue().equals(saved)) {
                String found = saved == null ? "not said" : saved;
                throw Checks.error(operation, entry.getKey() + " in the saved state", found, entry.getValue());
            }
        }
        throw Checks.error(
                operation,
                "settings in the saved state",
                values.keySet().toString(),
                "those of the run, " + wanted.values.keySet());
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
