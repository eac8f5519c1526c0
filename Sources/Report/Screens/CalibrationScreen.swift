import Experiments

/// A calibration's report as a person reads it.
public enum CalibrationScreen {
    /// The text, ending in a line feed.
    /// - Parameter file: where the scenario was written.
    public static func text(
        of report: CalibrationReport, file: String, on capabilities: TerminalCapabilities
    ) -> String {
        let report = CalibrationSections(report: report, width: capabilities.width, glyphs: capabilities.glyphs)
        let title = Line([Fragment(file, .strong), Fragment("  written; run it with: walsim run \(file)", .dim)])
        return capabilities.painted(sections: [
            [title], report.values(), report.fit(), report.waits(), report.gaps(),
        ])
    }
}

/// The sections of the report.
private struct CalibrationSections {
    let report: CalibrationReport
    let width: Int
    let glyphs: Glyphs

    func values() -> [Line] {
        [.heading("Values and where they come from")]
            + report.values.flatMap { value in
                Line([Fragment("  "), Fragment(value.path, .strong), Fragment("  \(value.text)")])
                    .folded(to: width, indent: "      ")
                    + wrapped(value.source, width: width, style: .dim, indent: "      ")
            }
    }

    /// Files without their folders.
    private static func names(of sources: String) -> String {
        sources.split(separator: ", ").map { $0.split(separator: "/").last ?? $0 }.joined(separator: ", ")
    }

    func fit() -> [Line] {
        var lines = [Line.heading("How well the scenario meets the inputs")]
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
                    // The folders are told above, where values and their sources are.
                    .text(Self.names(of: run.source), .dim),
                ])
            }
            lines += table.lines(fitting: width, glyphs: glyphs)
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
                .text(wait.event, .of(eventNamed: wait.event)),
                .text(HumanText.percent(wait.measured)), .text(HumanText.percent(wait.simulated)),
            ])
        }
        let remark = "Jensen-Shannon distance \(HumanText.digits(distance)) (0: the same, 1: none in common)"
        return Line.heading("Waits of active sessions", remark).folded(to: width)
            + table.lines(fitting: width, glyphs: glyphs)
    }

    func gaps() -> [Line] {
        guard !report.gaps.isEmpty else { return [] }
        return [.heading("What these inputs do not tell")]
            + report.gaps.flatMap { gap in
                Line([Fragment("  "), Fragment(gap.what, .strong), Fragment("; assumed: \(gap.assumed)")])
                    .folded(to: width, indent: "      ")
                    + wrapped("would tell: \(gap.remedy)", width: width, style: .dim, indent: "      ")
            }
    }
}
