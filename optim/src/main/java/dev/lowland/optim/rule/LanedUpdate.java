package dev.lowland.optim.rule;

import dev.lowland.core.check.Checks;
import dev.lowland.core.kernel.Kernels;
import dev.lowland.core.kernel.contract.KernelSet;
import dev.lowland.optim.schedule.Schedule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of a rule on θ of some replicas side by side: entry e of lane l is at [e·lanes + l]. All lanes have
 * the same rule and regularization, with numbers that may differ. Mutable, for one thread; allocates nothing in a step.
 *
 * <p>Memory: P·lanes numbers for a gradient that is clipped or decayed, and coefficients of a few thousand numbers.
 */
public final class LanedUpdate {

    /** Entries that a rule treats at once, about: their coefficients stay in the nearest cache. */
    private static final int STRETCH = 512;

    private static final String OPERATION = "LanedUpdate";

    private final KernelSet kernels = Kernels.active();
    private final UpdateRule rule;
    private final Regularization regularization;
    private final int size;
    private final int remembered;
    private final int lanes;
    private final Schedule[] schedules;
    private final UpdateRule[] rules;
    private final Regularization[] regularizations;
    private final double[][] numbers;
    private final double[] derived;
    private final double[] rates;
    private final double[] lane;
    private final int stretch;
    private final RuleStep step;
    private final RuleStep ahead;
    private final LanedNorms norms;
    private final double[] normOfLane;
    private final double[] shaped;
    private final double[][] nothing = {};
    private boolean even = true;
    private boolean settled;
    private boolean steadyRates;

    private LanedUpdate(UpdateRule rule, Regularization regularization, int parameters, int lanes) {
        this.rule = rule;
        this.regularization = regularization;
        this.size = parameters * lanes;
        this.remembered = rule.memory().size();
        this.lanes = lanes;
        this.schedules = new Schedule[lanes];
        this.rules = new UpdateRule[lanes];
        this.regularizations = new Regularization[lanes];
        this.numbers = new double[lanes][rule.numbers().length];
        this.derived = new double[rule.derivedCount()];
        this.rates = new double[lanes];
        this.lane = new double[lanes];
        this.stretch = Math.min(size, lanes * Math.max(1, STRETCH / lanes));
        this.step = new RuleStep(stretch, rule, rule.needsNorm());
        this.ahead = rule.looksAhead() ? new RuleStep(stretch, rule, true) : step;
        this.norms = new LanedNorms(lanes);
        this.normOfLane = new double[lanes];
        this.shaped = new double[changesGradient(regularization) ? size : 0];
    }

    private static boolean changesGradient(Regularization regularization) {
        return regularization.coupled() > 0 || regularization.largestEntry() > 0 || regularization.largestNorm() > 0;
    }

    /**
     * For lanes that take steps alike; {@link #settle} gives them their numbers.
     *
     * @param rule the rule of all lanes, but for its numbers
     * @param regularization that of all lanes, but for its numbers
     * @param parameters P ≥ 1
     * @param lanes at least 1
     * @return what takes the steps
     * @throws IllegalArgumentException if a number is too small, or memory cannot hold P·lanes numbers
     */
    public static LanedUpdate of(UpdateRule rule, Regularization regularization, int parameters, int lanes) {
        Checks.notNull(OPERATION, "rule", rule);
        Checks.notNull(OPERATION, "regularization", regularization);
        Checks.atLeast(OPERATION, "parameters", parameters, 1);
        Checks.atLeast(OPERATION, "lanes", lanes, 1);
        Checks.room(OPERATION, "parameters", parameters, (double) parameters * lanes);
        Checks.atMost(OPERATION, "parameters in all lanes", (long) parameters * lanes, Integer.MAX_VALUE - 8L);
        return new LanedUpdate(rule, regularization, parameters, lanes);
    }

    /**
     * Gives some lanes their numbers.
     *
     * @param from the first lane
     * @param count how many lanes
     * @param own a rule like that of all lanes
     * @param schedule η of these lanes
     * @param shape regularization like that of all lanes
     * @throws IllegalArgumentException if there are no such lanes, or rule or regularization are of another kind
     */
    public void settle(int from, int count, UpdateRule own, Schedule schedule, Regularization shape) {
        Checks.notNull(OPERATION, "rule", own);
        Checks.notNull(OPERATION, "schedule", schedule);
        Checks.notNull(OPERATION, "regularization", shape);
        Checks.atLeast(OPERATION, "from", from, 0);
        Checks.inRange(OPERATION, "count", count, 1, lanes - (double) from);
        if (!own.name().equals(rule.name())) {
            throw Checks.error(OPERATION, "rule of a lane", own.name(), rule.name() + ", as that of the others");
        }
        if (!shape.isLike(regularization)) {
            throw Checks.error(
                    OPERATION,
                    "regularization of a lane",
                    shape.toString(),
                    "of the kind of the others, " + regularization);
        }
        double[] ofRule = own.numbers();
        Checks.length(OPERATION, "the numbers of the rule of a lane", ofRule.length, numbers[from].length);
        for (int l = from; l < from + count; l++) {
            rules[l] = own;
            schedules[l] = schedule;
            regularizations[l] = shape;
            System.arraycopy(ofRule, 0, numbers[l], 0, ofRule.length);
        }
        settled = false;
    }

    /** Works out what stays the same from step to step. */
    private void settle() {
        even = true;
        steadyRates = true;
        for (int l = 0; l < lanes; l++) {
            Schedule schedule = schedules[l];
            if (schedule == null) {
                throw Checks.outOfTurn(OPERATION, "lane " + l, "without numbers", "settled");
            }
            even &= Arrays.equals(numbers[l], numbers[0])
                    && schedule.equals(schedules[0])
                    && regularizations[l].equals(regularizations[0]);
            steadyRates &= schedule.constant().isPresent();
        }
        for (int i = 0; i < numbers[0].length; i++) {
            for (int l = 0; l < lanes; l++) {
                lane[l] = numbers[l][i];
            }
            spread(lane, step.numbers(i));
            if (rule.looksAhead()) {
                spread(lane, ahead.numbers(i));
            }
        }
        if (steadyRates) {
            takeRates(0);
        }
        settled = true;
    }

    private void takeRates(long k) {
        for (int l = 0; l < lanes; l++) {
            rates[l] = even && l > 0 ? rates[0] : schedules[l].at(k);
        }
        spread(rates, step.rates());
    }

    private void spread(double[] ofLane, double[] out) {
        for (int e = 0; e < out.length; e += lanes) {
            System.arraycopy(ofLane, 0, out, e, lanes);
        }
    }

    /**
     * η of one lane in a step.
     *
     * @param k the step, at least 0
     * @param ofLane the lane
     * @return its learning rate
     * @throws IllegalArgumentException if there is no such lane
     * @throws IllegalStateException if the lane has no numbers
     */
    public double rate(long k, int ofLane) {
        Checks.atLeast(OPERATION, "step", k, 0);
        Checks.index(OPERATION, "lane", ofLane, lanes);
        if (!settled) {
            settle();
        }
        return schedules[ofLane].at(k);
    }

    /**
     * Moves θ to where the rule wants the gradient taken: for rules that look ahead, before {@link #update}. The caller
     * puts θ back.
     *
     * @param k the step, at least 0
     * @param gradient that at θ, laned. Not modified.
     * @param parameters θ, laned. Modified.
     * @throws IllegalArgumentException if an array is too short, or the rule does not look ahead
     */
    public void lookAhead(long k, double[] gradient, double[] parameters) {
        check(k, gradient, parameters);
        if (!rule.looksAhead()) {
            throw Checks.error(OPERATION, "rule", rule.name(), "one that looks ahead");
        }
        norms.of(gradient, normOfLane);
        spread(normOfLane, ahead.norms());
        ahead.begin(k, gradient, parameters, nothing);
        for (int e = 0; e < size; e += stretch) {
            ahead.at(e, Math.min(stretch, size - e));
            rule.lookAhead(ahead);
        }
    }

    /**
     * Takes a step.
     *
     * @param k the step, at least 0
     * @param gradient g, laned. Not modified.
     * @param parameters θ, laned. Modified.
     * @param memory what the rule remembers, laned. Modified.
     * @throws IllegalArgumentException if an array is too short or missing
     * @throws IllegalStateException if a lane has no numbers
     */
    public void update(long k, double[] gradient, double[] parameters, double[][] memory) {
        check(k, gradient, parameters);
        Checks.notNull(OPERATION, "memory", memory);
        Checks.length(OPERATION, "memory", memory.length, remembered);
        for (double[] array : memory) {
            Checks.span(OPERATION, "memory", array, 0, size, 1);
        }
        if (!steadyRates) {
            takeRates(k);
        }
        double[] g = shaped.length == 0 ? gradient : shape(gradient, parameters);
        if (regularization.isDecoupled()) {
            decay(parameters);
        }
        if (even && rule instanceof EvenRule && rules[0] instanceof EvenRule own && parameters.length == size) {
            own.updateEvenly(kernels, rates[0], g, parameters, memory);
            return;
        }
        derive(k);
        if (rule.needsNorm()) {
            norms.of(g, normOfLane);
            spread(normOfLane, step.norms());
        }
        step.begin(k, g, parameters, memory);
        for (int e = 0; e < size; e += stretch) {
            step.at(e, Math.min(stretch, size - e));
            rule.update(step);
        }
    }

    private void check(long k, double @Nullable [] gradient, double @Nullable [] parameters) {
        Checks.atLeast(OPERATION, "step", k, 0);
        Checks.span(OPERATION, "gradient", gradient, 0, size, 1);
        Checks.span(OPERATION, "parameters", parameters, 0, size, 1);
        if (!settled) {
            settle();
        }
    }

    private void derive(long k) {
        for (int l = 0; l < (derived.length == 0 ? 0 : lanes); l++) {
            if (l == 0 || !even) {
                rule.derive(k, numbers[l], derived);
            }
            for (int i = 0; i < derived.length; i++) {
                step.derived(i)[l] = derived[i];
            }
        }
        for (int i = 0; i < derived.length; i++) {
            double[] all = step.derived(i);
            for (int e = lanes; e < all.length; e += lanes) {
                System.arraycopy(all, 0, all, e, lanes);
            }
        }
    }

    /** g clipped, and with coupled weight decay. */
    private double[] shape(double[] gradient, double[] parameters) {
        System.arraycopy(gradient, 0, shaped, 0, size);
        if (regularization.largestEntry() > 0) {
            for (int e = 0; e < size; e += lanes) {
                for (int l = 0; l < lanes; l++) {
                    double largest = regularizations[l].largestEntry();
                    shaped[e + l] = Math.max(-largest, Math.min(largest, shaped[e + l]));
                }
            }
        }
        if (regularization.largestNorm() > 0) {
            norms.of(shaped, normOfLane);
            for (int l = 0; l < lanes; l++) {
                double largest = regularizations[l].largestNorm();
                lane[l] = normOfLane[l] > largest ? largest / normOfLane[l] : 1;
            }
            for (int e = 0; e < size; e += lanes) {
                for (int l = 0; l < lanes; l++) {
                    shaped[e + l] *= lane[l];
                }
            }
        }
        if (regularization.coupled() > 0) {
            for (int l = 0; l < lanes; l++) {
                lane[l] = regularizations[l].coupled();
            }
            for (int e = 0; e < size; e += lanes) {
                for (int l = 0; l < lanes; l++) {
                    shaped[e + l] += lane[l] * parameters[e + l];
                }
            }
        }
        return shaped;
    }

    private void decay(double[] parameters) {
        for (int l = 0; l < lanes; l++) {
            lane[l] = rates[l] * regularizations[l].weightDecay();
        }
        for (int e = 0; e < size; e += lanes) {
            for (int l = 0; l < lanes; l++) {
                parameters[e + l] -= lane[l] * parameters[e + l];
            }
        }
    }
}
