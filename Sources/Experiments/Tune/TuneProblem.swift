/// What `walsim tune` is asked.
public struct TuneProblem: Sendable {
    /// The scenario as it is.
    public var base: SweepBase
    /// What may be changed.
    public var axes: [TuneAxis]
    /// Which combinations are allowed.
    public var constraints: [SweepConstraint]
    /// What is made as good as possible.
    public var objective: TuneObjective
    /// What the answer must keep, on average over repeats.
    public var requirements: [ThresholdSpec]
    /// The smallest change that is worth making, relative to the scenario as it is, such as 0.02.
    public var indifference: Double
    /// The most repeats of one setting.
    public var repeatLimit: Int
    /// Whether to search for the number of clients at which the answer flips.
    public var searchesClients: Bool

    /// A problem of these parts.
    public init(
        base: SweepBase, axes: [TuneAxis], constraints: [SweepConstraint] = [], objective: TuneObjective,
        requirements: [ThresholdSpec] = [], indifference: Double = 0.02, repeatLimit: Int = 100,
        searchesClients: Bool = true
    ) {
        self.base = base
        self.axes = axes
        self.constraints = constraints
        self.objective = objective
        self.requirements = requirements
        self.indifference = indifference
        self.repeatLimit = repeatLimit
        self.searchesClients = searchesClients
    }

    /// The probability with which the selection is right.
    public static let confidence = 0.95
}

/// A path that may be changed: listed values, or all numbers between two.
public struct TuneAxis: Sendable {
    /// The values to try; of a span the first ones.
    public var axis: SweepAxis
    /// The span in which a search may try others; nil for listed values.
    var span: ValueRange?

    /// Takes a `--vary` apart: as for a sweep, or `A..B` without a step for a search of all numbers in between.
    public init(option text: String) throws(InputError) {
        let (path, list) = try SweepAxis.parts(of: text)
        let span: ValueRange?
        do throws(ValueRange.Failure) {
            span = try ValueRange(list, stepIsOptional: true)
        } catch {
            throw SweepAxis.usage(text, error.message)
        }
        guard let span, span.step == nil else {
            axis = try SweepAxis(option: text)
            return
        }
        self.span = span
        axis = try SweepAxis(option: "\(path)=\(span.spread(Self.firstValues).joined(separator: ","))")
    }

    /// How many values of a span are tried first.
    private static let firstValues = 5
}

extension ValueRange {
    /// `count` values evenly from one end to the other, rounded to three digits; fewer if rounding makes some equal.
    func spread(_ count: Int) -> [String] {
        let (low, high) = (first.doubleValue, last.doubleValue)
        let values = (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
        return values.map(text(near:)).uniqued
    }

    /// The value half-way between two texts of this range; nil if there is none in three digits.
    func middle(_ a: String, _ b: String) -> String? {
        guard let a = number(of: a), let b = number(of: b) else { return nil }
        let middle = number(of: text(near: (a + b) / 2))
        return middle.flatMap { ($0 - a) * ($0 - b) < 0 ? text(near: $0) : nil }
    }

    /// The number before the unit.
    func number(of text: String) -> Double? { Double(text.hasSuffix(unit) ? String(text.dropLast(unit.count)) : text) }

    /// A number with the unit: whole from ten on, so that settings of whole numbers take it; three digits.
    private func text(near value: Double) -> String {
        var scale = 1.0
        while abs(value) / scale >= 1000 { scale *= 10 }
        while abs(value) / scale < 10, scale > 0.001, value != 0 { scale /= 10 }
        let isWhole = first.isWhole && last.isWhole
        let rounded = (value / scale).rounded() * scale
        let number = isWhole ? rounded.rounded() : (rounded * 1e6).rounded() / 1e6
        let digits = Int64(exactly: number).map(String.init) ?? "\(number)"
        return digits + unit
    }
}

extension Array where Element: Hashable {
    /// The elements without those that have come before.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
