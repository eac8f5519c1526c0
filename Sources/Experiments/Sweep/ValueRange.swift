import Foundation

/// A range of numbers with a unit, as `--vary` writes it: `0..4000:500` or `250us..2ms:250us`.
///
/// Decimal arithmetic, so that 0.1 added ten times is 1.
struct ValueRange: Equatable {
    /// Why a text that looks like a range is none.
    enum Failure: Error {
        case stepMissing
        case stepNotPositive
        case units
        case tooMany

        var message: String {
            switch self {
            case .stepMissing: "a range needs a step: A..B:STEP"
            case .stepNotPositive: "the step of a range must be a number greater than zero"
            case .units: "the numbers of a range must have units of one kind"
            case .tooMany: "a range has at most \(ValueRange.limit) values"
            }
        }
    }

    /// The most values that a range may have.
    static let limit = 100_000

    /// The ends in `unit`, in the order in which they are written.
    var first: Decimal
    var last: Decimal
    /// The unit of all values: the smallest of those written; empty if there is none.
    var unit: String
    /// Nil for a range without a step, which stands for all numbers in between.
    var step: Decimal?

    /// The range that the text writes; nil if it is not of the form `NUMBER..NUMBER` with or without `:STEP`.
    init?(_ text: String, stepIsOptional: Bool = false) throws(Failure) {
        guard let dots = text.range(of: ".."), let first = Quantity(text[..<dots.lowerBound]) else { return nil }
        let rest = text[dots.upperBound...]
        let colon = rest.firstIndex(of: ":")
        guard let last = Quantity(rest[..<(colon ?? rest.endIndex)]) else { return nil }
        var numbers = [first, last]
        if let colon {
            guard let step = Quantity(rest[rest.index(after: colon)...]), step.number > 0 else {
                throw .stepNotPositive
            }
            numbers.append(step)
        } else if !stepIsOptional {
            throw .stepMissing
        }
        guard let (values, unit) = Quantity.inOneUnit(numbers) else { throw .units }
        self.first = values[0]
        self.last = values[1]
        self.unit = unit
        step = values.count > 2 ? values[2] : nil
        if let step, abs(self.last - self.first) / step > Decimal(Self.limit) { throw .tooMany }
    }

    /// The values from one end in steps to the other, both of which are among them.
    var values: [String] {
        guard let step, first != last else { return [text(of: first)] + (first == last ? [] : [text(of: last)]) }
        var values: [String] = []
        var value = first
        while first < last ? value < last : value > last {
            values.append(text(of: value))
            value += first < last ? step : -step
        }
        return values + [text(of: last)]
    }

    /// A number of the range with its unit.
    func text(of number: Decimal) -> String { "\(number)" + (number == 0 && unit.isEmpty ? "" : unit) }
}

/// A number and a unit.
private struct Quantity {
    var number: Decimal
    var unit: String

    /// Nil if the text does not begin with a number or goes on with other than letters.
    init?(_ text: Substring) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard digits.contains(where: \.isNumber), unit.allSatisfy({ $0.isASCII && $0.isLetter }),
            Double(digits) != nil, let number = Decimal(string: String(digits))
        else { return nil }
        self.number = number
        self.unit = String(unit)
    }

    /// The numbers in the smallest unit among them; nil if their units do not go together. Zero needs no unit.
    fileprivate static func inOneUnit(_ quantities: [Quantity]) -> (numbers: [Decimal], unit: String)? {
        let written = Set(quantities.filter { $0.number != 0 || !$0.unit.isEmpty }.map(\.unit))
        guard written.count > 1 else { return (quantities.map(\.number), written.first ?? "") }
        for table in [UnitText.durationUnits, UnitText.sizeUnits] {
            let units = table.filter { written.contains($0.name) }
            guard units.count == written.count, let smallest = units.min(by: { $0.size < $1.size }) else { continue }
            let numbers = quantities.map { quantity in
                let size = table.first { $0.name == quantity.unit }?.size ?? smallest.size
                return quantity.number * Decimal(size) / Decimal(smallest.size)
            }
            return (numbers, smallest.name)
        }
        return nil
    }
}
