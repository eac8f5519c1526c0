#if defined(__x86_64__)

#include "names.h"

    .text

// void walsim_context_switch(void **save /* rdi */, void *to /* rsi */)
//
// The System V ABI leaves six general registers and the control bits of MXCSR and of the x87 to the callee; all other
// registers are dead at a call. The unwind notes hold on both sides of the change of stack, because every stack that
// is not running was left here with the same frame.
    .p2align 4
    .globl NAME(walsim_context_switch)
    HIDE(walsim_context_switch)
    TYPE(walsim_context_switch)
NAME(walsim_context_switch):
    .cfi_startproc
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    pushq %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    pushq %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    pushq %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    pushq %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    subq $8, %rsp
    .cfi_adjust_cfa_offset 8
    stmxcsr (%rsp)
    fnstcw 4(%rsp)

    movq %rsp, (%rdi)
    movq %rsi, %rsp

    ldmxcsr (%rsp)
    fldcw 4(%rsp)
    addq $8, %rsp
    .cfi_adjust_cfa_offset -8
    popq %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    popq %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    popq %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    popq %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    popq %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    popq %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    // A return, not a jump: stacks leave from the same few places, so the processor's return prediction stays right.
    ret
    .cfi_endproc
    SIZE(walsim_context_switch)

// The first code of every stack: r12 is the argument, r13 the entry (see prepare.c).
    .p2align 4
    .globl NAME(walsim_context_start)
    HIDE(walsim_context_start)
    TYPE(walsim_context_start)
NAME(walsim_context_start):
    .cfi_startproc
    // Nobody called this: an undefined return address is how unwinders recognise the outermost frame.
    .cfi_undefined %rip
    movq %r12, %rdi
    callq *%r13
    // The entry switches away for good instead of returning.
    ud2
    .cfi_endproc
    SIZE(walsim_context_start)

#endif

#if defined(__linux__) && defined(__ELF__)
    .section .note.GNU-stack, "", %progbits
#endif
