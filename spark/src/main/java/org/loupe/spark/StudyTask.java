package org.loupe.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.batch.BatchJob;
import org.loupe.sr.batch.BatchReport;
import org.loupe.sr.batch.BatchRunner;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.Precision;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Super-resolves the studies of a partition, in an executor. */
final class StudyTask extends AbstractFunction1<Iterator<String[]>, BatchReport.Item[]>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** This process's engine and what it was opened for; opening takes longer than a slice. */
  private static SuperResolver engine;

  private static BatchJob engineJob;

  private final BatchJob job;

  /** Name of a {@link Precision}. */
  private final String precision;

  StudyTask(BatchJob job, String precision) {
    this.job = job;
    this.precision = precision;
  }

  @Override
  public BatchReport.Item[] apply(Iterator<String[]> studies) {
    List<BatchReport.Item> items = new ArrayList<>();
    while (studies.hasNext()) {
      List<Path> files = Arrays.stream(studies.next()).map(Path::of).toList();
      items.addAll(run(job, precision, files));
    }
    return items.toArray(BatchReport.Item[]::new);
  }

  /** One study at a time in a process: an engine serves one thread, and uses all cores itself. */
  private static synchronized List<BatchReport.Item> run(
      BatchJob job, String precision, List<Path> files) {
    try {
      ModelPackage model = job.findModel();
      if (!job.equals(engineJob)) {
        if (engine != null) {
          engine.close();
          engine = null;
        }
        System.setProperty(Precision.PROPERTY, precision);
        engine = SuperResolver.openWhereConfigured(model, job.device());
        engineJob = job;
      }
      return new BatchRunner(engine, model, job.options(), Path.of(job.out())).run(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
