package org.loupe.viewer.viewport;

import java.util.function.ObjDoubleConsumer;
import javafx.application.Platform;
import org.loupe.sr.SlicePrior;
import org.loupe.sr.SrScheduler;

/** The way of one {@link Following} view back to the FX thread. */
final class FollowingListener implements SrScheduler.Listener {

  private final ObjDoubleConsumer<Assembled> come;
  private final Runnable failed;
  private Assembled made;

  /**
   * @param come takes the view and the time that decoding it took, ms; on the FX thread
   * @param failed run on the FX thread where there will be none
   */
  FollowingListener(ObjDoubleConsumer<Assembled> come, Runnable failed) {
    this.come = come;
    this.failed = failed;
  }

  @Override
  public void started() {
    // The pane shows what was carried over.
  }

  @Override
  public void prepared(SlicePrior same) {
    // Only prepared slices are followed.
  }

  @Override
  public void tile(SrScheduler.Tile tile) {
    made = new Assembled(tile.area(), tile.values(), tile.expectedError());
  }

  @Override
  public void finished(double prepareMillis, double decodeMillis) {
    Assembled view = made;
    Platform.runLater(() -> come.accept(view, decodeMillis));
  }

  @Override
  public void failed(String message) {
    Platform.runLater(failed);
  }
}
