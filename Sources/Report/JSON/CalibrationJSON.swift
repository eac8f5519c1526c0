import Experiments

/// A calibration's report as one JSON object.
public enum CalibrationJSON {
    /// The object; times in microseconds.
    public static func text(of report: CalibrationReport, file: String) -> String {
        let syncTime = report.syncTime.map { time in
            OrderedJSON.object([("measured", .number(time.measured)), ("simulated", .number(time.simulated))])
        }
        return OrderedJSON.object([
            ("scenario", .string(file)),
            ("values", .array(report.values.map(json))),
            ("factors", .array(report.factors.map(json))),
            ("runs", .array(report.runs.map(json))),
            ("sync_quality", .string(report.syncQuality)),
            ("sync_us", syncTime ?? .null),
            ("waits", .array(report.waits.map(json))),
            ("wait_distance", .optional(report.waitDistance)),
            ("not_identified", .array(report.gaps.map(json))),
        ]).text()
    }

    private static func json(_ value: CalibrationReport.Value) -> OrderedJSON {
        .object([("path", .string(value.path)), ("value", .string(value.text)), ("source", .string(value.source))])
    }

    private static func json(_ factor: CalibrationReport.Factor) -> OrderedJSON {
        .object([
            ("name", .string(factor.name)), ("value", .number(factor.value)),
            ("standard_error", .number(factor.standardError)), ("identified", .bool(factor.isIdentified)),
        ])
    }

    private static func json(_ wait: CalibrationReport.Wait) -> OrderedJSON {
        .object([
            ("wait_event", .string(wait.event)), ("measured", .number(wait.measured)),
            ("simulated", .number(wait.simulated)),
        ])
    }

    private static func json(_ gap: CalibrationReport.Gap) -> OrderedJSON {
        .object([("what", .string(gap.what)), ("assumed", .string(gap.assumed)), ("remedy", .string(gap.remedy))])
    }

    private static func json(_ run: CalibrationReport.Run) -> OrderedJSON {
        .object([
            ("clients", .integer(UInt64(run.clients))), ("measured_tps", .number(run.measuredTPS)),
            ("simulated_tps", .number(run.simulatedTPS)), ("measured_latency_us", .optional(run.measuredLatency)),
            ("simulated_latency_us", .optional(run.simulatedLatency)), ("source", .string(run.source)),
        ])
    }
}
