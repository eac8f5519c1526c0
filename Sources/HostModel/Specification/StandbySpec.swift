import Postgres
import Statistics

/// A standby of one server.
public struct StandbySpec: Sendable {
    /// Its application_name, by which `synchronous_standby_names` knows it.
    public var name: String
    /// Index of the machine that it runs on, in `ClusterSpec.hosts`.
    public var host: Int
    /// Its settings.
    public var settings: Settings
    /// Its own device for WAL.
    public var walDevice: DeviceSpec
    /// The network to its primary; nil: a Unix socket on the same machine.
    public var network: NetworkSpec?
    /// When queries on it hold replay up.
    public var replayStalls: [StallSpec]
    /// How long replay takes for a byte, in nanoseconds; nil: its machine's cost.
    public var replayPerByte: Double?

    /// Everything spelled out.
    public init(
        name: String, host: Int = 0, settings: Settings, walDevice: DeviceSpec, network: NetworkSpec? = nil,
        replayStalls: [StallSpec] = [], replayPerByte: Double? = nil
    ) {
        self.name = name
        self.host = host
        self.settings = settings
        self.walDevice = walDevice
        self.network = network
        self.replayStalls = replayStalls
        self.replayPerByte = replayPerByte
    }
}

/// A network between two machines.
public struct NetworkSpec: Sendable {
    /// There and back again.
    public var roundTrip: Distribution
    /// Bytes a second each way; nil: no bound.
    public var bandwidth: Double?

    /// Everything spelled out.
    public init(roundTrip: Distribution, bandwidth: Double? = nil) {
        self.roundTrip = roundTrip
        self.bandwidth = bandwidth
    }
}
