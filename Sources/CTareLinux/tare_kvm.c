#include "tare_child.h"
#include "tare_probe.h"

#include <errno.h>
#include <string.h>

#if defined(__x86_64__)

#include <fcntl.h>
#include <linux/kvm.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { LOOPS = 20000, TRIES = 3, STOP_MICROSECONDS = 250000, MEMORY = 4 << 20, CODE = 1 << 20 };

/// Above this a guest kernel would take minutes to boot; real hardware needs about a nanosecond.
static const double usable_below_nanoseconds = 50;

static struct kvm_run *volatile running;

static void stop(int number) {
    (void)number;
    // Closes the gap between the signal and the entry into the guest.
    running->immediate_exit = 1;
}

static double now_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

/// A segment of the flat 64-bit layout; `type` 11 is code, 3 is data.
static struct kvm_segment segment(int selector, int type) {
    struct kvm_segment made;
    memset(&made, 0, sizeof made);
    made.selector = selector;
    made.type = type;
    made.limit = 0xffffffff;
    made.present = 1;
    made.s = 1;
    made.g = 1;
    made.l = type == 11;
    made.db = type != 11;
    return made;
}

/// Puts page tables (one 2 MiB page, identical addresses) and the loop into the guest's memory.
static void fill(unsigned char *memory) {
    unsigned long long entries[] = {0x2003, 0x3003, 0x83};
    for (int level = 0; level < 3; level++) memcpy(memory + 0x1000 * (level + 1), &entries[level], sizeof entries[level]);
    // dec ecx; jnz back; hlt
    static const unsigned char loop[] = {0xff, 0xc9, 0x75, 0xfc, 0xf4};
    memcpy(memory + CODE, loop, sizeof loop);
}

static int set_mode(int cpu) {
    struct kvm_sregs special;
    if (ioctl(cpu, KVM_GET_SREGS, &special) != 0) return errno;
    special.cr3 = 0x1000;
    special.cr4 = 1 << 5;
    special.cr0 = 0x80000001;
    special.efer = 1 << 8 | 1 << 10;
    special.cs = segment(8, 11);
    special.ds = special.es = special.fs = special.gs = special.ss = segment(16, 3);
    return ioctl(cpu, KVM_SET_SREGS, &special) == 0 ? 0 : errno;
}

/// Runs the loop once; gives nanoseconds per iteration, or a negative number where the guest left otherwise.
static double run_once(int cpu, struct kvm_run *run, tare_kvm_finding *finding) {
    struct kvm_regs registers;
    memset(&registers, 0, sizeof registers);
    registers.rip = CODE;
    registers.rcx = LOOPS;
    registers.rsp = 0x8000;
    registers.rflags = 2;
    if (ioctl(cpu, KVM_SET_REGS, &registers) != 0) {
        finding->error = errno;
        return -1;
    }
    run->immediate_exit = 0;
    struct itimerval limit = {{0, 0}, {0, STOP_MICROSECONDS}};
    struct itimerval none = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &limit, NULL);
    double began = now_nanoseconds();
    int left = ioctl(cpu, KVM_RUN, 0);
    int failure = left != 0 ? errno : 0;
    double elapsed = now_nanoseconds() - began;
    setitimer(ITIMER_REAL, &none, NULL);
    if (left == 0 && (run->exit_reason == KVM_EXIT_HLT || run->exit_reason == KVM_EXIT_IO)) return elapsed / LOOPS;
    if (failure == EINTR && ioctl(cpu, KVM_GET_REGS, &registers) == 0) {
        unsigned long long done = LOOPS - (registers.rcx & 0xffffffff);
        return elapsed / (done > 0 ? done : 1);
    }
    finding->error = failure;
    finding->exit_reason = failure == 0 ? (int)run->exit_reason : 0;
    return -1;
}

/// Everything that must be there before a guest can run; what fails here means `absent`.
static int make_guest(int *cpu, struct kvm_run **run) {
    int device = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (device < 0) return errno;
    int machine = ioctl(device, KVM_CREATE_VM, 0);
    if (machine < 0) return errno;
    ioctl(machine, KVM_SET_TSS_ADDR, 0xfffbd000);
    unsigned char *memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return errno;
    fill(memory);
    struct kvm_userspace_memory_region region;
    memset(&region, 0, sizeof region);
    region.memory_size = MEMORY;
    region.userspace_addr = (unsigned long long)memory;
    if (ioctl(machine, KVM_SET_USER_MEMORY_REGION, &region) != 0) return errno;
    *cpu = ioctl(machine, KVM_CREATE_VCPU, 0);
    if (*cpu < 0) return errno;
    int size = ioctl(device, KVM_GET_VCPU_MMAP_SIZE, 0);
    if (size < (int)sizeof(struct kvm_run)) return EINVAL;
    *run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, *cpu, 0);
    return *run == MAP_FAILED ? errno : 0;
}

static void probe(void *result) {
    tare_kvm_finding *finding = result;
    int cpu = -1;
    struct kvm_run *run = NULL;
    finding->error = make_guest(&cpu, &run);
    if (finding->error != 0) {
        finding->state = TARE_KVM_ABSENT;
        return;
    }
    running = run;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = stop;
    sigaction(SIGALRM, &action, NULL);
    finding->state = TARE_KVM_BROKEN;
    for (int attempt = 0; attempt < TRIES; attempt++) {
        if ((finding->error = set_mode(cpu)) != 0) return;
        double nanoseconds = run_once(cpu, run, finding);
        if (nanoseconds < 0) return;
        if (attempt == 0 || nanoseconds < finding->nanoseconds) finding->nanoseconds = nanoseconds;
    }
    finding->state = finding->nanoseconds < usable_below_nanoseconds ? TARE_KVM_USABLE : TARE_KVM_EMULATED;
}

#else

static void probe(void *result) {
    ((tare_kvm_finding *)result)->error = ENOSYS;
}

#endif

tare_kvm_finding tare_probe_kvm(void) {
    tare_kvm_finding finding;
    memset(&finding, 0, sizeof finding);
    int failure = tare_in_child(probe, &finding, sizeof finding, 1900);
    if (failure != 0) {
        memset(&finding, 0, sizeof finding);
        finding.state = TARE_KVM_BROKEN;
        finding.error = failure;
    }
    return finding;
}
