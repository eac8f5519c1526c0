import Postgres
import SimTime
import Statistics

/// What the simulated operating system keeps of one server process.
struct HostProcess {
    /// CPU that it owes (`Machine.accrue`).
    var debt = Nanoseconds.zero
    /// Units in its semaphore.
    var semaphore = 0
    /// Whether it sleeps until somebody posts that.
    var waitsOnSemaphore = false
    var latchIsSet = false
    /// Whether it sleeps until somebody sets that, or until a message comes.
    var waitsOnLatch = false
    /// What a sync of the segment that the process makes has to bring to the device.
    var newSegmentBytes: UInt64 = 0
    /// Whether it sleeps as no process of the server.
    var isAbsent = false
    /// What a signal has asked of it and it has not taken notice of; nil: nothing.
    var interrupt: Interrupt?
    /// PostgreSQL's own random numbers (s_lock).
    var random: RandomStream

    /// Takes one unit if there is one.
    @inline(__always)
    mutating func takeSemaphore() -> Bool {
        guard semaphore > 0 else { return false }
        semaphore -= 1
        return true
    }
}
