import SimTime
import Statistics

/// A storage device: what a write to it, a sync of it and a stall of it take.
public struct DeviceSpec: Sendable {
    /// fdatasync or fsync of what was written.
    public var sync: Distribution
    /// A write that must reach the device (open_datasync, open_sync). Other writes only cost CPU.
    public var write: Distribution
    /// When it answers nothing.
    public var stalls: [StallSpec]
    /// How many bytes a second go through it, over all requests; nil: what takes long is latency alone.
    public var bandwidth: Double?
    /// How many requests it serves side by side; others wait in the order of their arrival. At least 1.
    public var queueDepth: Int

    /// What a device serves at once unless it is told otherwise: what a SATA disk's queue holds.
    public static let usualQueueDepth = 32

    /// Everything spelled out.
    public init(
        sync: Distribution, write: Distribution, stalls: [StallSpec], bandwidth: Double? = nil,
        queueDepth: Int = usualQueueDepth
    ) {
        self.sync = sync
        self.write = write
        self.stalls = stalls
        self.bandwidth = bandwidth
        self.queueDepth = queueDepth
    }
}

/// The device answers nothing for a while.
public enum StallSpec: Sendable {
    /// Once, at an instant of the measured window.
    case at(Nanoseconds, lasting: Distribution)
    /// Again and again, with random (or constant) pauses between the end of one and the start of the next.
    case every(Distribution, lasting: Distribution)
}
