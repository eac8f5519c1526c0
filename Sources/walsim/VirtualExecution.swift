import DiscreteEvent
import Experiments
import Foundation
import Report
import SimTime

/// A run on the simulated machine, with a progress bar and an orderly end at Ctrl-C.
struct VirtualExecution {
    let scenario: Scenario
    let jobs: Int?
    let quiet: Bool
    /// The interval of a finer timeline for pictures.
    var detailInterval: Nanoseconds?
    let watch: RunWatch

    /// Runs all repeats. With a folder, samples are streamed into a file there while they run.
    func run(samplesIn folder: OutputFolder?) throws -> ExperimentResult {
        let bar = quiet ? nil : ProgressBar(label: scenario.name)
        let interrupt = Interrupt.shared
        interrupt.install()
        let samples = try folder.map { try SampleFile(in: $0, scenario: scenario) }
        var options = RunOptions(shouldStop: { interrupt.isRequested }, detailInterval: detailInterval)
        if let bar { options.onProgress = { bar.update($0) } }
        if let samples { options.onSample = { samples.write($0) } }
        watch.observe(&options, of: scenario)
        defer { bar?.finish() }
        do {
            // Samples of several repeats would interleave in the file.
            let result = try Experiment.run(
                scenario, jobs: samples == nil ? jobs ?? ProcessInfo.processInfo.activeProcessorCount : 1,
                options: options)
            try samples?.close()
            return result
        } catch let deadlock as Deadlock {
            folder?.discard([SampleFile.name])
            watch.trace?.discard()
            complain("internal error: \(deadlock)")
            throw ExitStatus.internalError
        }
    }

    /// Runs the scenario again with each of its costs smaller, to see what each is worth.
    func profile(_ base: ExperimentResult) throws -> CausalProfile {
        let bar = quiet ? nil : ProgressBar(label: "what each cost is worth")
        let interrupt = Interrupt.shared
        var options = RunOptions(shouldStop: { interrupt.isRequested })
        if let bar { options.onProgress = { bar.update($0) } }
        defer { bar?.finish() }
        do {
            return try CausalProfile.run(
                scenario, base: base.repeats, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
                options: options)
        } catch {
            complain("internal error: \(error)")
            throw ExitStatus.internalError
        }
    }
}
