import DiscreteEvent
import SimTime

/// One CPU core: who runs on it, who waits for it, and how warm it is.
struct Core {
    /// The process that runs, or is being switched in; nil if the core idles.
    var running: Int32?
    var queue: RunQueue
    /// Whether the running process must give way to one that has woken, when its present burst is done (Linux's
    /// TIF_NEED_RESCHED).
    var needsReschedule = false
    /// Since when the core has been idle or busy.
    var since = Instant.zero
    /// Time spent busy before `since`.
    var busy = Nanoseconds.zero
    /// CPU work done on this core, for telling how much of a process's cache footprint others have replaced.
    var work: Int64 = 0
    /// At which count of work the hypervisor takes the core away next.
    var stealAt = Int64.max
    /// What of the work done here is still in its caches.
    var recentWork = RecentWork()
    /// What an entirely cold core would cost at this start, in nanoseconds, and what of it is still to come. Their
    /// ratio is the coldness: 0 for a core that has been working, towards 1 for one that has idled long.
    var coldFull = 0.0
    var coldLeft = 0.0
}

/// What the CPU model knows of one process.
struct CPUProcess {
    enum Phase: UInt8 {
        /// Holds its core, or is being switched in until `runsAt`.
        case running
        /// Waits in a core's queue.
        case ready
        /// Waits for something else.
        case blocked
    }

    let kernelID: ProcessID
    /// The number that the recorder knows it by; -1 for processes that are not the server's.
    let recorderNumber: Int
    var phase = Phase.blocked
    /// What the scheduler knows of it.
    let entity: UnsafeMutablePointer<SchedulingEntity>
    /// The session that it shares with others if the scheduler's groups are sessions; else -1.
    let session: Int32
    /// How much of the last time it was runnable, and until when that is counted; only kept for members of a session.
    var load = 0.0
    var loadSince = Instant.zero
    /// The cores that it may run on; nil: all.
    let allowed: CoreSet?
    /// The core that it runs on, waits for, or ran on last.
    var core: UnsafeMutablePointer<Core>
    /// When a process that is being switched in has its core, and when it has paid what that costs it and may go on.
    var switchedInAt = Instant.zero
    var runsAt = Instant.zero
    /// When and at which count of its core's work it was switched out.
    var outSince = Instant.zero
    var workWhenOut: Int64 = 0

    init(
        kernelID: ProcessID, recorderNumber: Int, entity: UnsafeMutablePointer<SchedulingEntity>,
        session: Int32, core: UnsafeMutablePointer<Core>, allowed: CoreSet?
    ) {
        self.kernelID = kernelID
        self.recorderNumber = recorderNumber
        self.entity = entity
        self.session = session
        self.core = core
        self.allowed = allowed
    }
}
