import Foundation
import Instrumentation

/// Why a result is as it is: who blocked whom, where the slowest commit spent its time, what each cost is worth, and
/// what usual tools would have shown.
public struct Explanation: Sendable {
    /// Of the first repeat.
    public var run: RunExplanation
    /// The seed of that repeat.
    public var seed: UInt64
    /// The same repeat as others see it.
    public var observers: ObserverComparison
    /// Over all repeats; nil if the user stopped it before the first cost.
    public var profile: CausalProfile?

    /// Everything spelled out.
    public init(run: RunExplanation, seed: UInt64, observers: ObserverComparison, profile: CausalProfile?) {
        self.run = run
        self.seed = seed
        self.observers = observers
        self.profile = profile
    }
}

/// Watches the first repeat of an experiment for its explanation.
public struct ExplanationWatch: Sendable {
    /// Told what the repeat's processes do.
    public let chains = ChainObserver()
    private let samples: SampleCollector
    private let seed: UInt64

    /// A watch for the first repeat of a scenario.
    public init(_ scenario: Scenario) {
        seed = scenario.seed
        samples = SampleCollector(interval: scenario.observe.sampleInterval)
    }

    /// Adds the samples of the first repeat to whatever takes samples already.
    public func watch(_ options: inout RunOptions) {
        let (others, samples, seed) = (options.onSample, samples, seed)
        options.onSample = { sample in
            others?(sample)
            if sample.seed == seed { samples.add(sample) }
        }
    }

    /// The explanation of what was seen.
    ///
    /// - Parameter result: the experiment that was watched; its first repeat has ended.
    public func explanation(of result: ExperimentResult, profile: CausalProfile?) -> Explanation {
        Explanation(
            run: RunExplanation(chains), seed: seed,
            observers: ObserverComparison(result.repeats[0], samples), profile: profile)
    }
}
