/// What a search makes as large or as small as possible.
public struct TuneObjective: Sendable {
    /// The metric of summary.csv.
    public var metric: Metric
    /// True if more is better.
    public var maximizes: Bool

    /// An objective; throws an `InputError` of kind `content` if there is no such metric. `option` is for messages.
    public init(_ name: String, maximizes: Bool, option: String) throws(InputError) {
        metric = try Self.metric(name, option: option)
        self.maximizes = maximizes
    }

    static func metric(_ name: String, option: String) throws(InputError) -> Metric {
        if let metric = Metric.named(name) { return metric }
        let nearest = nearestName(to: name, among: Metric.all.map(\.name)).map { "nearest: \"\($0)\"" }
        throw InputError(.content, file: option, "no metric \"\(name)\"", notes: [nearest, "as in summary.csv"])
    }

    /// A value as the search sees it: more is better.
    func score(_ value: Double) -> Double { maximizes ? value : -value }
}

extension ThresholdSpec {
    /// One `--subject-to 'METRIC<=VALUE'`; throws an `InputError` if it is none.
    public init(option text: String) throws(InputError) {
        let file = "--subject-to"
        let notes = [seenNote(text), "such as 'latency_p99<=20ms'"]
        guard let sign = text.firstIndex(where: { $0 == "<" || $0 == ">" }), sign != text.startIndex else {
            throw InputError(.usage, file: file, "expected METRIC<=VALUE", notes: notes)
        }
        let metric = try TuneObjective.metric(String(text[..<sign]).trimmingBlanks, option: file)
        let condition = String(text[sign...])
        guard let (comparison, value) = ScenarioBuilder.threshold(condition, unit: metric.unit) else {
            let what = "not a condition on \(metric.name)"
            throw InputError(.content, file: file, what, notes: notes + ["unit: \(metric.unit.rawValue)"])
        }
        // Milliseconds are what a bare number is mostly meant as, and microseconds what it would be.
        let bare = Double(condition.filter { !" <>=".contains($0) })
        guard metric.unit != .microseconds || bare == nil || bare == 0 else {
            throw InputError(.content, file: file, "a duration needs a unit", notes: notes)
        }
        self.init(metric: metric.name, comparison: comparison, value: value, text: condition.trimmingBlanks)
    }
}
