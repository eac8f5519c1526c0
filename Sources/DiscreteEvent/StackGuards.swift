import CContext

/// How many stacks may still have a guard page.
///
/// Guard pages cost two memory mappings a stack and Linux allows 65,530 in a program, whatever number of simulations
/// it runs side by side. Processes of simulations run the same code, so that guarding the first thousands finds any
/// stack that overflows.
final class StackGuards: @unchecked Sendable {
    /// Those of all simulations of the program.
    static let ofProgram = StackGuards(8_192)

    /// Touched by atomic operations alone.
    private let left: UnsafeMutablePointer<Int>

    init(_ count: Int) {
        left = .allocate(capacity: 1)
        left.initialize(to: count)
    }

    deinit { left.deallocate() }

    /// Takes one for a stack; false if none is left.
    func take() -> Bool { walsim_guard_take(left) }

    /// Stacks that had them were unmapped.
    func giveBack(_ count: Int) { walsim_guards_give_back(left, count) }
}
