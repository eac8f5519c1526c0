import Experiments

/// A calibration's report, for people and for programs.
public enum CalibrationText {
    /// The report as text, ending in a line feed.
    /// - Parameter file: where the scenario was written.
    public static func text(
        of report: CalibrationReport, file: String, on capabilities: TerminalCapabilities
    ) -> String {
        let page = CalibrationPage(report: report, width: capabilities.width, glyphs: capabilities.glyphs)
        let title = [Line([Fragment(file, .strong), Fragment("  written; run it with: walsim run \(file)", .dim)])]
        return [title, page.values(), page.fit(), page.waits(), page.gaps()].filter { !$0.isEmpty }
            .map { $0.map { $0.painted(colour: capabilities.colour) + "\n" }.joined() }
            .joined(separator: "\n")
    }

    /// The report as one JSON object; times in microseconds.
    public static func json(of report: CalibrationReport, file: String) -> String {
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

/// The sections of the report.
private struct CalibrationPage {
    let report: CalibrationReport
    let width: Int
    let glyphs: Glyphs

    func values() -> [Line] {
        [Line("Values and where they come from", .heading)]
            + report.values.flatMap { value in
                Line([Fragment("  "), Fragment(value.path, .strong), Fragment("  \(value.text)")])
                    .folded(to: width, indent: "      ")
                    + wrapped(value.source, width: width, style: .dim, indent: "      ")
            }
    }

    func fit() -> [Line] {
        var lines = [Line("How well the scenario meets the inputs", .heading)]
        if !report.runs.isEmpty {
            var table = TextTable([
                .right("clients"), .right("measured tps"), .right("simulated"), .right("error"),
                .right("latency"), .right("simulated"), .left("run"),
            ])
            for run in report.runs {
                table.append([
                    .text(String(run.clients)), .text(HumanText.digits(run.measuredTPS)),
                    .text(HumanText.digits(run.simulatedTPS)),
                    .text(HumanText.signedPercent(run.error), abs(run.error) > 0.1 ? .warning : .plain),
                    .text(HumanText.duration(run.measuredLatency)), .text(HumanText.duration(run.simulatedLatency)),
                    .text(run.source, .dim),
                ])
            }
            lines += table.lines(width: width, glyphs: glyphs)
        }
        for factor in report.factors {
            let error = factor.standardError.isFinite ? HumanText.digits(factor.standardError) : "unknown"
            let remark = factor.isIdentified ? "" : "  not identified by these runs"
            lines += Line([
                Fragment("  \(factor.name) \(HumanText.digits(factor.value)) (standard error \(error))"),
                Fragment(remark, .warning),
            ]).folded(to: width, indent: "      ")
        }
        if let time = report.syncTime {
            lines.append(
                Line(
                    "  a sync takes \(HumanText.duration(time.measured)), "
                        + "simulated \(HumanText.duration(time.simulated))"
                ))
        }
        lines += wrapped("sync distribution: \(report.syncQuality)", width: width, indent: "  ")
        return lines
    }

    func waits() -> [Line] {
        guard let distance = report.waitDistance else { return [] }
        var table = TextTable([.left("wait event"), .right("sampled"), .right("simulated")])
        for wait in report.waits where max(wait.measured, wait.simulated) >= 0.001 {
            table.append([
                .text(
                    wait.event,
                    .of(wait.event.contains(":") ? wait.event.split(separator: ":").first.map(String.init) : nil)),
                .text(HumanText.percent(wait.measured)), .text(HumanText.percent(wait.simulated)),
            ])
        }
        return Line([
            Fragment("Waits of active sessions", .heading),
            Fragment("  Jensen-Shannon distance \(HumanText.digits(distance)) (0: the same, 1: none in common)", .dim),
        ]).folded(to: width) + table.lines(width: width, glyphs: glyphs)
    }

    func gaps() -> [Line] {
        guard !report.gaps.isEmpty else { return [] }
        return [Line("What these inputs do not tell", .heading)]
            + report.gaps.flatMap { gap in
                Line([Fragment("  "), Fragment(gap.what, .strong), Fragment("; assumed: \(gap.assumed)")])
                    .folded(to: width, indent: "      ")
                    + wrapped("would tell: \(gap.remedy)", width: width, style: .dim, indent: "      ")
            }
    }
}

extension HumanText {
    /// A signed fraction as a percentage: `+2.5 %`.
    static func signedPercent(_ fraction: Double) -> String {
        (fraction < 0 ? "-" : "+") + fixed(abs(fraction) * 100, 1) + " %"
    }
}
