#!/bin/sh
# Called by the packages: "add" links Loupe into the system's folders, "remove" takes the links away.
set -eu
from=/opt/loupe/lib/app/desktop

# Calls "link PLACE FILE" for each link.
each() {
  "$1" /usr/bin/loupe "$from/loupe.sh"
  "$1" /usr/share/applications/loupe.desktop "$from/loupe.desktop"
  "$1" /usr/share/mime/packages/loupe.xml "$from/loupe.xml"
  "$1" /usr/share/icons/hicolor/256x256/apps/loupe.png "$from/loupe.png"
  "$1" /usr/share/icons/hicolor/scalable/apps/loupe.svg "$from/loupe.svg"
}

add() {
  mkdir -p "$(dirname "$1")"
  ln -sfn "$2" "$1"
}

remove() {
  if [ -L "$1" ]; then
    rm -f "$1"
  fi
}

# Caches of the desktop; systems without one lack the programs.
refresh() {
  if command -v update-mime-database >/dev/null; then
    update-mime-database /usr/share/mime || true
  fi
  if command -v update-desktop-database >/dev/null; then
    update-desktop-database -q /usr/share/applications || true
  fi
  if command -v gtk-update-icon-cache >/dev/null && [ -f /usr/share/icons/hicolor/index.theme ]; then
    gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true
  fi
}

each "$1"
refresh
