import Instrumentation
import SimTime
import WaitEvents

/// How one run is watched; nothing here changes what happens in it.
public struct RunOptions: Sendable {
    /// Told from time to time how much of the run is done, 0...1, on the run's own thread.
    public var onProgress: (@Sendable (Double) -> Void)?
    /// Asked from time to time whether to end the run early.
    public var shouldStop: (@Sendable () -> Bool)?
    /// Given each simulated sample of each session: time since t = 0, process number, backend type, event.
    public var onSample: (@Sendable (SessionSample) -> Void)?

    /// The interval of a further, finer timeline for pictures; nil: none.
    public var detailInterval: Nanoseconds?

    /// Makes what observes the run of a seed; nil, or a nil observer: nobody.
    public var makeObserver: (@Sendable (UInt64) -> (any RunObserver)?)?

    /// Options that leave out what is nil.
    public init(
        onProgress: (@Sendable (Double) -> Void)? = nil, shouldStop: (@Sendable () -> Bool)? = nil,
        onSample: (@Sendable (SessionSample) -> Void)? = nil, detailInterval: Nanoseconds? = nil,
        makeObserver: (@Sendable (UInt64) -> (any RunObserver)?)? = nil
    ) {
        self.onProgress = onProgress
        self.shouldStop = shouldStop
        self.onSample = onSample
        self.detailInterval = detailInterval
        self.makeObserver = makeObserver
    }
}

/// One session as one sample saw it.
public struct SessionSample: Sendable {
    /// The seed of the run's repeat.
    public var seed: UInt64
    /// Time since t = 0.
    public var at: Nanoseconds
    /// The process's number in the cluster, from 0: servers one after the other.
    public var process: Int
    /// What kind of server process it is.
    public var backendType: BackendType
    /// nil: active and showing no event.
    public var event: WaitEventName?
}
