extension CSVTable {
    /// Whether the rows are samples of sessions, as samples.csv and pg_wait_sampling_history have them.
    var holdsSamples: Bool { column("pid") != nil && column("ts") != nil }

    /// Samples as what they tell: how many sessions were in each event on average, by seed and query.
    ///
    /// Single samples are no figures that two runs could have in common. Background processes have query 0.
    func averageSessions() throws(InputError) -> CSVTable {
        let columns = ["seed", "ts", "queryid", "event_type", "event"].map { column($0) }
        guard let seed = columns[0], let time = columns[1], let query = columns[2], let type = columns[3],
            let event = columns[4]
        else {
            throw error(
                "not samples that walsim run --samples wrote",
                notes: ["columns: \(header.joined(separator: ","))", "expected: seed,pid,ts,event_type,event,queryid"])
        }
        var instants: [String: Set<String>] = [:]
        var order: [[String]] = []
        var counts: [[String]: Int] = [:]
        for row in rows {
            instants[row[seed], default: []].insert(row[time])
            let key = [row[seed], row[query], row[type], row[event]]
            if counts[key] == nil { order.append(key) }
            counts[key, default: 0] += 1
        }
        let names = ["seed", "queryid", "wait_event_type", "wait_event", "avg_sessions"]
        return CSVTable(
            file: file, header: names,
            rows: order.map { $0 + [String(Double(counts[$0]!) / Double(instants[$0[0]]!.count))] })
    }

    /// Refuses what an interrupted run left: it covers less than the scenario, and its figures say something else.
    func checkIsWhole() throws(InputError) {
        guard let hash = column("scenario_hash") else { return }
        for (index, row) in rows.enumerated() where row[hash].hasSuffix(Self.interruptedSuffix) {
            throw error(
                row: index, "the run was interrupted, and its results cannot be compared",
                notes: ["seen \(row[hash])", "run it again to its end"])
        }
    }
}
