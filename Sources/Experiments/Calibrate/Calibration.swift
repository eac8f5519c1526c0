import Foundation
import Instrumentation
import SimTime
import WaitEvents

/// Turns files that other programs wrote into a scenario.
public struct Calibration {
    private let inputs: CalibrationInputs
    private let data: CalibrationData
    private var draft: CalibratedScenario
    /// The load on the server when its waits were sampled, or else of the largest run.
    private let load: CalibratedScenario.Load
    /// How many transactions each simulation of a run lasts.
    private let transactions: Double
    private let lab: CalibrationLab

    /// Reads the inputs.
    /// - Parameter transactions: how many transactions each simulation of a run lasts, within some seconds of virtual
    ///   time: more are slower and less noisy.
    /// - Parameter jobs: how many simulations go on at a time; the result does not depend on it.
    /// - Parameter options: `onProgress` is told roughly how much is done.
    /// - Throws: an `InputError` that names file and line of what is wrong.
    public init(
        _ inputs: CalibrationInputs, files: FileAccess = .disk, transactions: Double = 5_000,
        jobs: Int = ProcessInfo.processInfo.activeProcessorCount, options: RunOptions = RunOptions()
    ) throws(InputError) {
        self.inputs = inputs
        self.transactions = transactions
        lab = CalibrationLab(jobs: jobs, options: options)
        do throws(InputProblem) {
            data = try CalibrationData(inputs, files: files)
        } catch {
            throw InputError(.content, file: error.file ?? "", [error])
        }
        let told = inputs.release ?? data.server?.release ?? data.pgbenchRelease
        let release = told ?? .v16
        var settings = SettingCollection(release: release)
        settings.isReleaseAssumed = told == nil
        for entry in data.settings { settings.take(entry) }
        if let problem = settings.problems.first {
            throw InputError(.content, file: problem.file ?? "", settings.problems)
        }
        let run = data.loadRun
        let sampled = data.waits.map(\.samples.clients) ?? 0
        let counted = run.flatMap { $0.clientsAreCounted ? $0.clients : nil }
        load = CalibratedScenario.Load(
            clients: sampled > 0 ? sampled : counted ?? 8, threads: run?.threads ?? 1, rate: data.rate)
        draft = CalibratedScenario(
            name: inputs.name, release: release, settings: data.settings,
            cores: inputs.cores ?? data.server?.localCores ?? data.sync.iostat?.report.cpus ?? 16,
            sync: data.sync.model(),
            transaction: data.waldump.flatMap { MeasuredTransaction($0.table) }
                ?? data.server.flatMap { MeasuredTransaction($0) },
            clientsOnServer: inputs.clientsOnServer,
            standbys: CalibratedScenario.awaitedStandbys(settings.settings, release))
    }

    /// Fits and describes.
    /// - Throws: an `InputError` if what the inputs say makes no valid scenario, such as a setting out of range.
    public mutating func report() throws(InputError) -> CalibrationReport {
        // What is wrong shows before the fitting.
        var closed = load
        closed.rate = nil
        _ = try scenario(CalibratedScenario.Factors(), closed)
        draft.sync.overhead = HostOverhead(draft: draft).find(in: lab) ?? 0
        let fit = CostFit.best(
            runs: data.runs, measuredSync: data.sync.statWAL?.wal.meanSync,
            syncPrior: draft.sync.isMeasured ? CostFit.measuredSyncPrior : CostFit.guessedSyncPrior,
            shouldStop: lab.isStopped
        ) { runs, cpu, sync in
            spans(of: runs, CalibratedScenario.Factors(cpu: cpu, sync: sync))
        }
        let factors = CalibratedScenario.Factors(
            cpu: fit.map { $0.cpu.isIdentified ? $0.cpu.value : 1 } ?? 1, sync: fit?.sync.value ?? 1)
        findThinkTime(factors)
        draft.description = CalibrationStory(draft, data, fit, load).description
        let tree = draft.node(factors, load)
        var report = CalibrationReport(scenario: tree.indentedText())
        let written = try loadScenario(text: report.scenario, file: inputs.name)
        report.warnings = written.warnings
        CalibrationStory(draft, data, fit, load).fill(&report, inputs)
        try compareWaits(&report, factors)
        return report
    }

    /// The pause that leaves as many sessions idle as were sampled, if no throughput was measured: with a of N sessions
    /// active, it is (N - a) / a times the latency, which the simulation gives.
    private mutating func findThinkTime(_ factors: CalibratedScenario.Factors) {
        let clients = Double(load.clients)
        guard load.rate == nil, let samples = data.waits?.samples, let active = samples.averageActive,
            active > 0, active < CalibratedScenario.saturation * clients
        else { return }
        for _ in 0..<4 {
            guard let scenario = try? scenario(factors, load, duration: .seconds(2)),
                let span = lab.spans(of: [scenario])?.first,
                let latency = Metric.named("latency_mean")?.value(span)
            else { return }
            draft.think = min(latency * 1_000 * (clients - active) / active, 3.6e12)
        }
    }

    private func scenario(
        _ factors: CalibratedScenario.Factors, _ load: CalibratedScenario.Load, duration: Nanoseconds? = nil
    ) throws(InputError) -> Scenario {
        let tree = draft.node(factors, load, duration: duration)
        return try loadScenario(text: tree.indentedText(), file: inputs.configurations.first ?? inputs.name)
    }

    private func spans(of runs: [MeasuredRun], _ factors: CalibratedScenario.Factors) -> [SpanResult]? {
        let scenarios = runs.compactMap { run -> Scenario? in
            let length = min(max(transactions / run.tps, 0.25), 10)
            let load = CalibratedScenario.Load(clients: run.clients, threads: run.threads, thinks: false)
            return try? scenario(factors, load, duration: Nanoseconds(rounding: length * 1e9))
        }
        return scenarios.count == runs.count ? lab.spans(of: scenarios) : nil
    }

    /// Simulates the scenario with as many clients as were sampled, and compares what they wait for.
    private func compareWaits(
        _ report: inout CalibrationReport, _ factors: CalibratedScenario.Factors
    ) throws(InputError) {
        guard let samples = data.waits?.samples, !samples.shares.isEmpty else { return }
        let scenario = try scenario(factors, load, duration: .seconds(2))
        guard let span = lab.spans(of: [scenario])?.first else { return }
        let simulated = WaitMix.shares(of: span)
        let names = Set(samples.shares.keys).union(simulated.keys)
        report.waits = names.map {
            .init(event: $0, measured: samples.shares[$0] ?? 0, simulated: simulated[$0] ?? 0)
        }.sorted { ($0.measured, $0.simulated, $1.event) > ($1.measured, $1.simulated, $0.event) }
        report.waitDistance = Divergence.jensenShannon(samples.shares, simulated)
    }
}

/// What active client sessions of a simulation wait for, under the names that samples have.
private enum WaitMix {
    /// Each event's share of active sessions, by exact accounting.
    static func shares(of span: SpanResult) -> [String: Double] {
        var times: [String: Double] = [:]
        for row in span.waitEvents where row.backendType == .clientBackend {
            let name =
                row.event.map { WaitEventText.canonical(type: $0.type.rawValue, event: $0.event) } ?? WaitEventText.none
            guard !WaitEventText.isIdle(name) else { continue }
            times[name, default: 0] += Double(row.total.count)
        }
        // In one order in every run: a sum of floating-point numbers depends on it.
        let sum = times.values.sorted().reduce(0, +)
        return sum > 0 ? times.mapValues { $0 / sum }.filter { $0.value > 0 } : [:]
    }
}
