package dev.lowland.cli.report.view;

import dev.lowland.theory.claim.Figure;
import java.util.List;

/** What a study has to show; a terminal, a page and a report folder show it. Immutable. */
public interface StudyView {
    /**
     * What was studied.
     *
     * @return for example the name of a problem file
     */
    String subject();

    /**
     * The question that the study answers, as the title of its page.
     *
     * @return without a full stop
     */
    String title();

    /**
     * Whether there is nothing more to come.
     *
     * @return true unless overridden; while it is not, a page asks to be loaded again and again
     */
    default boolean isComplete() {
        return true;
    }

    /**
     * The outcome, the same on the terminal and on the page.
     *
     * @return in the order to be shown
     */
    List<Fact> facts();

    /**
     * The pictures of the outcome.
     *
     * @return in the order to be shown; empty where there is nothing to draw
     */
    List<Figure> figures();

    /**
     * What the outcome says of a few parts, such as the layers of a model.
     *
     * @return in the order to be shown; empty where there is nothing of the kind
     */
    default List<TextRows> parts() {
        return List.of();
    }

    /**
     * The vectors of the outcome.
     *
     * @return in the order to be shown; empty where there are none
     */
    List<VectorTable> tables();

    /**
     * Every number of the outcome as JSON; what does not exist is null, and a status says why.
     *
     * @return the text, ending with a line feed
     */
    String json();

    /**
     * What was given, as a problem and its optimiser.
     *
     * @return in the order to be shown
     */
    List<Fact> given();
}
