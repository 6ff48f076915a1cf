package dev.lowland.cli.report.view;

import dev.lowland.cli.problem.Problem;
import java.util.List;

/** What a study of one problem has to show. Immutable. */
public interface ProblemView extends StudyView {
    /**
     * What was studied.
     *
     * @return the problem
     */
    Problem problem();

    @Override
    default String subject() {
        return "Problem " + problem().file().getFileName();
    }

    @Override
    default List<Fact> given() {
        return FactList.of(problem());
    }
}
