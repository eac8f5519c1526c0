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
            counter("queue for \(name)", "length", Double(queues[Int(event.rawValue)]), now)
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
            source = lock.holder.map { ($0, tracks[$0].since) }
        }
        guard let source, source.by != waiter, isShown(source.at), isShown(now) else { return }
        // The slices that the arrow binds to must stand before it. Of the source no more is known than what it told.
        advance(source.by, source.at)
        advance(waiter, now)
        flows += 1
        let name = lock.event.name(in: facts.release)?.description ?? "lock"
        let members = ",\"id\":\(flows),\"cat\":\"lock\",\"name\":\"\(name)\""
        stream.event(
            "s", group: tracks[source.by].group, thread: thread(source.by), at: time(source.at), members)
        stream.event(
            "f", group: tracks[waiter].group, thread: thread(waiter), at: time(now),
            members + ",\"bp\":\"e\"")
    }

    // MARK: Counters

    /// Perfetto calls the counter's track by both words, as in `running processes`. One value a counter: Chrome's
    /// viewer takes those that an event does not name for 0.
    private func counter(_ name: String, _ key: String, _ value: Double, _ now: Instant) {
        guard isShown(now) else { return }
        let text = NumberText.exact(value) ?? "0"
        stream.event(
            "C", group: Self.serverGroup, thread: Self.serverGroup, at: time(now),
            ",\"name\":\(TraceEventStream.text(name)),\"args\":{\"\(key)\":\(text)}")
    }

    /// Counts running and ready processes when one changes from its state to another.
    func countStates(_ process: Int, _ state: ActivityState, _ now: Instant) {
        let old = tracks[process].state
        inState[Int(old.rawValue)] -= 1
        inState[Int(state.rawValue)] += 1
        guard old != state else { return }
        for counted in [ActivityState.running, .ready] where old == counted || state == counted {
            counter(counted.name, "processes", Double(inState[Int(counted.rawValue)]), now)
        }
    }

    public func recordInserted(by process: Int, _ now: Instant) {
        move(process, now) { $0.insert = max($0.insert, $1) }
    }

    public func written(upTo position: UInt64, by process: Int, _ now: Instant) {
        // Whole pages are written, records or not.
        move(process, now) { $0.write = max($0.write, min(position, $1)) }
    }

    public func flushed(upTo position: UInt64, by process: Int, _ now: Instant) {
        move(process, now) { $0.flush = max($0.flush, min(position, $1)) }
    }

    /// Changes the positions of a process's server, given the head of its WAL, and shows them.
    private func move(_ process: Int, _ now: Instant, _ change: (inout WALPositions, UInt64) -> Void) {
        let server = tracks[process].server
        change(&positions[server], facts.insertHead(server))
        guard isShown(now) else { return }
        for (name, kilobytes) in positions[server].moved() {
            counter("\(positions[server].name) \(name)", "kB", kilobytes, now)
        }
    }

    public func committed(end: UInt64, by process: Int, _ now: Instant) {
        guard isShown(now) else { return }
        advance(process, now)
        stream.event(
            "i", group: tracks[process].group, thread: thread(process), at: time(now),
            ",\"s\":\"t\",\"name\":\"commit\",\"cat\":\"transaction\"")
    }
}

/// How far a server's WAL has come.
struct WALPositions {
    /// What the counters' names begin with.
    let name: String
    var insert: UInt64 = 0
    var write: UInt64 = 0
    var flush: UInt64 = 0
    /// What the counters count from: absolute positions would flatten the curves.
    private var origin: UInt64?
    private var last = (insert: UInt64(0), write: UInt64(0), flush: UInt64(0))

    init(name: String) { self.name = name }

    /// Kilobytes since the trace's start, of those positions that have moved since they were last shown.
    mutating func moved() -> [(name: String, kilobytes: Double)] {
        let known = [("insert", insert, last.insert), ("write", write, last.write), ("flush", flush, last.flush)]
            .filter { $0.1 > $0.2 }
        last = (insert, write, flush)
        let origin = self.origin ?? known.map(\.1).min() ?? 0
        self.origin = origin
        return known.filter { $0.1 >= origin }.map { ($0.0, Double($0.1 - origin) / 1024) }
    }
}
