import SimTime

extension Nanoseconds {
    /// A duration as scenarios and options write it: a number and a unit (ns us ms s min h), such as `2.5ms`.
    ///
    /// Nil if the text is none, or is negative or longer than a year.
    public init?(durationText text: String) {
        guard let value = try? UnitText.parseReal(text, units: UnitText.durationUnits),
            value >= 0, value <= Double(Nanoseconds.seconds(365 * 86_400).count)
        else { return nil }
        self.init(rounding: value)
    }
}
