#include "names.h"

// int preserved(void (*function)(void *), void *argument, uint64_t seed)
//
// Fills every register that the ABI leaves to the callee with a value of its own made from the seed, calls the function
// and returns how many of them have another value then.
    .text
    .p2align 4
    .globl NAME(preserved)
    TYPE(preserved)
NAME(preserved):

#if defined(__aarch64__)

    stp x29, x30, [sp, #-176]!
    mov x29, sp
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    str x2, [sp, #160]
    mov x9, x0
    mov x0, x1

    .irp number, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28
    add x\number, x2, #\number
    .endr
    .irp number, 8, 9, 10, 11, 12, 13, 14, 15
    add x3, x2, #100 + \number
    fmov d\number, x3
    .endr

    blr x9

    // The frame pointer first: what follows reads the seed through the stack pointer.
    mov x3, sp
    cmp x3, x29
    cset x0, ne
    ldr x2, [sp, #160]
    .irp number, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28
    add x3, x2, #\number
    cmp x3, x\number
    cinc x0, x0, ne
    .endr
    .irp number, 8, 9, 10, 11, 12, 13, 14, 15
    add x3, x2, #100 + \number
    fmov x4, d\number
    cmp x3, x4
    cinc x0, x0, ne
    .endr

    ldp d14, d15, [sp, #144]
    ldp d12, d13, [sp, #128]
    ldp d10, d11, [sp, #112]
    ldp d8, d9, [sp, #96]
    ldp x27, x28, [sp, #80]
    ldp x25, x26, [sp, #64]
    ldp x23, x24, [sp, #48]
    ldp x21, x22, [sp, #32]
    ldp x19, x20, [sp, #16]
    ldp x29, x30, [sp], #176
    ret

#elif defined(__x86_64__)

    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    pushq %rdx
    movq %rdi, %rax
    movq %rsi, %rdi
    leaq 1(%rdx), %rbp
    leaq 2(%rdx), %rbx
    leaq 3(%rdx), %r12
    leaq 4(%rdx), %r13
    leaq 5(%rdx), %r14
    leaq 6(%rdx), %r15

    callq *%rax

    // The seed is subtracted from all six, and what is left compared.
    popq %rdx
    xorl %eax, %eax
    .macro count register, value
    subq %rdx, \register
    cmpq $\value, \register
    setne %cl
    movzbl %cl, %ecx
    addl %ecx, %eax
    .endm
    count %rbp, 1
    count %rbx, 2
    count %r12, 3
    count %r13, 4
    count %r14, 5
    count %r15, 6
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    retq

#endif

    SIZE(preserved)

#if defined(__linux__) && defined(__ELF__)
    .section .note.GNU-stack, "", %progbits
#endif
