/**
 * What each study has to show, behind one interface: {@link dev.lowland.cli.report.view.StudyView} has its title,
 * facts, figures, tables and JSON, and whoever writes them for a terminal, a page or a folder knows nothing else of a
 * study. A study is presented by one class here.
 *
 * <p>Every fact and every number of the JSON says how it was got, or why it is not there, in the same words.
 */
@NullMarked
package dev.lowland.cli.report.view;

import org.jspecify.annotations.NullMarked;
