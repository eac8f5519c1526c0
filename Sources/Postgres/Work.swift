/// A kind of CPU work that PostgreSQL's code asks its machine to spend.
///
/// The simulated machine looks the kind up in its cost table (`base + perUnit x amount`); on real threads the work
/// is done by the processor itself and nothing is added.
public enum Work: Int, CaseIterable, Sendable {
    // Statements.
    /// Reading and parsing one message from the client.
    case receive
    /// Executing a statement, its records and locks apart.
    case execute
    /// CPU that a scenario spells out; the amount is nanoseconds.
    case explicit
    /// A statement that only opens or closes a transaction block.
    case utility
    /// Reading the array of processes, under ProcArrayLock.
    case snapshot
    /// Sending the reply.
    case reply
    // Transactions.
    /// Getting a transaction id, under XidGenLock.
    case assignXid
    /// Preparing a commit's or an abort's record, before it is inserted.
    case commit
    /// Setting a transaction's bits in the commit log, under its lock.
    case clogUpdate
    /// Taking a transaction out of the array of processes, under ProcArrayLock.
    case procArrayEnd
    /// Releasing what the transaction held, once everybody may see it.
    case postCommit
    // Tables and indexes.
    /// Pruning a page, under its content lock; the amount is versions of rows.
    case heapPrune
    /// Finding the place of an index entry, under the leaf's content lock.
    case indexInsert
    // WAL.
    /// Assembling a record and its CRC, outside every WAL lock; the amount is bytes.
    case recordAssembly
    /// Compressing a full-page image, outside every WAL lock; the amount is bytes.
    case compressPglz
    /// The same with LZ4.
    case compressLz4
    /// The same with Zstandard.
    case compressZstd
    /// Copying a record into WAL buffers, under an insertion lock; the amount is bytes.
    case recordCopy
    /// Zeroing a WAL page and writing its header, under WALBufMappingLock; the amount is pages.
    case pageInit
    /// Entering a flush.
    case xlogFlush
    /// Copying pages into the operating system's page cache; the amount is pages.
    case xlogWrite
    /// Entering and leaving a sync call, the device's time apart.
    case syncCall
    /// Filling a new segment with zeros; the amount is pages.
    case segmentFill
    // Locks.
    /// One attempt at a lightweight lock.
    case lwLockAttempt
    /// Going into a lightweight lock's queue, or out.
    case lwLockQueue
    /// Releasing a lightweight lock, its waiters apart.
    case lwLockRelease
    /// Work under a spinlock.
    case spinHold
    /// One probe of a spinlock that is held.
    case spinProbe
    /// Waiting for a heavyweight lock, the sleep apart: the lock table, the timer for deadlocks, the way back.
    case lockWait
    /// Evaluating a statement again for a row's newest version.
    case evalPlanQual
    // The operating system.
    /// Going to sleep on a semaphore or latch.
    case sleep
    /// Waking a process that sleeps; paid by the waker before it goes on.
    case wake
    /// Posting a semaphore or setting a latch whose owner does not sleep.
    case wakeRunning
    /// Extra of a call on a System V semaphore (9.6).
    case systemVSemaphore
    /// Making an epoll set for one wait on a latch (up to release 13).
    case eventSetCreate
    /// Adding one descriptor to it, apart from what is done under the kernel's mutex.
    case eventSetAdd
    /// Closing it, apart from what is done under the kernel's mutex.
    case eventSetClose
    /// The handler of the signal that sets a latch, and the pipe through which it ends the wait (up to release 13).
    case latchSignal
    /// Setting another process's latch by a signal, besides waking it if it sleeps (up to release 13).
    case latchKill
    // Background processes.
    /// One round of the walwriter.
    case walWriterLoop
    /// Looking for dirty pages at the start of a checkpoint; the amount is buffers.
    case bufferScan
    /// Writing data pages into the operating system's page cache; the amount is pages.
    case dataWrite
    // Replication.
    /// Going into the queue of those who wait for standbys, and out.
    case syncRepEnqueue
    /// One look at a walsender's slot that nobody uses; the amount is slots.
    case walSenderSlot
    /// One round of a walsender.
    case walSenderLoop
    /// Reading WAL from a segment's file, out of the page cache; the amount is bytes.
    case walRead
    /// Copying WAL out of WAL buffers for a walsender; the amount is bytes.
    case walBufferRead
    /// Sending one message of WAL; the amount is bytes.
    case walSend
    /// A walsender's dealing with one reply.
    case walReply
    /// One round of a walreceiver.
    case walReceiverLoop
    /// Taking one message of WAL off the connection and writing it; the amount is bytes.
    case walReceive
    /// Sending one reply.
    case walReceiverReply
    /// Replaying WAL; the amount is bytes.
    case replay
    // pgbench on the same cores.
    /// One poll of a thread's sockets; the amount is descriptors.
    case clientPoll
    /// Extra of a poll that slept.
    case clientWake
    /// Taking a result off a connection.
    case clientResult
    /// Sending a statement.
    case clientSend

    /// How many kinds there are: the size of a cost table.
    @inlinable public static var count: Int { allCases.count }
}
