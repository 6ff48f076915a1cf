package dev.lowland.cli.surface;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Tries the methods of a list of classes: finds arguments that a method takes, replaces one after the other by hostile
 * ones, and notes every answer that is neither a result nor a refusal.
 */
final class Surface implements AutoCloseable {
    private static final int GOOD_TRIES = 200;
    private static final long PATIENCE_MILLIS = 400;
    private static final long STOP_MILLIS = 300;

    private final List<Class<?>> classes;
    private final Specimens specimens;
    private final Random random;
    private final Set<String> faults = new LinkedHashSet<>();
    private final Set<String> unreached = new LinkedHashSet<>();
    private int tried;
    private ExecutorService caller = newCaller();

    Surface(List<Class<?>> classes, Specimens specimens, long seed) {
        this.classes = classes;
        this.specimens = specimens;
        this.random = new Random(seed);
    }

    /** What was wrong, one line a finding. */
    Set<String> faults() {
        return faults;
    }

    /** Methods for which no good arguments were found: these were tried with hostile ones beside guesses. */
    Set<String> unreached() {
        return unreached;
    }

    /** How many methods were tried. */
    int tried() {
        return tried;
    }

    /** Makes objects of the library from its own factories until nothing new comes out. */
    void collect(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (Class<?> c : classes) {
                for (Executable member : makers(c)) {
                    if (specimens.wants(member)) {
                        Good good = good(member, 30);
                        if (good != null && good.result != null) {
                            specimens.offer(member, good.result);
                        }
                    }
                }
            }
        }
    }

    /** Tries every method. */
    void run() {
        for (Class<?> c : classes) {
            for (Executable member : tryable(c)) {
                if (isStatic(member) || !specimens.receivers(c).isEmpty()) {
                    attack(member);
                } else {
                    unreached.add(name(member) + " (nothing to call it on)");
                }
            }
        }
    }

    @Override
    public void close() {
        caller.shutdownNow();
    }

    private static List<Executable> makers(Class<?> c) {
        List<Executable> all = new ArrayList<>(PublicSurface.members(c));
        Arrays.stream(c.getMethods())
                .filter(m -> m.getParameterCount() == 0 && m.getDeclaringClass() == c && !m.isSynthetic())
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .forEach(all::add);
        return all;
    }

    private static List<Executable> tryable(Class<?> c) {
        List<Executable> all = new ArrayList<>(PublicSurface.members(c));
        Arrays.stream(c.getDeclaredMethods())
                .filter(m -> Modifier.isAbstract(m.getModifiers())
                        && Modifier.isPublic(m.getModifiers())
                        && m.getParameterCount() > 0)
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .forEach(all::add);
        return all;
    }

    private void attack(Executable member) {
        tried++;
        Good good = good(member, GOOD_TRIES);
        if (good == null) {
            unreached.add(name(member));
        }
        Type[] types = types(member);
        for (int i = 0; i < types.length; i++) {
            @Nullable Object @Nullable [] base = good == null ? guess(member) : good.arguments;
            if (base == null) {
                return;
            }
            for (Object hostile : Hostile.inPlaceOf(types[i], base[i])) {
                @Nullable Object[] arguments = copies(base);
                arguments[i] = hostile;
                Object receiver = isStatic(member) ? null : anyOf(specimens.receivers(member.getDeclaringClass()));
                if (good != null) {
                    receiver = good.receiver;
                }
                judge(member, i, hostile, arguments, call(member, receiver, arguments), good != null);
            }
        }
    }

    private void judge(
            Executable member,
            int i,
            @Nullable Object hostile,
            @Nullable Object[] arguments,
            Answer answer,
            boolean alone) {
        String name = member.getParameters()[i].getName();
        String said = null;
        Throwable thrown = answer.thrown;
        if (answer.late) {
            said = "does not stop when interrupted";
        } else if (thrown == null) {
            if (alone && hostile == null && !nullable(member, i) && !answer.stopped) {
                said = "takes null";
            } else if (alone
                    && !member.getDeclaringClass().getPackageName().equals("dev.lowland.core.function")
                    && Hostile.hasNaN(answer.result)
                    && Arrays.stream(arguments).noneMatch(Hostile::notFinite)) {
                said = "returns NaN in silence";
            }
        } else if (thrown instanceof NullPointerException) {
            boolean named = thrown.getMessage() != null && thrown.getMessage().endsWith(" is null, must be given");
            if (alone && (!named || hostile != null && !text(hostile).contains("null"))) {
                said = thrown.toString();
            }
        } else if (!(thrown instanceof IllegalArgumentException
                        || thrown instanceof IllegalStateException
                        || declares(member, thrown))
                || thrown.getMessage() == null) {
            said = thrown.toString() + at(thrown);
        }
        if (said != null) {
            faults.add(name(member) + ": " + name + " = " + text(hostile) + ": " + said);
        }
    }

    /** Whether an error is one of files that the method says it may have. */
    private static boolean declares(Executable member, Throwable thrown) {
        return thrown instanceof IOException
                && Arrays.asList(member.getExceptionTypes()).contains(IOException.class);
    }

    private static String at(Throwable thrown) {
        for (StackTraceElement e : thrown.getStackTrace()) {
            if (e.getClassName().startsWith("dev.lowland.")) {
                return " at " + e.getFileName() + ":" + e.getLineNumber();
            }
        }
        return "";
    }

    private static boolean nullable(Executable member, int i) {
        AnnotatedType type = member.getAnnotatedParameterTypes()[i];
        return type.isAnnotationPresent(Nullable.class) || type instanceof java.lang.reflect.AnnotatedArrayType;
    }

    private record Good(
            @Nullable Object receiver,
            @Nullable Object[] arguments,
            @Nullable Object result) {}

    private record Answer(@Nullable Object result, @Nullable Throwable thrown, boolean stopped, boolean late) {}

    private @Nullable Good good(Executable member, int tries) {
        List<Object> receivers = isStatic(member) ? List.of() : specimens.receivers(member.getDeclaringClass());
        if (!isStatic(member) && receivers.isEmpty()) {
            return null;
        }
        for (int k = 0; k < tries; k++) {
            @Nullable Object @Nullable [] arguments = guess(member);
            if (arguments == null) {
                return null;
            }
            Object receiver = isStatic(member) ? null : anyOf(receivers);
            Answer answer = call(member, receiver, copies(arguments));
            if (answer.stopped) {
                return null;
            }
            if (answer.thrown == null) {
                return new Good(receiver, arguments, answer.result);
            }
        }
        return null;
    }

    private @Nullable Object @Nullable [] guess(Executable member) {
        Type[] types = types(member);
        @Nullable Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            List<Object> values = specimens.of(types[i]);
            if (values.isEmpty()) {
                return null;
            }
            arguments[i] = anyOf(values);
        }
        return arguments;
    }

    private Object anyOf(List<Object> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Type[] types(Executable member) {
        Type[] types = member.getGenericParameterTypes();
        return types.length == member.getParameterCount() ? types : member.getParameterTypes();
    }

    /** What a method may write into is copied, so that one call does not spoil the next. */
    private static @Nullable Object[] copies(@Nullable Object[] arguments) {
        @Nullable Object[] copies = arguments.clone();
        for (int i = 0; i < copies.length; i++) {
            if (copies[i] instanceof double[] a) {
                copies[i] = a.clone();
            } else if (copies[i] instanceof DMatrixRMaj m) {
                copies[i] = m.copy();
            }
        }
        return copies;
    }

    private Answer call(Executable member, @Nullable Object receiver, @Nullable Object[] arguments) {
        member.setAccessible(true);
        Future<@Nullable Object> answer = caller.submit(() -> member instanceof Method method
                ? method.invoke(receiver, arguments)
                : ((Constructor<?>) member).newInstance(arguments));
        try {
            return new Answer(answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), null, false, false);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return new Answer(
                    null, cause instanceof InvocationTargetException inner ? inner.getCause() : cause, false, false);
        } catch (TimeoutException e) {
            return stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer stop() {
        ExecutorService busy = caller;
        caller = newCaller();
        busy.shutdownNow();
        try {
            return new Answer(null, null, true, !busy.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExecutorService newCaller() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "surface");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static boolean isStatic(Executable member) {
        return member instanceof Constructor || Modifier.isStatic(member.getModifiers());
    }

    private static String name(Executable member) {
        StringBuilder s = new StringBuilder(member.getDeclaringClass().getName().replace("dev.lowland.", ""));
        if (member instanceof Method) {
            s.append('.').append(member.getName());
        }
        s.append('(');
        for (Parameter p : member.getParameters()) {
            s.append(s.charAt(s.length() - 1) == '(' ? "" : ", ")
                    .append(p.getType().getSimpleName());
        }
        return s.append(')').toString();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof double[] a) {
            return a.length > 3 ? "double[" + a.length + "] … " + a[a.length - 1] : Arrays.toString(a);
        }
        if (value instanceof Object[] a) {
            return Arrays.toString(a);
        }
        if (value instanceof DMatrixRMaj m) {
            int last = m.numRows * m.numCols - 1;
            return m.numRows + "×" + m.numCols + (last < 0 ? "" : " … " + m.data[last]);
        }
        return String.valueOf(value);
    }
}
