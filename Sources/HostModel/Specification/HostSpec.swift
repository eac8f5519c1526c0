import Statistics

/// The machine that the server runs on. Costs of CPU work are in `costs`, by the name of the work.
public struct HostSpec: Sendable {
    /// How many cores there are.
    public var cores: Int
    /// How they behave.
    public var cpu: CPUSpec
    /// Cores that some processes are confined to, by what scenarios call them.
    public var coreSets: [CoreSetSpec] = []
    /// Virtual machines on it.
    public var guests: [GuestSpec] = []
    /// The mutex that changes of epoll sets take; nil: a kernel that has none.
    public var eventSetMutex: KernelMutexSpec?
    /// CPU cost of each kind of work (`Work`), complete with defaults.
    public var costs: CostTable
    /// Where WAL is written to.
    public var walDevice: DeviceSpec
    /// Where data files and pg_control are; nil: on the WAL's device.
    public var dataDevice: DeviceSpec?
    /// One round trip between a client elsewhere and the server.
    public var roundTrip: Distribution
    /// Periodic work of other programs on the same cores, such as a sampler.
    public var background: [BackgroundWorkSpec]

    /// Everything spelled out.
    public init(
        cores: Int, cpu: CPUSpec, costs: CostTable, walDevice: DeviceSpec,
        dataDevice: DeviceSpec? = nil, roundTrip: Distribution, background: [BackgroundWorkSpec]
    ) {
        self.cores = cores
        self.cpu = cpu
        self.costs = costs
        self.walDevice = walDevice
        self.dataDevice = dataDevice
        self.roundTrip = roundTrip
        self.background = background
    }
}
