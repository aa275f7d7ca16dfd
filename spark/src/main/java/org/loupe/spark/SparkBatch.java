package org.loupe.spark;

import org.loupe.sr.cli.BatchCommand;
import org.loupe.sr.cli.SrCli;

/** {@code sr batch} with its arguments, on Spark: the class for {@code spark-submit}. */
public final class SparkBatch {

  private SparkBatch() {}

  public static void main(String[] args) {
    System.exit(SrCli.run(new BatchCommand(new SparkExecutor()), args));
  }
}
