#ifndef WALSIM_CCONTEXT_H
#define WALSIM_CCONTEXT_H

#include <stdbool.h>
#include <stddef.h>

/// Leaves the running stack for another one: saves what the ABI asks a callee to keep on the running stack,
/// stores that stack's pointer in `*save`, loads `to` and returns on it, from the call that left it.
///
/// `save` must point to plain memory, never into storage that the caller's language guards across the call:
/// the call returns much later, after other stacks have run.
void walsim_context_switch(void *_Nullable *_Nonnull save, void *_Nonnull to);

/// Lays out the first frame of a fresh stack and returns the stack pointer to switch to.
///
/// The first switch to it calls `entry(argument)`, which must never return. `top` is the end of the stack's memory.
void *_Nonnull walsim_context_prepare(
    void *_Nonnull top, void (*_Nonnull entry)(void *_Nonnull), void *_Nonnull argument);

/// Maps `size` bytes for a stack (a multiple of the page size), committed page by page when first touched.
///
/// With `guarded` the lowest page faults on any access, so that an overflow ends the program instead of running on.
/// A program that has no mapping left for that page gets a stack without. Returns NULL when the system has no memory or
/// no mappings left for the stack itself.
void *_Nullable walsim_stack_map(size_t size, bool guarded);

/// Takes one of `*left` guard pages, which several threads share; false if there is none.
bool walsim_guard_take(long *_Nonnull left);

/// Adds `count` to them again.
void walsim_guards_give_back(long *_Nonnull left, long count);

/// Ends the program with a line that says why, for want of a stack: a simulation cannot be left in its middle.
/// `mapped` stacks of `size` bytes there are.
_Noreturn void walsim_stack_exhausted(size_t mapped, size_t size);

/// Unmaps what `walsim_stack_map` returned.
void walsim_stack_unmap(void *_Nonnull base, size_t size);

/// The system's page size in bytes.
size_t walsim_page_size(void);

#endif
