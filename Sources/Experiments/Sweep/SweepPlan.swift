/// The points of a sweep, each with its scenario read and checked before the first one runs.
public struct SweepPlan: Sendable {
    /// The base scenario's name.
    public let name: String
    /// What is varied, in the order of the options; the last one changes fastest.
    public let axes: [SweepAxis]
    /// The points that satisfy all constraints, numbered from 0.
    public let points: [SweepPoint]
    /// True if the user named the points.
    public let isLabelled: Bool
    /// Equal for shards of one sweep: a hash over all points, their scenarios, seeds and repeats, and the version.
    public let hash: String

    /// More points than this are refused.
    public static let pointLimit = 100_000

    /// Makes the grid of all combinations of the axes' values, without the points that break a constraint.
    ///
    /// - Parameters:
    ///   - base: the scenario and the options that hold at every point.
    ///   - label: the points' labels, with `{path}` in place of values; nil gives `name=value` of each axis.
    /// - Throws: an `InputError` about the first option or point that is wrong.
    public init(
        _ base: SweepBase, axes: [SweepAxis], constraints: [SweepConstraint] = [], label: String? = nil
    ) throws(InputError) {
        if let twice = firstDuplicate(axes.map(\.path)) {
            throw SweepAxis.usage(twice, "\(twice) is varied twice")
        }
        let count = axes.reduce(1) { $0.multipliedReportingOverflow(by: $1.values.count).partialValue }
        let tooMany = axes.reduce(1.0) { $0 * Double($1.values.count) } > Double(Self.pointLimit)
        guard !tooMany else { throw SweepAxis.usage("", "more than \(Self.pointLimit) points") }
        let labels = try PointLabel(template: label, axes: axes)
        var points: [SweepPoint] = []
        for index in 0..<count {
            let values = Self.values(of: index, axes)
            guard try Self.satisfies(axes, values, constraints) else { continue }
            let scenario = try base.scenario(varied: zip(axes, values).map { "\($0.path)=\($1)" })
            points.append(
                SweepPoint(index: points.count, values: values, label: labels.text(values), scenario: scenario))
        }
        guard let first = points.first else {
            throw InputError(.content, file: "--where", "no point satisfies it")
        }
        name = first.scenario.name
        self.axes = axes
        isLabelled = label != nil
        self.points = points
        hash = Self.hash(axes, points)
    }

    /// The values of one combination, the first axis changing slowest.
    private static func values(of index: Int, _ axes: [SweepAxis]) -> [String] {
        var rest = index
        var values: [String] = []
        for axis in axes.reversed() {
            values.append(axis.values[rest % axis.values.count])
            rest /= axis.values.count
        }
        return values.reversed()
    }

    private static func satisfies(
        _ axes: [SweepAxis], _ values: [String], _ constraints: [SweepConstraint]
    ) throws(InputError) -> Bool {
        for constraint in constraints where try !constraint.holds(axes, values) { return false }
        return true
    }

    private static func hash(_ axes: [SweepAxis], _ points: [SweepPoint]) -> String {
        var text = Walsim.version + axes.map { "\n" + $0.path }.joined()
        for point in points {
            let scenario = point.scenario
            text += "\n\(point.values) \(scenario.canonicalHash) \(scenario.seed) \(scenario.repeats)"
        }
        return FNV1a.digits(of: text)
    }

    /// The points of one of `count` shards, `number` counting from 1: every `count`-th point.
    public func shard(_ number: Int, of count: Int) -> [SweepPoint] {
        points.filter { $0.index % count == number - 1 }
    }
}

/// One combination of values.
public struct SweepPoint: Sendable {
    /// Its number among the sweep's points, from 0.
    public var index: Int
    /// The value of each axis, as written.
    public var values: [String]
    /// What people call it.
    public var label: String
    /// What runs there.
    public var scenario: Scenario
}
