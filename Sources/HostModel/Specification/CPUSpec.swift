import SimTime

/// How the cores and the kernel's scheduler behave. Every time is in the unit of its type; see the schema for meanings.
public struct CPUSpec: Sendable {
    /// How a core chooses among the processes that wait for it.
    public enum Scheduler: String, Sendable, CaseIterable { case eevdf, fifo }
    /// Whose core a message's reader waits for: its own last one, or its sender's unless more wait there (Linux:
    /// synchronous wake-ups, `wake_affine`).
    public enum MessageWakeup: String, Sendable, CaseIterable { case reader, sender }
    /// Whether EEVDF takes the core from a process that has had more than its share when one that is next wakes.
    ///
    /// `newest`: who woke last comes before those with earlier deadlines (Linux's next buddy). Woken by a lock, a latch
    /// or a timer it takes the core at once unless it has had more than its share; woken by a message it waits until
    /// the running process has had its share, as that one is expected to sleep soon (a synchronous wake-up). A backend
    /// that a statement wakes is preferred to nobody: so the measured rows are met best. In scheduler traces of a real
    /// server (PostgreSQL 15, Linux 6.18, 4 to 32 clients) a backend that wakes another one on its own core gives way
    /// at once in 21 to 97 of 100 cases, one that wakes its client's thread in at most 62, mostly in less than 30.
    public enum WakeupPreemption: String, Sendable, CaseIterable { case off, on, newest }
    /// Whether the scheduler's groups are sessions.
    public enum Autogroup: String, Sendable, CaseIterable { case off, on }
    /// Work whose code and data are no longer in its core's caches: `1 + factor x (1 - exp(-t / time))` times as dear
    /// if the core last did its kind a time `t` ago.
    public struct Refetch: Sendable {
        /// How many times its cost it takes on top if that was very long ago; 0: nothing is ever lost.
        public var factor: Double
        /// Time after which 63 % of that are due.
        public var time: Nanoseconds
        /// The same cost however long ago.
        public static let none = Refetch(factor: 0, time: .zero)

        /// Everything spelled out.
        public init(factor: Double, time: Nanoseconds) { (self.factor, self.time) = (factor, time) }
    }
    /// The interrupt by which one core wakes another that has halted; in a virtual machine it goes through the
    /// hypervisor.
    public struct Kick: Sendable {
        /// How many times as long the core takes to come back as by its own timer.
        public var factor: Double
        /// What sending it costs.
        public var cost: Nanoseconds
        /// No dearer than the core's own timer.
        public static let none = Kick(factor: 1, cost: .zero)

        /// Everything spelled out.
        public init(factor: Double, cost: Nanoseconds) { (self.factor, self.cost) = (factor, cost) }
    }
    /// The policy of the run queues.
    public var scheduler: Scheduler
    /// Time slice of a process while others wait for its core.
    public var slice: Nanoseconds
    /// How long ago a process that waits for a core must have run for another core, about to idle, to take it over:
    /// before that its caches are taken for hot (Linux: `sched_migration_cost_ns`). Nil: it never does.
    public var migrationCost: Nanoseconds?
    /// Whether a process that wakes may take a core before the slice there ends (Linux's WAKEUP_PREEMPTION).
    public var wakeupPreemption: WakeupPreemption
    /// Whether each session is scheduled as one group, as Linux does (`sched_autogroup_enabled`). PostgreSQL's
    /// processes are sessions of their own: what one that blocks had too much stays behind in its core's queue, and the
    /// process itself is free to wake on another core. The threads of a client program share one session's claim.
    public var autogroup: Autogroup
    /// Where a message through a local socket wakes its reader if no core idles.
    public var messageWakeup: MessageWakeup
    /// Switching a core from one process to another.
    public var contextSwitch: Nanoseconds
    /// How long an idle core polls for work before it halts; coming back meanwhile costs nothing.
    public var idlePoll: Nanoseconds
    /// Leaving the idle state costs `idleExitBase + idleExitGrowth x sqrt(idle time in us)` (both in us).
    public var idleExitBase: Nanoseconds
    /// The part of leaving the idle state that grows with the square root of the idle time in us.
    public var idleExitGrowth: Nanoseconds
    /// A core that idled long takes up to `coldPenalty` more for its next work; it cools with time constant
    /// `coolingTime` while idle and warms with `warmingTime` while working.
    public var coldPenalty: Nanoseconds
    /// Time constant of an idle core's cooling.
    public var coolingTime: Nanoseconds
    /// Time constant of a working core's warming.
    public var warmingTime: Nanoseconds
    /// What code and data that have left a core's caches cost.
    public var refetch: Refetch
    /// What waking a halted core from another one costs.
    public var kick: Kick
    /// Being switched in costs `evictionPenalty x (1 - exp(-others' work / evictionWork))`
    /// `+ absencePenalty x (1 - exp(-time off CPU / absenceTime))`.
    public var evictionPenalty: Nanoseconds
    /// Others' work after which 63 % of that are due.
    public var evictionWork: Nanoseconds
    /// What a very long time off CPU adds to being switched in.
    public var absencePenalty: Nanoseconds
    /// Time off CPU after which 63 % of that are due.
    public var absenceTime: Nanoseconds
    /// Share of those penalties that is exponentially distributed; the rest is constant. 0...1.
    public var jitter: Double
    /// The same share of `coldPenalty`: what a core has lost hangs on who used the machine meanwhile. 0...1.
    public var coldJitter: Double
    /// How many hardware threads share one physical core; `HostSpec.cores` counts threads.
    public var threadsPerCore: Int
    /// How many of `HostSpec.cores` form one NUMA node.
    public var coresPerNode: Int
    /// How much slower work is while every core is busy, as a fraction. With several threads a core it sets in once
    /// every physical core has work, and grows with the threads that do besides.
    public var siblingSlowdown: Double
    /// How much busy time, what was stolen included, lies on average between the starts of two times that the
    /// hypervisor takes a core away, and how long it does on average; both exponential. An interval of zero: never.
    public var stealInterval: Nanoseconds
    /// How long the core is away, on average.
    public var stealTime: Nanoseconds
    /// Lateness of timed sleeps.
    public var timerSlack: Nanoseconds

    /// Everything spelled out.
    public init(
        scheduler: Scheduler, slice: Nanoseconds, migrationCost: Nanoseconds? = nil,
        wakeupPreemption: WakeupPreemption = .on, autogroup: Autogroup = .off, messageWakeup: MessageWakeup = .reader,
        contextSwitch: Nanoseconds, idlePoll: Nanoseconds = .zero, idleExitBase: Nanoseconds,
        idleExitGrowth: Nanoseconds, coldPenalty: Nanoseconds, coolingTime: Nanoseconds, warmingTime: Nanoseconds,
        refetch: Refetch = .none, kick: Kick = .none,
        evictionPenalty: Nanoseconds, evictionWork: Nanoseconds, absencePenalty: Nanoseconds,
        absenceTime: Nanoseconds, jitter: Double, coldJitter: Double? = nil, threadsPerCore: Int = 1,
        coresPerNode: Int = .max, siblingSlowdown: Double, stealInterval: Nanoseconds = .zero,
        stealTime: Nanoseconds = .zero, timerSlack: Nanoseconds
    ) {
        self.scheduler = scheduler
        self.slice = slice
        self.migrationCost = migrationCost
        self.wakeupPreemption = wakeupPreemption
        self.autogroup = autogroup
        self.messageWakeup = messageWakeup
        self.contextSwitch = contextSwitch
        self.idlePoll = idlePoll
        self.idleExitBase = idleExitBase
        self.idleExitGrowth = idleExitGrowth
        self.coldPenalty = coldPenalty
        self.coolingTime = coolingTime
        self.warmingTime = warmingTime
        self.refetch = refetch
        self.kick = kick
        self.evictionPenalty = evictionPenalty
        self.evictionWork = evictionWork
        self.absencePenalty = absencePenalty
        self.absenceTime = absenceTime
        self.jitter = jitter
        self.coldJitter = coldJitter ?? jitter
        self.threadsPerCore = threadsPerCore
        self.coresPerNode = coresPerNode
        self.siblingSlowdown = siblingSlowdown
        self.stealInterval = stealInterval
        self.stealTime = stealTime
        self.timerSlack = timerSlack
    }
}
