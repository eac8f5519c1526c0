import SimTime

/// On which core a process goes on: where it is put when it wakes, and who takes it over when it waits.
extension CPU {
    /// The core for a process that wakes: its last one if that idles, else any idle one, else its last one, or, for the
    /// reader of a message, its sender's (`select_task_rq_fair`, `wake_affine` of kernel/sched/fair.c).
    /// - Parameter sender: whose message wakes it, if that process is on a core of the same host.
    func place(_ process: Int32, by sender: Int32?) -> UnsafeMutablePointer<Core> {
        if let allowed = processes[Int(process)].allowed { return place(process, within: allowed) }
        let last = processes[Int(process)].core
        if last.pointee.running == nil { return last }
        if busyCores == coreCount { return busyCore(for: last, by: sender) }
        let end = cores + coreCount
        var candidate = last + 1
        while true {
            if candidate == end { candidate = cores }
            if candidate == last || candidate.pointee.running == nil { return candidate }
            candidate += 1
        }
    }

    /// Whoever writes to a local socket is expected to sleep soon (the kernel calls it a synchronous wake-up), so that
    /// it does not count among those who have its core.
    private func busyCore(
        for last: UnsafeMutablePointer<Core>, by sender: Int32?
    ) -> UnsafeMutablePointer<Core> {
        guard spec.messageWakeup == .sender, let sender else { return last }
        let here = processes[Int(sender)].core
        return here.pointee.queue.waiting.count <= last.pointee.queue.waiting.count ? here : last
    }

    /// A process changes to a core where nothing of its caches is.
    func migrate(_ me: UnsafeMutablePointer<CPUProcess>, to core: UnsafeMutablePointer<Core>) {
        me.pointee.core = core
        // A session's account stays with the core that it was opened on.
        if spec.autogroup == .on { me.pointee.entity.pointee.lag = 0 }
        me.pointee.workWhenOut = .min / 2
    }

    /// Takes a process off another core's queue for a core that would idle: the first in the longest queue that ran so
    /// long ago that its caches are taken for cold (`sched_balance_newidle`, `task_hot`).
    func pull(to core: UnsafeMutablePointer<Core>) -> Int32? {
        var longest = 0
        var pulled: Int32?
        for number in 0..<coreCount where cores + number != core {
            let count = cores[number].queue.waitingCount
            guard count > longest, let found = firstCold(cores + number, for: core) else { continue }
            (longest, pulled) = (count, found)
        }
        guard let pulled else { return nil }
        let me = processes + Int(pulled)
        me.pointee.core.pointee.queue.remove(pulled, entities, current: me.pointee.core.pointee.running)
        waitingCount -= 1
        migrate(me, to: core)
        core.pointee.queue.passThrough(me.pointee.entity)
        return pulled
    }

    private func firstCold(_ other: UnsafeMutablePointer<Core>, for core: UnsafeMutablePointer<Core>) -> Int32? {
        let number = core - cores
        return other.pointee.queue.first(entities) { process in
            let candidate = processes + Int(process)
            guard kernel.now - candidate.pointee.outSince >= rates.migrationCost else { return false }
            return candidate.pointee.allowed?.contains(number) ?? true
        }
    }
}
