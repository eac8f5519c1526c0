import Foundation
import SimTime
import Statistics

/// Exponential times by inversion, as `random.expovariate` draws them.
struct ExponentialTimes {
    private let mean: Double
    private var stream: RandomStream

    /// - Parameter mean: in nanoseconds.
    init(mean: Double, name: String) {
        self.mean = mean
        stream = RandomStream(seed: 1, name: name)
    }

    mutating func next() -> Nanoseconds { Nanoseconds(Int64(-log(stream.uniform()) * mean)) }
}
