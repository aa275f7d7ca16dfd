#!/bin/sh
# Installs the .deb that "mvn -B -Pinstaller -DskipTests package" left, uses it, and takes it away again, in a fresh Debian
# made by debootstrap, so that nothing but what the package names is there; then the .rpm in the same root, by rpm alone, since
# the packages that it names are Fedora's:
#
#   installer/check.sh [--here] [SCREENSHOT.png]
#
# --here tries the .deb on this machine instead, where no root can be made. Both need to be root, and Xvfb, xdotool and
# ImageMagick on this machine. Prints sizes and times; exit status 0 where all is well.
set -eu
cd "$(dirname "$0")"

here=
if [ "${1:-}" = --here ]; then
  here=yes
  shift
fi
shot=$(realpath -m "${1:-target/check.png}")
deb=$(realpath target/loupe_*.deb)
rpm=$(realpath target/loupe-*.rpm)

fail() {
  echo "check: $*" >&2
  exit 1
}

for tool in Xvfb xdotool import identify; do
  command -v "$tool" >/dev/null || fail "$tool is missing (apt install xvfb xdotool imagemagick)"
done

root=
xvfb=
user_home=/home/check
if [ -n "$here" ]; then
  user_home=$(mktemp -d)
fi
clean_up() {
  if [ -n "$xvfb" ]; then
    kill "$xvfb" 2>/dev/null || true
  fi
  if [ -n "$here" ]; then
    rm -rf "$user_home"
  fi
  if [ -n "$root" ]; then
    for mount in proc dev; do
      umount -l "$root/$mount" 2>/dev/null || true
    done
    rm -rf --one-file-system "$root"
  fi
}
trap clean_up EXIT
trap 'exit 1' INT TERM

if [ -z "$here" ]; then
  command -v debootstrap >/dev/null || fail "debootstrap is missing; with --here this machine is used"
  # Debian's mirror that this machine uses.
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    awk '$2 == "bookworm" && $1 ~ /debian\/?$/ { print $1; exit }')
  root=$(mktemp -d)
  chmod 755 "$root"
  debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 ||
    fail "debootstrap failed, see $root.log"
  rm -f "$root.log"
  # The root is thrown away: nothing needs to reach the disk.
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/check"
  mount --bind /proc "$root/proc"
  mount --bind /dev "$root/dev"
  cp "$deb" "$rpm" "$root/tmp/"
fi

# Runs a command where the package is installed, as a user with a home of its own.
inside() {
  if [ -n "$root" ]; then
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=$user_home LANG=C.UTF-8 DISPLAY="${DISPLAY:-}" "$@"
  else
    env HOME=$user_home XDG_DATA_HOME=$user_home/.local/share "$@"
  fi
}

display=:$((100 + $$ % 800))
Xvfb $display -screen 0 1600x1000x24 >/dev/null 2>&1 &
xvfb=$!
export DISPLAY=$display
entry=/usr/share/applications/loupe.desktop

# Uses what is installed: the engine's command line, then the window. $1: its screenshot.
use() {
  inside mkdir -p $user_home
  echo "installed      $(inside du -sh /opt/loupe | cut -f1)"

  info=$(inside loupe sr info) || fail "loupe sr info failed"
  echo "$info" | grep -q '^device' || fail "loupe sr info names no device: $info"
  echo "$info" | sed 's/^/               /'

  # No user's home holds a copy of the native libraries.
  if inside test -e $user_home/.djl.ai || inside test -e $user_home/.openjfx; then
    fail "native libraries were unpacked into the user's home"
  fi

  # The command of the menu entry, without a file; --verbose adds the milestones.
  command=$(inside sed -n 's/^Exec=//p' $entry | sed 's/ *%F//')
  log=target/check-window.log
  : >"$log"
  inside $command --verbose >"$log" 2>&1 &
  application=$!
  tries=0
  until grep -q 'first image painted' "$log"; do
    tries=$((tries + 1))
    if [ $tries -gt 240 ] || ! kill -0 $application 2>/dev/null; then
      cat "$log" >&2
      fail "the window did not come"
    fi
    sleep 0.5
  done
  sed 's/^/               /' "$log"
  window=$(xdotool search --sync --onlyvisible --name Loupe | head -n 1)
  # Scrolls by the wheel over the first pane, then gives the engine time for the picture that the screenshot is to show.
  xdotool mousemove --window "$window" 500 450 click --repeat 8 --delay 60 4
  sleep 8
  import -window root "$1"
  echo "screenshot     $1 ($(identify -format '%wx%h, %k colours' "$1"))"
  [ "$(identify -format '%k' "$1")" -gt 64 ] || fail "the screenshot is empty"
  xdotool key --window "$window" --clearmodifiers ctrl+q
  tries=0
  while kill -0 $application 2>/dev/null; do
    tries=$((tries + 1))
    if [ $tries -gt 60 ]; then
      fail "the window did not close"
    fi
    sleep 0.5
  done
}

# Sees that nothing of the package is left, and that a user's file is.
removed() {
  for gone in /opt/loupe /usr/bin/loupe $entry /usr/share/mime/packages/loupe.xml /usr/share/icons/hicolor/256x256/apps/loupe.png; do
    if inside test -e "$gone" || inside test -L "$gone"; then
      fail "$gone is still there after removal"
    fi
  done
  inside grep -q kept $user_home/.local/share/loupe/check || fail "the user's data went with the package"
  echo "uninstalled    the user's data stayed"
}

echo ".deb           $(du -h "$deb" | cut -f1)"
if [ -n "$root" ]; then
  inside apt-get update -qq
  inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "/tmp/$(basename "$deb")" \
    >target/check-apt.log 2>&1 || fail "the package cannot be installed, see target/check-apt.log"
else
  apt-get install -y -qq "$deb" >target/check-apt.log 2>&1 || fail "the package cannot be installed, see target/check-apt.log"
fi
use "$shot"
inside sh -c "mkdir -p $user_home/.local/share/loupe && echo kept >$user_home/.local/share/loupe/check"
inside env DEBIAN_FRONTEND=noninteractive apt-get remove -y -qq loupe >>target/check-apt.log 2>&1 || fail "cannot be removed"
removed

if [ -n "$root" ]; then
  echo ".rpm           $(du -h "$rpm" | cut -f1)"
  inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rpm >>target/check-apt.log 2>&1 ||
    fail "no rpm in the fresh Debian, see target/check-apt.log"
  inside rpm --install --nodeps "/tmp/$(basename "$rpm")" >target/check-rpm.log 2>&1 ||
    fail "the .rpm cannot be installed, see target/check-rpm.log"
  use "${shot%.png}-rpm.png"
  inside rpm --erase loupe >>target/check-rpm.log 2>&1 || fail "the .rpm cannot be removed, see target/check-rpm.log"
  removed
fi
