import SimTime
import WaitEvents

/// What a walsender is up to (walsender_private.h, `WalSndState`).
public enum WalSndState: String, Sendable {
    /// Connected, and not asked for WAL yet.
    case startup
    /// Sends what the standby is behind by.
    case catchup
    /// The standby has all that is flushed, or had it a moment ago.
    case streaming
}

/// A walsender's shared fields, under the mutex of its slot (walsender_private.h, `WalSnd`).
struct WalSndFields {
    /// Whether a standby is connected (`pid` is not 0).
    var isActive = false
    var applicationName = ""
    var state = WalSndState.startup
    /// WAL was sent up to here (`sentPtr`).
    var sent: XLogRecPtr = 0
    /// What the standby has replied; 0 where it has not yet.
    var positions = StandbyPositions(write: 0, flush: 0, apply: 0)
    /// How long ago what it has just confirmed was flushed here; nil if that is not known or long past.
    var lags = StandbyLags()
    /// The place in `synchronous_standby_names`; 0 for an asynchronous standby.
    var priority = 0

    /// Whether it counts among those that synchronous commits may wait for (syncrep.c, SyncRepGetCandidateStandbys).
    var isCandidate: Bool { isActive && state == .streaming && priority > 0 && positions.flush != 0 }

    /// The place that pg_stat_replication shows: none for a standby that has not said how far it has flushed, as what
    /// never will, such as pg_basebackup (walsender.c, pg_stat_get_wal_senders).
    var shownPriority: Int { positions.flush == 0 ? 0 : priority }

    /// The standby of this slot as one of those; nil if it is none.
    func candidate(in slot: Int) -> SyncRepStandby? {
        isCandidate ? SyncRepStandby(slot: slot, priority: priority, positions: positions) : nil
    }
}

/// The lag columns of pg_stat_replication.
public struct StandbyLags: Sendable, Equatable {
    /// `write_lag`.
    public var write: Nanoseconds?
    /// `flush_lag`.
    public var flush: Nanoseconds?
    /// `replay_lag`.
    public var apply: Nanoseconds?
}

/// A slot for one standby's walsender.
struct WalSnd<M: Machine> {
    let process: ProcNumber
    let fields: SpinProtected<M, WalSndFields>
}

/// Shared state of walsenders and of synchronous replication (walsender_private.h, `WalSndCtlData`): handles.
///
/// Valid as long as the server that it belongs to, which calls `deallocate`.
struct WalSndCtl<M: Machine> {
    /// Protects queues and positions below.
    let syncRepLock: LWLock<M>
    /// The backends that wait, by mode (`SyncRepQueue`).
    let queues: UnsafeMutablePointer<SyncRepQueue>
    /// Up to where waits are over, by mode (`lsn`).
    let released: UnsafeMutablePointer<XLogRecPtr>
    /// Whether any standby is to be waited for. Written under SyncRepLock, read by anybody (`sync_standbys_defined`).
    let syncStandbysDefined: M.Word
    /// How often the configuration was reloaded: walsenders look up their priority again when it has changed.
    let reloads: M.Word
    /// One slot for each standby that may connect.
    let walSenders: FixedArray<WalSnd<M>>
    /// 16: which walsenders sleep, by slot (`wal_flush_cv`).
    let sleepers: SpinProtected<M, WalSenderSleepers>

    init(processes: ServerProcesses, factory: inout LWLockFactory<M>, memory: M.Memory) {
        syncRepLock = factory.makeLock(.lwLockSyncRep)
        queues = .allocate(capacity: SyncRepMode.allCases.count)
        queues.initialize(repeating: SyncRepQueue(), count: SyncRepMode.allCases.count)
        released = .allocate(capacity: SyncRepMode.allCases.count)
        released.initialize(repeating: 0, count: SyncRepMode.allCases.count)
        syncStandbysDefined = memory.makeWord(0)
        reloads = memory.makeWord(0)
        walSenders = FixedArray(
            processes.walSenderNumbers.map {
                WalSnd(process: $0, fields: SpinProtected(WalSndFields(), memory: memory))
            })
        sleepers = SpinProtected(WalSenderSleepers(), memory: memory)
    }

    func deallocate() {
        queues.deallocate()
        released.deallocate()
        for slot in walSenders { slot.fields.deallocate() }
        walSenders.deallocate()
        sleepers.deallocate()
    }
}

/// The walsenders that sleep, in the order in which they went to sleep (condition_variable.h, `ConditionVariable`).
struct WalSenderSleepers {
    private var slots: [Int] = []

    mutating func add(_ slot: Int) { slots.append(slot) }
    mutating func remove(_ slot: Int) { slots.removeAll { $0 == slot } }
    /// Takes the first off the list.
    mutating func takeFirst() -> Int? { slots.isEmpty ? nil : slots.removeFirst() }
    var count: Int { slots.count }
}
