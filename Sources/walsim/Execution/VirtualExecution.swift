import DiscreteEvent
import Experiments
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
        try withSimulations(label: scenario.name, quiet: quiet, jobs: jobs) { jobs, options in
            let samples = try folder.map { try SampleFile(in: $0, scenario: scenario) }
            var options = options
            options.detailInterval = detailInterval
            if let samples { options.onSample = { samples.write($0) } }
            watch.observe(&options, of: scenario)
            do {
                // Samples of several repeats would interleave in the file.
                let result = try Experiment.run(scenario, jobs: samples == nil ? jobs : 1, options: options)
                try samples?.close(result)
                return result
            } catch let deadlock as Deadlock {
                folder?.discard([SampleFile.name])
                throw deadlock
            }
        }
    }

    /// Runs the scenario again with each of its costs smaller, to see what each is worth.
    func profile(_ base: ExperimentResult) throws -> CausalProfile {
        try withSimulations(label: "what each cost is worth", quiet: quiet, jobs: jobs) { jobs, options in
            try CausalProfile.run(scenario, base: base.repeats, jobs: jobs, options: options)
        }
    }
}
