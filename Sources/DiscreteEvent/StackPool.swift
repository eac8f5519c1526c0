import CContext

/// The stacks of one simulation: mapped on demand, kept for re-use when their process ends, unmapped with the pool.
struct StackPool {
    /// A stack's memory; the stack grows down from `top`.
    typealias Stack = UnsafeMutableRawPointer

    /// Guard pages cost two memory mappings a stack and Linux allows 65,530 in a program. All processes of a
    /// simulation run the same code, so that guarding the first thousands finds any that overflows.
    static let guardedStacks = 8_192

    let stackSize: Int
    private var all: [Stack] = []
    private var free: [Stack] = []

    /// - Parameter stackSize: bytes a stack, rounded up to whole pages; the guard page comes on top.
    init(stackSize: Int) {
        let page = walsim_page_size()
        self.stackSize = (stackSize + page - 1) / page * page + page
    }

    /// How many stacks are mapped, in use or not.
    var mappedCount: Int { all.count }

    mutating func acquire() -> Stack {
        if let stack = free.popLast() { return stack }
        guard let stack = walsim_stack_map(stackSize, all.count < Self.guardedStacks) else {
            walsim_stack_exhausted(all.count, stackSize)
        }
        all.append(stack)
        return stack
    }

    /// Takes a stack back. The caller may still run on it, but has to leave it before the next `acquire`.
    mutating func release(_ stack: Stack) { free.append(stack) }

    func top(of stack: Stack) -> UnsafeMutableRawPointer { stack + stackSize }

    func unmapAll() {
        for stack in all { walsim_stack_unmap(stack, stackSize) }
    }
}
