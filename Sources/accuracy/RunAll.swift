import Dispatch
import Experiments
import Instrumentation
import Synchronization

/// Runs scenarios once each, with their own seeds, on as many cores as there are.
///
/// - Throws: what running the first bad one says.
func runAll(_ scenarios: [Scenario]) throws -> [RunResult] {
    let outcomes = Mutex([Result<RunResult, any Error>?](repeating: nil, count: scenarios.count))
    DispatchQueue.concurrentPerform(iterations: scenarios.count) { index in
        let outcome = Result<RunResult, any Error> {
            try Experiment.runOnce(scenarios[index], seed: scenarios[index].seed)
        }
        outcomes.withLock { $0[index] = outcome }
    }
    return try outcomes.withLock { try $0.map { try $0!.get() } }
}
