import HostModel
import Postgres
import SimTime

/// The schema of `host`.
enum HostSchema {
    static let object = ObjectSchema(
        keys: [
            .optional("cores", .integer(1...4096), default: .integer(16), "CPU cores of the server's machine."),
            .optional("cpu", .object(cpu), default: .object([:]), "How cores and the kernel's scheduler behave."),
            .optional(
                "costs", .object(costs), default: .object([:]),
                "CPU time of each kind of work: a duration, or a fixed part and a part per unit."),
            .optional("storage", .object(storage), default: .object([:]), "Storage devices."),
            .optional(
                "network", .object(network), default: .object([:]),
                "The network between clients elsewhere and server."),
            .optional(
                "background", .list(.object(background), count: 0...100), default: .array([]),
                "Periodic work of other programs on the same cores."),
        ] + PlacementSchema.host)

    private static let cpu = ObjectSchema(keys: [
        .optional(
            "scheduler", .choice(CPUSpec.Scheduler.allCases.map(\.rawValue)), default: "eevdf",
            "The kernel's scheduler: Linux's EEVDF, or first in, first out."),
        .optional(
            "slice", .positiveDuration, default: "1400us", "Time slice of a process while others wait for its core."),
        .optional(
            "migration_cost", .anyDuration, note: "never",
            "How long a process must have been off its core before another one that would idle takes it over (Linux's "
                + "sched_migration_cost_ns, 500us)."),
        .optional(
            "wakeup_preemption", .choice(CPUSpec.WakeupPreemption.allCases.map(\.rawValue)), note: "`on`",
            "Whether EEVDF takes the core from a process that has had its share when one that is next wakes (Linux's "
                + "WAKEUP_PREEMPTION); `newest`: who woke last comes before those with earlier deadlines (its next "
                + "buddy), and takes the core at once unless a message woke it."),
        .optional(
            "autogroup", .choice(CPUSpec.Autogroup.allCases.map(\.rawValue)), note: "`off`",
            "Whether each session is scheduled as one group (Linux's sched_autogroup_enabled): a server process is a "
                + "session of its own, and may wake on another core when it blocked after more than its share; the "
                + "threads of a client program share the claim of one."),
        .optional(
            "message_wakeup", .choice(CPUSpec.MessageWakeup.allCases.map(\.rawValue)), note: "`reader`",
            "Whose core a message through a local socket wakes its reader on when no core idles: its own, or the "
                + "sender's unless more processes wait there, as Linux does."),
        .optional("context_switch", .anyDuration, default: "500ns", "Cost of switching a core to another process."),
        .optional(
            "idle_poll", .anyDuration, default: "22us",
            "How long an idle core polls for work before it halts; coming back meanwhile costs nothing."),
        .optional("idle_exit_base", .anyDuration, default: "5.5us", "Fixed part of leaving the idle state."),
        .optional(
            "idle_exit_growth", .anyDuration, default: "470ns",
            "Part of leaving the idle state that grows with the square root of the idle time in us."),
        .optional(
            "cold_penalty", .anyDuration, default: "150us", "Extra time for work on a core that idled very long."),
        .optional("cooling_time", .positiveDuration, default: "4600us", "Time constant of an idle core's cooling."),
        .optional("warming_time", .positiveDuration, default: "10.5us", "Time constant of a working core's warming."),
        .optional(
            "refetch_factor", .real(0...100), default: .integer(0),
            "How many times its cost a kind of work takes on top when its core has not done it for very long."),
        .optional(
            "refetch_time", .positiveDuration, default: "3ms", "Time since then after which 63 % of that are due."),
        .optional(
            "kick_factor", .real(1...100), default: .integer(1),
            "How many times as long a halted core takes to come back when another core wakes it as when its own timer "
                + "does: in a virtual machine that interrupt goes through the hypervisor."),
        .optional("kick_cost", .anyDuration, default: "0", "What that interrupt costs the core that sends it."),
        .optional(
            "eviction_penalty", .anyDuration, default: "9.3us",
            "Most that a process pays at switch-in because others used its core."),
        .optional(
            "eviction_work", .positiveDuration, default: "420us", "Others' work after which 63 % of that are due."),
        .optional(
            "absence_penalty", .anyDuration, default: "12.5us",
            "Most that a process pays at switch-in because it was away from any core."),
        .optional("absence_time", .positiveDuration, default: "1000us", "Absence after which 63 % of that are due."),
        .optional(
            "jitter", .real(0...1), default: .real(0.93),
            "Share of those penalties that is exponentially distributed; the rest is constant."),
        .optional("cold_jitter", .real(0...1), note: "that of `jitter`", "The same share of `cold_penalty`."),
        .optional(
            "threads_per_core", .integer(1...8), note: "1",
            "Hardware threads that share a physical core; `host.cores` counts threads."),
        .optional(
            "cores_per_node", .integer(1...4096), note: "one node", "How many of `host.cores` form one NUMA node."),
        .optional(
            "sibling_slowdown", .real(0...10), default: .integer(0),
            "How much slower work is while every core is busy, as a fraction. With several threads a core it sets in "
                + "once every physical core has work, and grows from there."),
        .optional(
            "steal_interval", .anyDuration, default: "0",
            "Busy time, what was stolen included, between two thefts of a core by the hypervisor, on average; 0: never."
        ),
        .optional(
            "steal_time", .anyDuration, default: "0", "How long it is away on average (exponential)."),
        .optional("timer_slack", .anyDuration, default: "12us", "Lateness of timed sleeps."),
    ])

    /// The default of a duration in `host.cpu`, in nanoseconds; nil for a key that is none.
    static func cpuDefault(_ key: String) -> Double? {
        guard case .string(let text) = cpu.keys.first(where: { $0.name == key })?.fallback?.kind else { return nil }
        return Nanoseconds(durationText: text).map { Double($0.count) }
    }

    private static let storage = ObjectSchema(keys: [
        .optional("wal", .object(device), default: .object([:]), "The device that WAL is written to."),
        .optional(
            "data", .object(device), note: "the device of `wal`",
            "The device of data files, which checkpoints write to. Left out, they are on the WAL's device and get in "
                + "its way."),
    ])

    private static let device = ObjectSchema(
        keys: [
            .optional(
                "sync", .distribution, default: .object(["constant": "1ms"]),
                "An fdatasync or fsync of what was written."),
            .optional(
                "write", .distribution, note: "as `sync`",
                "A write that must reach the device: of WAL with `wal_sync_method` open_datasync or open_sync, of "
                    + "data pages."),
        ] + deviceLimits)

    /// What holds requests up besides their own time: keys of every device.
    static let deviceLimits: [SchemaKey] = [
        .optional(
            "bandwidth", .size(1_000...1_000_000_000_000), note: "unlimited",
            "Bytes a second that all requests share; a sync first has to bring what was written since the last one."),
        .optional(
            "queue_depth", .integer(1...1024), default: .integer(Int64(DeviceSpec.usualQueueDepth)),
            "Requests that are served side by side; others wait in the order of their arrival."),
        .optional(
            "stalls", .list(.object(stall), count: 0...10_000), default: .array([]),
            "When the device answers nothing for a while."),
    ]

    static let stall = ObjectSchema(
        keys: [
            .optional("at", .anyDuration, "Once, at this instant of the measured window."),
            .optional("every", .distribution, "Again and again, with these pauses between end and next start."),
            .required("for", .distribution, "How long the stall lasts."),
        ], groups: [.init(names: ["at", "every"], isRequired: true)])

    private static let network = ObjectSchema(keys: [
        .optional(
            "round_trip", .distribution, default: .object(["constant": "100us"]),
            "One round trip between a client elsewhere and the server.")
    ])

    private static let background = ObjectSchema(keys: [
        .required("name", .name, "Name of the program, for reports."),
        .required("every", .positiveDuration, "From start to start."),
        .required("cpu", .positiveDuration, "CPU time that each start takes."),
    ])

    /// One key for each kind of work. The calibrated costs stand in for what is left out (`ScenarioCompletion`).
    private static let costs = ObjectSchema(
        keys: Work.allCases.map { .optional($0.schemaName, .definition(.cost), note: $0.measuredCost, $0.meaning) })

    static let cost = ObjectSchema(keys: [
        .optional("base", .anyDuration, note: "as calibrated", "Fixed part of the cost."),
        .optional("per_unit", .fineDuration(0...1e12), note: "as calibrated", "Cost per unit of the work's amount."),
    ])
}

extension Work {
    /// The name in a scenario: the case's, in snake case.
    var schemaName: String {
        "\(self)".reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    /// The calibrated cost, for the reference.
    fileprivate var measuredCost: String {
        let (base, perUnit) = (CostTable.measured[self], CostTable.measured.perUnit(self))
        return perUnit == 0 ? base.description : "\(base) and \(JSONNode.real(perUnit).inlineText)ns a unit"
    }

    /// What is paid for, with the unit of its amount.
    var meaning: String { Self.meanings[self] ?? "" }

    private static let meanings: [Work: String] = [
        .receive: "Reading and parsing a message from the client.",
        .execute: "Executing a statement, its records and locks apart.",
        .explicit: "CPU that a scenario spells out; per nanosecond.",
        .utility: "A statement that only opens or closes a transaction block.",
        .snapshot: "Reading the array of processes, under ProcArrayLock.",
        .reply: "Sending the reply.",
        .assignXid: "Assigning a transaction id.",
        .commit: "Preparing a commit.",
        .clogUpdate: "Setting the transaction's status in the commit log.",
        .procArrayEnd: "Leaving the array of running transactions.",
        .postCommit: "Releasing resources after a commit.",
        .recordAssembly: "Assembling a WAL record and its CRC, outside every WAL lock; per byte.",
        .heapPrune: "Pruning a heap page, under its content lock; per version of a row.",
        .indexInsert: "Finding the place of an index entry, under the leaf's content lock.",
        .compressPglz: "Compressing a full-page image with pglz; per byte that comes out.",
        .compressLz4: "Compressing a full-page image with LZ4; per byte.",
        .compressZstd: "Compressing a full-page image with Zstandard; per byte.",
        .recordCopy: "Copying a record into WAL buffers, under an insertion lock; per byte.",
        .pageInit: "Zeroing a WAL page and writing its header, under WALBufMappingLock; per page.",
        .xlogFlush: "Entering a flush.",
        .xlogWrite: "Copying pages into the operating system's page cache; per page.",
        .syncCall: "Entering and leaving a sync call, the device's time apart.",
        .segmentFill: "Filling a new WAL segment with zeros, as a rule under WALWriteLock; per page.",
        .lwLockAttempt: "One attempt at an LWLock.",
        .lwLockQueue: "Queueing for an LWLock.",
        .lwLockRelease: "Releasing an LWLock.",
        .spinHold: "Work under a spinlock.",
        .spinProbe: "One probe of a spinlock that is held.",
        .lockWait: "Waiting for another transaction's row, the sleep apart: lock table and timer.",
        .evalPlanQual: "Evaluating a statement again for a row that others have updated.",
        .sleep: "Going to sleep on a semaphore or latch.",
        .wake: "Waking a process that sleeps; paid by the waker.",
        .wakeRunning: "Posting a semaphore or setting a latch whose owner does not sleep.",
        .systemVSemaphore: "Extra of a call on a System V semaphore, in release 9.6.",
        .eventSetCreate: "Making the epoll set of one wait on a latch (release 9.6).",
        .eventSetAdd: "Adding a descriptor to it, apart from what `host.kernel.event_set_mutex` takes (release 9.6).",
        .eventSetClose: "Closing it, apart from what `host.kernel.event_set_mutex` takes (release 9.6).",
        .latchSignal: "The signal and the pipe that end a wait on a latch (release 9.6).",
        .latchKill: "Setting another process's latch by a signal, besides waking it (release 9.6).",
        .walWriterLoop: "One round of the WAL writer.",
        .bufferScan: "Looking for dirty pages at the start of a checkpoint; per buffer.",
        .dataWrite: "Writing data pages into the operating system's page cache; per page.",
        .syncRepEnqueue: "Going into the queue of those who wait for standbys, and out.",
        .walSenderSlot: "One look at a walsender's slot that nobody uses; per slot.",
        .walSenderLoop: "One round of a walsender.",
        .walRead: "Reading WAL from a segment's file for a walsender; per byte.",
        .walBufferRead: "Copying a page out of WAL buffers for a walsender; per byte.",
        .walSend: "Sending one message of WAL; per byte.",
        .walReply: "A walsender's dealing with one reply.",
        .walReceiverLoop: "One round of a walreceiver.",
        .walReceive: "Taking one message of WAL off the connection and writing it; per byte.",
        .walReceiverReply: "A walreceiver's sending one reply.",
        .replay: "Replaying WAL; per byte.",
        .clientPoll: "One poll of a pgbench thread's sockets; per descriptor.",
        .clientWake: "Extra of a poll that slept.",
        .clientResult: "Taking a result off a connection.",
        .clientSend: "Sending a statement.",
    ]
}
