import Foundation

/// How values of a series depend on those some places earlier.
struct Autocovariance {
    private let deviations: [Double]

    private init(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(values.count)
        deviations = values.map { $0 - mean }
    }

    /// The covariance of values that many places apart (divisor n).
    private func at(_ lag: Int) -> Double {
        let count = deviations.count
        return lag < count
            ? (lag..<count).reduce(0) { $0 + deviations[$1] * deviations[$1 - lag] } / Double(count) : 0
    }

    /// The block length with the least mean squared error of a variance of the mean by the circular block bootstrap
    /// (Politis and White, "Automatic block-length selection for the dependent bootstrap", Econometric Reviews 23,
    /// 2004, with the correction by Patton, Politis and White, Econometric Reviews 28, 2009). From 1, also for a
    /// constant series, to a third of the values at most.
    static func blockLength(_ values: [Double]) -> Int {
        let count = Double(values.count)
        let longest = min(3 * count.squareRoot(), count / 3).rounded(.up)
        let series = Autocovariance(values)
        let variance = series.at(0)
        guard variance > 0, longest > 1 else { return 1 }
        let width = 2 * series.lastCorrelatedLag(variance)
        var (slope, density) = (0.0, variance)
        for lag in 1...width {
            // The flat-top window: whole up to half of the width, falling to nothing at its end.
            let term = 2 * min(1, 2 * (1 - Double(lag) / Double(width))) * series.at(lag)
            slope += term * Double(lag)
            density += term
        }
        guard density != 0 else { return Int(longest) }
        let length = pow(1.5 * slope * slope / (density * density) * count, 1.0 / 3)
        return Int(min(max(length.rounded(.up), 1), longest))
    }

    /// The last lag before a run of correlations that may be chance; 1 if the first ones may be.
    private func lastCorrelatedLag(_ variance: Double) -> Int {
        let count = Double(deviations.count)
        let run = max(5, Int(log10(count).squareRoot().rounded(.up)))
        let most = Int(count.squareRoot().rounded(.up)) + run
        let chance = 2 * (log10(count) / count).squareRoot() * variance
        var quiet = 0
        for lag in 1...most + run {
            quiet = abs(at(lag)) < chance ? quiet + 1 : 0
            if quiet == run { return max(lag - run, 1) }
        }
        return most
    }
}
