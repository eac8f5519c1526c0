import SimTime

/// Sessions as groups of the scheduler (Linux's sched_autogroup): a session has one claim to each core, which its
/// processes share, and PostgreSQL's processes are sessions of their own, as each calls setsid.
///
/// A session's claim to one core is the part that its load there has in all of its load (`calc_group_shares` in
/// kernel/sched/fair.c): what runs there now, and what ran elsewhere of late.
extension CPU {
    /// The weight of a process that becomes ready and shares its session with others.
    func shareWeight(_ process: Int32) {
        let me = processes + Int(process)
        var load = 1.0
        for other in sessions[Int(me.pointee.session)] where other != process {
            countLoad(processes + Int(other))
            load += processes[Int(other)].load
        }
        let weight = Int64((Double(SchedulingEntity.fullWeight) / load).rounded())
        me.pointee.entity.pointee.reweigh(max(weight, 1))
    }

    /// Brings the decaying average of the time that a process was runnable up to now. It had been in its present phase
    /// since the last call.
    func countLoad(_ me: UnsafeMutablePointer<CPUProcess>) {
        let passed = exponential.saturation(Double((kernel.now - me.pointee.loadSince).count) * Self.loadDecay)
        let present = me.pointee.phase == .blocked ? 0.0 : 1.0
        me.pointee.load += (present - me.pointee.load) * passed
        me.pointee.loadSince = kernel.now
    }

    /// Load counts half after 32 periods of 1,024 us (kernel/sched/pelt.c).
    private static var loadDecay: Double { 0.693_147 / (32 * 1_024_000) }
}
