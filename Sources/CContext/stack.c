#if defined(__linux__)
#define _GNU_SOURCE
#endif

#include "CContext.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#if !defined(MAP_STACK)
#define MAP_STACK 0
#endif
#if !defined(MAP_NORESERVE)
#define MAP_NORESERVE 0
#endif

size_t walsim_page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

void *walsim_stack_map(size_t size, bool guarded) {
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE;
    void *base = mmap(NULL, size, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (base == MAP_FAILED) return NULL;
#if defined(MADV_NOHUGEPAGE)
    // Neighbouring stacks merge into one mapping; a huge page over it would commit all of them at once.
    (void)madvise(base, size, MADV_NOHUGEPAGE);
#endif
    // A stack without its guard page is better than none: the program may have no mapping left for one.
    if (guarded && mprotect(base, walsim_page_size(), PROT_NONE) != 0 && errno != ENOMEM) {
        munmap(base, size);
        return NULL;
    }
    return base;
}

bool walsim_guard_take(long *left) {
    if (__atomic_sub_fetch(left, 1, __ATOMIC_RELAXED) >= 0) return true;
    walsim_guards_give_back(left, 1);
    return false;
}

void walsim_guards_give_back(long *left, long count) { __atomic_add_fetch(left, count, __ATOMIC_RELAXED); }

void walsim_stack_exhausted(size_t mapped, size_t size) {
    fprintf(stderr,
            "walsim: out of memory: no stack for another process (seen %zu of %zu kB; a process is a connection or "
            "part of a server; fewer of them, or fewer --jobs, need less)\n",
            mapped, size / 1024);
    exit(70);  // EX_SOFTWARE of sysexits.h
}

void walsim_stack_unmap(void *base, size_t size) { munmap(base, size); }
