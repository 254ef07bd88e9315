# shellcheck shell=bash
# Processes of the lab, known by the cgroup they live in: nothing that a node started can leave it, so what a crash left
# behind is found there even when every file of the lab is gone. Nothing is ever stopped by name.

# The hierarchies of this machine in which a node gets a group: version 2 alone, or beside version 1's accounting.
cgroup_roots() {
    local root
    if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then echo /sys/fs/cgroup; else
        for root in /sys/fs/cgroup/unified /sys/fs/cgroup/memory /sys/fs/cgroup/pids; do
            [ ! -d "$root" ] || echo "$root"
        done
    fi
}

enter_cgroup() { # GROUP: moves this shell, and so everything it starts
    local root
    for root in $(cgroup_roots); do
        mkdir -p "$root/$CGROUP/$1"
        echo "$BASHPID" >"$root/$CGROUP/$1/cgroup.procs"
    done
}

processes_in() { # GROUP, or "" for the whole lab: host process ids
    local root
    for root in $(cgroup_roots); do
        [ ! -d "$root/$CGROUP/$1" ] || find "$root/$CGROUP/$1" -name cgroup.procs -exec cat {} + 2>/dev/null
    done | sort -un
}

kill_group() { # GROUP: kills and waits until nobody is left
    local pids attempt
    for ((attempt = 0; attempt < 100; attempt++)); do
        pids=$(processes_in "$1")
        [ -n "$pids" ] || return 0
        # shellcheck disable=SC2086 # process ids, meant to be split
        kill -KILL $pids 2>/dev/null || true
        sleep 0.05
    done
    return 1
}

remove_cgroup() { # GROUP, or "" for the lab's own
    local root
    for root in $(cgroup_roots); do
        [ ! -d "$root/$CGROUP/$1" ] || find "$root/$CGROUP/$1" -depth -type d -exec rmdir {} \; 2>/dev/null || true
    done
}

# A process is told from a later one with the same id by the time of its start (clock ticks since boot).
start_time() { awk '{ sub(/.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null; }
remember_process() { echo "$2 $(start_time "$2")" >"$LAB/run/$1"; }
remembered_process() { # NAME: its id, while that very process is alive
    local pid started
    [ -e "$LAB/run/$1" ] || return 1
    { read -r pid started <"$LAB/run/$1"; } 2>/dev/null && [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] && echo "$pid"
}

init_of() { remembered_process "$1.init"; }
running() { init_of "$1" >/dev/null; }
