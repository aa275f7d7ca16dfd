package org.loupe.sr.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelPackage;

/** One study after the other in this process, on the server that the environment names if any. */
public final class LocalBatch implements BatchExecutor {

  @Override
  public void run(BatchJob job, List<List<Path>> studies, Progress progress) throws IOException {
    ModelPackage model = job.findModel();
    try (SuperResolver engine = SuperResolver.openWhereConfigured(model, job.device())) {
      BatchRunner runner = new BatchRunner(engine, model, job.options(), Path.of(job.out()));
      for (int i = 0; i < studies.size(); i++) {
        progress.done(i, runner.run(studies.get(i)));
      }
    }
  }
}
