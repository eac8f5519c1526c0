import CContext

/// The stacks of one simulation: mapped on demand, kept for re-use when their process ends, unmapped with the pool.
struct StackPool {
    /// A stack's memory; the stack grows down from `top`.
    typealias Stack = UnsafeMutableRawPointer

    let stackSize: Int
    private var all: [Stack] = []
    private var free: [Stack] = []
    private let guards: StackGuards
    /// How many of its stacks have a guard page.
    private(set) var guardedCount = 0

    /// - Parameters:
    ///   - stackSize: bytes a stack, rounded up to whole pages; the guard page comes on top.
    ///   - guards: what it takes guard pages from, for as long as its stacks are mapped.
    init(stackSize: Int, guards: StackGuards = .ofProgram) {
        self.guards = guards
        let page = walsim_page_size()
        self.stackSize = (stackSize + page - 1) / page * page + page
    }

    /// How many stacks are mapped, in use or not.
    var mappedCount: Int { all.count }

    mutating func acquire() -> Stack {
        if let stack = free.popLast() { return stack }
        let isGuarded = guards.take()
        guard let stack = walsim_stack_map(stackSize, isGuarded) else {
            walsim_stack_exhausted(all.count, stackSize)
        }
        if isGuarded { guardedCount += 1 }
        all.append(stack)
        return stack
    }

    /// Takes a stack back. The caller may still run on it, but has to leave it before the next `acquire`.
    mutating func release(_ stack: Stack) { free.append(stack) }

    func top(of stack: Stack) -> UnsafeMutableRawPointer { stack + stackSize }

    func unmapAll() {
        for stack in all { walsim_stack_unmap(stack, stackSize) }
        guards.giveBack(guardedCount)
    }
}
