// Switches many times among hundreds of stacks, as DiscreteEvent does (Dispatch.swift), on several threads at once, and
// counts everything that a switch must keep and did not: registers, stack contents, alignment, rounding modes.
//
// It needs no Swift, so that it also runs under an emulator of a processor that nobody here has.

#include "CContext.h"

#include <fenv.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { processes = 256, outside = processes, rounds = 100, threads = 2, stack_size = 256 * 1024 };

/// What one thread runs.
struct simulation {
    void *saved[processes + 1];
    char *stacks[processes];
    bool finished[processes];
    int current, alive;
    long switches, errors;
    uint64_t random;
};

static __thread long switches_of_thread;

int preserved(void (*function)(void *), void *argument, uint64_t seed);

static void expect(struct simulation *simulation, bool holds, const char *what) {
    if (holds) return;
    if (simulation->errors++ == 0) fprintf(stderr, "process %d: %s\n", simulation->current, what);
}

static uint64_t draw(struct simulation *simulation) {
    simulation->random = simulation->random * 6364136223846793005u + 1442695040888963407u;
    return simulation->random >> 33;
}

static __attribute__((noinline)) void switch_to(struct simulation *simulation, int next) {
    int leaving = simulation->current;
    if (next == leaving) return;
    simulation->current = next;
    simulation->switches++;
    switches_of_thread++;
    walsim_context_switch(&simulation->saved[leaving], simulation->saved[next]);
    expect(simulation, simulation->current == leaving, "another process was resumed in its place");
}

/// Goes to a random process that is still there, or back outside.
static void hop(void *argument) {
    struct simulation *simulation = argument;
    int next = outside;
    while (simulation->alive > 0 && (next == outside || simulation->finished[next])) {
        next = (int)(draw(simulation) % processes);
    }
    switch_to(simulation, next);
}

/// Recursion whose frames must be there again after other stacks have run.
static __attribute__((noinline)) double descend(struct simulation *simulation, int depth, double value, bool hops) {
    _Alignas(16) volatile unsigned char frame[64];
    memset((void *)frame, depth, sizeof frame);
    expect(simulation, (uintptr_t)frame % 16 == 0, "the stack is misaligned");
    double result = value;
    if (depth > 0) result = descend(simulation, depth - 1, value * 1.0001 + depth, hops) / 3;
    if (hops && depth % 37 == 0) hop(simulation);
    for (size_t index = 0; index < sizeof frame; index++) {
        expect(simulation, frame[index] == (unsigned char)depth, "its stack has changed");
    }
    return result;
}

/// Rounds as the processor is told to: on x86-64 not by the mode that fegetround reads.
static double third(void) {
    volatile double one = 1, three = 3;
    return one / three;
}

static void body(struct simulation *simulation, int number) {
    const int mode = number % 2 == 0 ? FE_UPWARD : FE_DOWNWARD;
    char text[64];
    fesetround(mode);
    const double rounded = third();
    for (int round = 0; round < rounds; round++) {
        uint64_t seed = ((uint64_t)number << 32) ^ draw(simulation);
        expect(simulation, preserved(hop, simulation, seed) == 0, "a register has changed");
        expect(simulation, fegetround() == mode && third() == rounded, "the rounding mode has changed");
        // Variadic calls with floating-point arguments fail first where a stack is misaligned.
        snprintf(text, sizeof text, "%d %.3f %Lf", number, number / 3.0, (long double)round);
        hop(simulation);
        expect(simulation, atoi(text) == number, "a text has changed");
    }
    double hopped = descend(simulation, 500, number, true);
    expect(simulation, hopped == descend(simulation, 500, number, false), "a sum differs");
}

static void enter(void *argument) {
    struct simulation *simulation = argument;
    int number = simulation->current;
    char *here = __builtin_frame_address(0);
    char *stack = simulation->stacks[number];
    expect(simulation, here > stack && here < stack + stack_size, "it runs on a stack that is not its own");
    body(simulation, number);
    simulation->finished[number] = true;
    simulation->alive--;
    hop(simulation);
    abort();
}

static void *run(void *argument) {
    struct simulation *simulation = argument;
    simulation->current = outside;
    simulation->alive = processes;
    for (int number = 0; number < processes; number++) {
        char *stack = walsim_stack_map(stack_size, true);
        if (stack == NULL) walsim_stack_exhausted((size_t)number, stack_size);
        simulation->stacks[number] = stack;
        simulation->saved[number] = walsim_context_prepare(stack + stack_size, enter, simulation);
    }
    fesetround(FE_TOWARDZERO);
    hop(simulation);
    expect(simulation, fegetround() == FE_TOWARDZERO, "the rounding mode outside has changed");
    expect(simulation, switches_of_thread == simulation->switches, "a thread's own variable has changed");
    for (int number = 0; number < processes; number++) walsim_stack_unmap(simulation->stacks[number], stack_size);
    return NULL;
}

int main(void) {
    static struct simulation simulations[threads];
    pthread_t handles[threads];
    long switches = 0, errors = 0;
    for (int index = 0; index < threads; index++) {
        simulations[index].random = (uint64_t)index + 1;
        if (pthread_create(&handles[index], NULL, run, &simulations[index]) != 0) abort();
    }
    for (int index = 0; index < threads; index++) {
        pthread_join(handles[index], NULL);
        switches += simulations[index].switches;
        errors += simulations[index].errors;
    }
    printf("%ld switches, %ld errors\n", switches, errors);
    return errors == 0 ? 0 : 1;
}
