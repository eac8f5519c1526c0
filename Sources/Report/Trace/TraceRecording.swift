import Foundation
import Instrumentation
import SimTime
import WaitEvents

/// Makes a trace of one run: what each process does and waits for, who waits for whom, and how WAL moves on.
///
/// Each server process is a track. On it lie slices for the wait event that the process shows, and in them or beside
/// them slices for what it truly does: `running`, `ready` (off CPU), `spinning`, `commit_delay`. A process that sleeps
/// in its event has no slice of its own for that. Arrows lead from the process that released a lock to those that
/// waited for it. Counters follow lock queues, running and ready processes, and the WAL's positions.
///
/// Used by one run's thread at a time, and by its owner before and after: hence the unchecked conformance.
public final class TraceRecording: RunObserver, @unchecked Sendable {
    /// What is known of a process, and what is open on its track.
    struct Track {
        /// The group of tracks that it stands in: processes of one type of one server.
        let group: Int
        let server: Int
        var event = WaitEvent.none
        var state = ActivityState.waiting
        var isInCommitDelay = false
        /// Since when these are as they are.
        var since = Instant.zero
        var openEvent: String?
        var openState: String?
        /// The lock it sleeps for, and since when.
        var wait: (lock: Int, since: Instant)?
    }

    /// What is known of a lock.
    struct Lock {
        let event: WaitEvent
        var holder: Int?
        var released: (by: Int, at: Instant)?
    }

    let stream: TraceEventStream
    private let path: String
    private let window: Range<Nanoseconds>?
    private let limit: Int
    private(set) var facts: RunFacts!
    var tracks: [Track] = []
    var locks: [Lock] = []
    /// How many processes wait in each event's queues.
    var queues = [Int](repeating: 0, count: WaitEvent.count)
    var flows = 0
    /// How many processes are in each state.
    var inState = [Int](repeating: 0, count: ActivityState.count)
    /// The positions of each server's WAL.
    var positions: [WALPositions] = []
    /// The number of the first process's track.
    private var firstThread = 0
    /// The group of tracks of what belongs to no process. Perfetto hides the tracks of number 0.
    static let serverGroup = 1
    /// The part of the run that is written; empty until the measured window begins.
    private(set) var shown: Range<Instant> = Instant.zero..<Instant.zero
    private var last = Instant.zero
    private var isOver = false

    /// - Parameters:
    ///   - file: where the trace is streamed to, under the name `path`; `close` closes it.
    ///   - window: the part of the measured window to show, from t = 0; nil: all of it.
    ///   - limit: the greatest size of the file in bytes.
    public init(
        into file: UnsafeMutablePointer<FILE>, path: String, window: Range<Nanoseconds>?,
        limit: Int = TraceRecording.limit
    ) {
        self.path = path
        self.window = window
        self.limit = limit
        stream = TraceEventStream(into: file, limit: limit)
    }

    /// The greatest size of a trace: browsers open no larger ones.
    public static let limit = 1 << 30

    /// True once the trace cannot be completed: there is no point in running on.
    public var hasFailed: Bool { stream.failure != nil }

    /// Completes the file.
    ///
    /// - Parameter members: what the trace should say of the run: its scenario, seed and hash.
    /// - Throws: why it could not be written whole.
    public func close(_ members: [(key: String, value: String)]) throws(OutputError) {
        stream.close(members)
        switch stream.failure {
        case nil: return
        case .file(let reason): throw OutputError(path: path, reason: reason)
        case .tooLarge:
            let reached = Nanoseconds((last - (facts?.start ?? .zero)).count)
            let from = window?.lowerBound ?? .zero
            throw OutputError(
                path: path,
                reason: "the trace would be larger than \(HumanText.bytes(Double(limit))); it got as far as "
                    + "\(HumanText.duration(reached.microseconds)), so choose a shorter part with --trace-window, such "
                    + "as \(from.count / 1_000)us..\(max(reached.count / 1_000, 1))us")
        }
    }

    // MARK: The run

    public func runBegins(_ facts: RunFacts) {
        self.facts = facts
        tracks = zip(facts.processes, facts.servers).map {
            Track(group: Self.serverGroup + $1 * BackendType.count + Int($0.rawValue) + 1, server: $1)
        }
        // Perfetto takes a track whose number is that of a group for the group's main thread, and shows the number
        // behind the name: that of process 7 ends in 7.
        let groups = Self.serverGroup + facts.serverNames.count * BackendType.count
        firstThread = 10
        while firstThread <= max(groups, tracks.count) { firstThread *= 10 }
        positions = facts.serverNames.map { WALPositions(name: $0.isEmpty ? "WAL" : "\($0) WAL") }
        inState[Int(ActivityState.waiting.rawValue)] = tracks.count
        locks = facts.lockEvents.map { Lock(event: $0) }
        stream.name("process", group: Self.serverGroup, "server: queues, CPU and WAL positions", order: 0)
        for (number, type) in facts.processes.enumerated() {
            let name = [facts.serverNames[facts.servers[number]], type.name].filter { !$0.isEmpty }.joined(
                separator: " ")
            let group = tracks[number].group
            if number == 0 || tracks[number - 1].group != group {
                stream.name("process", group: group, name, order: group)
            }
            stream.name("thread", group: group, thread: thread(number), "\(name) \(number)", order: number)
        }
    }

    public func windowBegins(_ now: Instant) {
        let all = window ?? Nanoseconds.zero..<Nanoseconds(.max / 4)
        shown = now + all.lowerBound..<now + all.upperBound
    }

    public func windowEnds(_ now: Instant) {
        for number in tracks.indices {
            advance(number, now)
            closeSlices(number, min(now, shown.upperBound))
        }
        isOver = true
    }

    /// True if what happens now belongs into the trace.
    func isShown(_ now: Instant) -> Bool { !isOver && shown.contains(now) }

    /// The number of a process's track.
    func thread(_ process: Int) -> Int { firstThread + process }

    /// Time since t = 0.
    func time(_ now: Instant) -> Int64 { (now - facts.start).count }

    // MARK: Slices

    public func reported(_ event: WaitEvent, by process: Int, _ now: Instant) {
        advance(process, now)
        tracks[process].event = event
    }

    public func changed(to state: ActivityState, by process: Int, _ now: Instant) {
        advance(process, now)
        countStates(process, state, now)
        tracks[process].state = state
    }

    public func commitDelay(by process: Int, begins: Bool, _ now: Instant) {
        advance(process, now)
        tracks[process].isInCommitDelay = begins
    }

    /// Writes what a process did until now. A slice is begun only when it is known to have a length.
    func advance(_ number: Int, _ now: Instant) {
        last = max(last, now)
        let from = max(tracks[number].since, shown.lowerBound)
        let until = min(now, shown.upperBound)
        tracks[number].since = max(tracks[number].since, now)
        guard !isOver, until > from else { return }
        openSlices(number, from)
    }

    private func openSlices(_ number: Int, _ from: Instant) {
        let event = tracks[number].event.name(in: facts.release)?.description
        let state = stateName(tracks[number], hasEvent: event != nil)
        if tracks[number].openState != nil, tracks[number].openState != state || tracks[number].openEvent != event {
            slice("E", number, from)
            tracks[number].openState = nil
        }
        if tracks[number].openEvent != event {
            if tracks[number].openEvent != nil { slice("E", number, from) }
            if let event { slice("B", number, from, event, "wait event") }
            tracks[number].openEvent = event
        }
        if tracks[number].openState == nil, let state {
            slice("B", number, from, state, "state")
            tracks[number].openState = state
        }
    }

    private func closeSlices(_ number: Int, _ now: Instant) {
        if tracks[number].openState != nil { slice("E", number, now) }
        if tracks[number].openEvent != nil { slice("E", number, now) }
        (tracks[number].openState, tracks[number].openEvent) = (nil, nil)
    }

    private func stateName(_ track: Track, hasEvent: Bool) -> String? {
        if track.isInCommitDelay, track.state != .ready { return "commit_delay" }
        if track.state == .absent { return nil }
        if track.state == .waiting { return hasEvent ? nil : "idle" }
        return track.state.name
    }

    private func slice(_ phase: Character, _ number: Int, _ now: Instant, _ name: String = "", _ category: String = "")
    {
        let members = phase == "B" ? ",\"name\":\"\(name)\",\"cat\":\"\(category)\"" : ""
        stream.event(phase, group: tracks[number].group, thread: thread(number), at: time(now), members)
    }
}
