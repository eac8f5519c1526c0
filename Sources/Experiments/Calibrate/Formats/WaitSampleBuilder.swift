/// Gathers rows of samples into instants.
///
/// Tools that sample session after session give each row a time of its own, so an instant ends when a session comes
/// again, or when more than half the sampling interval has passed since it began.
struct WaitSampleBuilder {
    private var samples: [WaitSampleColumns.Sample] = []
    private(set) var totals: [String: Double] = [:]
    private var processes: Set<Int> = []
    /// Rows about client backends, idle ones included.
    private(set) var rows = 0

    var clients: Int { processes.count }

    mutating func take(_ sample: WaitSampleColumns.Sample?) {
        guard let sample else { return }
        rows += 1
        processes.insert(sample.pid)
        if let event = sample.event { totals[event, default: 0] += sample.count }
        samples.append(sample)
    }

    /// Seconds from one sample of a session to its next, as the median over all.
    var interval: Double? {
        var latest: [Int: Int64] = [:]
        var gaps: [Int64] = []
        for sample in samples {
            if let before = latest[sample.pid], sample.time > before { gaps.append(sample.time - before) }
            latest[sample.pid] = sample.time
        }
        gaps.sort()
        return gaps.isEmpty ? nil : Double(gaps[gaps.count / 2]) / 1e6
    }

    var ticks: [WaitSamples.Tick] {
        let half = Int64((interval ?? 0) * 5e5)
        var ticks: [WaitSamples.Tick] = []
        var present: Set<Int> = []
        var began = Int64.min
        for sample in samples {
            let isLate = sample.time < began || sample.time > began &+ half && sample.time != began
            if ticks.isEmpty || present.contains(sample.pid) || isLate {
                ticks.append(WaitSamples.Tick())
                present = []
                began = sample.time
            }
            present.insert(sample.pid)
            if let event = sample.event { ticks[ticks.count - 1].sessions[event, default: 0] += 1 }
        }
        return ticks
    }
}
