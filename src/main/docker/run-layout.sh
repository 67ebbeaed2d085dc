#!/usr/bin/env bash
# Builds and runs an image without a container engine, as near to it as a Linux can: reads the recipe, carries each of its
# instructions out in order, and fails at one that it does not know. What comes out is run as the recipe's user without any
# capability, as process 1, with nothing writable but the volume and a tmpfs at /tmp.
#   run-layout.sh cluster|standalone [ARGUMENT...]   the entry point, with arguments instead of the recipe's command
#   run-layout.sh cluster|standalone --probe         the health check, against a server that runs already
# Needs root, unshare and setpriv; environment variables are passed on. The system's /usr and the Java of JAVA_HOME stand for the
# base image. LAYOUT=directory keeps the image for the next run; DATA=directory is the volume.
set -euo pipefail
umask 022
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
case $1 in
  cluster) recipe=$repository/src/main/docker/Dockerfile.jvm ;;
  standalone) recipe=$repository/src/main/docker/Dockerfile.standalone ;;
  *) echo "run-layout.sh: $1 is no image, there are cluster and standalone" >&2 && exit 2 ;;
esac
shift
java=${JAVA_HOME:?a JDK 25}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
layout=${LAYOUT:-$work/layout}
base='PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

# enter ROOT closed|open USER WORKDIR COMMAND...: runs in an image as a process 1
enter() {
  local own=()
  # A step of the build meets no other server on its ports.
  [[ $2 == closed ]] || ! command -v ip >/dev/null || own=(--net)
  root=$1 closed=$2 user=$3 directory=$4 java=$java data=${DATA:-$work/data} exec unshare ${own[@]+"${own[@]}"} \
    --mount --pid --fork --kill-child=TERM --propagation private bash -euc '
    shift
    mount --bind "$root" "$root"
    mount --rbind /usr "$root/usr"; mount --rbind /dev "$root/dev"; mount -t proc proc "$root/proc"
    mount --bind "$java" "$root/opt/java"; mount -t tmpfs -o mode=1777,size=1g tmp "$root/tmp"
    for system in usr opt/java; do mount -o remount,bind,ro "$root/$system"; done
    [[ $closed == closed ]] || ! command -v ip >/dev/null || ip link set lo up
    [[ $user == *:* ]] || user=$user:$user
    if [[ $closed == closed ]]; then
      # As Kubernetes gives a volume to a group.
      mkdir -p "$data"; chgrp "${user#*:}" "$data"; chmod 2775 "$data"
      mount --bind "$data" "$root/data"; mount -o remount,bind,ro "$root"
      privileges=(--no-new-privs --inh-caps=-all --bounding-set=-all)
    fi
    exec chroot "$root" setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups ${privileges[@]+"${privileges[@]}"} \
      env --chdir "$directory" "$@"
  ' run "" "${@:5}"
}
strings() { grep -o '"[^"]*"' <<<"$1" | tr -d '"'; }

copy() { # copy STAGE [--from=STAGE] [--chown=USER] SOURCE... TARGET
  local to=$layout/$1 from=$repository owner=0:0 target
  shift
  while [[ $1 == --* ]]; do
    case $1 in
      --from=*) from=$layout/${1#--from=} ;;
      --chown=*) owner=${1#--chown=} ;;
      *) echo "run-layout.sh: COPY $1 is not known" >&2 && exit 1 ;;
    esac
    shift
  done
  target=$to${*: -1}
  mkdir -p "$target"
  for source in "${@:1:$#-1}"; do
    if [[ -d $from/$source ]]; then
      cp -r --preserve=mode,timestamps "$from/$source/." "$target"
    else
      cp --preserve=mode,timestamps "$from/$source" "$target"
    fi
  done
  chown -R "$owner" "$target"
}

build() {
  local stage='' number=0 user=0:0 directory=/ line instruction rest
  local -a environment=("$base") entry=() command=() probe=()
  while IFS= read -r line; do
    instruction=${line%% *} rest=${line#* }
    case $instruction in
      ARG | LABEL | EXPOSE) ;;
      FROM)
        stage=$((number++))
        [[ $rest != *' AS '* ]] || stage=${rest##* }
        user=0:0 directory=/ environment=("$base")
        mkdir -p "$layout/$stage"/{usr,opt/java,tmp,proc,dev}
        cp -a /etc "$layout/$stage/etc"
        for link in bin lib lib64 sbin; do ln -s "usr/$link" "$layout/$stage/$link"; done
        ;;
      COPY) copy "$stage" $rest ;;
      RUN) (enter "$layout/$stage" open "$user" "$directory" -i "${environment[@]}" sh -c "$rest") ;;
      USER) user=$rest ;;
      WORKDIR) directory=$rest ;;
      ENV) environment+=($rest) ;;
      VOLUME) [[ $rest == /data && -d $layout/$stage/data ]] ;;
      STOPSIGNAL) [[ $rest == SIGTERM ]] ;;
      HEALTHCHECK) mapfile -t probe < <(strings "${rest#* CMD }") ;;
      ENTRYPOINT) mapfile -t entry < <(strings "$rest") ;;
      CMD) mapfile -t command < <(strings "$rest") ;;
      *) echo "run-layout.sh: $instruction is not known" >&2 && exit 1 ;;
    esac
  done < <(sed -e '/^#/d' -e '/^$/d' "$recipe" | sed -e ':a' -e '/\\$/{N;s/\\\n */ /;ba' -e '}')
  declare -p stage user directory environment entry command probe | sed 's/^declare --/declare -g/; s/^declare -a/declare -ga/' >"$layout/image"
}

if [[ ! -e $layout/image ]]; then
  mkdir -p "$layout"
  build
fi
. "$layout/image"
case ${1:-} in
  --probe) started=("${probe[@]}") ;;
  '') started=("${entry[@]}" "${command[@]}") ;;
  *) started=("${entry[@]}" "$@") ;;
esac
[[ -z ${LAYOUT:-} ]] || rm -rf "${work:?}"
enter "$layout/$stage" closed "$user" "$directory" "${environment[@]}" HOME=/data "${started[@]}"
