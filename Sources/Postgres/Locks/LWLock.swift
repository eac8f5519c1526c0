import WaitEvents

/// Identifies one lightweight lock of a server, for observers.
public typealias LockID = Int

/// How a process wants, or waits for, a lightweight lock (lwlock.h, `LWLockMode`).
enum LWLockMode: UInt8 {
    case exclusive
    case shared
    /// Waits for the lock to be free without then taking it.
    case waitUntilFree
}

/// A process's place in an LWLock's queue (lwlock.h, `LWLockWaitState`; three states in 13.16, 15.18, 16 and later).
enum LWLockWaitState: UInt64 {
    case notWaiting = 0
    case waiting = 1
    /// Taken off the queue by a releaser that has not posted the semaphore yet.
    case pendingWakeup = 2
}

/// A lightweight lock (lwlock.h, `struct LWLock`): a handle to its shared state, of one word, as it is handed from
/// function to function at every step.
///
/// The state word holds the number of shared holders, the exclusive holder's bit and three flags. Every process may
/// change it atomically; the queue belongs to whoever has set `LWLockState.locked`.
public struct LWLock<M: Machine> {
    /// What the handle leads to. The owner of the locks keeps it.
    struct Body {
        let state: M.Word
        var queue = LWLockQueue()
        let event: WaitEvent
        let id: LockID
    }

    private let body: UnsafeMutablePointer<Body>

    init(_ body: UnsafeMutablePointer<Body>) { self.body = body }

    /// Lets go of what the handle leads to, before its memory goes.
    func deinitialize() { body.deinitialize(count: 1) }

    @inline(__always) var state: M.Word { body.pointee.state }
    @inline(__always) var queue: LWLockQueue {
        get { body.pointee.queue }
        nonmutating _modify { yield &body.pointee.queue }
    }
    /// What a process that waits for this lock reports.
    @inline(__always) public var event: WaitEvent { body.pointee.event }
    /// The lock's number in its server.
    @inline(__always) public var id: LockID { body.pointee.id }
}

/// The bits of an LWLock's state (lwlock.c, LW_FLAG_... and LW_VAL_...).
enum LWLockState {
    static let hasWaiters: UInt64 = 1 << 30
    static let releaseOK: UInt64 = 1 << 29
    static let locked: UInt64 = 1 << 28
    static let exclusive: UInt64 = 1 << 24
    static let shared: UInt64 = 1
    /// Every bit that a holder sets.
    static let heldMask: UInt64 = (1 << 25) - 1
}

/// The two ends of an LWLock's queue; the links are in the processes' entries (proclist.h).
struct LWLockQueue {
    var head = invalidProcNumber
    var tail = invalidProcNumber

    var isEmpty: Bool { head == invalidProcNumber }

    mutating func pushHead<M>(_ number: ProcNumber, _ procs: UnsafeMutablePointer<PGPROC<M>>) {
        procs[number].lwWaitPrevious = invalidProcNumber
        procs[number].lwWaitNext = head
        if head == invalidProcNumber { tail = number } else { procs[head].lwWaitPrevious = number }
        head = number
    }

    mutating func pushTail<M>(_ number: ProcNumber, _ procs: UnsafeMutablePointer<PGPROC<M>>) {
        procs[number].lwWaitNext = invalidProcNumber
        procs[number].lwWaitPrevious = tail
        if tail == invalidProcNumber { head = number } else { procs[tail].lwWaitNext = number }
        tail = number
    }

    mutating func remove<M>(_ number: ProcNumber, _ procs: UnsafeMutablePointer<PGPROC<M>>) {
        let next = procs[number].lwWaitNext
        let previous = procs[number].lwWaitPrevious
        if previous == invalidProcNumber { head = next } else { procs[previous].lwWaitNext = next }
        if next == invalidProcNumber { tail = previous } else { procs[next].lwWaitPrevious = previous }
    }
}
