import SimTime
import Statistics

/// The 99 % interval of the mean over independent runs, one a seed.
func interval(repeats: UInt64 = 20, _ measure: (UInt64) throws -> Double) rethrows -> ConfidenceInterval {
    Summary(of: try (1...repeats).map(measure))!.interval(confidence: 0.99)!
}
