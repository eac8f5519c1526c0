import ArgumentParser
import Experiments
import Foundation
import HostModel
import Statistics

/// `walsim-accuracy calibrate`: a random search for the machine's parameters on some rows; `check` judges them on all.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Search for machine parameters that fit the insert1 rows.",
        discussion: """
            Each step multiplies a few parameters by random factors and keeps what fits better. Rows of other
            workloads, with open load or random latencies are held out: walsim-accuracy check tells how well they are
            met. Prints all parameters, as values of --start, each time the fit improves.
            """)

    @Option(help: "How many steps.")
    var steps = 200

    @Option(help: "Virtual seconds a row.")
    var seconds = 3

    @Option(help: "Seed of the search.")
    var seed: UInt64 = 1

    @Flag(help: "Keep the rows with commit_delay for checking too.")
    var holdOutDelays = false

    @Option(help: "The folder with runs.csv and waits.csv.")
    var measured = "Tests/ExperimentsTests/Measured"

    @Option(help: "Start from these values, name=value in nanoseconds (fractions as they are).")
    var start: [String] = []

    func run() throws {
        var rows = try MeasuredTable(folder: measured, workloads: ["insert1"])
        rows.rows.removeAll {
            let isHeldOut = holdOutDelays && $0.key.settings["commit_delay"] != nil
            let isPlain = $0.rowClass != .standby && $0.key.rate == nil && $0.key.distribution == .constant
            return isHeldOut || !isPlain
        }
        var host = try SimulatedRow.scenario(rows.rows[0].key, milliseconds: 1_000).host
        for text in start { try MachineParameters.apply(text, to: &host) }
        var stream = RandomStream(seed: seed, name: "calibration")
        var best = try misfit(rows, host)
        print("start:", best)
        for step in 1...steps {
            let candidate = perturbed(host, &stream)
            let score = try misfit(rows, candidate)
            guard score < best else { continue }
            (best, host) = (score, candidate)
            print("step \(step): \(score)")
            report(host)
        }
    }

    /// One to four parameters, each by a factor around 1.
    private func perturbed(_ host: HostSpec, _ stream: inout RandomStream) -> HostSpec {
        var host = host
        let count = 1 + stream.index(below: 4)
        // Mostly small steps, now and then a large one.
        let scale = 0.4 * stream.uniform() * stream.uniform() + 0.01
        for _ in 0..<count {
            let parameter = MachineParameters.all[stream.index(below: MachineParameters.all.count)]
            let factor = exp((stream.uniform() * 2 - 1) * scale)
            parameter.set(&host, parameter.get(host) * factor)
        }
        return host
    }

    /// The mean of squared errors, each in units of what a row of its class is known to.
    private func misfit(_ table: MeasuredTable, _ host: HostSpec) throws -> Double {
        let simulated = try SimulatedRow.simulate(table, host: host) {
            // Fast rows need less virtual time for as many transactions.
            let isFast = $0.key.syncMicroseconds < 1_000 || $0.rowClass == .noisy
            return isFast ? seconds * 150 : seconds * 1_000
        }
        var sum = 0.0
        for (row, simulation) in zip(table.rows, simulated) {
            let comparison = Comparison(measured: row, simulated: simulation)
            func term(_ error: Double, _ unit: Double) -> Double { min((error / unit) * (error / unit), 100) }
            if row.rowClass == .sync {
                sum += term(comparison.tpsError, 0.01) + 0.5 * term(comparison.latencyError, 0.01)
                sum += 0.5 * term(comparison.flushError ?? 0, 0.01) + 0.3 * term(comparison.p95Error, 0.03)
            } else {
                sum += term(comparison.tpsError, 0.10)
            }
        }
        return sum / Double(table.rows.count)
    }

    private func report(_ host: HostSpec) {
        for parameter in MachineParameters.all {
            print("  --start \(parameter.name)=\(parameter.get(host))", terminator: "")
        }
        print("")
        fflush(nil)
    }
}
