/// What the scheduler knows of one process. Owned by the CPU model; in virtual nanoseconds of run time.
struct SchedulingEntity {
    /// Service received, on the scale of its run queue.
    var vruntime: Int64 = 0
    /// When its present slice should be served.
    var deadline: Int64 = 0
    /// How much service the queue owed it when it left (negative: it had had more than its share).
    var lag: Int64 = 0
    /// Its claim to the core against others': twice the weight, twice the service.
    private(set) var weight = SchedulingEntity.fullWeight
    /// How far 1024 nanoseconds of service carry its virtual run time.
    private var pace: Int64 = 1024
    /// Blocked, but still queued until the others have caught up with what it had too much.
    var isDelayed = false

    /// The weight of a process that shares its claim with no other.
    static var fullWeight: Int64 { 64 }

    /// Changes the weight of a process that is in no queue; what it is owed in service stays the same.
    mutating func reweigh(_ new: Int64) {
        lag = lag * weight / new
        weight = new
        pace = 1024 * Self.fullWeight / new
    }

    /// Service as virtual run time. A claim counts in whole parts here, all, half or a third: the measured machine's
    /// parameters were found so, and with exact claims its 32 clients with a commit_delay of 1 ms are 16 % too slow.
    @inline(__always)
    func virtual(_ service: Int64) -> Int64 { service &* (pace >> 10) }

    /// The service after which the virtual run time has gone on by so much, by the exact claim: at most what `virtual`
    /// would ask for.
    func service(_ virtual: Int64) -> Int64 { pace == 1024 ? virtual : (virtual << 10 + pace - 1) / pace }
}
