import Instrumentation
import SimTime
import WaitEvents

/// Arrows and counters.
extension TraceRecording {
    public func lockAcquired(_ lock: Int, exclusive: Bool, by process: Int, _ now: Instant) {
        if exclusive { locks[lock].holder = process }
    }

    public func lockReleased(_ lock: Int, by process: Int, _ now: Instant) {
        if locks[lock].holder == process { locks[lock].holder = nil }
        locks[lock].released = (process, now)
    }

    public func lockWait(_ lock: Int, begins: Bool, by process: Int, _ now: Instant) {
        let event = locks[lock].event
        queues[Int(event.rawValue)] += begins ? 1 : -1
        if let name = event.name(in: facts.release)?.description {
            counter("queue for \(name)", "processes", Double(queues[Int(event.rawValue)]), now)
        }
        if begins {
            tracks[process].wait = (lock, now)
        } else if let wait = tracks[process].wait {
            drawArrow(to: process, wait, now)
            tracks[process].wait = nil
        }
    }

    /// From the process that let the waiter go: the one that released the lock last since the wait began, or the
    /// holder, who may announce progress without releasing it.
    private func drawArrow(to waiter: Int, _ wait: (lock: Int, since: Instant), _ now: Instant) {
        let lock = locks[wait.lock]
        let source: (by: Int, at: Instant)?
        if let released = lock.released, released.at >= wait.since {
            source = released
        } else {
            source = lock.holder.map { ($0, now) }
        }
        guard let source, source.by != waiter, isShown(source.at), isShown(now) else { return }
        // The slices that the arrow binds to must stand before it.
        advance(source.by, now)
        advance(waiter, now)
        flows += 1
        let name = lock.event.name(in: facts.release)?.description ?? "lock"
        let members = ",\"id\":\(flows),\"cat\":\"lock\",\"name\":\"\(name)\""
        stream.event(
            "s", process: Self.group(tracks[source.by].type), thread: source.by + 1, at: time(source.at), members)
        stream.event(
            "f", process: Self.group(tracks[waiter].type), thread: waiter + 1, at: time(now),
            members + ",\"bp\":\"e\"")
    }

    // MARK: Counters

    private func counter(_ name: String, _ key: String, _ value: Double, _ now: Instant) {
        guard isShown(now) else { return }
        let text = NumberText.exact(value) ?? "0"
        stream.event("C", process: 0, thread: 0, at: time(now), ",\"name\":\"\(name)\",\"args\":{\"\(key)\":\(text)}")
    }

    /// Counts running and ready processes when one changes from its state to another.
    func countStates(_ process: Int, _ state: ActivityState, _ now: Instant) {
        let old = tracks[process].state
        inState[Int(old.rawValue)] -= 1
        inState[Int(state.rawValue)] += 1
        guard old != state else { return }
        for counted in [ActivityState.running, .ready] where old == counted || state == counted {
            counter("\(counted.name) processes", "processes", Double(inState[Int(counted.rawValue)]), now)
        }
    }

    public func recordInserted(by process: Int, _ now: Instant) {
        positions.insert = max(positions.insert, facts.insertHead())
        showPositions(now)
    }

    public func written(upTo position: UInt64, by process: Int, _ now: Instant) {
        // Whole pages are written, records or not.
        positions.write = max(positions.write, min(position, facts.insertHead()))
        showPositions(now)
    }

    public func flushed(upTo position: UInt64, by process: Int, _ now: Instant) {
        positions.flush = max(positions.flush, position)
        showPositions(now)
    }

    /// In kilobytes since the trace's start: absolute positions would flatten the curves.
    private func showPositions(_ now: Instant) {
        guard isShown(now) else { return }
        let origin = self.origin ?? min(positions.flush == 0 ? positions.insert : positions.flush, positions.insert)
        self.origin = origin
        for (name, position) in [("insert", positions.insert), ("write", positions.write), ("flush", positions.flush)]
        where position >= origin {
            counter("WAL position (kB)", name, Double(position - origin) / 1024, now)
        }
    }

    public func committed(end: UInt64, by process: Int, _ now: Instant) {
        guard isShown(now) else { return }
        advance(process, now)
        stream.event(
            "i", process: Self.group(tracks[process].type), thread: process + 1, at: time(now),
            ",\"s\":\"t\",\"name\":\"commit\",\"cat\":\"transaction\"")
    }
}
