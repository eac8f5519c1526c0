/// Which columns of a file of samples mean what, by the names that the tools give them.
struct WaitSampleColumns {
    private let time: Int?
    private let pid: Int
    private let type: Int
    private let event: Int
    private let state: Int?
    private let backendType: Int?
    /// `count` of a profile.
    let count: Int?

    static let expected =
        "a header with pid, wait_event_type, wait_event and a time (pg_stat_activity, pgsentinel), or pid, ts, "
        + "event_type, event (pg_wait_sampling)"

    /// One session at one instant; nil: not a client backend.
    struct Sample {
        var time: Int64
        var pid: Int
        /// nil: idle.
        var event: String?
        var count: Double
        /// True in the main loop of a process that serves no client.
        var isBackground: Bool
    }

    init(_ reader: CSVReader) throws(InputProblem) {
        guard let pid = reader.column(["pid"]), let type = reader.column(["wait_event_type", "event_type"]),
            let event = reader.column(["wait_event", "event"])
        else {
            throw reader.file.problem(
                1, "these are no samples of waits", seen: reader.header.joined(separator: ","), expected: Self.expected)
        }
        time = reader.column([
            "sample_time", "ash_time", "ts", "sampled_at", "clock_timestamp", "now", "time", "timestamp", "at",
        ])
        count = time == nil ? reader.column(["count"]) : nil
        guard time != nil || count != nil else {
            throw reader.file.problem(
                1, "no column says when a sample was taken", seen: reader.header.joined(separator: ","),
                expected: "one of sample_time, ash_time, ts, now, time (or count, for a profile)")
        }
        self.pid = pid
        self.type = type
        self.event = event
        state = reader.column(["state"])
        backendType = reader.column(["backend_type"])
    }

    /// What a row says; nil if it is about a process that serves no client.
    func sample(_ row: CSVReader.Row, in file: InputFile) throws(InputProblem) -> Sample? {
        let fields = row.fields
        guard let process = number(fields[pid], in: 0...4.3e9) else {
            throw file.problem(row.line, "not a process id", seen: fields[pid], expected: "a whole number")
        }
        var at: Int64 = 0
        if let time {
            guard let instant = TimestampText.microseconds(fields[time]) else {
                throw file.problem(row.line, "not a time", seen: fields[time], expected: TimestampText.example)
            }
            at = instant
        }
        var seen = 1.0
        if let count {
            guard let value = number(fields[count], in: Plausible.count) else {
                throw file.problem(row.line, "not a count", seen: fields[count], expected: "a whole number")
            }
            seen = value
        }
        if let backendType, fields[backendType] != "client backend" { return nil }
        if WaitEventText.isSwapped(type: fields[type], event: fields[event]) {
            throw file.problem(
                row.line, "the columns of the event and its type are swapped", seen: "\(fields[type]):\(fields[event])",
                expected: "such as LWLock:WALWrite")
        }
        let name = WaitEventText.canonical(type: fields[type], event: fields[event])
        return Sample(
            time: at, pid: Int(process), event: isIdle(fields, name) ? nil : name, count: seen,
            isBackground: WaitEventText.isBackground(name))
    }

    private func isIdle(_ fields: [String], _ event: String) -> Bool {
        if let state, !fields[state].isEmpty, fields[state] != "active", fields[state] != "CPU" {
            // pgsentinel's state is that of pg_stat_activity; a fast path call executes something too.
            if fields[state] != "fastpath function call" { return true }
        }
        return WaitEventText.isIdle(event)
    }
}
