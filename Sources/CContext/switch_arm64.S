#if defined(__aarch64__)

#include "names.h"

    .text

// void walsim_context_switch(void **save /* x0 */, void *to /* x1 */)
//
// AAPCS64 leaves x19-x28, the frame pointer x29, the lower halves of v8-v15 and FPCR to the callee; x30 is where the
// call returns to. The frame is the one in prepare.c. The unwind notes hold on both sides of the change of stack,
// because every stack that is not running was left here with the same frame.
    .p2align 4
    .globl NAME(walsim_context_switch)
    HIDE(walsim_context_switch)
    TYPE(walsim_context_switch)
NAME(walsim_context_switch):
    .cfi_startproc
    sub sp, sp, #176
    .cfi_def_cfa_offset 176
    stp x19, x20, [sp, #0]
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    .cfi_rel_offset x19, 0
    .cfi_rel_offset x20, 8
    .cfi_rel_offset x21, 16
    .cfi_rel_offset x22, 24
    .cfi_rel_offset x23, 32
    .cfi_rel_offset x24, 40
    .cfi_rel_offset x25, 48
    .cfi_rel_offset x26, 56
    .cfi_rel_offset x27, 64
    .cfi_rel_offset x28, 72
    .cfi_rel_offset x29, 80
    .cfi_rel_offset x30, 88
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mrs x9, fpcr
    str x9, [sp, #160]

    mov x10, sp
    str x10, [x0]
    mov sp, x1

    // Writing FPCR drains the pipeline on many cores, and it hardly ever differs.
    ldr x11, [sp, #160]
    cmp x9, x11
    b.eq 1f
    msr fpcr, x11
1:
    ldp d14, d15, [sp, #144]
    ldp d12, d13, [sp, #128]
    ldp d10, d11, [sp, #112]
    ldp d8, d9, [sp, #96]
    ldp x29, x30, [sp, #80]
    ldp x27, x28, [sp, #64]
    ldp x25, x26, [sp, #48]
    ldp x23, x24, [sp, #32]
    ldp x21, x22, [sp, #16]
    ldp x19, x20, [sp, #0]
    add sp, sp, #176
    .cfi_def_cfa_offset 0
    .cfi_restore x19
    .cfi_restore x20
    .cfi_restore x21
    .cfi_restore x22
    .cfi_restore x23
    .cfi_restore x24
    .cfi_restore x25
    .cfi_restore x26
    .cfi_restore x27
    .cfi_restore x28
    .cfi_restore x29
    .cfi_restore x30
    ret
    .cfi_endproc
    SIZE(walsim_context_switch)

// The first code of every stack: x19 is the argument, x20 the entry (see prepare.c).
    .p2align 4
    .globl NAME(walsim_context_start)
    HIDE(walsim_context_start)
    TYPE(walsim_context_start)
NAME(walsim_context_start):
    .cfi_startproc
    // Nobody called this: an undefined return address is how unwinders recognise the outermost frame.
    .cfi_undefined x30
    mov x0, x19
    blr x20
    // The entry switches away for good instead of returning.
    brk #1
    .cfi_endproc
    SIZE(walsim_context_start)

#endif

#if defined(__linux__) && defined(__ELF__)
    .section .note.GNU-stack, "", %progbits
#endif
