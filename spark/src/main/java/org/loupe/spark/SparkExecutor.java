package org.loupe.spark;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.loupe.sr.batch.BatchExecutor;
import org.loupe.sr.batch.BatchJob;
import org.loupe.sr.batch.BatchReport;
import org.loupe.sr.model.Precision;
import scala.Function2;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Does the studies of an archive on a cluster, one a task. Archive, model and outputs lie where all
 * machines see them under the same paths; only paths and reports travel. A task whose executor is
 * lost is done again by another: outputs are written whole or not at all, so twice does no harm.
 */
public final class SparkExecutor implements BatchExecutor {

  private static final String MASTER = "spark.master";
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  /** Threads of the networks in an executor: as many as on this machine. */
  private static final String THREADS = "spark.executorEnv.OMP_NUM_THREADS";

  /** System property with the folder that holds the shipped models. */
  private static final String HOME = "loupe.home";

  /**
   * @throws IllegalArgumentException where no cluster is named
   * @throws IllegalStateException where the cluster gives up
   */
  @Override
  public void run(BatchJob job, List<List<Path>> studies, Progress progress) throws IOException {
    SparkConf configuration = configuration();
    List<String[]> files = new ArrayList<>();
    for (List<Path> study : studies) {
      files.add(study.stream().map(Path::toString).toArray(String[]::new));
    }
    StudyTask task = new StudyTask(job, precision());
    Function2<Object, BatchReport.Item[], BoxedUnit> done =
        (study, items) -> {
          progress.done((Integer) study, List.of(items));
          return BoxedUnit.UNIT;
        };
    try (JavaSparkContext spark = new JavaSparkContext(configuration)) {
      JavaRDD<String[]> tasks = spark.parallelize(files, files.size());
      spark.sc().runJob(tasks.rdd(), task, done, ClassTag$.MODULE$.apply(BatchReport.Item[].class));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Scala declares none of what it throws.
      String what = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IllegalStateException("Spark gave up: " + what.lines().findFirst().orElse(""), e);
    }
  }

  private static SparkConf configuration() {
    SparkConf configuration = new SparkConf();
    if (!configuration.contains(MASTER)) {
      throw new IllegalArgumentException("no cluster: run it by spark-submit, or set " + MASTER);
    }
    configuration.setIfMissing("spark.app.name", "loupe sr batch");
    String home = System.getProperty(HOME);
    configuration.setIfMissing(
        OPTIONS,
        "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
            + (home == null ? "" : " -D" + HOME + "=" + Path.of(home).toAbsolutePath()));
    // Spark gives executors one thread a task, and sums over other parts round otherwise.
    configuration.setIfMissing(
        THREADS,
        System.getenv()
            .getOrDefault(
                "OMP_NUM_THREADS", Integer.toString(Runtime.getRuntime().availableProcessors())));
    return configuration;
  }

  /** What this machine computes in: all do, or results would depend on who did a study. */
  private static String precision() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      return Precision.of(manager).name();
    }
  }
}
