import Postgres
import SimTime

/// What each kind of CPU work costs on the simulated machine: `base + perUnit x amount`.
public struct CostTable: Sendable, Equatable {
    /// The fixed cost of each kind, indexed by `Work.rawValue`.
    public private(set) var base: [Nanoseconds]
    /// The cost per byte, page or descriptor in nanoseconds, indexed by `Work.rawValue`.
    public private(set) var perUnit: [Double]

    /// Calibrated on a 2.0 GHz x86-64 server under PostgreSQL 15 (found by `walsim-accuracy calibrate`).
    public static let measured = CostTable()

    private init() {
        base = [Nanoseconds](repeating: .zero, count: Work.count)
        perUnit = [Double](repeating: 0, count: Work.count)
        for (work, nanoseconds, unit) in Self.defaults {
            base[work.rawValue] = Nanoseconds(nanoseconds)
            perUnit[work.rawValue] = unit
        }
    }

    /// The fixed cost of one kind of work.
    public subscript(work: Work) -> Nanoseconds {
        get { base[work.rawValue] }
        set { base[work.rawValue] = newValue }
    }

    /// The cost per unit of one kind of work, in nanoseconds.
    public func perUnit(_ work: Work) -> Double { perUnit[work.rawValue] }

    /// Sets the cost per unit of one kind of work, in nanoseconds.
    public mutating func setPerUnit(_ work: Work, _ value: Double) { perUnit[work.rawValue] = value }

    private static let defaults: [(Work, Int64, Double)] = [
        (.receive, 2_000, 0), (.execute, 3_650, 0), (.explicit, 0, 1), (.utility, 1_500, 0),
        (.snapshot, 100, 0), (.reply, 1_540, 0),
        (.assignXid, 300, 0), (.commit, 870, 0), (.clogUpdate, 300, 0), (.procArrayEnd, 300, 0),
        (.postCommit, 1_630, 0),
        (.heapPrune, 1_000, 50), (.indexInsert, 900, 0), (.recordAssembly, 390, 0.15), (.compressPglz, 500, 50),
        (.compressLz4, 500, 1), (.compressZstd, 1_000, 4),
        (.recordCopy, 150, 0.15), (.pageInit, 0, 300), (.xlogFlush, 400, 0),
        (.xlogWrite, 760, 1_200), (.syncCall, 300, 0), (.segmentFill, 760, 4_000),
        (.lwLockAttempt, 20, 0), (.lwLockQueue, 40, 0), (.lwLockRelease, 20, 0), (.spinHold, 15, 0),
        (.spinProbe, 20, 0),
        (.lockWait, 8_000, 0), (.evalPlanQual, 6_000, 0),
        (.sleep, 300, 0), (.wake, 900, 0), (.wakeRunning, 50, 0),
        (.systemVSemaphore, 700, 0),
        (.eventSetCreate, 1_000, 0), (.eventSetAdd, 300, 0), (.eventSetClose, 500, 0), (.latchSignal, 2_500, 0),
        (.latchKill, 0, 0),
        (.walWriterLoop, 2_000, 0), (.bufferScan, 0, 10), (.dataWrite, 760, 1_200),
        (.syncRepEnqueue, 700, 0), (.walSenderSlot, 0, 15), (.walSenderLoop, 3_000, 0), (.walRead, 500, 0.1),
        (.walBufferRead, 50, 0.1), (.walSend, 12_000, 0.1), (.walReply, 4_500, 0), (.walReceiverLoop, 3_000, 0),
        (.walReceive, 7_500, 0.3), (.walReceiverReply, 4_500, 0), (.replay, 0, 8.7),
        (.clientPoll, 2_200, 40), (.clientWake, 800, 0), (.clientResult, 2_680, 0), (.clientSend, 1_500, 0),
    ]
}
