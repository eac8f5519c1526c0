import ArgumentParser
import Experiments
import Foundation
import HostModel
import Statistics

/// `walsim-accuracy calibrate`: a search for the machine's parameters on some rows; `check` judges them on all.
struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate",
        abstract: "Search for machine parameters that fit the insert1 rows.",
        discussion: """
            The descent follows the slopes of all errors (Levenberg and Marquardt), which takes a simulation of all
            rows for each parameter and step, those with a standby among them, and of what each commit_delay is worth.
            The random search multiplies a few parameters by random factors at each step and keeps what fits better.
            Rows of other workloads, with open load or random latencies are held out: walsim-accuracy check tells how
            well they are met. Prints all parameters, as values of --start, each time the fit improves.
            """)

    /// How to search.
    enum Method: String, ExpressibleByArgument, CaseIterable { case descent, random }

    @Option(help: "How to search.")
    var method = Method.descent

    @Option(help: "How many steps; by default 4 of a descent, 200 of a random search.")
    var steps: Int?

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

    func validate() throws {
        if let steps, steps < 1 { throw ValidationError("--steps is \(steps), and must be at least 1") }
    }

    func run() throws {
        var rows = try MeasuredTable(folder: measured, workloads: ["insert1"])
        rows.rows.removeAll {
            let isHeldOut = holdOutDelays && $0.key.settings["commit_delay"] != nil
            return isHeldOut || $0.key.rate != nil || $0.key.distribution != .constant
        }
        var host = try SimulatedRow.scenario(rows.rows[0].key, milliseconds: 1_000).host
        for text in start { try MachineParameters.apply(text, to: &host) }
        switch method {
        case .descent: try descend(rows, host)
        case .random: try search(rows, host)
        }
    }

    /// The parameters as factors of their start; one that is far from it costs as much as an error.
    private func descend(_ rows: MeasuredTable, _ start: HostSpec) throws {
        let parameters = MachineParameters.all.filter { $0.get(start) > 0 }
        var best = Double.infinity
        var failure: (any Error)?
        let count = try residuals(rows, start).count + parameters.count
        _ = NonlinearFit(
            start: parameters.map { _ in 1 }, count: count, step: 0.15, iterations: steps ?? 4
        ) { factors in
            var host = start
            for (parameter, factor) in zip(parameters, factors) {
                parameter.set(&host, parameter.get(start) * max(factor, 0.1))
            }
            do {
                let errors = try residuals(rows, host)
                let score = Self.score(errors, rows)
                if score < best {
                    best = score
                    print("fit: \(score)")
                    report(host)
                }
                return errors + factors.map { ($0 - 1) / Self.usualChange }
            } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
    }

    /// By how much a parameter may change at the price of one error of usual size.
    private static var usualChange: Double { 0.1 }

    private func search(_ rows: MeasuredTable, _ start: HostSpec) throws {
        var host = start
        var stream = RandomStream(seed: seed, name: "calibration")
        var best = Self.score(try residuals(rows, host), rows)
        print("start:", best)
        for step in 1...(steps ?? 200) {
            let candidate = perturbed(host, &stream)
            let score = Self.score(try residuals(rows, candidate), rows)
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

    /// The mean of a row's squared errors.
    private static func score(_ errors: [Double], _ rows: MeasuredTable) -> Double {
        errors.reduce(0) { $0 + $1 * $1 } / Double(rows.rows.count)
    }

    /// The errors of all rows and of what each commit_delay is worth, in units of what they are known to, and none
    /// beyond 10.
    private func residuals(_ table: MeasuredTable, _ host: HostSpec) throws -> [Double] {
        let simulated = try SimulatedRow.simulate(table, host: host) {
            // Fast rows need less virtual time for as many transactions.
            let isFast = $0.key.syncMicroseconds < 1_000 || $0.rowClass == .noisy
            return isFast ? seconds * 150 : seconds * 1_000
        }
        let comparisons = zip(table.rows, simulated).map { RowComparison(measured: $0, simulated: $1) }
        return comparisons.flatMap(Self.terms) + Self.delayTerms(comparisons)
    }

    private static func term(_ error: Double, _ unit: Double, weight: Double = 1) -> Double {
        min(max(error / unit, -10), 10) * weight.squareRoot()
    }

    private static func terms(_ comparison: RowComparison) -> [Double] {
        switch comparison.measured.rowClass {
        case .noisy: [term(comparison.tpsError, 0.10)]
        case .standby: [term(comparison.tpsError, 0.015), term(comparison.p95Error, 0.06, weight: 0.1)]
        case .sync:
            [
                term(comparison.tpsError, 0.01), term(comparison.latencyError, 0.01, weight: 0.5),
                term(comparison.flushError ?? 0, 0.01, weight: 0.5), term(comparison.p95Error, 0.03, weight: 0.3),
            ]
        }
    }

    /// How much more a commit_delay gains than it was measured to: what `tune` is asked for.
    private static func delayTerms(_ comparisons: [RowComparison]) -> [Double] {
        let errors = Dictionary(uniqueKeysWithValues: comparisons.map { ($0.measured.key, $0.tpsError) })
        return comparisons.compactMap { comparison in
            var plain = comparison.measured.key
            guard plain.settings["commit_delay"] != nil else { return nil }
            plain.settings = [:]
            return errors[plain].map { term(comparison.tpsError - $0, 0.01) }
        }
    }

    private func report(_ host: HostSpec) {
        for parameter in MachineParameters.all {
            print("  --start \(parameter.name)=\(parameter.get(host))", terminator: "")
        }
        print("")
        fflush(nil)
    }
}
