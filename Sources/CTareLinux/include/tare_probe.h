// What this kernel lets the process do, found by trying it in a child. Nothing of a trial stays behind.
#pragma once

/// What the KVM probe found.
typedef enum {
    TARE_KVM_ABSENT = 0,
    TARE_KVM_USABLE = 1,
    TARE_KVM_EMULATED = 2,
    TARE_KVM_BROKEN = 3,
} tare_kvm_state;

/// The probe's finding and what it rests on.
typedef struct {
    tare_kvm_state state;
    /// The errno where a call failed, or 0.
    int error;
    /// The best time of one loop iteration in the guest, or 0 where no loop ran.
    double nanoseconds;
    /// KVM's exit reason where the guest left in an unexpected way, or 0.
    int exit_reason;
} tare_kvm_finding;

/// Runs a loop at CPL 0 of a 64-bit guest in a child process; ends within 2 seconds whatever KVM does.
tare_kvm_finding tare_probe_kvm(void);

/// Mounts an overlay on a tmpfs in a mount namespace of the child's own; without root in a user namespace too. Returns 0
/// or the errno of the step that failed.
int tare_try_overlay(void);

/// Makes a user namespace and maps the calling user to root in it. Returns 0 or an errno.
int tare_try_user_namespace(void);

/// Installs a seccomp filter that makes one system call fail, and sees it fail. Returns 0 or an errno.
int tare_try_seccomp(void);
