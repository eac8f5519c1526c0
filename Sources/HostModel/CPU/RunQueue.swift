import SimTime

/// The processes that wait for one core, in the order of EEVDF or of arrival.
///
/// EEVDF (Stoica and Abdel-Wahab 1995, as Linux has it since 6.6): of the processes that have had no more than their
/// share (`vruntime` at or below the average) the one with the earliest deadline runs. Lag is kept over sleep, and a
/// process that blocks with negative lag stays queued until it is eligible (delayed dequeue, Linux 6.12), so that it
/// cannot shed its debt by a short sleep. Who runs keeps the core until its slice ends, or, once it has had more than
/// its share, until somebody comes who is next (RUN_TO_PARITY, Linux 6.6).
struct RunQueue {
    /// Waiting processes, delayed ones included, by deadline; the running process is not among them.
    private(set) var waiting = ProcessList()
    /// How many of them are delayed.
    private(set) var delayedCount = 0
    /// Sum of the weights of the waiting processes, and of their weighted virtual run times.
    private var weightSum: Int64 = 0
    private var vruntimeSum: Int64 = 0
    /// The average when the queue last had a member; a newcomer to an empty queue starts there.
    private var lastAverage: Int64 = 0
    /// Who is preferred to earlier deadlines (the next buddy of kernel/sched/fair.c); -1: nobody.
    private var preferred: Int32 = -1

    let policy: CPUSpec.Scheduler
    let slice: Int64

    init(policy: CPUSpec.Scheduler, slice: Nanoseconds) {
        self.policy = policy
        self.slice = slice.count
    }

    func deallocate() { waiting.deallocate() }

    /// True if nobody waits who could run.
    var isIdle: Bool { waitingCount == 0 }

    /// How many wait who could run.
    var waitingCount: Int { waiting.count - delayedCount }

    /// The virtual time of the queue: the average service of its members, `current` included.
    func average(_ entities: UnsafeMutablePointer<SchedulingEntity>, current: Int32?) -> Int64 {
        let all = totals(entities, current)
        return all.weight > 0 ? all.vruntime / all.weight : lastAverage
    }

    /// The weights of all members and their weighted virtual run times, `current`'s included.
    private func totals(
        _ entities: UnsafeMutablePointer<SchedulingEntity>, _ current: Int32?
    ) -> (weight: Int64, vruntime: Int64) {
        guard let current else { return (weightSum, vruntimeSum) }
        let running = entities + Int(current)
        return (
            weightSum + running.pointee.weight,
            vruntimeSum + running.pointee.weight * running.pointee.vruntime
        )
    }

    /// True if nobody at all waits, so that an idle core's next process need not pass through the queue.
    var isEmpty: Bool { waiting.isEmpty }

    /// What `enqueue` and `pick` do to a process that comes to an idle core without a queue, in one step.
    func passThrough(_ entity: UnsafeMutablePointer<SchedulingEntity>) {
        entity.pointee.vruntime = lastAverage
        entity.pointee.deadline = lastAverage + entity.pointee.virtual(slice)
    }

    /// Adds a process that has woken up, with the lag that it left with.
    mutating func enqueue(
        _ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>, current: Int32?
    ) {
        let entity = entities + Int(process)
        let members = totals(entities, current).weight
        // Its own arrival moves the average towards it: the lag is scaled so that the intended one remains.
        let lag = members == 0 ? 0 : entity.pointee.lag * (members + entity.pointee.weight) / members
        entity.pointee.vruntime = average(entities, current: current) - lag
        entity.pointee.deadline = entity.pointee.vruntime + entity.pointee.virtual(slice)
        insert(process, entities)
    }

    /// Has a process that has just come run before those with earlier deadlines, once it is eligible and until another
    /// one comes.
    mutating func prefer(_ process: Int32) { preferred = process }

    /// Whether a process that has just come runs before the one on the core: if that has had more than its share, and
    /// the newcomer is next (`check_preempt_wakeup_fair` with RUN_TO_PARITY in kernel/sched/fair.c).
    /// - Parameter parity: just its share is enough.
    func preempts(
        _ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>, current: Int32, atParity parity: Bool
    ) -> Bool {
        guard policy == .eevdf else { return false }
        let all = totals(entities, current)
        let excess = entities[Int(current)].vruntime * all.weight - all.vruntime
        guard excess > 0 || parity && excess == 0 else { return false }
        return earliestEligible(entities, all).map { waiting[$0] == process } ?? false
    }

    /// Whether a process has had no more than the average of all, the running one included.
    func isEligible(
        _ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>, current: Int32?
    ) -> Bool { isEligible(process, entities, totals(entities, current)) }

    /// Puts back the process that ran until now and could go on running.
    mutating func requeue(_ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>) {
        insert(process, entities)
    }

    /// The process that ran until now blocks. True if it stays in the queue until its debt is paid.
    mutating func block(_ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>) -> Bool {
        let entity = entities + Int(process)
        guard !waiting.isEmpty else {
            // Alone it is the average.
            entity.pointee.lag = 0
            lastAverage = max(lastAverage, entity.pointee.vruntime)
            return false
        }
        let average = average(entities, current: process)
        let limit = entity.pointee.virtual(2 * slice)
        entity.pointee.lag = min(max(average - entity.pointee.vruntime, -limit), limit)
        guard policy == .eevdf, entity.pointee.lag < 0, !isIdle else { return false }
        entity.pointee.isDelayed = true
        delayedCount += 1
        insert(process, entities)
        return true
    }

    /// A delayed process is woken: it stays where it is, but owed nothing for the time it slept.
    mutating func wakeDelayed(
        _ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>, current: Int32?
    ) {
        let entity = entities + Int(process)
        entity.pointee.isDelayed = false
        delayedCount -= 1
        let average = average(entities, current: current)
        guard entity.pointee.vruntime < average else { return }
        remove(at: waiting.firstIndex(of: process)!, entities)
        entity.pointee.lag = 0
        enqueue(process, entities, current: current)
    }

    /// A delayed process wakes for another core's queue, and starts there without debt.
    mutating func leave(_ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>) {
        remove(at: waiting.firstIndex(of: process)!, entities)
        entities[Int(process)].isDelayed = false
        entities[Int(process)].lag = 0
        delayedCount -= 1
    }

    /// Takes the next process to run off the queue; nil if nobody waits. Delayed ones that have become eligible
    /// leave the queue on the way.
    mutating func pick(_ entities: UnsafeMutablePointer<SchedulingEntity>) -> Int32? {
        while !isIdle {
            let index = policy == .fifo ? 0 : next(entities, totals(entities, nil))
            let process = waiting[index]
            let average = average(entities, current: nil)
            remove(at: index, entities)
            guard entities[Int(process)].isDelayed else { return process }
            entities[Int(process)].isDelayed = false
            entities[Int(process)].lag = min(average - entities[Int(process)].vruntime, 0)
            delayedCount -= 1
        }
        dropDelayed(entities)
        return nil
    }

    /// The first, in the order of the queue, of those who could run that is as asked.
    func first(
        _ entities: UnsafeMutablePointer<SchedulingEntity>, where matches: (Int32) -> Bool
    ) -> Int32? {
        for index in 0..<waiting.count {
            let process = waiting[index]
            if !entities[Int(process)].isDelayed && matches(process) { return process }
        }
        return nil
    }

    /// A process that waits goes to another core.
    mutating func remove(
        _ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>, current: Int32?
    ) {
        lastAverage = max(lastAverage, average(entities, current: current))
        remove(at: waiting.firstIndex(of: process)!, entities)
    }

    /// Nobody else waits for the core: what a delayed process had too much harms no one any more.
    private mutating func dropDelayed(_ entities: UnsafeMutablePointer<SchedulingEntity>) {
        guard !waiting.isEmpty else { return }
        lastAverage = max(lastAverage, average(entities, current: nil))
        for index in 0..<waiting.count {
            let process = waiting[index]
            entities[Int(process)].isDelayed = false
            entities[Int(process)].lag = 0
        }
        waiting.removeAll()
        preferred = -1
        weightSum = 0
        vruntimeSum = 0
        delayedCount = 0
    }

    /// Where who runs next is. The smallest never exceeds the average.
    private func next(
        _ entities: UnsafeMutablePointer<SchedulingEntity>, _ all: (weight: Int64, vruntime: Int64)
    ) -> Int {
        if preferred >= 0, isEligible(preferred, entities, all) { return waiting.firstIndex(of: preferred)! }
        return earliestEligible(entities, all)!
    }

    private func isEligible(
        _ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>, _ all: (weight: Int64, vruntime: Int64)
    ) -> Bool { entities[Int(process)].vruntime * all.weight <= all.vruntime }

    /// The first in deadline order that has had no more than the average of all.
    private func earliestEligible(
        _ entities: UnsafeMutablePointer<SchedulingEntity>, _ all: (weight: Int64, vruntime: Int64)
    ) -> Int? {
        for index in 0..<waiting.count where entities[Int(waiting[index])].vruntime * all.weight <= all.vruntime {
            return index
        }
        return nil
    }

    private mutating func insert(_ process: Int32, _ entities: UnsafeMutablePointer<SchedulingEntity>) {
        weightSum += entities[Int(process)].weight
        vruntimeSum += entities[Int(process)].weight * entities[Int(process)].vruntime
        guard policy == .eevdf else {
            waiting.insert(process, at: waiting.count)
            return
        }
        let deadline = entities[Int(process)].deadline
        var index = waiting.count
        // Most newcomers have the latest deadline, so that the search from the end is short.
        while index > 0, entities[Int(waiting[index - 1])].deadline > deadline { index -= 1 }
        waiting.insert(process, at: index)
    }

    private mutating func remove(at index: Int, _ entities: UnsafeMutablePointer<SchedulingEntity>) {
        if waiting[index] == preferred { preferred = -1 }
        let entity = entities + Int(waiting[index])
        weightSum -= entity.pointee.weight
        vruntimeSum -= entity.pointee.weight * entity.pointee.vruntime
        waiting.remove(at: index)
    }
}
