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
    /// How many of the waiters that spin, besides the one that gets it, see it free when it is released; the others
    /// go to sleep. nil: all.
    ///
    /// Every one of them has to fetch the cache line of the owner after its release and before the next owner has
    /// entered itself (kernel/sched.c of Red Hat Enterprise Linux 6, mutex_spin_on_owner, which gives up when it sees
    /// another owner). Which of them come first is up to the caches; assumed: those who spin longest.
    public var seeRelease: Int?

    /// Everything spelled out.
    public init(
        hold: Nanoseconds, holdPerSpinner: Nanoseconds = .zero, remoteTransfer: Nanoseconds = .zero, spin: Nanoseconds,
        seeRelease: Int? = nil
    ) {
        self.hold = hold
        self.holdPerSpinner = holdPerSpinner
        self.remoteTransfer = remoteTransfer
        self.spin = spin
        self.seeRelease = seeRelease
    }
}
