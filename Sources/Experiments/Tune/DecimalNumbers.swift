import Foundation

extension Decimal {
    /// The nearest binary number.
    var doubleValue: Double { NSDecimalNumber(decimal: self).doubleValue }

    /// Whether it has no fraction.
    var isWhole: Bool { doubleValue == doubleValue.rounded() }
}
