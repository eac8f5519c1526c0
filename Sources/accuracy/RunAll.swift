import DiscreteEvent
import Experiments
import Foundation
import Instrumentation

/// Runs scenarios once each, with their own seeds, on as many cores as there are.
///
/// - Throws: what running the first bad one says.
func runAll(_ scenarios: [Scenario]) throws(Deadlock) -> [RunResult] {
    try ParallelRuns.map(scenarios, jobs: ProcessInfo.processInfo.activeProcessorCount) {
        scenario, options throws(Deadlock) in
        try Experiment.runOnce(scenario, seed: scenario.seed, options: options)
    }.compactMap { $0 }
}
