/// Names one process or handler of one simulation: dense numbers from 0 in the order of creation, never used again.
public struct ProcessID: Hashable, Sendable {
    /// The position in the order of creation.
    public let index: Int32

    /// The process with a number, which the caller got from a `ProcessID`.
    @inlinable public init(index: Int32) { self.index = index }
}

extension ProcessID: CustomStringConvertible {
    /// The number with a hash: `#12`.
    public var description: String { "#\(index)" }
}
