/// A setting's value that PostgreSQL would refuse, in PostgreSQL's words.
struct SettingError: Error, Equatable {
    var message: String
    /// PostgreSQL's hint, if it has one.
    var hint: String?
    /// The choice that a mistyped word most likely means, which PostgreSQL does not say.
    var nearest: String?

    /// What stands behind the message.
    var notes: [String?] { [hint, nearest.map { "nearest: \"\($0)\"" }] }
}

extension SettingDefinition {
    /// The value that PostgreSQL would make of the text (guc.c: parse_and_validate_value, parse_int, parse_real,
    /// parse_bool, config_enum_lookup_by_name).
    func parse(_ text: String) throws(SettingError) -> SettingValue {
        switch type {
        case .bool: return .bool(try parseBool(text))
        case .integer(let unit, let range): return .integer(try parseInteger(text, unit: unit, range: range))
        case .real(let unit, let range): return .real(try parseReal(text, unit: unit, range: range))
        case .choice(let names, let hidden):
            let wanted = text.lowercased()
            if let name = names.first(where: { $0 == wanted }) ?? hidden[wanted] { return .text(name) }
            var error = invalid(text, hint: "Available values: \(names.joined(separator: ", ")).")
            error.nearest = nearestName(to: text, among: names)
            throw error
        case .text: return .text(text)
        }
    }

    private func invalid(_ text: String, hint: String? = nil) -> SettingError {
        SettingError(message: "invalid value for parameter \"\(name)\": \"\(text)\"", hint: hint)
    }

    /// Any unambiguous beginning of true, false, yes, no, on, off; 1; 0 (bool.c, parse_bool_with_len).
    private func parseBool(_ text: String) throws(SettingError) -> Bool {
        let wanted = text.lowercased()
        let isPrefix = { (word: String, least: Int) in wanted.count >= least && word.hasPrefix(wanted) }
        if isPrefix("true", 1) || isPrefix("yes", 1) || wanted == "on" || wanted == "1" { return true }
        if isPrefix("false", 1) || isPrefix("no", 1) || isPrefix("off", 2) || wanted == "0" { return false }
        throw SettingError(message: "parameter \"\(name)\" requires a Boolean value")
    }

    private func parseInteger(_ text: String, unit: SettingUnit?, range: ClosedRange<Int>) throws(SettingError) -> Int {
        let number = try numberInBaseUnit(text, unit: unit).rounded(unit == .segments ? .down : .toNearestOrEven)
        guard abs(number) <= Double(Int32.max) else { throw invalid(text, hint: "Value exceeds integer range.") }
        let value = Int(number)
        guard range.contains(value) else {
            throw outside("\(value)", unit, "\(range.lowerBound)", "\(range.upperBound)")
        }
        return value
    }

    private func parseReal(
        _ text: String, unit: SettingUnit?, range: ClosedRange<Double>
    ) throws(SettingError) -> Double {
        let value = try numberInBaseUnit(text, unit: unit)
        guard range.contains(value) else {
            throw outside(plain(value), unit, plain(range.lowerBound), plain(range.upperBound))
        }
        return value
    }

    private func outside(_ value: String, _ unit: SettingUnit?, _ lower: String, _ upper: String) -> SettingError {
        // PostgreSQL has no microseconds designation: its message for commit_delay shows the bare number.
        let shownUnit = unit.flatMap { $0 == .microseconds ? nil : " \($0.rawValue)" } ?? ""
        return SettingError(
            message: "\(value)\(shownUnit) is outside the valid range for parameter \"\(name)\" (\(lower) .. \(upper))")
    }

    private func plain(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    /// The number that the text begins with, times its unit (convert_to_base_unit).
    private func numberInBaseUnit(_ text: String, unit: SettingUnit?) throws(SettingError) -> Double {
        let trimmed = text.drop { $0.isWhitespace }
        guard let (number, rest) = leadingNumber(trimmed), number.isFinite else { throw invalid(text) }
        var unitName = rest.drop { $0.isWhitespace }
        while unitName.last?.isWhitespace == true { unitName.removeLast() }
        if unitName.isEmpty { return number }
        guard let unit else { throw invalid(text) }
        let conversions = unit.conversions
        guard let index = conversions.firstIndex(where: { $0.name == unitName }) else {
            throw invalid(text, hint: unit.hint)
        }
        let value = number * conversions[index].factor
        // A fraction such as 30.1GB is rounded to the next smaller unit, so that it shows as a whole number there.
        guard index + 1 < conversions.count else { return value }
        let smaller = conversions[index + 1].factor
        return (value / smaller).rounded(.toNearestOrEven) * smaller
    }

    /// A decimal number, or an integer in C's hexadecimal or octal form, and what follows it (strtol, strtod).
    private func leadingNumber(_ text: Substring) -> (Double, Substring)? {
        let sign = text.prefix { $0 == "-" || $0 == "+" }
        let unsigned = text.dropFirst(sign.count)
        guard sign.count <= 1, unsigned.first?.isASCII == true else { return nil }
        let factor: Double = sign == "-" ? -1 : 1
        if case .integer = type, unsigned.lowercased().hasPrefix("0x") {
            let digits = unsigned.dropFirst(2).prefix { $0.isASCII && $0.isHexDigit }
            guard let value = UInt64(digits, radix: 16) else { return nil }
            return (factor * Double(value), unsigned.dropFirst(2 + digits.count))
        }
        let digits = unsigned.prefix { $0.isASCII && $0.isNumber }
        var end = digits.endIndex
        if case .integer = type, digits.count > 1, digits.first == "0", unsigned[end...].first != ".",
            let value = UInt64(digits, radix: 8)
        {
            return (factor * Double(value), unsigned[end...])
        }
        if unsigned[end...].first == "." {
            end = unsigned[unsigned.index(after: end)...].prefix { $0.isASCII && $0.isNumber }.endIndex
        }
        if let exponentEnd = endOfExponent(unsigned[end...]) { end = exponentEnd }
        guard let value = Double(unsigned[..<end]) else { return nil }
        return (factor * value, unsigned[end...])
    }

    private func endOfExponent(_ text: Substring) -> Substring.Index? {
        guard text.first == "e" || text.first == "E" else { return nil }
        var rest = text.dropFirst()
        if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : digits.endIndex
    }
}
