import SimTime

/// Work of another program: `cpu` on some core, then a pause so that it starts once per `every`.
public struct BackgroundWorkSpec: Sendable {
    /// What it is called in reports of deadlocks.
    public var name: String
    /// From one start to the next.
    public var every: Nanoseconds
    /// Work each time.
    public var cpu: Nanoseconds

    /// Everything spelled out.
    public init(name: String, every: Nanoseconds, cpu: Nanoseconds) {
        self.name = name
        self.every = every
        self.cpu = cpu
    }
}
