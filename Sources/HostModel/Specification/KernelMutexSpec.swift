import SimTime

/// The one mutex of an old kernel that every change of an epoll set takes, whoever makes it.
///
/// Linux up to 3.12, and the 2.6.32 of Red Hat Enterprise Linux 6, take `epmutex` in `epoll_ctl` when a descriptor is
/// added, to see that no wake-up goes too many ways, and when an epoll set is closed (fs/eventpoll.c, ep_free).
/// PostgreSQL up to 13 does both for every wait on a latch.
public struct KernelMutexSpec: Sendable, Equatable {
    /// How long the mutex is held for one change.
    public var hold: Nanoseconds
    /// How much longer for each CPU that spins for it meanwhile: they all want the cache line of its counter.
    public var holdPerSpinner: Nanoseconds
    /// How much longer if it was held last on another NUMA node, from which its cache lines have to come.
    public var remoteTransfer: Nanoseconds
    /// How long a waiter spins at most before it goes to sleep, as it does when something else wants its core.
    public var spin: Nanoseconds
    /// Which share of the waiters that spin goes to sleep whenever another one has got the mutex.
    public var discouraged: Double

    /// Everything spelled out.
    public init(
        hold: Nanoseconds, holdPerSpinner: Nanoseconds = .zero, remoteTransfer: Nanoseconds = .zero, spin: Nanoseconds,
        discouraged: Double = 0
    ) {
        self.hold = hold
        self.holdPerSpinner = holdPerSpinner
        self.remoteTransfer = remoteTransfer
        self.spin = spin
        self.discouraged = discouraged
    }
}
