/// Cores that processes may be confined to (cpuset(7)).
public struct CoreSetSpec: Sendable, Equatable {
    /// What scenarios call it.
    public var name: String
    /// The cores' numbers, at least one, each once.
    public var cores: [Int]

    /// Everything spelled out.
    public init(name: String, cores: [Int]) {
        self.name = name
        self.cores = cores
    }
}
