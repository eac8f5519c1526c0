import SimTime
import WaitEvents

/// A spinlock (src/include/storage/s_lock.h, `slock_t`): held while the word is 1.
struct SpinLock<M: Machine> {
    let word: M.Word
}

/// How long a process has been spinning (s_lock.h, `SpinDelayStatus`).
struct SpinDelay {
    /// Probes between two sleeps; the process learns it over time.
    let spinsPerDelay: Int
    var spins = 0
    /// Microseconds of the last sleep; 0 before the first.
    var lastDelay = 0
    var delays = 0
}

/// Bounds of s_lock's adaptive back-off (s_lock.c, MIN_SPINS_PER_DELAY and the like).
enum SpinLimits {
    static let spinsPerDelay = 10...1000
    static let initialSpinsPerDelay = 100
    static let delayMicroseconds = 1_000...1_000_000
    static let stuckAfterDelays = 1_000
}

/// src/backend/storage/lmgr/s_lock.c.
extension ServerProcess {
    /// Takes a spinlock, burning CPU while another process has it (s_lock.c, s_lock).
    func spinLockAcquire(_ lock: SpinLock<M>) {
        machine.settle()
        guard lock.word.exchange(1) != 0 else { return }
        var delay = SpinDelay(spinsPerDelay: spinsPerDelay)
        repeat { performSpinDelay(&delay) } while lock.word.load() != 0 || lock.word.exchange(1) != 0
        finishSpinDelay(delay)
    }

    /// Releases a spinlock (s_lock.h, S_UNLOCK).
    func spinLockRelease(_ lock: SpinLock<M>) { lock.word.store(0) }

    /// One probe; after `spinsPerDelay` of them a sleep of 1 ms and more (s_lock.c, perform_spin_delay).
    func performSpinDelay(_ delay: inout SpinDelay) {
        machine.spinPause()
        delay.spins += 1
        guard delay.spins >= delay.spinsPerDelay else { return }
        delay.delays += 1
        if delay.delays > SpinLimits.stuckAfterDelays { machine.panic("stuck spinlock") }
        if delay.lastDelay == 0 { delay.lastDelay = SpinLimits.delayMicroseconds.lowerBound }
        if server.traits.spinDelayIsReported { machine.report(.timeoutSpinDelay) }
        machine.sleep(.microseconds(Int64(delay.lastDelay)), .spinDelay)
        if server.traits.spinDelayIsReported { machine.report(.none) }
        delay.lastDelay += Int(Double(delay.lastDelay) * machine.random() + 0.5)
        if delay.lastDelay > SpinLimits.delayMicroseconds.upperBound {
            delay.lastDelay = SpinLimits.delayMicroseconds.lowerBound
        }
        delay.spins = 0
    }

    /// Learns from the wait: spinning that sufficed is worth more spins, a sleep fewer (s_lock.c, finish_spin_delay).
    func finishSpinDelay(_ delay: SpinDelay) {
        let learned = delay.lastDelay == 0 ? spinsPerDelay + 100 : spinsPerDelay - 1
        spinsPerDelay = min(max(learned, SpinLimits.spinsPerDelay.lowerBound), SpinLimits.spinsPerDelay.upperBound)
    }
}

/// Shared fields and the spinlock that every access to them must hold: a handle. The owner calls `deallocate`.
struct SpinProtected<M: Machine, Value> {
    private let lock: SpinLock<M>
    // Raw memory: the access lasts while virtual time passes, which a class property's exclusivity check forbids; and
    // no reference is counted on the way to the server's most contended fields.
    private let cell: UnsafeMutablePointer<Value>

    init(_ value: Value, memory: M.Memory) {
        lock = SpinLock(word: memory.makeWord(0))
        cell = .allocate(capacity: 1)
        cell.initialize(to: value)
    }

    func deallocate() {
        cell.deinitialize(count: 1)
        cell.deallocate()
    }

    /// Runs `body` on the fields under the lock, which is held for real virtual time.
    @inline(__always)
    func withLock<Result>(_ process: ServerProcess<M>, _ body: (inout Value) -> Result) -> Result {
        process.spinLockAcquire(lock)
        let result = body(&cell.pointee)
        process.machine.spend(.spinHold)
        process.spinLockRelease(lock)
        return result
    }

    /// The fields as they are, without the lock: for invariants and observers, which run while no process does, and
    /// where an algorithm knows that nobody can write meanwhile or that a stale value does no harm; it says which.
    /// Written only by tests that break a server on purpose.
    var unprotected: Value {
        get { cell.pointee }
        nonmutating set { cell.pointee = newValue }
    }
}
