/// What `iostat -x -o JSON INTERVAL` printed: device statistics by interval (sysstat 12 and later).
///
/// The first report covers the time since boot and is left out if there are others. Source: sysstat's iostat.c
/// (write_json_ext_stat).
struct IostatReport: Sendable, Equatable {
    /// The machine's CPUs.
    var cpus: Int?
    /// The device with the most flushes, or else the most writes.
    var device: String
    /// Flush requests, in nanoseconds each; nil if the device got none.
    var flush: LatencyRecord?
    /// Writes, in nanoseconds each; nil if the device got none.
    var write: LatencyRecord?

    /// One device in one interval.
    private struct Row {
        var device: String
        var flushes: (rate: Double, await: Double)
        var writes: (rate: Double, await: Double)
    }

    init(_ file: InputFile) throws(InputProblem) {
        let root = try JSONReader(file, format: "iostat's JSON report", beginsAt: "{").root
        guard let host = root["sysstat"]?["hosts"]?.elements?.first, let reports = host["statistics"]?.elements else {
            throw file.problem(
                root.line, "no statistics", seen: nil as String?,
                expected: "the keys \"sysstat\", \"hosts\" and \"statistics\"")
        }
        cpus = try JSONReader(file, host).optional("number-of-cpus", in: 1...65_536).map { Int($0) }
        var rows: [Row] = []
        for report in reports.count > 1 ? reports.dropFirst() : reports[...] {
            for disk in report["disk"]?.elements ?? [] { rows.append(try Self.row(disk, file)) }
        }
        guard let busiest = Self.busiest(rows) else {
            throw file.problem(
                host.line, "no device in this report", seen: nil as String?, expected: "\"disk\" in \"statistics\"")
        }
        device = busiest
        let own = rows.filter { $0.device == busiest }
        flush = Self.record(own.map(\.flushes))
        write = Self.record(own.map(\.writes))
    }

    private static func row(_ disk: JSONNode, _ file: InputFile) throws(InputProblem) -> Row {
        let reader = JSONReader(file, disk)
        guard disk["w_await"] != nil else {
            throw file.problem(
                disk.line, "no \"w_await\" of this device", seen: nil as String?,
                expected: "extended statistics (iostat -x -o JSON 1)")
        }
        let milliseconds = 0...3.6e6
        return Row(
            device: disk["disk_device"].flatMap(JSONReader.text) ?? "",
            flushes: (
                try reader.optional("f/s", in: Plausible.rate) ?? 0,
                try reader.optional("f_await", in: milliseconds) ?? 0
            ),
            writes: (try reader.required("w/s", in: Plausible.rate), try reader.required("w_await", in: milliseconds)))
    }

    private static func busiest(_ rows: [Row]) -> String? {
        var totals: [String: (flushes: Double, writes: Double)] = [:]
        for row in rows {
            totals[row.device, default: (0, 0)].flushes += row.flushes.rate
            totals[row.device, default: (0, 0)].writes += row.writes.rate
        }
        return totals.sorted { $0.key < $1.key }.max {
            ($0.value.flushes, $0.value.writes) < ($1.value.flushes, $1.value.writes)
        }?
        .key
    }

    /// Means of intervals, weighted by how much happened in each: their spread says nothing about single requests.
    private static func record(_ intervals: [(rate: Double, await: Double)]) -> LatencyRecord? {
        let total = intervals.reduce(0) { $0 + $1.rate }
        guard total > 0 else { return nil }
        let mean = intervals.reduce(0) { $0 + $1.rate * $1.await } / total
        return LatencyRecord(count: total, mean: mean * 1e6, deviation: nil, min: nil, max: nil)
    }
}
