/// The latencies of syncs in fio's JSON or JSON+ report (fio 3.5 and later, `--fdatasync=1` or `--fsync=1`), and of
/// writes if the job's writes were synchronous themselves (`--sync=dsync`).
///
/// Times are nanoseconds. JSON+ adds `bins`, the whole histogram. Source: fio's stat.c (add_ddir_status_json).
struct FioReport: Sendable, Equatable {
    /// fio's version, such as `fio-3.33`.
    var version: String
    /// The job with the most syncs.
    var job: String
    var sync: LatencyRecord?
    /// Of synchronous writes.
    var write: LatencyRecord?

    init(_ file: InputFile) throws(InputProblem) {
        let root = try JSONReader(file, format: "fio's JSON report", beginsAt: "{").root
        version = root["fio version"].flatMap(JSONReader.text) ?? "fio"
        job = ""
        guard let jobs = root["jobs"]?.elements else {
            throw file.problem(root.line, "no list of jobs", seen: nil as String?, expected: "the key \"jobs\"")
        }
        var most = 0.0
        for node in jobs {
            let name = node["jobname"].flatMap(JSONReader.text) ?? ""
            let record = try Self.record(node["sync"]?["lat_ns"], in: file)
            if let record, record.count > most {
                (sync, job, most) = (record, name, record.count)
            }
            guard sync == nil, write == nil, Self.writesAreSynchronous(node, in: root) else { continue }
            write = try Self.record(node["write"]?["clat_ns"], in: file)
            if write != nil { job = name }
        }
        guard sync != nil || write != nil else {
            throw file.problem(
                root["jobs"]?.line ?? 1, "no job in this fio report has synced", seen: nil as String?,
                expected: "jobs run with --fdatasync=1, by fio 3.5 or later")
        }
    }

    /// A job has the options of its own section, and those of `[global]` that it does not set itself.
    private static func writesAreSynchronous(_ job: JSONNode, in report: JSONNode) -> Bool {
        let option = job["job options"]?["sync"] ?? report["global options"]?["sync"]
        guard let value = option.flatMap(JSONReader.text) else { return false }
        return value != "0" && value != "none"
    }

    /// Nil if nothing was recorded.
    private static func record(_ node: JSONNode?, in file: InputFile) throws(InputProblem) -> LatencyRecord? {
        guard let node, node.members != nil else { return nil }
        let reader = JSONReader(file, node)
        guard let count = try reader.optional("N", in: Plausible.count), count > 0 else { return nil }
        if let bins = node["bins"], let histogram = try histogram(bins, in: file) { return histogram }
        var record = LatencyRecord(
            count: count, mean: try reader.required("mean", in: Plausible.latency),
            deviation: try reader.optional("stddev", in: Plausible.latency),
            min: try reader.optional("min", in: Plausible.latency),
            max: try reader.optional("max", in: Plausible.latency))
        if let percentiles = node["percentile"] { record.quantiles = try quantiles(percentiles, in: file) }
        return record
    }

    private static func histogram(_ node: JSONNode, in file: InputFile) throws(InputProblem) -> LatencyRecord? {
        var bins: [(value: Double, count: Double)] = []
        for member in node.members ?? [] {
            guard let value = number(member.key, in: Plausible.latency) else {
                throw file.problem(node.line, "a bin's latency", seen: member.key, expected: "nanoseconds")
            }
            bins.append((value, try JSONReader(file, node).required(member.key, in: Plausible.count)))
        }
        return LatencyRecord(histogram: bins)
    }

    private static func quantiles(
        _ node: JSONNode, in file: InputFile
    ) throws(InputProblem) -> [LatencyRecord.QuantilePoint] {
        var points: [LatencyRecord.QuantilePoint] = []
        for member in node.members ?? [] {
            guard let percent = number(member.key, in: 0...100) else {
                throw file.problem(node.line, "a percentile's name", seen: member.key, expected: "0 to 100")
            }
            let value = try JSONReader(file, node).required(member.key, in: Plausible.latency)
            points.append(.init(p: percent / 100, value: value))
        }
        points.sort { $0.p < $1.p }
        for (a, b) in zip(points, points.dropFirst()) where b.value < a.value || b.p <= a.p {
            throw file.problem(
                node.line, "percentiles are not ascending", seen: "\(b.p * 100)", expected: "at least \(a.value)")
        }
        return points
    }
}
