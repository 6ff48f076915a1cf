package dev.lowland.core.kernel.scalar;

import dev.lowland.core.kernel.contract.Window;

/** Between which output positions a tap of a window sees a pixel, not padding. */
final class ScalarTaps {
    private ScalarTaps() {}

    /** The first output position along an axis at which a tap lies inside the image. */
    static int first(Window w, int tap) {
        return tap >= w.padding() ? 0 : (w.padding() - tap + w.stride() - 1) / w.stride();
    }

    /** One more than the last output row at which a tap of that row lies inside the image. */
    static int endRow(Window w, int tap) {
        return end(w, w.height(), tap, w.outputHeight());
    }

    /** One more than the last output column at which a tap of that column lies inside the image. */
    static int endColumn(Window w, int tap) {
        return end(w, w.width(), tap, w.outputWidth());
    }

    private static int end(Window w, int length, int tap, int positions) {
        int reach = length - 1 + w.padding() - tap;
        return reach < 0 ? 0 : Math.min(positions, reach / w.stride() + 1);
    }
}
