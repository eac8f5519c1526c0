import CGSL

/// The rank test of two independent samples (Mann and Whitney, Annals of Mathematical Statistics 18, 1947).
///
/// Exact, given the ties that there are, up to `exactLimit` numbers; beyond that the normal approximation with
/// corrections for ties and continuity.
public struct MannWhitney: Sendable, Equatable {
    /// Up to this many numbers in both samples the p-value is exact.
    public static let exactLimit = 40

    /// The two-sided p-value of no difference.
    public let pValue: Double
    /// The middle of all differences of a number of the second sample and one of the first (Hodges and Lehmann, 1963).
    public let shift: Double
    /// The distribution-free interval of the shift; nil if the samples are too small to have one.
    public let shiftInterval: ConfidenceInterval?

    /// Compares two samples; nil if one of them is empty.
    public init?(_ first: [Double], _ second: [Double], confidence: Double = 0.95) {
        let differences = second.flatMap { b in first.map { b - $0 } }.sorted()
        guard let summary = Summary(of: differences) else { return nil }
        GSL.prepare()
        shift = summary.median
        let ranks = Self.doubledMidranks(first + second)
        let sum = ranks.prefix(first.count).reduce(0, +)
        let isExact = ranks.count <= Self.exactLimit
        pValue =
            isExact
            ? Self.exactPValue(ranks, count: first.count, sum: sum)
            : Self.normalPValue(ranks, count: first.count, sum: sum)
        let outside =
            isExact
            ? Self.exactOutside(first.count, second.count, (1 - confidence) / 2)
            : Self.normalOutside(first.count, second.count, (1 - confidence) / 2)
        shiftInterval =
            outside > 0
            ? ConfidenceInterval(low: differences[outside - 1], high: differences[differences.count - outside]) : nil
    }

    /// Twice the rank of each number among all, counted from 1; equal numbers share the mean of their ranks.
    private static func doubledMidranks(_ values: [Double]) -> [Int] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = start + end + 2 }
            start = end + 1
        }
        return ranks
    }

    /// In how many ways `count` of the ranks have each sum.
    private static func waysBySum(_ ranks: [Int], count: Int) -> [Double] {
        let most = ranks.reduce(0, +)
        var ways = [[Double]](repeating: [Double](repeating: 0, count: most + 1), count: count + 1)
        ways[0][0] = 1
        for (index, rank) in ranks.enumerated() {
            for chosen in stride(from: min(index + 1, count), to: 0, by: -1) where rank <= most {
                for sum in rank...most { ways[chosen][sum] += ways[chosen - 1][sum - rank] }
            }
        }
        return ways[count]
    }

    private static func exactPValue(_ ranks: [Int], count: Int, sum: Int) -> Double {
        let ways = waysBySum(ranks, count: count)
        // Compared in whole numbers: how far a sum is from its mean, times the number of ranks.
        let distance = { (sum: Int) in abs(sum * ranks.count - count * ranks.reduce(0, +)) }
        let observed = distance(sum)
        let extreme = ways.indices.reduce(0.0) { $0 + (distance($1) >= observed ? ways[$1] : 0) }
        return extreme / ways.reduce(0, +)
    }

    private static func normalPValue(_ ranks: [Int], count: Int, sum: Int) -> Double {
        let (n, m) = (Double(count), Double(ranks.count - count))
        var tieSizes: [Int: Double] = [:]
        for rank in ranks { tieSizes[rank, default: 0] += 1 }
        let ties = tieSizes.values.reduce(0) { $0 + ($1 * $1 * $1 - $1) }
        let variance = n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1)))
        guard variance > 0 else { return 1 }
        let distance = abs(Double(sum) / 2 - n * (n + m + 1) / 2)
        return min(1, 2 * gsl_cdf_ugaussian_Q(max(distance - 0.5, 0) / variance.squareRoot()))
    }

    /// How many differences at either end lie outside of the interval; 0 if the samples are too small.
    private static func exactOutside(_ n: Int, _ m: Int, _ tail: Double) -> Int {
        let ways = waysBySum((1...n + m).map { $0 }, count: n)
        let total = ways.reduce(0, +)
        let least = n * (n + 1) / 2
        var outside = 0
        var sum = 0.0
        while outside < n * m {
            sum += ways[least + outside]
            if sum / total > tail { return outside }
            outside += 1
        }
        return outside
    }

    private static func normalOutside(_ n: Int, _ m: Int, _ tail: Double) -> Int {
        let (a, b) = (Double(n), Double(m))
        let half = gsl_cdf_ugaussian_Qinv(tail) * (a * b * (a + b + 1) / 12).squareRoot()
        return max(0, Int((a * b / 2 - half).rounded(.down)))
    }
}
