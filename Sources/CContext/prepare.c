#include "CContext.h"

#include <stdint.h>
#include <string.h>

/// Where the first switch to a stack continues (in assembly): calls the entry with its argument.
extern void walsim_context_start(void);

// The frames mirror, from the stack pointer upwards, what walsim_context_switch pops.
#if defined(__x86_64__)

struct frame {
    uint32_t mxcsr;
    uint16_t fpu_control;
    uint16_t padding;
    uint64_t r15, r14, r13, r12, rbx, rbp, rip;
    uint64_t end_of_frames[2];  // zeros where a walk along frame pointers would look for a caller
};

static void fill(struct frame *frame, void (*entry)(void *), void *argument) {
    __asm__("stmxcsr %0" : "=m"(frame->mxcsr));
    __asm__("fnstcw %0" : "=m"(frame->fpu_control));
    frame->r12 = (uint64_t)argument;
    frame->r13 = (uint64_t)entry;
    frame->rip = (uint64_t)walsim_context_start;
}

#elif defined(__aarch64__)

struct frame {
    uint64_t x19, x20, x21, x22, x23, x24, x25, x26, x27, x28, x29, x30;
    uint64_t d8, d9, d10, d11, d12, d13, d14, d15;
    uint64_t fpcr, padding;
};

static void fill(struct frame *frame, void (*entry)(void *), void *argument) {
    __asm__("mrs %0, fpcr" : "=r"(frame->fpcr));
    frame->x19 = (uint64_t)argument;
    frame->x20 = (uint64_t)entry;
    frame->x30 = (uint64_t)walsim_context_start;
}

#else
#error "context switches are written for x86-64 and arm64"
#endif

_Static_assert(sizeof(struct frame) % 16 == 0, "the first call on a stack would be misaligned");

void *walsim_context_prepare(void *top, void (*entry)(void *), void *argument) {
    // Both ABIs want the stack pointer 16-byte aligned at the call in walsim_context_start, which runs with what is
    // left of the frame after the pops: nothing on arm64, end_of_frames on x86-64.
    uintptr_t aligned = (uintptr_t)top & ~(uintptr_t)15;
    struct frame *frame = (struct frame *)(aligned - sizeof(struct frame));
    memset(frame, 0, sizeof *frame);
    fill(frame, entry, argument);
    return frame;
}
