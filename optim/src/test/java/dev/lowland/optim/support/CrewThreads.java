package dev.lowland.optim.support;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The threads of crews that are alive. */
public final class CrewThreads {

    private CrewThreads() {}

    /** All of them. */
    public static List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lowland-crew-"))
                .toList();
    }

    /** Bytes that they have allocated in all. */
    public static long allocatedBytes() {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return alive().stream()
                .mapToLong(thread -> bean.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }
}
