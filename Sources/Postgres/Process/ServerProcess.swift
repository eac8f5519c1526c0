import SimTime

/// One process of the server: its private memory and the code that it runs.
///
/// The code is in extensions, a file for each piece of PostgreSQL; everything here belongs to this process alone.
public final class ServerProcess<M: Machine> {
    /// The memory that all processes share.
    public let server: Server<M>
    /// The machine as this process sees it.
    public let machine: M
    /// This process's place in the shared array (`MyProcNumber`).
    public let number: ProcNumber
    let procs: UnsafeMutablePointer<PGPROC<M>>
    /// This process's shared entry (`MyProc`).
    let myProc: UnsafeMutablePointer<PGPROC<M>>

    /// s_lock's learned number of probes before a sleep.
    var spinsPerDelay = SpinLimits.initialSpinsPerDelay
    /// The last known shared write and flush positions; may lag, never lead (`LogwrtResult`).
    var logwrtResult = LogwrtResult()
    /// The insertion lock that this process will try next, and the one it holds (`lockToTry`, `MyLockNo`).
    var lockToTry: Int
    var myLockNo = 0
    /// The WAL page whose buffer this process found last, and that buffer (`cachedPage`, `cachedPos`).
    var cachedPage: XLogRecPtr = .max
    var cachedSlot = 0
    /// The end of the last record of the current transaction; 0 if it wrote none (`XactLastRecEnd`).
    var xactLastRecEnd: XLogRecPtr = 0
    /// The redo point that this process knows, and whether it thinks that first changes after it need an image of their
    /// page (`RedoRecPtr`, `doPageWrites`).
    var redoRecPtr: XLogRecPtr
    var doPageWrites: Bool
    /// The oldest transaction that the present statement may see as running (`RecentXmin`).
    var snapshotXmin: TransactionId = 0
    /// Where this process is in its random numbers that choose rows; 0: nowhere yet.
    var rowSequence: UInt64 = 0
    /// The marks of the current transaction on rows.
    var rowMarks = OwnRowMarks()
    /// The transaction has failed: until its end statements are refused (xact.c, TBLOCK_ABORT).
    var isAborted = false
    /// The segment whose file this process has open for writing; 0 for none (`openLogSegNo`).
    var openSegment: UInt64 = 0
    /// Whether this process has moved the flush position since it last woke walsenders (`wake_wal_senders`).
    var wakeWalSenders = false
    /// When this walwriter last decided to flush (`lastflush` in XLogBackgroundFlush).
    var lastBackgroundFlush: Instant?
    /// What this checkpointer knows of its checkpoints.
    var checkpointer = CheckpointerState()

    /// Makes process `number` of a server, not yet running.
    public init(_ number: ProcNumber, of server: Server<M>, on machine: M) {
        self.server = server
        self.machine = machine
        self.number = number
        procs = server.procGlobal.allProcs
        myProc = procs + number
        redoRecPtr = server.xlog.redoRecPtr.load()
        doPageWrites = server.settings.fullPageWrites
        lockToTry = number % server.xlog.insertionLocks.count
    }

    deinit { rowMarks.deallocate() }

    /// The transaction id that this process has assigned; 0 for none (`MyProc->xid`).
    var xid: TransactionId { TransactionId(truncatingIfNeeded: myProc.pointee.xid.load()) }
}
