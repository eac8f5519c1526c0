import SimTime
import WaitEvents

/// Looks at all sessions at an interval, as a sampler of pg_stat_activity does, and counts how many were in each event.
public final class SessionSampler {
    private let recorder: Recorder
    /// At how many samples so many sessions were in an event: by backend type, event and number of sessions.
    private var samples: [[UInt64]]
    /// How many sessions the present sample has found so far, by backend type and event.
    private var present: [Int]
    /// How many samples were taken.
    private var taken: UInt64 = 0
    /// Given every session of every sample: its process number and event.
    private let onSample: ((Int, WaitEvent) -> Void)?

    /// - Parameter onSample: called for each process at each sample.
    public init(_ recorder: Recorder, onSample: ((Int, WaitEvent) -> Void)? = nil) {
        self.recorder = recorder
        self.onSample = onSample
        present = Array(repeating: 0, count: BackendType.count * WaitEvent.count)
        samples = Array(repeating: [], count: BackendType.count * WaitEvent.count)
    }

    /// Takes one sample.
    public func sample() {
        for index in present.indices { present[index] = 0 }
        for number in recorder.backendTypes.indices where recorder.ledgers[number].state != .absent {
            // Sleeps that the release does not report look like no event.
            let event = recorder.visibleEvent(of: number)
            present[Int(recorder.backendTypes[number].rawValue) * WaitEvent.count + Int(event.rawValue)] += 1
            onSample?(number, event)
        }
        for (index, sessions) in present.enumerated() {
            // Events never seen stay without a table.
            if sessions == 0 && samples[index].isEmpty { continue }
            count(sessions, at: index)
        }
        taken += 1
    }

    private func count(_ sessions: Int, at index: Int) {
        if samples[index].isEmpty { samples[index] = [taken] }
        while samples[index].count <= sessions { samples[index].append(0) }
        samples[index][sessions] += 1
    }

    /// How often how many sessions were in each event.
    public func rows() -> [SessionCountRow] {
        var rows: [SessionCountRow] = []
        for type in BackendType.allCases {
            for event in WaitEvent.allCases {
                let counts = samples[Int(type.rawValue) * WaitEvent.count + Int(event.rawValue)]
                for (sessions, samples) in counts.enumerated() where samples > 0 {
                    rows.append(
                        SessionCountRow(
                            backendType: type, event: event.name(in: recorder.release), sessions: sessions,
                            samples: samples))
                }
            }
        }
        return rows
    }
}

extension Recorder {
    /// The event that a viewer of this release sees.
    fileprivate func visibleEvent(of process: Int) -> WaitEvent {
        let event = ledgers[process].event
        return event.name(in: release) == nil ? .none : event
    }

    /// What kind of process a number is.
    public func backendType(of process: Int) -> BackendType { backendTypes[process] }

    /// How many processes there are, by type.
    public var processCounts: [BackendType: Int] {
        backendTypes.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
}
