/// Gathers rows of samples into instants.
///
/// Tools that sample session after session give each row a time of its own, so an instant ends when a session comes
/// again, or when more than half the time from one instant to the next has passed since it began.
///
/// Not every tool says what a process is. One that is ever seen in a main loop of the background serves no client, also
/// while it waits for what clients wait for, as the WAL writer does.
struct WaitSampleBuilder {
    private var samples: [WaitSampleColumns.Sample] = []
    private var background: Set<Int> = []

    /// Rows of an instant follow each other within some microseconds, and nobody samples more often than this.
    private static let betweenInstants: Int64 = 5_000
    /// Processes hardly come again if fewer rows than this share are about one that was seen before.
    private static let fewRepeats = 0.1

    mutating func take(_ sample: WaitSampleColumns.Sample?) {
        guard let sample else { return }
        if sample.isBackground { background.insert(sample.pid) } else { samples.append(sample) }
    }

    /// Leaves out what background processes do; all rows must have been taken.
    mutating func finish() {
        guard !background.isEmpty else { return }
        samples.removeAll { background.contains($0.pid) }
    }

    /// Rows about client backends, idle ones included.
    var rows: Int { samples.count }

    /// Distinct client backends.
    var clients: Int { Set(samples.map(\.pid)).count }

    /// The most client backends at an instant. Who connects anew for each transaction would count again and again by
    /// its process ids; but a tool that leaves idle sessions out shows only by them how many there are, if they stay.
    var clientsAtOnce: Int { showsIdle || processesChange ? mostAtOnce : clients }

    /// True if sessions that are idle at an instant are not seen, and hardly a process is seen twice: whether clients
    /// connect anew or there are very many, nothing tells how many there are.
    var clientsAreUnknown: Bool { !showsIdle && processesChange && clients > mostAtOnce }

    private var showsIdle: Bool { samples.contains { $0.event == nil } }

    private var mostAtOnce: Int { instants.map(\.count).max() ?? 0 }

    private var processesChange: Bool { Double(rows - clients) < Self.fewRepeats * Double(rows) }

    /// How often each event was seen.
    var totals: [String: Double] {
        var totals: [String: Double] = [:]
        for case let (event?, count) in samples.map({ ($0.event, $0.count) }) { totals[event, default: 0] += count }
        return totals
    }

    /// Seconds from one sample of a session to its next, as the median over all; from one instant to the next where
    /// hardly a session comes again. Nil for a single instant.
    var interval: Double? {
        (processesChange ? gapBetweenInstants : gapOfSessions ?? gapBetweenInstants).map { Double($0) / 1e6 }
    }

    /// In microseconds, as those below.
    private var gapOfSessions: Int64? {
        var latest: [Int: Int64] = [:]
        var gaps: [Int64] = []
        for sample in samples {
            if let before = latest[sample.pid], sample.time > before { gaps.append(sample.time - before) }
            latest[sample.pid] = sample.time
        }
        gaps.sort()
        return gaps.isEmpty ? nil : gaps[gaps.count / 2]
    }

    /// Between instants, where rows are further apart than within one. Of an instant without active
    /// sessions there is no row, so the shorter gaps tell.
    private var gapBetweenInstants: Int64? {
        let gaps = zip(samples, samples.dropFirst()).map { $1.time - $0.time }
            .filter { $0 > Self.betweenInstants }.sorted()
        return gaps.isEmpty ? nil : gaps[gaps.count / 4]
    }

    var ticks: [WaitSamples.Tick] {
        instants.map { instant in
            var tick = WaitSamples.Tick()
            for case let event? in samples[instant].map(\.event) { tick.sessions[event, default: 0] += 1 }
            return tick
        }
    }

    /// The samples of each instant.
    private var instants: [Range<Int>] {
        // A session that is rarely active comes again after many instants, which must not become one.
        let gap = [processesChange ? nil : gapOfSessions, gapBetweenInstants].compactMap { $0 }.min()
        let half = (gap ?? .max) / 2
        var starts: [Int] = []
        var present: Set<Int> = []
        var began = Int64.min
        for (index, sample) in samples.enumerated() {
            let isLate = sample.time < began || sample.time > began &+ half && sample.time != began
            if starts.isEmpty || present.contains(sample.pid) || isLate {
                starts.append(index)
                present = []
                began = sample.time
            }
            present.insert(sample.pid)
        }
        return zip(starts, starts.dropFirst() + [samples.count]).map { $0..<$1 }
    }
}
