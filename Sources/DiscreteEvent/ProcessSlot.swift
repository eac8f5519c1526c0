/// What the kernel needs of a process at each wake-up: 16 bytes.
@usableFromInline struct ProcessSlot {
    @usableFromInline enum Kind: UInt8 {
        /// A process without a stack so far.
        case unstarted
        /// A process that has a stack: it runs, or it waits.
        case started
        /// A process whose body has returned; no wake-up is queued for it any more.
        case finished
        /// A callback: it has no stack and no waits.
        case handler
    }

    /// Where the process goes on, while it waits.
    var stackPointer: UnsafeMutableRawPointer?
    /// The number of the wait that the process is in, or, while it runs, of its next one.
    @usableFromInline var wait: UInt32 = 0
    @usableFromInline var kind: Kind

    /// The place of a slot's stack pointer, for the context switch to write to.
    ///
    /// A raw pointer and not an `inout`: that would be an access that lasts until the process is resumed, while others
    /// read the same field.
    @inline(__always) static func savedStackPointer(
        of slot: UnsafeMutablePointer<Self>
    ) -> UnsafeMutablePointer<UnsafeMutableRawPointer?> {
        let offset = MemoryLayout<Self>.offset(of: \.stackPointer)!
        return (UnsafeMutableRawPointer(slot) + offset).assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    }
}

/// What the kernel needs of a process at its start, at its end and in reports.
struct ProcessRecord {
    let name: String
    /// What the process runs, until it starts; what a handler calls.
    var body: (() -> Void)?
    var stack: StackPool.Stack?
}
