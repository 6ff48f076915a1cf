package dev.lowland.autodiff.graph;

import java.util.List;

/** Where a node was made: the frames of the stack below the packages that build expressions. */
final class Origins {
    private static final int FRAMES = 8;
    private static final List<String> BUILDERS = List.of("graph", "op", "transform", "custom", "nn").stream()
            .map(name -> "dev.lowland.autodiff." + name + ".")
            .toList();

    private Origins() {}

    /** The innermost frames of whoever asked for a node. */
    static List<StackTraceElement> here() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> BUILDERS.stream().noneMatch(frame.getClassName()::startsWith))
                        .limit(FRAMES)
                        .map(StackWalker.StackFrame::toStackTraceElement)
                        .toList());
    }
}
