package org.loupe.sr;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import org.loupe.image.Image2;
import org.loupe.sr.model.DecoderWeights;

/**
 * The decoder on the CPU without the engine: sampling, guidance and the thin head in one pass over
 * the rows of the output, so that nothing of the size of the picture is written but the picture.
 * The engine takes about twice as long, most of it for moving such arrays to and fro. Computes what
 * the network's decoder does, see {@code decoder.torchscript}; a test compares the two.
 *
 * <p>Rows travel through {@link DecoderStrip}s, in parallel on threads of the decoder's own.
 */
final class DirectDecoder implements AutoCloseable {

  /** Columns of a strip: its rows of all channels should fit the first caches. */
  private static final int COLUMNS = 256;

  /** Fewer rows are not worth a strip of their own: each computes four rows twice. */
  private static final int LEAST_ROWS = 32;

  private final DecoderWeights weights;
  private final DecoderWeights mirroredWeights;
  private final int threads;

  /**
   * Not the common pool, whose threads may have another priority: these have that of the one that
   * decodes.
   */
  private final ForkJoinPool pool;

  /**
   * @param threads how many strips at most run at once
   */
  DirectDecoder(DecoderWeights weights, int threads) {
    this.weights = weights;
    mirroredWeights = weights.mirrored();
    this.threads = threads;
    pool = new ForkJoinPool(threads);
  }

  /**
   * Decodes a view.
   *
   * @param mirrored whether the maps are those of the slice's mirror image, turned back
   * @param residual rows of what the picture lacks against the target, added band-limited; null for
   *     none
   * @param values takes the picture, normalised
   * @param errors takes the scale of the Laplace distribution of its error, normalised
   */
  void decode(
      DirectSlice slice,
      boolean mirrored,
      float[][] residual,
      View view,
      Image2 values,
      Image2 errors) {
    DecoderWeights used = mirrored ? mirroredWeights : weights;
    int across = (view.width() + COLUMNS - 1) / COLUMNS;
    int down = Math.clamp(view.height() / LEAST_ROWS, 1, threads);
    Runnable all =
        () ->
            IntStream.range(0, across * down)
                .parallel()
                .forEach(
                    i -> {
                      View area = part(view, i % across, across, i / across, down);
                      int offset = (area.y() - view.y()) * view.width() + area.x() - view.x();
                      new DecoderStrip(used, slice, residual, area).run(values, errors, offset);
                    });
    // A parallel stream runs in the pool of the thread that begins it.
    pool.invoke(ForkJoinTask.adapt(all));
  }

  /** One of {@code across} times {@code down} parts of a view. */
  private static View part(View view, int column, int across, int row, int down) {
    int x0 = column * view.width() / across;
    int x1 = (column + 1) * view.width() / across;
    int y0 = row * view.height() / down;
    int y1 = (row + 1) * view.height() / down;
    return new View(
        view.columnStep(), view.rowStep(), view.x() + x0, view.y() + y0, x1 - x0, y1 - y0);
  }

  @Override
  public void close() {
    pool.close();
  }
}
