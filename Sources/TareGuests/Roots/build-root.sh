# Builds one root. Runs in a mount and a process namespace of its own: whatever ends it, no mount and no process stays.
# Takes: WORK, FINAL, LOCK, BASE (a tree, or empty), RELEASE, APT, EPOCH; WORK holds packages, build-packages, files/,
# build/ and commands.
set -eu
umask 022
exec 9>"$LOCK"
flock 9
if [ -e "$FINAL/root.json" ]; then echo "present"; exit 0; fi
say() { echo "step $1 $2"; }
export SOURCE_DATE_EPOCH="$EPOCH" PYTHONHASHSEED=0 LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true
export APT_CONFIG="$APT/apt.conf" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TZ=UTC
unset TMPDIR || true

# Mounts what package scripts expect at $1.
furnish() {
    mount -t proc proc "$1/proc"
    mount -t tmpfs -o mode=755 tmpfs "$1/dev"
    mknod -m 666 "$1/dev/null" c 1 3; mknod -m 666 "$1/dev/zero" c 1 5; mknod -m 666 "$1/dev/full" c 1 7
    mknod -m 666 "$1/dev/random" c 1 8; mknod -m 666 "$1/dev/urandom" c 1 9; mknod -m 666 "$1/dev/tty" c 5 0
    ln -s /proc/self/fd "$1/dev/fd"; mkdir "$1/dev/shm" "$1/dev/pts"
    mount -t tmpfs -o mode=755 tmpfs "$1/run"
    mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"
    mkdir -p "$1/var/cache/apt/archives" "$1/usr/sbin"
    mount --bind "$APT/archives" "$1/var/cache/apt/archives"
    printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
    chmod 755 "$1/usr/sbin/policy-rc.d"
    printf 'force-unsafe-io\nforce-confold\n' >"$1/etc/dpkg/dpkg.cfg.d/tare"
    printf 'man-db man-db/auto-update boolean false\n' | chroot "$1" debconf-set-selections 2>/dev/null || true
}
strip_tools() { rm -f "$1/usr/sbin/policy-rc.d" "$1/etc/dpkg/dpkg.cfg.d/tare"; }
unfurnish() { for at in var/cache/apt/archives tmp run dev proc; do umount -l "$1/$at"; done; strip_tools "$1"; }

apt_in() {
    at="$1"; shift
    apt-get -q -y --no-install-recommends -o DPkg::Chroot-Directory="$at" -o Dir::State::status="$at/var/lib/dpkg/status" \
        -o Dir::State="$at/var/lib/apt" -o Dir::State::lists="$APT/lists" -o Dir::Cache="$at/var/cache/apt" \
        -o Dir::Log="$WORK/log" -o Debug::NoLocking=true "$@"
}
# Downloads under a lock, so that two roots never fetch into one file; then installs without it.
install_in() {
    at="$1"; shift
    mkdir -p "$WORK/log/apt"
    ( flock 8; apt_in "$at" --download-only install "$@" ) 8>"$APT/download.lock" >>"$WORK/apt.log" 2>&1
    apt_in "$at" --no-download install "$@" >>"$WORK/apt.log" 2>&1 </dev/null 9>&-
}
# Two layers of overlay need a disk that can hold the upper one; where it cannot, memory does.
overlay() {
    mkdir -p "$WORK/$1" "$WORK/$1.merged"
    mkdir -p "$WORK/$1/upper" "$WORK/$1/work"
    mount -t overlay tare -o "lowerdir=$2,upperdir=$WORK/$1/upper,workdir=$WORK/$1/work,redirect_dir=off,metacopy=off,index=off" \
        "$WORK/$1.merged" 2>/dev/null && return
    mount -t tmpfs tmpfs "$WORK/$1"
    mkdir -p "$WORK/$1/upper" "$WORK/$1/work"
    mount -t overlay tare -o "lowerdir=$2,upperdir=$WORK/$1/upper,workdir=$WORK/$1/work" "$WORK/$1.merged"
}
# Takes away what differs from one build to the next.
normalise() {
    at="$1"
    find "$at/var/log" -type f -delete
    rm -rf "$at"/var/lib/apt/lists/* "$at"/var/cache/apt/*.bin "$at"/var/cache/apt/archives/* "$at"/var/cache/man/* \
        "$at"/var/cache/debconf/*-old "$at"/var/lib/dpkg/*-old "$at"/var/cache/ldconfig/aux-cache "$at"/etc/*- \
        "$at"/etc/ssh/ssh_host_* "$at"/var/lib/systemd/random-seed "$at"/var/lib/dbus/machine-id "$at"/etc/.pwd.lock \
        "$at"/var/lib/systemd/catalog/database "$at"/var/lib/ucf/*.[0-9] "$at"/root/.cache "$at"/etc/apt/trustdb.gpg \
        "$at"/var/lib/apt/extended_states.bak "$at"/tmp/* "$at"/run/* "$at"/etc/resolv.conf.dpkg* "$at"/etc/mailname
    rm -rf "$at"/var/lib/dpkg/lock* "$at"/var/lib/dpkg/triggers/Lock "$at"/var/lib/apt/daily_lock "$at"/var/cache/debconf/*.lock
    : >"$at/etc/machine-id"; chmod 444 "$at/etc/machine-id"
    echo debian >"$at/etc/hostname"
    for file in "$at/etc/shadow" ; do
        [ -e "$file" ] && sed -i "s/^\([^:]*:[^:]*\):[0-9]*:/\1:$((EPOCH / 86400)):/" "$file"
    done
    mkdir -p "$at/etc/apt"
    rm -rf "$at"/etc/apt/sources.list.d/*
    printf 'deb http://deb.debian.org/debian %s main\ndeb http://deb.debian.org/debian %s-updates main\ndeb http://deb.debian.org/debian-security %s-security main\n' \
        "$RELEASE" "$RELEASE" "$RELEASE" >"$at/etc/apt/sources.list"
}
clamp() { find "$1" -newermt "@$EPOCH" -print0 | xargs -0r touch -h -d "@$EPOCH"; }

mkdir -p "$WORK"
if [ -z "$BASE" ]; then
    say 0.05 "fetch and unpack the base"
    mkdir -p "$WORK/tree"
    ( flock 8
      mmdebstrap --quiet --mode=root --format=directory --variant=minbase --aptopt="$APT/bootstrap.conf" \
        --dpkgopt=force-unsafe-io --setup-hook='mkdir -p "$1"/var/cache/apt/archives' \
        --setup-hook="mount --bind '$APT/archives' \"\$1\"/var/cache/apt/archives" \
        --skip=cleanup/apt/cache,check/empty,download/empty \
        --customize-hook='umount -l "$1"/var/cache/apt/archives' \
        "$RELEASE" "$WORK/tree" "$APT/sources.list" ) 8>"$APT/download.lock" >"$WORK/apt.log" 2>&1 9>&-
    rm -f "$WORK/tree/etc/resolv.conf"
    say 0.85 "make it reproducible"
    normalise "$WORK/tree"
    clamp "$WORK/tree"
else
    say 0.02 "stack the packages on the base"
    overlay layer "$BASE"
    merged="$WORK/layer.merged"
    (cd "$WORK/files" && find . -path './etc/*' ! -type d -print0 | tar -c --null -T - --owner=0 --group=0 2>/dev/null) | tar -x -C "$merged" --no-same-owner
    furnish "$merged"
    if [ -s "$WORK/packages" ]; then
        say 0.10 "download and install packages"
        install_in "$merged" $(cat "$WORK/packages")
    fi
    unfurnish "$merged"
    tar -c -C "$WORK/files" --owner=0 --group=0 . | tar -x -C "$merged" --no-overwrite-dir
    if [ -s "$WORK/commands" ]; then
        say 0.60 "compile in a throw-away root"
        # The upper directory is an overlay's own and may not be another's lower one while mounted: both are below.
        overlay compile "$merged"
        throw="$WORK/compile.merged"
        furnish "$throw"
        cp -a "$WORK/build" "$throw/build"
        install_in "$throw" $(cat "$WORK/build-packages")
        mkdir -p "$throw/build/out"
        cp "$WORK/commands" "$throw/build/commands"
        chroot "$throw" /bin/sh -eu /build/commands >>"$WORK/apt.log" 2>&1 9>&-
        tar -c -C "$throw/build/out" --owner=0 --group=0 . | tar -x -C "$merged" --no-overwrite-dir
        unfurnish "$throw"
        umount -l "$throw"
    fi
    say 0.80 "make it reproducible"
    normalise "$merged"
    (cd "$WORK/layer/upper" && find . -mindepth 1 ! -type c -printf '%P\n') | LC_ALL=C sort >"$WORK/changed"
    (cd "$WORK/layer/upper" && find . ! -type c -newermt "@$EPOCH" -print0) >"$WORK/late"
    (cd "$merged" && xargs -0r touch -h -d "@$EPOCH" <"$WORK/late")
    rm "$WORK/late"
    say 0.88 "merge with the base"
    cp -al "$BASE" "$WORK/tree"
    (cd "$merged" && find . -printf '%y %p\n') | LC_ALL=C sort >"$WORK/merged.list"
    (cd "$WORK/tree" && find . -printf '%y %p\n') | LC_ALL=C sort >"$WORK/tree.list"
    LC_ALL=C comm -13 "$WORK/merged.list" "$WORK/tree.list" | cut -c3- | LC_ALL=C sort -r >"$WORK/removed"
    (cd "$WORK/tree" && tr '\n' '\0' <"$WORK/removed" | xargs -0r rm -rf)
    tar -c -C "$merged" --no-recursion --numeric-owner --xattrs --xattrs-include='*' --verbatim-files-from -T "$WORK/changed" |
        tar -x -C "$WORK/tree" --numeric-owner --same-owner -p --xattrs --xattrs-include='*' --delay-directory-restore
    chmod --reference="$merged" "$WORK/tree"; touch -r "$merged" "$WORK/tree"
    umount -l "$merged"
    umount -l "$WORK/layer" 2>/dev/null || true
fi
rm -rf "$WORK/layer" "$WORK/layer.merged" "$WORK/compile" "$WORK/compile.merged" "$WORK/log" "$WORK"/*.list
chroot "$WORK/tree" dpkg-query -W -f '${Package} ${Version} ${Architecture}\n' >"$WORK/installed"
say 0.95 "list and digest"
echo built
