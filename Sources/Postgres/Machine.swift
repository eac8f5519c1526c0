import SimTime
import WaitEvents

/// Everything that PostgreSQL's code may ask of the machine that it runs on.
///
/// A value of a conforming type is the machine as one process sees it. Two machines exist: the simulated one, where
/// these calls move a virtual clock, and the threads one, where they are the operating system's. The algorithms in
/// this module are written once against this protocol and run unchanged on both.
///
/// Time passes only inside these calls: between two of them the simulated code is atomic. A call that may be
/// overtaken by other processes says so.
public protocol Machine {
    /// One word of shared memory with atomic access.
    associatedtype Word: AtomicWord
    /// Where words of shared memory come from.
    associatedtype Memory: SharedMemory where Memory.Word == Word

    // MARK: Time and CPU

    /// The time on this process's clock (instr_time.h).
    var now: Instant { get }
    /// Spends CPU on some work; other processes may overtake.
    func spend(_ work: Work, _ amount: Int)
    /// Owes CPU for work that touches nothing shared: it is spent with the next call that lets time pass, as nobody
    /// can tell the difference, and one wake-up serves both.
    func accrue(_ work: Work, _ amount: Int)
    /// Spends what is owed, if anything is; other processes may overtake.
    func settle()
    /// One probe of a contended spinlock: burns CPU, others may overtake (s_lock.h, SPIN_DELAY).
    func spinPause()
    /// Sleeps for a span that nothing cuts short (port/pgsleep.c, pg_usleep).
    func sleep(_ span: Nanoseconds, _ reason: SleepReason)
    /// A uniform random number in (0, 1) (common/pg_prng.c).
    func random() -> Double

    // MARK: Semaphores and latches

    /// Takes one unit from this process's semaphore, sleeping until there is one (pg_sema.h, PGSemaphoreLock).
    func semaphoreWait()
    /// Adds one unit to another process's semaphore (pg_sema.h, PGSemaphoreUnlock).
    func semaphorePost(_ process: ProcNumber)
    /// Sleeps until this process's latch is set or `timeout` has passed; true if the latch is set (latch.c, WaitLatch).
    func waitLatch(timeout: Nanoseconds) -> Bool
    /// Sleeps until this process's latch is set, however long that takes (latch.c, WaitLatch).
    func waitLatch()
    /// Clears this process's latch (latch.c, ResetLatch).
    func resetLatch()
    /// Sets another process's latch and wakes it if it sleeps on it (latch.c, SetLatch).
    func setLatch(_ process: ProcNumber)
    /// Adds a descriptor to the process's set of awaited events (epoll_ctl); old kernels have one mutex for all of
    /// them.
    func addToEventSet()
    /// Closes that set.
    func closeEventSet()
    /// What a signal has asked of this process since the last call (postgres.c, ProcessInterrupts).
    func takeInterrupt() -> Interrupt?
    /// True once the server is asked to stop (interrupt.c, ShutdownRequestPending).
    var shutdownRequested: Bool { get }

    // MARK: WAL buffers and files

    /// Zeroes a WAL buffer and writes the page header for `pageAddress` into it.
    func initializeWALPage(slot: Int, pageAddress: XLogRecPtr)
    /// Copies bytes `offset ..< offset + count` of a record to `position`, which lies in the buffer `slot`.
    func copyToWALBuffer(slot: Int, position: XLogRecPtr, record: XLogRecord, offset: Int, count: Int)
    /// Writes consecutive WAL buffers to a segment's file (port/pg_pwrite). With `durable` the call returns only when
    /// the bytes are on the device, as with O_DSYNC.
    func writeWAL(firstSlot: Int, pages: Int, segment: UInt64, offset: UInt64, durable: Bool)
    /// Makes durable what was written to a segment's file (fd.c, pg_fsync and pg_fdatasync).
    func syncWAL(segment: UInt64, method: WALSyncMethod)

    // MARK: Segments and data files

    /// Fills a segment that has no name yet, this process's own, with zeros, or gives it its length alone.
    func writeNewSegment(isZeroFilled: Bool)
    /// Makes that file durable.
    func syncNewSegment()
    /// Gives that file a segment's name.
    func installNewSegment(as segment: UInt64)
    /// Removes that file.
    func discardNewSegment()
    /// Gives a segment's file the name of another.
    func renameSegment(_ old: UInt64, to new: UInt64)
    /// Removes a segment's file.
    func removeSegment(_ segment: UInt64)
    /// Makes the names of segments durable (fd.c, fsync_parent_path).
    func syncWALDirectory()
    /// Writes a page of a data file, into the operating system's cache (md.c, mdwrite). Files are numbered
    /// (`DataFile`).
    func writeDataPage(file: Int, block: Int)
    /// Has the operating system begin to write pages out (fd.c, FileWriteback).
    func writeBackDataPages(file: Int, firstBlock: Int, count: Int)
    /// Makes a data file durable (fd.c, FileSync).
    func syncDataFile(_ file: Int)

    // MARK: The client

    /// Waits for the client's next message (libpq/pqcomm.c, pq_getbyte).
    func receive() -> ClientMessage
    /// Sends the result of the last message (libpq/pqcomm.c, pq_flush).
    func reply()

    // MARK: Reporting

    /// Sets or clears the event that this process waits in (utils/wait_event.h, pgstat_report_wait_start and _end).
    func report(_ event: WaitEvent)
    /// Tells the observer what happened, at no cost in time: PostgreSQL's static probes and statistics counters.
    func observe(_ observation: Observation)
    /// The server cannot go on: it has broken a rule of its own (utils/elog.h, PANIC). Ends the program by default.
    func panic(_ message: String) -> Never
}

extension Machine {
    /// A machine whose latches are no event sets.
    public func addToEventSet() {}
    /// A machine whose latches are no event sets.
    public func closeEventSet() {}
    /// Stops the program with the message.
    public func panic(_ message: String) -> Never { fatalError("PANIC: \(message)") }

    /// Spends the fixed cost of some work.
    @inlinable func spend(_ work: Work) { spend(work, 0) }
    /// Owes the fixed cost of some work.
    @inlinable func accrue(_ work: Work) { accrue(work, 0) }
}

/// Why a process sleeps in a call that reports no wait event (the spinlock's does from release 16 on).
public enum SleepReason: UInt8, Sendable {
    case commitDelay
    case spinDelay
    /// The checkpointer waits for commits; up to release 13 also between its writes.
    case checkpoint
    /// A standby's replay is held up by a query.
    case recoveryConflict
}

/// What a signal asks of a backend.
public enum Interrupt: Sendable {
    /// The present statement is to be cancelled (`QueryCancelPending`).
    case cancel
    /// The server stops (`ProcDiePending`).
    case shutdown
}

/// What a client asks of its backend. Indexes refer to the server's list of transactions.
public enum ClientMessage: Sendable {
    /// One statement; alone in its transaction if `commits`.
    case execute(transaction: Int, statement: Int, commits: Bool)
    case begin
    case commit
    /// The client is gone or the server stops.
    case terminate
}
