import Experiments

/// Samples of client backends as they pile up.
struct SessionSamples {
    private var ticks: [WaitSamples.Tick] = []
    private var processes: Set<String> = []
    private var states = 0
    private var rows = 0

    /// True if there were sessions and none showed its state, as to a role without pg_monitor.
    var areHidden: Bool { rows > 0 && states == 0 }

    /// - Parameter rows: pid, state, wait_event_type and wait_event of each session.
    mutating func add(_ rows: [Connection.Row]) {
        var tick = WaitSamples.Tick()
        for row in rows where row.count == 4 {
            self.rows += 1
            if let process = row[0] { processes.insert(process) }
            guard let state = row[1] else { continue }
            states += 1
            tick.add(state: state, type: row[2] ?? "", event: row[3] ?? "")
        }
        ticks.append(tick)
    }

    func samples(seconds: Double) -> WaitSamples {
        WaitSamples(
            ticks: ticks, clients: processes.count, interval: ticks.isEmpty ? nil : seconds / Double(ticks.count))
    }
}
