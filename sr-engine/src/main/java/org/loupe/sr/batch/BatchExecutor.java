package org.loupe.sr.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Does the studies of an archive, in this process or in many. */
@FunctionalInterface
public interface BatchExecutor {

  /** Told of studies as they are done; one call at a time. */
  @FunctionalInterface
  interface Progress {
    /**
     * @param study number in the list of studies
     */
    void done(int study, List<BatchReport.Item> items);
  }

  /**
   * Does all studies; what fails of a study is among its items.
   *
   * @param studies files of each
   * @throws IOException where the model cannot be used
   */
  void run(BatchJob job, List<List<Path>> studies, Progress progress) throws IOException;
}
