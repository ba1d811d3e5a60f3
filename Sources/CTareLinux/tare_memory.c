#include "tare_linux.h"

#include <sys/mman.h>

void tare_advise_huge(void *address, size_t bytes) {
    (void)madvise(address, bytes, MADV_HUGEPAGE);
}
