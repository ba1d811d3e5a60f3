/// The shell script that builds one root, and what decides its result beside the packages.
///
/// It is a script because its work is commands: mmdebstrap, apt-get, tar, chroot. Nothing of it needs an answer in the
/// middle; Swift prepares its folder, reads its steps and takes the finished tree.
enum BuildScript {
    /// Raised whenever a root comes out differently because of the script, so that older roots are built again.
    static let version = 2
    /// The latest time of a file in a root, 2026-01-01T00:00:00Z: what is newer is set to it, so that two builds agree.
    static let epoch: Int64 = 1_767_225_600

    /// The text, for `bash -s`.
    static let text = #"""
        # Builds one root. Runs in a mount and a process namespace of its own: whatever ends it, no mount and no
        # process stays. Takes: WORK, BASE (a tree, or empty), RELEASE, APT, EPOCH, STACK (overlay or copy),
        # BOOTSTRAP (mmdebstrap or debootstrap), URI and KEYRING for debootstrap; WORK holds packages,
        # build-packages, files/, build/ and commands.
        # Leaves: WORK/tree, WORK/installed, WORK/apt.log.
        set -euo pipefail
        umask 022
        # Standard input stays open as long as the caller lives; when it ends, all ends, this script by a failed command.
        exec 7<&0 </dev/null
        (cat <&7 >/dev/null; kill -KILL -1) &
        exec 7<&-
        say() { echo "step $1 $2"; }
        export SOURCE_DATE_EPOCH="$EPOCH" PYTHONHASHSEED=0 LC_ALL=C.UTF-8 HOME=/root
        export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true
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
            printf '#!/bin/sh\nexit 101\n' >"$1/usr/sbin/policy-rc.d" # no service starts while it is installed
            chmod 755 "$1/usr/sbin/policy-rc.d"
            printf 'force-unsafe-io\nforce-confold\n' >"$1/etc/dpkg/dpkg.cfg.d/tare"
            printf 'man-db man-db/auto-update boolean false\n' | chroot "$1" debconf-set-selections 2>/dev/null || true
        }
        unfurnish() {
            for at in var/cache/apt/archives tmp run dev proc; do umount -l "$1/$at"; done
            rm -f "$1/usr/sbin/policy-rc.d" "$1/etc/dpkg/dpkg.cfg.d/tare"
        }

        apt_in() {
            at="$1"; shift
            apt-get -q -y --no-install-recommends -o DPkg::Chroot-Directory="$at" \
                -o Dir::State::status="$at/var/lib/dpkg/status" -o Dir::State="$at/var/lib/apt" -o Dir::State::lists="$APT/lists" -o Dir::Cache="$at/var/cache/apt" \
                -o Dir::Log="$WORK/log" -o Debug::NoLocking=true "$@"
        }
        # Downloads under a lock, so that two roots never fetch into one file; then installs without it.
        install_in() {
            at="$1"; shift
            mkdir -p "$WORK/log/apt"
            exec 8>"$APT/download.lock"
            flock 8
            apt_in "$at" --download-only install "$@" >>"$WORK/apt.log" 2>&1 </dev/null 8>&-
            exec 8>&-
            apt_in "$at" --no-download install "$@" >>"$WORK/apt.log" 2>&1 </dev/null
        }
        # Stacks a writable tree, WORK/$1.merged, on the tree $2. Where overlay cannot use this disk, memory holds
        # what is written; where it cannot mount at all, the tree is copied.
        stack() {
            mkdir -p "$WORK/$1/upper" "$WORK/$1/work" "$WORK/$1.merged"
            options="redirect_dir=off,metacopy=off,index=off"
            if [ "$STACK" = overlay ]; then
                mount -t overlay tare "$WORK/$1.merged" 2>/dev/null \
                    -o "lowerdir=$2,upperdir=$WORK/$1/upper,workdir=$WORK/$1/work,$options" && return
                mount -t tmpfs tmpfs "$WORK/$1"
                mkdir -p "$WORK/$1/upper" "$WORK/$1/work"
                mount -t overlay tare "$WORK/$1.merged" 2>/dev/null \
                    -o "lowerdir=$2,upperdir=$WORK/$1/upper,workdir=$WORK/$1/work" && return
                umount "$WORK/$1"
            fi
            : >"$WORK/$1.copied"
            cp -a "$2/." "$WORK/$1.merged/"
        }
        unstack() {
            if [ -e "$WORK/$1.copied" ]; then return; fi
            umount -l "$WORK/$1.merged"
            umount -l "$WORK/$1" 2>/dev/null || true
        }
        # Takes away what differs from one build to the next.
        normalise() {
            at="$1"
            find "$at/var/log" -type f -delete
            rm -rf "$at"/var/lib/apt/lists/* "$at"/var/cache/apt/*.bin "$at"/var/cache/apt/archives/* \
                "$at"/var/cache/man/* "$at"/var/cache/debconf/*-old "$at"/var/lib/dpkg/*-old \
                "$at"/var/cache/ldconfig/aux-cache "$at"/etc/*- "$at"/etc/ssh/ssh_host_* \
                "$at"/var/lib/systemd/random-seed "$at"/var/lib/dbus/machine-id "$at"/etc/.pwd.lock \
                "$at"/var/lib/systemd/catalog/database "$at"/var/lib/ucf/*.[0-9] "$at"/root/.cache \
                "$at"/etc/apt/trustdb.gpg "$at"/var/lib/apt/extended_states.bak "$at"/tmp/* "$at"/run/* \
                "$at"/etc/resolv.conf.dpkg* "$at"/etc/mailname "$at"/var/lib/dpkg/lock* \
                "$at"/var/lib/dpkg/triggers/Lock "$at"/var/lib/apt/daily_lock "$at"/var/cache/debconf/*.lock \
                "$at"/etc/apt/apt.conf.d/99mmdebstrap "$at"/etc/dpkg/dpkg.cfg.d/99mmdebstrap \
                "$at"/var/lib/dpkg/available "$at"/var/lib/dpkg/cmethopt
            : >"$at/etc/machine-id"; chmod 444 "$at/etc/machine-id"
            echo debian >"$at/etc/hostname"
            sed -i "s/^\([^:]*:[^:]*\):[0-9]*:/\1:$((EPOCH / 86400)):/" "$at/etc/shadow"
            mkdir -p "$at/etc/apt"
            rm -rf "$at"/etc/apt/sources.list.d/*
            site=http://deb.debian.org
            {
                echo "deb $site/debian $RELEASE main"
                echo "deb $site/debian $RELEASE-updates main"
                echo "deb $site/debian-security $RELEASE-security main"
            } >"$at/etc/apt/sources.list"
        }
        clamp() { find "$1" -newermt "@$EPOCH" -print0 | xargs -0r touch -h -d "@$EPOCH"; }

        mkdir -p "$WORK"
        if [ -z "$BASE" ]; then
            say 0.05 "fetch and unpack the base"
            mkdir -p "$WORK/tree"
            fetch_base() {
                if [ "$BOOTSTRAP" = debootstrap ]; then
                    debootstrap --variant=minbase ${KEYRING:+--keyring="$KEYRING"} "$RELEASE" "$WORK/tree" "$URI"
                    furnish "$WORK/tree"
                    apt_in "$WORK/tree" dist-upgrade
                    unfurnish "$WORK/tree"
                    rm -rf "$WORK/tree/debootstrap"
                    return
                fi
                # /usr is merged before anything is unpacked, as debootstrap does it: otherwise the package usrmerge
                # comes in for that, and with it the whole of Perl, which no official image has.
                # It has to tell what apt says: by that the caller sees that the archive has lost a package.
                mmdebstrap --verbose --mode=root --format=directory --variant=minbase \
                    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --include=usr-is-merged \
                    --aptopt="$APT/bootstrap.conf" \
                    --dpkgopt=force-unsafe-io --setup-hook='mkdir -p "$1"/var/cache/apt/archives' \
                    --setup-hook="mount --bind '$APT/archives' \"\$1\"/var/cache/apt/archives" \
                    --skip=cleanup/apt/cache,check/empty,download/empty \
                    --customize-hook='umount -l "$1"/var/cache/apt/archives' \
                    "$RELEASE" "$WORK/tree" "$APT/sources.list"
            }
            mkdir -p "$WORK/log/apt"
            exec 8>"$APT/download.lock"
            flock 8
            fetch_base >"$WORK/apt.log" 2>&1 </dev/null 8>&-
            exec 8>&-
            rm -f "$WORK/tree/etc/resolv.conf"
            say 0.85 "make it reproducible"
            normalise "$WORK/tree"
            clamp "$WORK/tree"
        else
            say 0.02 "stack the packages on the base"
            stack layer "$BASE"
            merged="$WORK/layer.merged"
            # Settings are there before the packages that read them; all other files come after.
            if [ -d "$WORK/files/etc" ]; then
                tar -c -C "$WORK/files" --owner=0 --group=0 ./etc | tar -x -C "$merged" --no-overwrite-dir
            fi
            furnish "$merged"
            if [ -s "$WORK/packages" ]; then
                say 0.10 "download and install packages"
                install_in "$merged" $(cat "$WORK/packages")
            fi
            unfurnish "$merged"
            tar -c -C "$WORK/files" --owner=0 --group=0 . | tar -x -C "$merged" --no-overwrite-dir
            if [ -s "$WORK/commands" ]; then
                say 0.60 "compile in a throw-away root"
                stack compile "$merged"
                throw="$WORK/compile.merged"
                furnish "$throw"
                cp -a "$WORK/build" "$throw/build"
                install_in "$throw" $(cat "$WORK/build-packages")
                mkdir -p "$throw/build/out"
                cp "$WORK/commands" "$throw/build/commands"
                chroot "$throw" /bin/sh -eu /build/commands >>"$WORK/apt.log" 2>&1
                tar -c -C "$throw/build/out" --owner=0 --group=0 . | tar -x -C "$merged" --no-overwrite-dir
                unfurnish "$throw"
                unstack compile
            fi
            say 0.80 "make it reproducible"
            normalise "$merged"
            if [ -e "$WORK/layer.copied" ]; then
                clamp "$merged"
                mv "$merged" "$WORK/tree"
            else
                upper="$WORK/layer/upper"
                (cd "$upper" && find . -mindepth 1 ! -type c -printf '%P\n') | LC_ALL=C sort >"$WORK/changed"
                (cd "$upper" && find . ! -type c -newermt "@$EPOCH" -print0) >"$WORK/late"
                (cd "$merged" && xargs -0r touch -h -d "@$EPOCH" <"$WORK/late")
                say 0.88 "merge with the base"
                cp -al "$BASE" "$WORK/tree"
                (cd "$merged" && find . -printf '%y %p\n') | LC_ALL=C sort >"$WORK/merged.list"
                (cd "$WORK/tree" && find . -printf '%y %p\n') | LC_ALL=C sort >"$WORK/tree.list"
                LC_ALL=C comm -13 "$WORK/merged.list" "$WORK/tree.list" | cut -c3- | LC_ALL=C sort -r >"$WORK/removed"
                (cd "$WORK/tree" && tr '\n' '\0' <"$WORK/removed" | xargs -0r rm -rf)
                tar -c -C "$merged" --no-recursion --numeric-owner --xattrs --xattrs-include='*' --verbatim-files-from \
                    -T "$WORK/changed" |
                    tar -x -C "$WORK/tree" --numeric-owner --same-owner -p --xattrs --xattrs-include='*' \
                        --delay-directory-restore
                chmod --reference="$merged" "$WORK/tree"
                touch -r "$merged" "$WORK/tree"
                unstack layer
            fi
        fi
        for each in layer layer.merged compile compile.merged log files build; do rm -rf "$WORK/$each"; done
        chroot "$WORK/tree" dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' | sed -n 's/^installed //p' \
            >"$WORK/installed"
        say 0.95 "list and digest"

        """#
}
