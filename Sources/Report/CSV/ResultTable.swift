import Experiments
import Instrumentation
import WaitEvents

/// The CSV files of one experiment. Every row starts with the scenario's name, its hash and the repeat's seed.
public enum ResultTable: String, CaseIterable, Sendable {
    case summary
    case waitEvents = "wait_events"
    case waitHistogram = "wait_histogram"
    case sessionsHistogram = "sessions_histogram"
    case timeline
    case walRecords = "wal_records"
    case phases
    case walSenders = "walsenders"

    /// The files that a result has: walsenders' only with standbys.
    public static func of(_ result: ExperimentResult) -> [ResultTable] {
        let hasStandbys = result.repeats.contains { $0.whole.hasStandbys }
        return hasStandbys ? allCases : allCases.filter { $0 != .walSenders }
    }

    /// The file's name in the output folder.
    public var fileName: String { rawValue + ".csv" }

    /// The columns in order.
    public var header: [String] { Self.identity + columns }

    static let identity = ["scenario", "scenario_hash", "seed"]
    private static let event = ["backend_type", "wait_event_type", "wait_event"]

    private var columns: [String] {
        switch self {
        case .summary: ["metric", "unit", "value"]
        case .waitEvents:
            Self.event + ["avg_sessions", "waits", "total_us", "mean_us", "p50_us", "p95_us", "p99_us", "max_us"]
        case .waitHistogram: Self.event + ["lower_us", "upper_us", "waits"]
        case .sessionsHistogram: Self.event + ["sessions", "samples"]
        case .timeline: ["t_us", "metric", "value"]
        case .walRecords: ["phase", "type", "count", "record_bytes", "fpi_bytes"]
        case .phases: ["phase", "metric", "unit", "value"]
        case .walSenders:
            [
                "phase", "server", "application_name", "commits", "sends", "sent_bytes", "latch_waits", "replies",
                "release_calls", "queues_woken", "released",
            ]
        }
    }

    /// The whole file: the header and the rows of each repeat in order.
    public func csv(of result: ExperimentResult) -> String {
        var csv = CSVText(header: header)
        for run in result.repeats {
            // What was interrupted is no result of the scenario, and must not be taken for one.
            let hash = result.scenarioHash + (run.interrupted ? CSVTable.interruptedSuffix : "")
            let identity: [CSVField] = [.text(result.name), .text(hash), .integer(run.seed)]
            for row in rows(of: run) { csv.append(identity + row) }
        }
        return csv.text
    }

    private func rows(of run: RunResult) -> [[CSVField]] {
        switch self {
        case .summary: metricRows(run.whole)
        case .waitEvents: run.whole.waitEvents.map { waitEventRow($0, in: run.whole) }
        case .waitHistogram: run.whole.waitEvents.flatMap(histogramRows)
        case .sessionsHistogram: run.sessionCounts.map(sessionCountRow)
        case .timeline: timelineRows(run.timeline)
        case .walRecords: spans(of: run).flatMap(walRecordRows)
        case .phases:
            spans(of: run).flatMap { span in metricRows(span).map { [.text(span.name)] + $0 } }
        case .walSenders: spans(of: run).flatMap(walSenderRows)
        }
    }

    /// The whole window under the name `all`, then the phases.
    private func spans(of run: RunResult) -> [SpanResult] { [run.whole] + run.phases }
}
