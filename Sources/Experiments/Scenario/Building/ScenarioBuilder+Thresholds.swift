import SimTime

extension ScenarioBuilder {
    mutating func thresholdSpecs() -> [ThresholdSpec] {
        var specs: [ThresholdSpec] = []
        for member in root.child("thresholds").members ?? [] {
            guard let metric = Metric.named(member.key) else { continue }
            let text = member.value.text
            if let (comparison, value) = Self.threshold(text, unit: metric.unit) {
                specs.append(ThresholdSpec(metric: metric.name, comparison: comparison, value: value, text: text))
            } else {
                report(
                    SchemaPath("thresholds") / member.key, "not a condition on \(metric.name)",
                    notes: [member.value.seen, SchemaType.text(.threshold).allowed, "unit: \(metric.unit.rawValue)"])
            }
        }
        return specs
    }

    /// The parts of `<= 20ms`; the value is in the metric's unit.
    static func threshold(
        _ text: String, unit: Metric.Unit
    ) -> (ThresholdSpec.Comparison, Double)? {
        let trimmed = text.drop { $0 == " " }
        // Longer signs first, so that `<=` is not taken for `<`.
        let signs = ThresholdSpec.Comparison.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
        guard let comparison = signs.first(where: { trimmed.hasPrefix($0.rawValue) }) else { return nil }
        let rest = String(trimmed.dropFirst(comparison.rawValue.count))
        let number = rest.filter { $0 != " " }
        if let value = Double(number), value.isFinite { return (comparison, value) }
        switch unit {
        case .microseconds:
            guard let value = try? UnitText.parseReal(rest, units: UnitText.durationUnits) else { return nil }
            return (comparison, value / 1_000)
        case .bytes:
            guard let value = try? UnitText.parseReal(rest, units: UnitText.sizeUnits) else { return nil }
            return (comparison, value)
        case .perSecond, .count, .fraction:
            return nil
        }
    }
}
