public import SimTime

/// The queue is empty and processes are still blocked: nothing can wake them.
public struct Deadlock: Error, Equatable {
    /// One blocked process.
    public struct Blocked: Equatable, Sendable {
        /// The process.
        public let process: ProcessID
        /// The name it was spawned with.
        public let name: String
        /// What it waits for, as far as the model can tell.
        public let detail: String
    }

    /// When the last wake-up was delivered.
    public let instant: Instant
    /// Every blocked process, in the order of creation.
    public let blocked: [Blocked]
}

extension Deadlock: CustomStringConvertible {
    /// A headline and one line a process.
    public var description: String {
        let lines = blocked.map { "  \($0.name) \($0.process)\($0.detail.isEmpty ? "" : ": \($0.detail)")" }
        return (["deadlock at \(instant): \(blocked.count) processes are blocked and no wake-up is queued"] + lines)
            .joined(separator: "\n")
    }
}
