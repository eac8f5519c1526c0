import ArgumentParser
import Foundation

/// `walsim-accuracy check`: every measured row beside its simulation.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Print measured and simulated rows side by side; exit status 1 if a band is broken.")

    @Option(help: "Virtual seconds a row.")
    var seconds = 20

    @Option(help: "The folder with runs.csv and waits.csv.")
    var measured = "Tests/ExperimentsTests/Measured"

    @Option(help: "Only rows whose name contains this (may be repeated); the bands are then those of these rows.")
    var only: [String] = []

    @Option(help: "Seed of the simulations.")
    var seed: UInt64 = 1

    @Option(help: "Try other machine parameters: name=value in nanoseconds (fractions as they are).")
    var start: [String] = []

    func run() throws {
        var table = try MeasuredTable(folder: measured, workloads: Set(SimulatedRow.scenarios.keys))
        if !only.isEmpty { table.rows.removeAll { row in !only.contains { row.name.contains($0) } } }
        guard !table.rows.isEmpty else { throw ValidationError("--only \(only.joined(separator: ", ")): no such row") }
        var host = try SimulatedRow.scenario(table.rows[0].key, milliseconds: 1_000).host
        for text in start { try MachineParameters.apply(text, to: &host) }
        let simulated = try SimulatedRow.simulate(table, seed: seed, host: start.isEmpty ? nil : host) {
            // The mean of random latencies needs many of them.
            seconds * ($0.key.distribution == .constant ? 1_000 : 4_000)
        }
        let rows = zip(table.rows, simulated).map { RowComparison(measured: $0, simulated: $1) }
        print(Self.header)
        for row in rows { print(Self.line(row)) }
        print("")
        let bands = AccuracyBands(rows).bands
        for band in bands {
            let verdict = band.isMet ? "kept  " : "BROKEN"
            print(verdict, Self.percent(band.value), "of at most", Self.percent(band.limit), " ", band.name)
        }
        let kept = bands.filter(\.isMet).count
        print("\(kept) passed, \(bands.count - kept) failed")
        if kept < bands.count { throw ExitCode(1) }
    }

    private static let header = columns([
        "class", "measured", "TPS", "error", "txn/flush", "error", "mean us", "error", "p50", "p95", "p99", "WALWrite",
        "sim", "WALSync", "sim", "rows", "sim", "row",
    ])

    private static func line(_ row: RowComparison) -> String {
        let measured = row.measured, simulated = row.simulated
        func number(_ value: Double, _ digits: Int = 0) -> String { String(format: "%.\(digits)f", value) }
        func sessions(_ event: KeyPath<MeasuredRow.Sessions, Double>) -> [String] {
            [number(measured.sessions[keyPath: event], 2), number(simulated.sessions[keyPath: event], 2)]
        }
        return columns(
            [
                measured.rowClass.rawValue, number(measured.meanTPS), number(simulated.tps), percent(row.tpsError),
                simulated.transactionsPerFlush.map { number($0, 2) } ?? "", row.flushError.map(percent) ?? "",
                number(simulated.latency.mean), percent(row.latencyError), percent(row.error(\.p50)),
                percent(row.error(\.p95)), percent(row.error(\.p99)),
            ] + sessions(\.walWrite) + sessions(\.walSync) + sessions(\.rows) + [measured.name])
    }

    /// Fixed widths; the last column is free.
    private static func columns(_ cells: [String]) -> String {
        let widths = [7, 8, 7, 8, 9, 8, 7, 8, 8, 8, 8, 8, 6, 7, 5, 5, 5]
        let fixed = zip(cells, widths).map { cell, width in
            String(repeating: " ", count: max(width - cell.count, 0)) + cell
        }
        return fixed.joined(separator: " ") + "  " + cells.last!
    }

    private static func percent(_ fraction: Double) -> String { String(format: "%+.1f %%", fraction * 100) }
}
