package org.loupe.viewer.viewport;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Point2D;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.shape.Rectangle;
import org.loupe.image.Image2;
import org.loupe.image.Interpolation;
import org.loupe.image.SlicePlane;
import org.loupe.sr.View;

/**
 * The whole slice in small, with the rectangle that the pane shows. Only while a part of the slice
 * is outside the pane. A click or drag in it moves the view.
 */
public final class Navigator implements PaneDecoration {

  /** Longest side, units of the scene. */
  private static final double SIZE = 110;

  private static final double MARGIN = 12;

  private final ImagePane pane;
  private final Screen screen = new Screen();
  private final Compositor compositor = new Compositor();
  private final BaseLayer base = new BaseLayer();
  private final Rectangle frame = new Rectangle();
  private final Rectangle part = new Rectangle();
  private final Group node = new Group(screen, frame, part);
  private final BooleanProperty on = new SimpleBooleanProperty(this, "on", true);
  private View small;

  public Navigator(ImagePane pane) {
    this.pane = pane;
    node.setManaged(false);
    node.setVisible(false);
    node.setId("navigator");
    frame.getStyleClass().add("navigator-frame");
    part.getStyleClass().add("navigator-part");
    part.setMouseTransparent(true);
    frame.addEventHandler(MouseEvent.MOUSE_PRESSED, this::go);
    frame.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::go);
    frame.addEventHandler(MouseEvent.MOUSE_CLICKED, MouseEvent::consume);
    on.subscribe(() -> update(pane.geometry()));
  }

  /** Whether it is shown where it is of use. */
  public BooleanProperty onProperty() {
    return on;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public void update(PaneGeometry g) {
    boolean fits = on.get() && g != null && pane.getHeight() > 4 * SIZE / 1.5 && !whole(g);
    Image2 slice = fits ? pane.slice() : null;
    boolean shown = slice != null;
    node.setVisible(shown);
    if (!shown) {
      return;
    }
    SlicePlane plane = g.plane();
    double scale = pane.coordinates().deviceLength(1);
    double mm =
        Math.max(plane.columns() * plane.columnSpacing(), plane.rows() * plane.rowSpacing())
            / (SIZE * scale);
    int w = (int) Math.max(1, Math.round(plane.columns() * plane.columnSpacing() / mm));
    int h = (int) Math.max(1, Math.round(plane.rows() * plane.rowSpacing() / mm));
    small = new View((double) plane.columns() / w, (double) plane.rows() / h, 0, 0, w, h);
    screen.resize(w, h);
    screen.place(0, 0, scale);
    paint(slice);
    frame.setWidth(w / scale);
    frame.setHeight(h / scale);
    Point2D from = at(g.latticeAt(-0.5, -0.5).column(), g.latticeAt(-0.5, -0.5).row());
    Point2D to =
        at(
            g.latticeAt(g.view().width() - 0.5, 0).column(),
            g.latticeAt(0, g.view().height() - 0.5).row());
    double x0 = Math.clamp(from.getX(), 0, frame.getWidth());
    double y0 = Math.clamp(from.getY(), 0, frame.getHeight());
    part.setX(x0);
    part.setY(y0);
    part.setWidth(Math.clamp(to.getX(), 0, frame.getWidth()) - x0);
    part.setHeight(Math.clamp(to.getY(), 0, frame.getHeight()) - y0);
    node.setLayoutX(pane.getWidth() - frame.getWidth() - MARGIN);
    node.setLayoutY(pane.getHeight() - frame.getHeight() - 4 * MARGIN);
  }

  private void paint(Image2 image) {
    Compositor.Channel channel =
        new Compositor.Channel(
            base.render(image, small, Interpolation.BILINEAR),
            java.util.List.of(),
            pane.stateProperty().get().window());
    compositor.paint(
        new Compositor.Frame(
            small,
            small,
            channel,
            null,
            Compositor.Mix.FIRST,
            Split.MIDDLE,
            1,
            false,
            ColourMap.GREY.table(pane.settings().invertedProperty().get()),
            null,
            0,
            null),
        screen.pixels());
    screen.commit();
  }

  /** A lattice position in the small picture, units of the scene. */
  private Point2D at(double column, double row) {
    double scale = pane.coordinates().deviceLength(1);
    return new Point2D(
        (column / small.columnStep() + 0.5) / scale, (row / small.rowStep() + 0.5) / scale);
  }

  private static boolean whole(PaneGeometry g) {
    View area = g.onImage();
    View v = g.view();
    if (area == null) {
      return false;
    }
    double columns = area.width() * v.columnStep();
    double rows = area.height() * v.rowStep();
    return columns > g.plane().columns() - 2 && rows > g.plane().rows() - 2;
  }

  private void go(MouseEvent e) {
    Point2D p = node.sceneToLocal(e.getSceneX(), e.getSceneY());
    double scale = pane.coordinates().deviceLength(1);
    double column = (p.getX() * scale - 0.5) * small.columnStep();
    double row = (p.getY() * scale - 0.5) * small.rowStep();
    pane.change(s -> s.withCentre(new org.loupe.image.Pixel(column, row)).kept(pane.plane()));
    e.consume();
  }
}
