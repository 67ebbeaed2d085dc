#!/usr/bin/env bash
# Runs what an image would hold without a container engine, as near to it as a Linux can: the files that the Dockerfile copies
# and nothing else writable than /data and a tmpfs at /tmp, as user 10001 without any capability.
#   run-layout.sh cluster|standalone COMMAND...     needs root, unshare and setpriv; environment variables are passed on
# The Java of JAVA_HOME and the system's own libraries stand for the base image. LAYOUT=directory keeps what was laid out
# (with the AOT cache) for the next run; DATA=directory is the volume.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
kind=$1
shift
java=${JAVA_HOME:?a JDK 25}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=${LAYOUT:-$work/layout}
if [[ ! -e $app/opt/sealpost/quarkus-run.jar ]]; then
  mkdir -p "$app/opt"
  cp -r "$repository/target/quarkus-app" "$app/opt/sealpost"
  [[ $kind == standalone ]] || "$repository/src/main/docker/without-embedded.sh" "$app/opt/sealpost"
fi
data=${DATA:-$work/data}
mkdir -p "$data" "$work/root"
# As Kubernetes gives a volume to a group.
chgrp 10001 "$data" && chmod 2775 "$data"
export work app data java kind repository
unshare --mount --pid --fork --kill-child=TERM --propagation private bash -euc '
  root=$work/root
  mount -t tmpfs -o mode=0755 root "$root"
  mkdir -p "$root"/{usr,etc,opt/sealpost,opt/java,data,tmp,proc,dev,build}
  for link in bin lib lib64 sbin; do ln -s "usr/$link" "$root/$link"; done
  mount --rbind /usr "$root/usr"; mount --rbind /dev "$root/dev"; mount -t proc proc "$root/proc"
  mount --bind "$java" "$root/opt/java"; mount --bind "$app/opt/sealpost" "$root/opt/sealpost"
  mount --bind "$data" "$root/data"; mount -t tmpfs -o mode=1777,size=256m tmp "$root/tmp"
  mount --bind "$repository/src/main/docker" "$root/build"
  cp /etc/{hosts,resolv.conf,nsswitch.conf,localtime} "$root/etc/" 2>/dev/null || true
  cp -r /etc/ssl "$root/etc/ssl"; [[ ! -d /etc/java ]] || cp -rL /etc/java "$root/etc/java" 2>/dev/null || true
  echo "sealpost:x:10001:10001::/data:/usr/sbin/nologin" >"$root/etc/passwd"
  echo "sealpost:x:10001:" >"$root/etc/group"
  # In the image this is a RUN before the root file system is closed.
  if [[ ! -e $app/opt/sealpost/sealpost.aot ]]; then
    /usr/sbin/chroot "$root" /usr/bin/env PATH=/opt/java/bin:/usr/bin:/bin /build/train.sh /opt/sealpost
  fi
  umount "$root/build"; rmdir "$root/build"
  for closed in usr opt/java opt/sealpost; do mount -o remount,bind,ro "$root/$closed"; done
  mount -o remount,ro "$root"
  export PATH=/opt/java/bin:/usr/bin:/bin SEALPOST_DATA_DIR=/data/sealpost QUARKUS_MANAGEMENT_HOST=0.0.0.0 HOME=/data
  exec /usr/sbin/chroot --userspec 10001:10001 --groups 10001 "$root" /usr/bin/setpriv --no-new-privs \
    java -XX:AOTCache=/opt/sealpost/sealpost.aot -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError \
    -jar /opt/sealpost/quarkus-run.jar "$@"
' run "$@"
