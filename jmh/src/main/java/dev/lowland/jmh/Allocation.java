package dev.lowland.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the thread of a benchmark allocates, and in how many calls. The profiler of JMH counts what JMH itself allocates
 * in an iteration, too, which is a lot where an iteration has few calls.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes allocated in the iterations measured. */
    public long allocatedBytes;

    /** Calls in them. */
    public long countedCalls;

    private long before;

    /** Before the first call of an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
        before = THREADS.getCurrentThreadAllocatedBytes();
    }

    /** After the last. */
    @TearDown(Level.Iteration)
    public void end() {
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
