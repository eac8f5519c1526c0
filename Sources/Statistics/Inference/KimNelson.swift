import Foundation

/// Selects the best of several systems with a guarantee, by the fully sequential procedure KN of Kim and Nelson ("A
/// fully sequential procedure for indifference-zone selection in simulation", ACM TOMACS 11, 2001).
///
/// Observations come in rounds, one of each system still in play, under common random numbers. If the best mean is at
/// least the indifference zone above the others, the best is selected with at least the confidence; else one that is
/// within the zone of it, with about the same. Larger observations are better.
public struct KimNelson: Sendable {
    /// Rounds before the first system may be left out.
    public static let firstStage = 10

    /// The systems still in play, in their order; the last one left is the selected one.
    public private(set) var survivors: [Int]
    /// Rounds so far.
    public private(set) var rounds = 0
    /// After how many rounds each system was left out; nil for those in play.
    public private(set) var eliminatedAfter: [Int?]

    /// What one observation is worth telling apart.
    private let zone: Double
    /// h squared: 2 c eta (n0 - 1), with c = 1.
    private let h2: Double
    private var sums: [Double]
    /// Observations of the first stage by system.
    private var first: [[Double]]
    /// Variances of differences between systems in the first stage.
    private var variances: [[Double]] = []

    /// - Parameters:
    ///   - count: how many systems; the earlier one of two that are the same is kept.
    ///   - zone: the indifference zone, in the observations' unit; positive.
    ///   - confidence: the least probability of a correct selection.
    public init(count: Int, zone: Double, confidence: Double = 0.95) {
        precondition(count > 0 && zone > 0 && confidence > 0 && confidence < 1)
        self.zone = zone
        survivors = Array(0..<count)
        eliminatedAfter = Array(repeating: nil, count: count)
        sums = Array(repeating: 0, count: count)
        first = Array(repeating: [], count: count)
        let degrees = Double(Self.firstStage - 1)
        let share = 2 * (1 - confidence) / Double(max(count - 1, 1))
        let eta = 0.5 * (pow(share, -2 / degrees) - 1)
        h2 = 2 * eta * degrees
    }

    /// Whether one system is left.
    public var isDone: Bool { survivors.count == 1 }

    /// The mean of a system's observations so far, up to its elimination.
    public func mean(_ system: Int) -> Double { sums[system] / Double(max(eliminatedAfter[system] ?? rounds, 1)) }

    /// Takes a round: one observation of each survivor, in the survivors' order.
    public mutating func add(_ observations: [Double]) {
        precondition(observations.count == survivors.count, "one observation a survivor")
        rounds += 1
        for (system, value) in zip(survivors, observations) {
            sums[system] += value
            if rounds <= Self.firstStage { first[system].append(value) }
        }
        if rounds == Self.firstStage { variances = differenceVariances() }
        if rounds >= Self.firstStage { screen() }
    }

    private func differenceVariances() -> [[Double]] {
        first.map { a in
            first.map { b in
                let deviation = Summary(of: zip(a, b).map { $0 - $1 })?.standardDeviation ?? 0
                return deviation * deviation
            }
        }
    }

    /// Leaves out each system that lags behind another by more than chance and the zone explain.
    private mutating func screen() {
        let count = Double(rounds)
        let means = sums.map { $0 / count }
        let present = survivors
        let kept = present.filter { system in
            !present.contains { other in
                let reach = max(0, zone / (2 * count) * (h2 * variances[system][other] / (zone * zone) - count))
                let lag = means[other] - means[system]
                // With no reach left equal means decide: the earlier system stays.
                return other != system && (lag > reach || reach == 0 && lag == 0 && other < system)
            }
        }
        for system in present where !kept.contains(system) { eliminatedAfter[system] = rounds }
        survivors = kept
    }

    /// The system in play with the best mean, the earliest of equals.
    public var leader: Int { survivors.max { mean($0) < mean($1) || mean($0) == mean($1) && $0 > $1 } ?? 0 }
}
